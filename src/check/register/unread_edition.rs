//! Somebody gets a document by name or by role, and has not read the version in force.
//!
//! Only names and roles of the role register are asked; `all staff` is nobody by name.
//!
//! # Why it matters
//!
//! Clause 7.3 wants people to know the policies and what their work adds to them. A list of who has read
//! which version is the evidence that most organizations show.
//!
//! # Mend it
//!
//! Have it read, and enter person, document, version and day:
//! `| Kim Example | POL-SMS-01 | 2.0 | 2026-11-27 |`.

use std::collections::BTreeSet;

use super::asked;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;
use crate::text::key;

pub(super) const RULE: Rule = Rule::new(
    "unread-edition",
    Family::Register,
    Severity::Warning,
    include_str!("unread_edition.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let library = &manual.library;
    for (register, _, check) in asked(manual) {
        let Asks::Readers(person, document, version) = &check.asks else { continue };
        let entries = manual.registers.asked(register, check);
        let read: BTreeSet<[String; 3]> = entries
            .map(|(_, entry)| [*person, *document, *version].map(|one| key(entry.text(one).trim())))
            .collect();
        for document in library.documents.iter().filter(|one| one.in_force(manual.today)) {
            let Some(version) = document.front.version.as_ref() else { continue };
            for (n, name) in document.front.distribution.iter().enumerate() {
                let roles: Vec<_> = library.acts_as(name).collect();
                if roles.is_empty() {
                    continue;
                }
                let own = roles.iter().flat_map(|role| {
                    let holder = role.entry.holder.as_deref().unwrap_or_default();
                    [&role.entry.id.0, &*role.entry.title, holder]
                });
                let mut names = own.chain([&**name]);
                if names
                    .any(|name| read.contains(&[name.trim(), &document.id, &version.0].map(key)))
                {
                    continue;
                }
                let message = format!("no entry says that {name} has read version {version}");
                let finding = RULE.at(document.at(&["distribution", &n.to_string()]), message);
                found.push(finding.help("have it read, and add an entry").clause("7.3"));
            }
        }
    }
}
