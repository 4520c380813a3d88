//! A measure missed its target twice running, and nothing was done about it.
//!
//! # Why it matters
//!
//! A target that may be missed again and again is none. Clauses 6.2 and 9.1 want results to be acted
//! on.
//!
//! # Mend it
//!
//! Enter an action for the measure or for its last value (`for: INC-RESTORE`), or change the target where it was wrong.

use super::unanswered_entry::named;
use super::{about, asked};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;
use crate::text::key;

pub(super) const RULE: Rule = Rule::new(
    "off-target",
    Family::Register,
    Severity::Warning,
    include_str!("off_target.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let names = manual.names();
    for (register, _, check) in asked(manual) {
        let Asks::Measured(_, _, value, by, column) = &check.asks else { continue };
        let answered = named(&manual.registers, by, column);
        for series in manual.registers.series(register, check, &names) {
            let Some(target) = series.target(&manual.library) else { continue };
            let [.., before, last] = series.values.as_slice() else { continue };
            if target.is_met_by(before.value) || target.is_met_by(last.value) {
                continue;
            }
            let entry = manual.registers.entry(last.entry);
            let kpi = &series.kpi(&manual.library).id;
            let ids = [&manual.registers.entry(before.entry).id, &entry.id, &kpi.0];
            if ids.iter().any(|id| answered.contains(&key(id))) {
                continue;
            }
            let wanted = series.kpi(&manual.library).target.as_deref().unwrap_or_default();
            let message = format!(
                "{kpi} missed its target `{wanted}` twice running: {} and {}",
                before.value, last.value
            );
            let finding = RULE
                .at(entry.cells[*value].at, message)
                .label(manual.registers.entry(before.entry).cells[*value].at, "the value before")
                .help(format!("add an entry to {} with `{column}: {kpi}`", by.join(" or ")));
            found.push(about(finding, manual, last.entry));
        }
    }
}
