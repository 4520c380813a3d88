//! A record names an item of documented information that its clause does not have.
//!
//! # Why it matters
//!
//! `item` says which of several records of a clause is meant. One that does not exist evidences
//! nothing.
//!
//! # Mend it
//!
//! `clausebook explain 8.6.3` lists the items of a clause. Where a clause asks for one record only,
//! leave `item` out.

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::text::near;

pub(super) const RULE: Rule = Rule::new(
    "unknown-item",
    Family::Clause,
    Severity::Error,
    include_str!("unknown_item.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        for (n, record) in document.front.records.iter().enumerate() {
            let Some(named) = &record.item else { continue };
            let Some((at, _)) = manual.standards.find(&record.clause) else { continue };
            let Some(schema) = manual.standards.schema(&at) else { continue };
            let items = || schema.content.items.iter().map(|item| &*item.item);
            if items().any(|item| item == &**named) {
                continue;
            }
            let at = document.at(&["records", &n.to_string(), "item"]);
            let message = format!("clause {} has no item `{named}`", record.clause);
            let finding = RULE.at(at, message).clause(record.clause.0.clone());
            found.push(match near(named, items()) {
                near @ Some(_) => finding.meant(near, at),
                None => {
                    finding.help(format!("its items: {}", items().collect::<Vec<_>>().join(", ")))
                }
            });
        }
    }
}
