//! A review has a day, and not who reviewed or what came of it; or it has these, and no day.
//!
//! # Why it matters
//!
//! Clause 7.5.2 asks for review for suitability and adequacy. A day alone shows that somebody
//! wrote a date; the reviewer and the outcome show that somebody read the document. Without them
//! the evidence of the document is partial.
//!
//! # Mend it
//!
//! Say who, and what came of it: `confirmed`, `change-needed` or `retired`:
//!
//! ```yaml
//! review: {every: 12 months, last: 2026-03-01, reviewer: incident-manager, outcome: confirmed}
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::{Document, Unsettled};

pub(super) const RULE: Rule = Rule::new(
    "incomplete-review",
    Family::Review,
    Severity::Warning,
    include_str!("incomplete_review.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if !document.is_approved() || document.faulty.contains("review") {
        return;
    }
    if let Some(finding) = without_day(document) {
        found.push(finding);
        return;
    }
    let Some((day, Unsettled::Incomplete(lack))) = document.unsettled_review() else { return };
    let at = document.at(&["review", "last"]);
    let message = format!("reviewed on {day}, but it does not say {lack}");
    let help = "add `reviewer: ROLE` and `outcome: confirmed`, `change-needed` or `retired`";
    found.push(RULE.at(at, message).help(help));
}

/// An outcome of a review whose day is not told. A reviewer alone may be the one of the next review.
fn without_day(document: &Document) -> Option<Diagnostic> {
    let review = document.front.review.as_ref().filter(|review| review.last.is_none())?;
    review.outcome?;
    let finding =
        RULE.at(document.at(&["review", "outcome"]), "a review has an outcome, and no day");
    Some(finding.help("add the day of the review: `last: YYYY-MM-DD`"))
}
