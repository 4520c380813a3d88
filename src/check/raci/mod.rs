//! Responsibilities: the matrices, and the roles that they name.

mod conflicting_accountable;
mod empty_activity;
mod idle_role;
mod many_accountable;
mod many_consulted;
mod no_accountable;
mod no_responsible;
mod role_without_holder;
mod supplier_accountable;
mod unknown_letter;
mod unknown_role;
mod unknown_step;

use super::Rule;
use crate::model::document::Document;
use crate::model::raci::{Assignment, Matrix, Row};
use crate::text::Span;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &no_accountable::RULE,
    &many_accountable::RULE,
    &no_responsible::RULE,
    &unknown_role::RULE,
    &unknown_letter::RULE,
    &idle_role::RULE,
    &empty_activity::RULE,
    &many_consulted::RULE,
    &role_without_holder::RULE,
    &supplier_accountable::RULE,
    &conflicting_accountable::RULE,
    &unknown_step::RULE,
];

/// Every row of every matrix of a document.
fn rows(document: &Document) -> impl Iterator<Item = (&Matrix, &Row)> {
    document.matrices.iter().flat_map(|matrix| matrix.rows.iter().map(move |row| (matrix, row)))
}

/// The cells of a row that hold a letter.
fn with(row: &Row, letter: char) -> impl Iterator<Item = &Assignment> {
    row.cells.iter().filter(move |cell| cell.has(letter))
}

/// The place of a row's activity, or of the row where the activity is empty.
fn activity(document: &Document, row: &Row) -> Span {
    document.span(&row.activity.at)
}

/// A row in words: `row 3, “Prioritise”`.
fn named(row: &Row) -> String {
    format!("row {}, “{}”", row.number, row.activity.text)
}
