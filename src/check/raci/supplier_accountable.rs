//! A role that another party holds is accountable for an activity.
//!
//! # Why it matters
//!
//! A supplier can do the work. The organization stays accountable for it: clause 8.2.3 leaves that
//! with whoever wants to conform.
//!
//! # Mend it
//!
//! Give the A to one of your own roles, and the R to the supplier:
//!
//! ```markdown
//! | Activity      | Service owner | Fibre engineer |
//! |---------------|---------------|----------------|
//! | Mend the line | A             | R              |
//! ```

use super::{matrices, named};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "supplier-accountable",
    Family::Raci,
    Severity::Warning,
    include_str!("supplier_accountable.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for document in &manual.library.documents {
        for matrix in matrices(document) {
            for (column, head) in matrix.roles.iter().enumerate() {
                let Some(role) = manual.library.role(&head.text) else { continue };
                let Some(party) = &role.entry.party else { continue };
                for row in matrix.rows.iter().filter(|row| row.cells[column].has('A')) {
                    let finding = RULE
                        .at(
                            document.span(&row.cells[column].cell.at),
                            format!("“{}” is accountable in {}", head.text, named(row)),
                        )
                        .label(role.at("party"), format!("held by {party}, another party"))
                        .help("a role of your own answers for it; the other party may do it (R)");
                    found.push(finding);
                }
            }
        }
    }
}
