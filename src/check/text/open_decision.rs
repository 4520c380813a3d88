//! A decision that the organization has to take is still open.
//!
//! # Why it matters
//!
//! `{{ decide: … }}` marks what nobody but the organization can know: how long records are kept,
//! who approves a major change. While it is open, the document says nothing at that place, and
//! approving it approves the gap. In a draft this is a note, in review a warning, in an approved
//! document an error.
//!
//! # Mend it
//!
//! Take the decision and write its result in place of the mark:
//!
//! ```markdown
//! Incident records are kept for three years.
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "open-decision",
    Family::Text,
    Severity::Error,
    include_str!("open_decision.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if !document.is_live() {
        return;
    }
    for mark in &document.decisions {
        let what = mark.decision().filter(|what| !what.is_empty());
        let message = format!("to be decided: {}", what.unwrap_or("it does not say what"));
        let finding = RULE.by_status(document, document.span(&mark.at), message);
        found.push(finding.help("take the decision and write its result here"));
    }
}
