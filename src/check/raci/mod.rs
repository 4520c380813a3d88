//! Responsibilities: the matrices, and the roles that they name.

mod conflicting_accountable;
mod empty_activity;
mod idle_role;
mod many_accountable;
mod many_consulted;
mod no_accountable;
mod no_matrix;
mod no_responsible;
mod role_without_holder;
mod supplier_accountable;
mod undeclared_raci;
mod unknown_letter;
mod nearly_role;
pub(super) mod unknown_role;
mod unknown_step;

use super::Rule;
use crate::model::document::Document;
use crate::model::raci::{Assignment, Matrix, Row};
use crate::model::register::Register;
use crate::model::value::Text;
use crate::text::Span;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &no_accountable::RULE,
    &many_accountable::RULE,
    &no_responsible::RULE,
    &unknown_role::RULE,
    &nearly_role::RULE,
    &unknown_letter::RULE,
    &idle_role::RULE,
    &empty_activity::RULE,
    &many_consulted::RULE,
    &role_without_holder::RULE,
    &supplier_accountable::RULE,
    &conflicting_accountable::RULE,
    &unknown_step::RULE,
    &undeclared_raci::RULE,
    &no_matrix::RULE,
];

/// The matrices of a document; none of one that is superseded or withdrawn, which stays as it was.
fn matrices(document: &Document) -> impl Iterator<Item = &Matrix> {
    document.matrices.iter().filter(|_| document.is_live())
}

/// Every row of every matrix of a document that has as many cells as the head: of the others it is
/// not known what stands in which column, which a finding of its own says.
fn rows(document: &Document) -> impl Iterator<Item = (&Matrix, &Row)> {
    matrices(document)
        .flat_map(|matrix| matrix.rows.iter().filter(|row| row.even).map(move |row| (matrix, row)))
}

/// Every role that a document gives something to do, with the place where it is named; none of one
/// that is superseded or withdrawn.
fn named_roles<'a>(document: &'a Document) -> Vec<(&'a str, Span)> {
    if !document.is_live() {
        return Vec::new();
    }
    let front = &document.front;
    let columns = document.matrices.iter().flat_map(|matrix| &matrix.roles);
    let mut named: Vec<(&'a str, Span)> =
        columns.map(|role| (role.text.as_str(), document.span(&role.at))).collect();
    named.extend(front.owner.as_deref().map(|owner| (owner, document.at(&["owner"]))));
    let mut add = |list: &str, n: usize, owner: Option<&'a Text>| {
        let at = || document.at(&[list, &n.to_string(), "owner"]);
        named.extend(owner.map(|owner| (&**owner, at())));
    };
    for (n, record) in front.records.iter().enumerate() {
        add("records", n, Some(&record.owner));
    }
    for register in Register::ALL {
        for (n, entry) in register.listed(front).into_iter().enumerate() {
            add(register.key(), n, entry.owner);
        }
    }
    named.retain(|(_, at)| !document.is_open(&at.range()));
    named
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
    match row.activity.text.as_str() {
        "" => format!("row {}", row.number),
        text => format!("row {}, “{text}”", row.number),
    }
}
