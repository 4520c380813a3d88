//! A date is not written as year-month-day, or there is no such day.
//!
//! # Why it matters
//!
//! Whether a document was in force on the day that an auditor samples is a question of dates.
//! `03/04/2026` is a day in March or in April, depending on the reader; `2026-02-30` is no day at
//! all. One form leaves nothing to interpret, and sorts by itself.
//!
//! # Mend it
//!
//! Write four digits for the year, two for the month, two for the day: YYYY-MM-DD.
//!
//! ```yaml
//! effective: 2026-03-15
//! ```

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::model::schema::Wrong;
use crate::model::value::Date;

pub(super) const RULE: Rule = Rule::new(
    "bad-date",
    Family::Reading,
    Severity::Error,
    include_str!("bad_date.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    for breach in super::breaches(manual) {
        let Wrong::Date(typed) = &breach.violation.what else { continue };
        let finding = RULE.at(breach.at, format!("`{typed}` is not a date"));
        let finding = match (well_formed(typed), meant(typed)) {
            (true, _) => finding
                .note("the calendar has no such day")
                .help("write a day that exists, as YYYY-MM-DD"),
            (false, Some(meant)) => finding.help(format!("write it as YYYY-MM-DD: `{meant}`")),
            (false, None) => finding.help("write it as YYYY-MM-DD, for example `2026-03-15`"),
        };
        found.push(finding);
    }
}

/// Whether it has the form of a date.
fn well_formed(typed: &str) -> bool {
    let digits =
        |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = typed.split('-').collect();
    matches!(parts.as_slice(), [year, month, day]
        if digits(year, 4) && digits(month, 2) && digits(day, 2))
}

/// The day that was perhaps meant: the year first, or day.month.year. `03/04/2026` stays open,
/// because it is read in two ways.
fn meant(typed: &str) -> Option<Date> {
    let day = typed.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['-', '.', '/']).collect();
    let [first, middle, last] = parts.as_slice() else { return None };
    let (year, day) = match (first.len(), last.len()) {
        (4, 1 | 2) => (first, last),
        (1 | 2, 4) if day.contains('.') => (last, first),
        _ => return None,
    };
    Date::parse(&format!("{year}-{middle:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_that_was_meant_is_only_guessed_where_it_is_clear() {
        let guess = |typed| meant(typed).map(|date| date.to_string());
        assert_eq!(guess("15.3.2026").as_deref(), Some("2026-03-15"));
        assert_eq!(guess("2026/3/15").as_deref(), Some("2026-03-15"));
        assert_eq!(guess("2026-03-15T10:00").as_deref(), Some("2026-03-15"));
        assert_eq!(guess("03/04/2026"), None);
        assert_eq!(guess("soon"), None);
        assert!(well_formed("2026-02-30") && !well_formed("2026-2-30"));
    }
}
