//! A review found that a document has to change or to go, and it is in force as it was.
//!
//! # Why it matters
//!
//! The organization itself said that the text does not hold (clause 7.5.2). Until it is changed
//! or withdrawn, people work by a text that is known to be wrong, and its evidence is partial.
//!
//! # Mend it
//!
//! Change the document: a new line of `revisions`, a new approval. Where the version in force is
//! the one that made the change, say which one was reviewed:
//!
//! ```yaml
//! version: "2.1"
//! review: {every: 12 months, last: 2026-03-01, reviewer: desk, outcome: change-needed, version: "2.0"}
//! ```
//!
//! A document that is retired has the status `withdrawn`, or `superseded` where another one took
//! its place.

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::{Document, Unsettled};

pub(super) const RULE: Rule = Rule::new(
    "review-not-followed",
    Family::Review,
    Severity::Warning,
    include_str!("review_not_followed.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if !document.is_approved() {
        return;
    }
    let (message, help) = match document.unsettled_review() {
        Some((day, Unsettled::Change)) => (
            format!("the review of {day} asked for a change, and no newer version was approved"),
            "change it and have it approved; if this version made the change, add `version:` with \
             the one that was reviewed",
        ),
        Some((day, Unsettled::Retire)) => (
            format!("the review of {day} retired it, and it is still approved"),
            "write `status: withdrawn`, or `superseded` where another document took its place",
        ),
        _ => return,
    };
    let at = document.at(&["review", "outcome"]);
    found.push(RULE.at(at, message).label(document.at(&["status"]), "in force").help(help));
}
