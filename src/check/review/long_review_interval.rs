//! A document is to be reviewed less often than every three years.
//!
//! # Why it matters
//!
//! A certificate holds for three years, and each clause is looked at in that time. A document that
//! nobody has to read between two certifications is reviewed in name only (clause 7.5.2).
//!
//! # Mend it
//!
//! Choose an interval of at most 36 months:
//!
//! ```yaml
//! review: {every: 12 months}
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::value::{Interval, Unit};

pub(super) const RULE: Rule = Rule::new(
    "long-review-interval",
    Family::Review,
    Severity::Warning,
    include_str!("long_review_interval.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let every = document.front.review.as_ref().and_then(|review| review.every);
    let Some(every) = every.filter(|every| document.is_live() && is_long(*every)) else { return };
    let message = format!("reviewed every {every}, which is more than 36 months");
    let finding = RULE.at(document.at(&["review", "every"]), message);
    found.push(finding.help("write an interval of at most `36 months`"));
}

/// Whether it is longer than three years, of which one may be a leap year.
fn is_long(every: Interval) -> bool {
    let (count, unit) = (u32::from(every.count), every.unit);
    match unit {
        Unit::Day => count > 3 * 365 + 1,
        Unit::Week => count > 156,
        Unit::Month => count > 36,
        Unit::Year => count > 3,
    }
}
