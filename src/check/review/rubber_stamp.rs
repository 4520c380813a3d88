//! One person confirmed five or more documents on one day, and none of them had changed.
//!
//! # Why it matters
//!
//! A review that only moves the date is not a review, and auditors recognize the pattern: a dozen
//! documents, one name, one day, no change. They then ask what was looked at, and clause 7.5.2
//! (review for suitability and adequacy) is open for all of them. A document counts as unchanged
//! when no revision is dated within the 30 days before its review.
//!
//! # Mend it
//!
//! Review them one by one, spread over the year. Where the day was truly spent on reading, say
//! what was looked at, and accept the finding with a waiver in the first of the documents:
//!
//! ```yaml
//! review: {every: 12 months, last: 2026-03-01, reviewer: incident-manager, outcome: confirmed,
//!   reason: Compared with the tickets of the last quarter}
//! ```

use std::collections::BTreeMap;

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::value::{Date, Outcome};

pub(super) const RULE: Rule = Rule::new(
    "rubber-stamp",
    Family::Review,
    Severity::Warning,
    include_str!("rubber_stamp.rs"),
    Check::Manual(run),
);

/// From how many documents on it is a pattern.
const MANY: usize = 5;
/// How many of the others are pointed at.
const MOST_LABELS: usize = 10;
/// How many days before a review a revision may lie and still belong to it.
const RECENT: i64 = 30;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let mut sittings: BTreeMap<(Date, String), Vec<&Document>> = BTreeMap::new();
    for document in manual.library.documents.iter().filter(|document| document.is_approved()) {
        if let Some((day, reviewer)) = confirmed_unchanged(document) {
            let role = manual.library.role(reviewer);
            let reviewer = role.map_or(reviewer, |role| role.entry.id.0.as_str()).trim();
            sittings.entry((day, reviewer.to_lowercase())).or_default().push(document);
        }
    }
    for ((day, _), documents) in sittings.iter().filter(|(_, several)| several.len() >= MANY) {
        let [first, others @ ..] = documents.as_slice() else { continue };
        let reviewer = confirmed_unchanged(first).map_or("", |(_, reviewer)| reviewer);
        let count = documents.len();
        let message = format!("`{reviewer}` confirmed {count} documents on {day}, none changed");
        let mut finding = RULE.at(first.at(&["review", "last"]), message);
        for other in others.iter().take(MOST_LABELS) {
            let label = format!("{} on the same day", other.id);
            finding = finding.label(other.at(&["review", "last"]), label);
        }
        let left = others.len().saturating_sub(MOST_LABELS);
        found.push(match left {
            0 => finding.help("review them one by one, and say what was looked at"),
            left => finding.help(format!(
                "review them one by one, these and {left} more, and say what was looked at"
            )),
        });
    }
}

/// Day and reviewer of a review that changed nothing and followed no change.
fn confirmed_unchanged(document: &Document) -> Option<(Date, &str)> {
    let review = document.front.review.as_ref()?;
    let (last, reviewer) = (review.last?, review.reviewer.as_deref()?);
    let confirmed = review.outcome.is_none_or(|outcome| outcome == Outcome::Confirmed);
    let recent = |date: Date| (0..=RECENT).contains(&date.days_until(last));
    let changed = document.front.revisions.iter().any(|revision| recent(revision.date));
    (confirmed && !changed).then_some((last, reviewer))
}
