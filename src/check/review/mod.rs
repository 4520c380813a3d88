//! Reviews: none planned, due, overdue, or done without reading.

mod incomplete_review;
mod long_review_interval;
mod no_review_interval;
mod review_due_soon;
mod review_not_followed;
mod review_overdue;
mod rubber_stamp;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &no_review_interval::RULE,
    &long_review_interval::RULE,
    &review_overdue::RULE,
    &review_due_soon::RULE,
    &incomplete_review::RULE,
    &review_not_followed::RULE,
    &rubber_stamp::RULE,
];

/// A number of days, in words.
fn days(count: i64) -> String {
    format!("{count} day{}", if count == 1 { "" } else { "s" })
}
