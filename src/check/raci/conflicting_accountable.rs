//! The same activity has different accountable roles in two documents.
//!
//! # Why it matters
//!
//! Two documents that both apply and say different things are the contradiction that an auditor
//! quotes word for word.
//!
//! # Mend it
//!
//! Decide who answers for it, and say it in one of the two; the other links there:
//! `see [[PRC-INC-01#raci]]`. Where the two rows mean different things, name them differently:
//! `Close an incident`, `Close a problem`.

use std::collections::BTreeMap;

use super::{rows, with};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::raci::{Matrix, Row};

pub(super) const RULE: Rule = Rule::new(
    "conflicting-accountable",
    Family::Raci,
    Severity::Warning,
    include_str!("conflicting_accountable.rs"),
    Check::Manual(run),
);

/// The first row of an activity, and who answers for it.
struct First<'a> {
    document: &'a Document,
    row: &'a Row,
    role: String,
    said: bool,
}

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let mut firsts: BTreeMap<String, First<'_>> = BTreeMap::new();
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        for (matrix, row) in rows(document) {
            let Some(role) = accountable(manual, matrix, row) else { continue };
            let activity = row.activity.text.to_lowercase();
            if activity.is_empty() {
                continue;
            }
            let Some(first) = firsts.get_mut(&activity) else {
                firsts.insert(activity, First { document, row, role, said: false });
                continue;
            };
            if first.role.to_lowercase() == role.to_lowercase()
                || first.said
                || first.document.file == document.file
            {
                continue;
            }
            // One finding an activity: a third document would say the same again.
            first.said = true;
            let at = |document: &Document, row: &Row| {
                with(row, 'A').next().map_or_else(
                    || document.span(&row.activity.at),
                    |cell| document.span(&cell.cell.at),
                )
            };
            let message = format!(
                "“{}” has two accountable roles: {role} here, {} in {}",
                row.activity.text, first.role, first.document.id
            );
            let finding = RULE
                .at(at(document, row), message)
                .label(at(first.document, first.row), format!("{} answers for it here", first.role))
                .help("decide who answers for it; or name the two activities differently");
            found.push(finding);
        }
    }
}

/// The title of the one accountable role of a row; its column's head where it is no known role.
fn accountable(manual: &Manual, matrix: &Matrix, row: &Row) -> Option<String> {
    let column = row.cells.iter().position(|cell| cell.has('A'))?;
    let head = &matrix.roles[column].text;
    let role = manual.library.role(head);
    Some(role.map_or_else(|| head.clone(), |role| role.entry.title.0.clone()))
}
