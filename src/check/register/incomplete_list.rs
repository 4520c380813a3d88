//! An entry leaves out something that its clause lists.
//!
//! # Why it matters
//!
//! Clause 9.3 lists what a management review takes in. An auditor goes through that list with the
//! minutes in hand; what was not dealt with is a finding each time.
//!
//! # Mend it
//!
//! Deal with it and name it in the entry. `all` says that the whole list was dealt with, and the minutes
//! have to show it. `clausebook explain 9.3` shows the list.

use super::{about, asked, called};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;
use crate::standard::format::ClauseInput;
use crate::text::slug;

pub(super) const RULE: Rule = Rule::new(
    "incomplete-list",
    Family::Register,
    Severity::Warning,
    include_str!("incomplete_list.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (register, of, check) in asked(manual) {
        let Asks::Lists(column, clause) = &check.asks else { continue };
        let Some((at, _)) = manual.standards.find(clause) else { continue };
        let Some(schema) = manual.standards.schema(&at) else { continue };
        for (at, entry) in manual.registers.asked(register, check) {
            let text = entry.text(*column);
            if entry.is_unclear(*column) || !entry.has(*column) {
                continue;
            }
            let named: Vec<String> =
                text.split([',', ';', '\n']).map(|one| slug(one.trim())).collect();
            if named.iter().any(|one| one == "all") {
                continue;
            }
            let is_named = |input: &&ClauseInput| {
                let mut names = std::iter::once(&input.input).chain(&input.aliases);
                !names.any(|name| named.contains(&name.0))
            };
            let missing: Vec<&ClauseInput> =
                schema.content.inputs.iter().filter(is_named).collect();
            if missing.is_empty() {
                continue;
            }
            let shown: Vec<&str> = missing.iter().map(|one| &*one.input).collect();
            let message = format!("{} leaves out {}", called(of, entry), shown.join(", "));
            let asks: Vec<&str> = missing.iter().take(3).map(|one| &*one.asks).collect();
            let finding = RULE
                .at(entry.cells[*column].at, message)
                .help(format!("{clause} asks for {}", asks.join("; ")))
                .clause(clause.clone());
            found.push(about(finding, manual, at));
        }
    }
}
