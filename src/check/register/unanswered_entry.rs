//! An entry that another register should answer, and no entry there names it.
//!
//! # Why it matters
//!
//! A finding without an action is a nonconformity that nobody works on; clause 10.1.1 asks for the
//! action, its cause and its effect.
//!
//! # Mend it
//!
//! Add an entry to that register, and name this one in it: `for: FND-2026-03`.

use std::collections::BTreeSet;

use super::{about, asked, called};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::Registers;
use crate::entries::types::Asks;
use crate::manual::Manual;
use crate::text::key;

pub(super) const RULE: Rule = Rule::new(
    "unanswered-entry",
    Family::Register,
    Severity::Warning,
    include_str!("unanswered_entry.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (register, of, check) in asked(manual) {
        let Asks::Answered(by, column) = &check.asks else { continue };
        let named = named(&manual.registers, by, column);
        for (at, entry) in manual.registers.asked(register, check) {
            if entry.id.is_empty() || named.contains(&key(&entry.id)) {
                continue;
            }
            let says = check.says.clone();
            let says = says.unwrap_or_else(|| format!("nothing in {} is for it", by.join(" or ")));
            let key = of.key.first().copied().unwrap_or_default();
            let finding = RULE
                .at(entry.cells[key].at, format!("{}: {says}", called(of, entry)))
                .help(format!("add an entry to {} with `{column}: {}`", by.join(" or "), entry.id));
            found.push(about(finding, manual, at));
        }
    }
}

/// What a column of some registers names, as names are compared.
pub(super) fn named(registers: &Registers, by: &[String], column: &str) -> BTreeSet<String> {
    let places = by.iter().filter_map(|name| registers.types.place(name));
    let named = places.flat_map(|place| {
        let column = registers.of(place).column(column);
        let entries = registers.entries(place);
        entries.flat_map(move |(_, entry)| column.map(|n| entry.names(n)).unwrap_or_default())
    });
    named.map(|name| key(name)).collect()
}
