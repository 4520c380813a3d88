//! An entry of a register is open, and the day by which it was to be done has passed.
//!
//! # Why it matters
//!
//! Clauses 6.1.3, 9.3 and 10.1 ask that what was decided is done. An auditor sorts the action list by
//! date and begins with what is late.
//!
//! # Mend it
//!
//! Do it, and write the state and the day on which it was done: `done`, `2026-11-27`. Where another day was agreed on, write
//! that day, and why in the text.

use super::{about, called};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "overdue-entry",
    Family::Register,
    Severity::Warning,
    include_str!("overdue_entry.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for register in manual.registers.used() {
        let of = manual.registers.of(register);
        let Some(column) = of.due else { continue };
        for (at, entry) in manual.registers.entries(register) {
            let Some(day) = of.due(entry).filter(|day| *day < manual.today) else { continue };
            let late = match day.days_until(manual.today) {
                1 => "1 day".to_owned(),
                days => format!("{days} days"),
            };
            let message = format!("{} is open and was due on {day}", called(of, entry));
            let finding = RULE.at(entry.cells[column].at, message).note(format!("{late} ago"));
            let owner = of.owner(entry).map(|owner| format!(": {owner} answers for it"));
            let help = format!("close it, or agree on another day{}", owner.unwrap_or_default());
            found.push(about(finding.help(help).timed(), manual, at));
        }
    }
}
