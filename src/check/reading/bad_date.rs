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
use crate::diag::{Diagnostic, Fix, Severity};
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
        let mut finding = RULE.at(breach.at, format!("`{typed}` is not a date"));
        if well_formed(typed) {
            finding = finding
                .note("the calendar has no such day")
                .help("write a day that exists, as YYYY-MM-DD");
            found.push(finding);
            continue;
        }
        let days = meant(typed);
        finding = finding.help(match days.as_slice() {
            [] => "write it as YYYY-MM-DD, for example `2026-03-15`".to_owned(),
            [one] => format!("write it as YYYY-MM-DD: `{one}`"),
            several => {
                let days: Vec<String> = several.iter().map(|day| format!("`{day}`")).collect();
                format!("write it as YYYY-MM-DD: {}", days.join(" or "))
            }
        });
        for day in &days {
            let fix = Fix::offered(format!("write `{day}`"), breach.at, day.to_string());
            finding = finding.fix(Fix { safe: days.len() == 1, ..fix });
        }
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

/// The days that it can be read as: one, where only one reading is a day. `03/04/2026` is two days.
fn meant(typed: &str) -> Vec<Date> {
    let typed = typed.trim().trim_end_matches('.');
    let day =
        typed.split_once(['T', 't']).filter(|(day, _)| day.len() > 7).map_or(typed, |(day, _)| day);
    let parts: Vec<&str> =
        day.split([' ', ',', '-', '.', '/']).filter(|part| !part.is_empty()).collect();
    let (parts, rest) = parts.split_at(parts.len().min(3));
    let [first, middle, last] = parts else { return Vec::new() };
    // What follows may only be a time of that day.
    if rest.iter().any(|part| !part.contains(':') && *part != "00") {
        return Vec::new();
    }
    let read = |year: &str, month: &str, day: &str| {
        let month = month_of_name(month).unwrap_or(month.to_owned());
        let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        (year.len() == 4 && !day.is_empty())
            .then(|| Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")))
            .flatten()
    };
    let readings = [
        read(first, middle, last),
        read(last, middle, first),
        // With dots the day comes first wherever dates are written so.
        read(last, first, middle).filter(|_| !day.contains('.') || month_of_name(first).is_some()),
    ];
    let mut days: Vec<Date> = readings.into_iter().flatten().collect();
    days.dedup();
    days
}

/// The number of a month that is written in English, as a word or its first letters.
fn month_of_name(word: &str) -> Option<String> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let number = NAMES.iter().position(|name| word.len() >= 3 && name.starts_with(&word))?;
    Some((number + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_another_form_is_the_days_that_it_can_be() {
        let days = |typed| {
            let days: Vec<String> = meant(typed).iter().map(ToString::to_string).collect();
            days.join(" ")
        };
        for typed in [
            "15.3.2026",
            "15.03.2026",
            "2026/3/15",
            "2026-3-15",
            "2026.03.15",
            "2026-03-15T10:00",
            "2026-03-15 10:00:00",
            "15/3/2026",
            "3/15/2026",
            "15 March 2026",
            "March 15, 2026",
            "15th Mar 2026",
            "15-Mar-2026",
        ] {
            assert_eq!(days(typed), "2026-03-15", "{typed}");
        }
        assert_eq!(days("03/04/2026"), "2026-04-03 2026-03-04");
        assert_eq!(days("3.4.2026"), "2026-04-03");
        assert_eq!(days("04/04/2026"), "2026-04-04");
        for typed in
            ["soon", "15.3.26", "2026", "2026-3", "31.2.2026", "1 2 3 4", "2026-03-15 or later", ""]
        {
            assert_eq!(days(typed), "", "{typed}");
        }
        assert!(well_formed("2026-02-30") && !well_formed("2026-2-30"));
    }
}
