//! A measure that has measured values lacks the one of a period that has passed.
//!
//! How often a measure has a value is said where it is defined: `measured: monthly`, `quarterly` or
//! `yearly`. A period counts two weeks after its end. A measure of which no value was ever entered is no
//! finding here; its page says so.
//!
//! # Why it matters
//!
//! Clause 9.1 asks for results, period by period. A gap in the row is read as a month in which nobody
//! looked.
//!
//! # Mend it
//!
//! Enter the value in a row of its period: `INC-RESTORE,2026-10,97.4`.

use std::collections::BTreeMap;

use super::{about, asked};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "missing-value",
    Family::Register,
    Severity::Warning,
    include_str!("missing_value.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let names = manual.names();
    for (register, _, check) in asked(manual) {
        let Asks::Measured(kpi, period, ..) = &check.asks else { continue };
        let mut missed: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for series in manual.registers.series(register, check, &names) {
            let Some(missing) = series.missing(&manual.library, manual.today) else { continue };
            if let Some(last) = series.values.last().filter(|_| !missing.is_empty()) {
                missed.insert(last.entry, missing.iter().map(ToString::to_string).collect());
            }
        }
        for (at, missing) in missed {
            let entry = manual.registers.entry(at);
            let shown = missing.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
            let more = match missing.len().saturating_sub(4) {
                0 => String::new(),
                more => format!(" and {more} more periods"),
            };
            let message = format!("{} has no value for {shown}{more}", entry.text(*kpi));
            let finding = RULE
                .at(entry.cells[*period].at, message)
                .note("the last value")
                .help("enter the value of each period, or why there is none");
            found.push(about(finding.timed(), manual, at));
        }
    }
}
