//! Somebody judges what they answer for themselves: an auditor who owns what is audited.
//!
//! # Why it matters
//!
//! Clause 9.2.2 wants audits to be objective and impartial. That nobody audits their own work is asked
//! in every certification audit.
//!
//! # Mend it
//!
//! Have somebody else audit that part, and name them in `auditors`.

use std::collections::BTreeSet;

use super::not_reached::names_clause;
use super::{about, asked, called};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::Entry;
use crate::entries::format::ColumnType;
use crate::entries::types::{Asks, RegisterType};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::text::key;

pub(super) const RULE: Rule = Rule::new(
    "own-work",
    Family::Register,
    Severity::Warning,
    include_str!("own_work.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (register, of, check) in asked(manual) {
        let Asks::Independent(person, columns) = &check.asks else { continue };
        for (at, entry) in manual.registers.asked(register, check) {
            for name in entry.names(*person) {
                let roles: BTreeSet<String> =
                    manual.library.acts_as(name).map(|role| key(&role.entry.id.0)).collect();
                let owned = manual.library.documents.iter().find(|document| {
                    document.in_force(manual.today)
                        && is_owner(manual, document, name, &roles)
                        && is_judged(of, entry, columns, document)
                });
                let Some(owned) = owned else { continue };
                let message =
                    format!("{} is judged by {name}, who owns {}", called(of, entry), owned.id);
                let finding = RULE
                    .at(entry.cells[*person].at, message)
                    .label(owned.at(&["owner"]), format!("{name} answers for it"))
                    .help("name somebody who does not answer for it");
                found.push(about(finding, manual, at));
            }
        }
    }
}

/// Whether a document is owned by a person or by one of their roles.
fn is_owner(manual: &Manual, document: &Document, name: &str, roles: &BTreeSet<String>) -> bool {
    document.front.owner.as_deref().is_some_and(|owner| {
        let role = manual.library.role(owner).map(|role| key(&role.entry.id.0));
        key(owner) == key(name) || role.is_some_and(|role| roles.contains(&role))
    })
}

/// Whether an entry names a document, or a clause that it answers.
fn is_judged(of: &RegisterType, entry: &Entry, columns: &[usize], document: &Document) -> bool {
    columns.iter().any(|column| {
        let names = entry.names(*column);
        match of.columns[*column].holds {
            ColumnType::Clause => {
                document.front.clauses.iter().any(|clause| names_clause(names, clause))
            }
            _ => names.iter().any(|name| key(name) == key(&document.id)),
        }
    })
}
