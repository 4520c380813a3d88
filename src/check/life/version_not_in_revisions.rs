//! The version of a document has no line in its revision history.
//!
//! # Why it matters
//!
//! Clause 7.5.3 asks for control of changes, version control for example. The history is where a
//! reader sees what changed since the version that they know. A version without a line there was
//! either never described, or the number was changed and nothing else. In a draft this is a note,
//! in review a warning, in an approved document an error.
//!
//! # Mend it
//!
//! Add a line at the top of `revisions`:
//!
//! ```yaml
//! version: "2.1"
//! revisions:
//!   - {version: "2.1", date: 2026-02-20, author: process-office, summary: Roles made explicit}
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "version-not-in-revisions",
    Family::Life,
    Severity::Error,
    include_str!("version_not_in_revisions.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let Some(version) = &document.front.version else { return };
    let revisions = &document.front.revisions;
    let expected = document.is_approved() || !revisions.is_empty();
    // A line that could not be read has its own finding, and may be the very one.
    let broken = document.faulty.contains("revisions");
    if !expected || broken || revisions.iter().any(|one| one.version == *version) {
        return;
    }
    let at = document.at(&["version"]);
    let finding = match revisions.first() {
        Some(newest) => RULE
            .by_status(document, at, format!("version `{version}` is not among the revisions"))
            .label(
                document.at(&["revisions", "0", "version"]),
                format!("the newest there is `{}`", newest.version),
            ),
        None => RULE.by_status(
            document,
            at,
            format!("version `{version}` is approved and has no revision history"),
        ),
    };
    found.push(finding.help(format!(
        "add `- {{version: \"{version}\", date: YYYY-MM-DD, author: ROLE, summary: …}}` at the \
         top of `revisions`"
    )));
}
