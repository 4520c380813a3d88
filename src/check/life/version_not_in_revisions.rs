//! The version of a document has no line in its revision history, or is older than the newest there.
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
use crate::model::value::Version;

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
    if !expected || broken {
        return;
    }
    let at = document.at(&["version"]);
    if revisions.iter().any(|one| one.version == *version) {
        found.extend(older(document, version));
        return;
    }
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

/// A document whose history is ahead of its version: one of the two was forgotten. An approval
/// before that line was written has its own finding.
fn older(document: &Document, version: &Version) -> Option<Diagnostic> {
    let newest = document.front.revisions.first()?;
    if newest.version <= *version || document.unapproved_revision().is_some() {
        return None;
    }
    let message =
        format!("version `{version}`, but the newest of the revisions is `{}`", newest.version);
    let line = document.at(&["revisions", "0", "version"]);
    let finding = RULE.by_status(document, document.at(&["version"]), message);
    Some(finding.label(line, "the newest").help(format!("write `version: \"{}\"`", newest.version)))
}
