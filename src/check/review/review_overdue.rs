//! The day on which an approved document had to be reviewed has passed.
//!
//! # Why it matters
//!
//! The organization set the interval itself; letting it lapse is a nonconformity against its own
//! rules, and among those that auditors find most often. A clause whose only evidence is overdue
//! counts as partial.
//!
//! # Mend it
//!
//! Read the document, decide whether it still holds, and write down the review:
//!
//! ```yaml
//! review: {every: 12 months, last: 2026-03-01, reviewer: incident-manager, outcome: confirmed}
//! ```
//!
//! `clausebook review` lists everything that is due.

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::{Document, ReviewState};

pub(super) const RULE: Rule = Rule::new(
    "review-overdue",
    Family::Review,
    Severity::Warning,
    include_str!("review_overdue.rs"),
    Check::Document(run),
);

fn run(document: &Document, scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if document.review_state(scene.settings, scene.today) != ReviewState::Overdue {
        return;
    }
    let Some(due) = document.next_review(scene.settings) else { return };
    let late = super::days(due.days_until(scene.today));
    let finding = RULE
        .at(document.at(&["review", "last"]), format!("the review was due on {due}, {late} ago"))
        .help("review it, then set `review.last`, `reviewer` and `outcome`")
        .timed();
    found.push(finding);
}
