//! Registers and their entries: what cannot be read, and what the types ask of them.

mod bad_cell;
mod bad_register_type;
mod duplicate_entry;
mod empty_cell;
mod expired_entry;
mod incomplete_entry;
mod incomplete_list;
mod interval_passed;
mod missing_value;
mod not_reached;
mod off_target;
mod overdue_entry;
mod own_work;
mod unanswered_entry;
mod unknown_column;
mod unknown_name;
mod unread_edition;
mod unreadable_entries;
mod untrained_holder;
mod without_milestone;
mod wrong_order;
mod wrong_product;

use super::Rule;
use crate::diag::Diagnostic;
use crate::entries::types::{Check, RegisterType};
use crate::entries::{Entry, EntryRef};
use crate::manual::Manual;
use crate::model::library::DocumentNumber;
use crate::text::Span;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &bad_register_type::RULE,
    &unreadable_entries::RULE,
    &unknown_column::RULE,
    &bad_cell::RULE,
    &empty_cell::RULE,
    &duplicate_entry::RULE,
    &unknown_name::RULE,
    &overdue_entry::RULE,
    &incomplete_entry::RULE,
    &wrong_product::RULE,
    &wrong_order::RULE,
    &unanswered_entry::RULE,
    &interval_passed::RULE,
    &expired_entry::RULE,
    &not_reached::RULE,
    &incomplete_list::RULE,
    &own_work::RULE,
    &untrained_holder::RULE,
    &unread_edition::RULE,
    &missing_value::RULE,
    &off_target::RULE,
    &without_milestone::RULE,
];

/// What the types ask of the registers that are kept.
fn asked(manual: &Manual) -> impl Iterator<Item = (usize, &RegisterType, &Check)> {
    manual.registers.used().flat_map(|register| {
        let of = manual.registers.of(register);
        of.checks.iter().map(move |check| (register, of, check))
    })
}

/// A finding about an entry, in the document that holds it.
fn about(finding: Diagnostic, manual: &Manual, entry: EntryRef) -> Diagnostic {
    of_source(finding, manual, manual.registers.document(entry))
}

/// A finding in a table or a file of a document.
fn of_source(finding: Diagnostic, manual: &Manual, document: DocumentNumber) -> Diagnostic {
    let document = &manual.library.documents[document];
    let id = document.is_named().then(|| document.id.clone());
    Diagnostic { document: id, ..finding }
}

/// How an entry is called: `risk RSK-04`, or what it is about where it has no id.
fn called(of: &RegisterType, entry: &Entry) -> String {
    match entry.id.as_str() {
        "" => format!("this {}", of.entry),
        id => format!("{} {id}", of.entry),
    }
}

/// Names of columns as a sentence has them: `cause or action`.
fn titles(of: &RegisterType, columns: &[usize], word: &str) -> String {
    let titles: Vec<String> =
        columns.iter().map(|column| format!("`{}`", of.columns[*column].id)).collect();
    titles.join(&format!(" {word} "))
}

/// The place in a cell of one of its names; the whole cell where it is not found.
fn place_of(manual: &Manual, at: Span, name: &str) -> Span {
    let text = manual.sources.file(at.file).text.get(at.range()).unwrap_or_default();
    text.find(name).map_or(at, |n| {
        let start = at.range().start + n;
        Span::new(at.file, start..start + name.len())
    })
}
