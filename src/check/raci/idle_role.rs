//! A role has a column in a RACI matrix and no letter in it.
//!
//! # Why it matters
//!
//! Either the role has no part in the process, and the column misleads, or its part was forgotten.
//!
//! # Mend it
//!
//! Take the column out, or fill in what the role does: at least an `I` where it is told.

use super::matrices;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "idle-role",
    Family::Raci,
    Severity::Warning,
    include_str!("idle_role.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for matrix in matrices(document).filter(|matrix| !matrix.rows.is_empty()) {
        for (column, role) in matrix.roles.iter().enumerate() {
            let idle = |cell: &crate::model::raci::Assignment| {
                cell.letters.is_empty() && cell.strange.is_none()
            };
            if matrix.rows.iter().all(|row| idle(&row.cells[column])) {
                let message = format!("“{}” has no part in any activity", role.text);
                let finding = RULE.at(document.span(&role.at), message);
                found.push(finding.help("take the column out, or fill in what the role does"));
            }
        }
    }
}
