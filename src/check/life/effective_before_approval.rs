//! A document is in force from a day before its approval.
//!
//! # Why it matters
//!
//! From the effective date on, people are expected to work by the document. Where the approval
//! came later, they worked by a text that nobody had released, and an auditor who samples a record
//! from that time finds it (clause 7.5.2).
//!
//! # Mend it
//!
//! Set the effective date to the day of the approval or later:
//!
//! ```yaml
//! approved: {by: service-director, on: 2026-03-01}
//! effective: 2026-03-15
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "effective-before-approval",
    Family::Life,
    Severity::Error,
    include_str!("effective_before_approval.rs"),
    Check::Document(run),
);

fn run(document: &Document, scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let front = &document.front;
    let (Some(effective), Some(approval)) = (front.effective, &front.approved) else { return };
    // An approval of a day to come has its own finding.
    let is_past = approval.on <= scene.today;
    if document.is_approved() && is_past && effective < approval.on {
        let finding = RULE
            .at(
                document.at(&["effective"]),
                format!("in force from {effective}, but approved on {}", approval.on),
            )
            .label(document.at(&["approved", "on"]), "approved on this day")
            .help(format!("write {} or a later day", approval.on));
        found.push(finding);
    }
}
