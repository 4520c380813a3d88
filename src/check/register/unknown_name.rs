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
use crate::entries::{Named, NearNames};
use crate::manual::Manual;
use crate::model::library::DocumentNumber;
use crate::text::{Span, look_alike};

pub(super) const RULE: Rule = Rule::new(
    "unknown-name",
    Family::Register,
    Severity::Error,
    include_str!("unknown_name.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let names = manual.names();
    let near = NearNames::of(&names);
    for register in manual.registers.used() {
        let of = manual.registers.of(register);
        let columns = of.columns.iter().enumerate().filter(|(_, column)| column.holds.is_name());
        let columns: Vec<(usize, &Column)> = columns.collect();
        for (at, entry) in manual.registers.entries(register) {
            for (n, column) in &columns {
                for name in entry.names(*n) {
                    let is_stranger =
                        || column.holds == ColumnType::Person && !names.is_listed(name);
                    let is_known = match names.find(column, name) {
                        // Somebody without a role, unless it is one with a slip.
                        Some(Named::Person) if is_stranger() => near.near(column, name).is_none(),
                        found => found.is_some(),
                    };
                    if is_known || is_in_doubt(manual, column, name) {
                        continue;
                    }
                    let place = place_of(manual, entry.cells[*n].at, name);
                    if is_dangling(manual, manual.registers.document(at), place) {
                        continue;
                    }
                    let what = word(column);
                    let message =
                        format!("{} names {what} `{name}`, which there is not", called(of, entry));
                    let odd = look_alike(name).map(|odd| odd.in_words());
                    let finding = RULE
                        .at(place, message)
                        .note(odd.unwrap_or_default())
                        .help(format!("write {what} that there is"))
                        .meant(near.near(column, name), place);
                    found.push(about(finding, manual, at));
                }
            }
        }
    }
}

/// Whether a name is the target of a link that leads nowhere: that has its own finding.
fn is_dangling(manual: &Manual, document: DocumentNumber, place: Span) -> bool {
    let holder = &manual.library.documents[document];
    let at = place.range();
    let links = holder.body.links.iter().zip(&manual.graph.links[document]);
    let mut around = links.filter(|(link, _)| link.at.start <= at.start && at.end <= link.at.end);
    place.file == holder.file && around.any(|(_, resolved)| resolved.is_err())
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
