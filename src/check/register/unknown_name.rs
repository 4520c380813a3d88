//! An entry of a register names something that the manual does not have: a role, a clause, a service,
//! another party, a document, a measure, another entry.
//!
//! A person who holds no role is named by a first and a last name; anybody else has to be in the role
//! register.
//!
//! # Why it matters
//!
//! An action for `FND-7` that is no finding is evidence of nothing, and the finding stays without an
//! action.
//!
//! # Mend it
//!
//! Write the id of what is meant, as `FND-2026-07`, or add it to its register.

use super::{about, called, place_of};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::format::ColumnType;
use crate::entries::types::Column;
use crate::manual::Manual;
use crate::text::look_alike;

pub(super) const RULE: Rule = Rule::new(
    "unknown-name",
    Family::Register,
    Severity::Error,
    include_str!("unknown_name.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let names = manual.names();
    for register in manual.registers.used() {
        let of = manual.registers.of(register);
        let columns = of.columns.iter().enumerate().filter(|(_, column)| column.holds.is_name());
        let columns: Vec<(usize, &Column)> = columns.collect();
        for (at, entry) in manual.registers.entries(register) {
            for (n, column) in &columns {
                for name in entry.names(*n) {
                    if names.find(column, name).is_some() || is_in_doubt(manual, column, name) {
                        continue;
                    }
                    let place = place_of(manual, entry.cells[*n].at, name);
                    let what = word(column);
                    let message =
                        format!("{} names {what} `{name}`, which there is not", called(of, entry));
                    let odd = look_alike(name).map(|odd| odd.in_words());
                    let finding = RULE
                        .at(place, message)
                        .note(odd.unwrap_or_default())
                        .help(format!("write {what} that there is"))
                        .meant(names.near(column, name), place);
                    found.push(about(finding, manual, at));
                }
            }
        }
    }
}

/// Whether a document may have the id, could it be read.
fn is_in_doubt(manual: &Manual, column: &Column, name: &str) -> bool {
    column.holds == ColumnType::Document && manual.graph.doubts.holds(name)
}

/// What a column names, with its article.
fn word(column: &Column) -> String {
    match (column.holds, column.of.as_slice()) {
        (ColumnType::Entry, of) if of.is_empty() || of.len() > 3 => "an entry".into(),
        (ColumnType::Entry, of) => format!("an entry of {}", of.join(" or ")),
        (ColumnType::Party, _) => "another party".into(),
        (ColumnType::Kpi, _) => "a measure".into(),
        (ColumnType::Person, _) => "a role or a person".into(),
        (holds, _) => format!("a {}", holds.word()),
    }
}
