//! Something that is done at planned intervals was last done too long ago.
//!
//! The type of the register says the interval: a management review a year, a test of continuity a year
//! for each service.
//!
//! # Why it matters
//!
//! Clauses 8.7, 9.2 and 9.3 ask for planned intervals. An auditor asks for the last two dates.
//!
//! # Mend it
//!
//! Do it, and enter it with its day, its state (`held`, `passed`) and its result.

use super::{about, asked};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "interval-passed",
    Family::Register,
    Severity::Warning,
    include_str!("interval_passed.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (register, of, check) in asked(manual) {
        let Asks::Interval(date, every, per) = &check.asks else { continue };
        for last in manual.registers.last(register, check, (*date, per), Some(manual.today)) {
            let due = last.day.plus(*every);
            if due >= manual.today {
                continue;
            }
            let entry = manual.registers.entry(last.entry);
            let group: Vec<&str> = per.iter().map(|column| entry.text(*column).trim()).collect();
            let group = Some(group).filter(|group| !group.is_empty());
            let of_group = group.map(|group| format!(" for {}", group.join(", ")));
            let message = format!(
                "the last {}{} was on {}, longer than {every} ago",
                of.entry,
                of_group.unwrap_or_default(),
                last.day
            );
            let finding = RULE
                .at(entry.cells[*date].at, message)
                .note(format!("the next was due on {due}"))
                .help("do it, and add an entry with its day and its result");
            found.push(about(finding.timed(), manual, last.entry));
        }
    }
}
