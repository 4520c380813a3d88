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

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::manual::Manual;
use crate::model::value::Date;
use crate::model::violation::Wrong;

pub(super) const RULE: Rule = Rule::new(
    "bad-date",
    Family::Reading,
    Severity::Error,
    include_str!("bad_date.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for breach in super::breaches(manual) {
        let Wrong::Date(typed) = &breach.violation.what else { continue };
        let mut finding =
            super::named(RULE.at(breach.at, format!("`{typed}` is not a date")), typed);
        if Date::is_well_formed(typed) {
            finding = finding
                .note("the calendar has no such day")
                .help("write a day that exists, as YYYY-MM-DD");
            found.push(finding);
            continue;
        }
        let days = Date::readings(typed);
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
