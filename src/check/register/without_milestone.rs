//! A year of a certificate has no surveillance audit planned, or its three years no recertification.
//!
//! # Why it matters
//!
//! A certificate holds for three years and only as long as somebody comes in the first and in the second
//! of them (ISO/IEC 17021-1). What is not planned is booked too late.
//!
//! # Mend it
//!
//! Add the milestone with its day and its kind, `surveillance` or `recertification`.

use super::{about, asked};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;
use crate::model::value::{Date, Interval, Unit};
use crate::text::key;

pub(super) const RULE: Rule = Rule::new(
    "without-milestone",
    Family::Register,
    Severity::Warning,
    include_str!("without_milestone.rs"),
    Check::Manual(run),
);

/// The years of a certificate.
const YEARS: u32 = 3;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let year = Interval { count: 1, unit: Unit::Year };
    for (register, of, check) in asked(manual) {
        let Asks::Yearly(column, word, date, starts) = &check.asks else { continue };
        let mut all: Vec<_> = manual
            .registers
            .asked(register, check)
            .filter_map(|(at, entry)| {
                Some((entry.day(*date)?, key(entry.text(*column).trim()), at))
            })
            .collect();
        all.sort();
        // The cycle that runs; before the first certificate, the one that is planned.
        let mut begins = all.iter().filter(|(_, word, _)| starts.contains(word));
        let running = begins.clone().rfind(|(day, ..)| *day <= manual.today);
        let Some((start, _, at)) = running.or_else(|| begins.next()) else { continue };
        let is_within = |from: Date, until: Date, words: &[String]| {
            all.iter().any(|(day, word, _)| from < *day && *day <= until && words.contains(word))
        };
        for n in 1..=YEARS {
            let (from, until) = (start.plus_times(n - 1, year), start.plus_times(n, year));
            let wanted = if n < YEARS { std::slice::from_ref(word) } else { starts };
            if is_within(from, until, wanted) {
                continue;
            }
            let word = wanted.last().map(String::as_str).unwrap_or_default();
            let message = format!("no {word} is planned after {from} and up to {until}");
            let entry = manual.registers.entry(*at);
            let finding = RULE
                .at(entry.cells[*date].at, message)
                .note("counted from here")
                .help(format!("add a {} of kind {word}", of.entry));
            found.push(about(finding, manual, *at));
        }
    }
}
