//! An approval, a review or a revision is dated after today.
//!
//! # Why it matters
//!
//! What has not happened yet is no evidence. A date ahead of its time is a slip of the pen at best
//! and an approval made up in advance at worst; an auditor cannot tell which. A document that is
//! to come into force later says so with `effective`.
//!
//! # Mend it
//!
//! Write the day on which it took place:
//!
//! ```yaml
//! approved: {by: service-director, on: 2026-03-01}
//! effective: 2026-09-01   # this one may lie ahead
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::value::Date;

pub(super) const RULE: Rule = Rule::new(
    "future-approval",
    Family::Life,
    Severity::Error,
    include_str!("future_approval.rs"),
    Check::Document(run),
);

fn run(document: &Document, scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let front = &document.front;
    let mut check = |day: Date, what: &str, path: &[&str]| {
        if day > scene.today {
            let finding = RULE
                .at(document.at(path), format!("{what} on {day}, which is after today"))
                .note(format!("today is {}", scene.today))
                .help("write the day on which it took place");
            found.push(finding);
        }
    };
    if let Some(approval) = &front.approved {
        check(approval.on, "approved", &["approved", "on"]);
    }
    if let Some(last) = front.review.as_ref().and_then(|review| review.last) {
        check(last, "reviewed", &["review", "last"]);
    }
    for (number, revision) in front.revisions.iter().enumerate() {
        check(revision.date, "revised", &["revisions", &number.to_string(), "date"]);
    }
}
