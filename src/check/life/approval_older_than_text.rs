//! A document was approved before the text that it holds was written.
//!
//! # Why it matters
//!
//! An approval is of a text (clause 7.5.2). A line of the revision history that is newer than the
//! approval says that the text has changed since, so that nobody has approved what people now work
//! by. The evidence of such a document is partial.
//!
//! # Mend it
//!
//! Have the new text approved, and write down when:
//!
//! ```yaml
//! version: "2.1"
//! approved: {by: service-director, on: 2026-03-01}
//! revisions:
//!   - {version: "2.1", date: 2026-02-20, author: process-office, summary: Roles made explicit}
//! ```
//!
//! While the new text is still being written, its status is `draft` or `in-review`.

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "approval-older-than-text",
    Family::Life,
    Severity::Error,
    include_str!("approval_older_than_text.rs"),
    Check::Document(run),
);

fn run(document: &Document, scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let (Some(approval), Some((number, newest))) =
        (&document.front.approved, document.unapproved_revision())
    else {
        return;
    };
    // A revision of a day to come has its own finding.
    if !document.is_approved() || newest.date > scene.today {
        return;
    }
    let message = format!(
        "approved on {}, before version `{}` of {} was written",
        approval.on, newest.version, newest.date
    );
    let finding = RULE
        .at(document.at(&["approved", "on"]), message)
        .label(document.at(&["revisions", &number.to_string(), "date"]), "revised on this day")
        .help("have this version approved and write the day, or set the status to `in-review`");
    found.push(finding);
}
