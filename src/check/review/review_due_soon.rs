//! The next review of an approved document is near.
//!
//! # Why it matters
//!
//! A review takes time to arrange: the owner has to read, others have to be asked. What is seen
//! coming does not become overdue. The time ahead is `review.due_soon` in `clausebook.yaml`, 30
//! days unless it says otherwise.
//!
//! # Mend it
//!
//! Plan the review. When it is done, write it down:
//!
//! ```yaml
//! review: {every: 12 months, last: 2026-03-01, reviewer: incident-manager, outcome: confirmed}
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::{Document, ReviewState};

pub(super) const RULE: Rule = Rule::new(
    "review-due-soon",
    Family::Review,
    Severity::Note,
    include_str!("review_due_soon.rs"),
    Check::Document(run),
);

fn run(document: &Document, scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if document.review_state(scene.settings, scene.today) != ReviewState::DueSoon {
        return;
    }
    let Some(due) = document.next_review(scene.settings) else { return };
    let when = match scene.today.days_until(due) {
        0 => "today".to_owned(),
        days => format!("in {}", super::days(days)),
    };
    let message = format!("the next review is due on {due}, {when}");
    found.push(RULE.at(document.at(&["review", "last"]), message).help("plan the review").timed());
}
