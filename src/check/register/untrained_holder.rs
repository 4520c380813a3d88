//! Somebody holds a role that needs competence, and no entry says how they came by it.
//!
//! # Why it matters
//!
//! Clause 7.2 asks for evidence of competence of everybody whose work affects the services, not for a
//! description of it.
//!
//! # Mend it
//!
//! Enter training, experience or a certificate, with the name of the person or of the role:
//! `| Kim Example | ISO 19011 | 2026-05-01 |`.

use std::collections::BTreeSet;

use super::asked;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;
use crate::model::nothing::is_nobody;
use crate::text::key;

pub(super) const RULE: Rule = Rule::new(
    "untrained-holder",
    Family::Register,
    Severity::Warning,
    include_str!("untrained_holder.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (register, of, check) in asked(manual) {
        let Asks::Holders(person) = &check.asks else { continue };
        let entries = manual.registers.asked(register, check);
        let names = entries.flat_map(|(_, entry)| entry.names(*person));
        let named: BTreeSet<String> = names.map(|name| key(name)).collect();
        for role in manual.library.roles() {
            let entry = role.entry;
            let Some(holder) = entry.holder.as_ref().filter(|holder| !is_nobody(holder)) else {
                continue;
            };
            let own = [&*entry.id.0, &*entry.title, &**holder];
            if entry.competence.is_none()
                || own.iter().any(|name| named.contains(&key(name.trim())))
            {
                continue;
            }
            let message = format!("nothing shows that {holder} is competent as `{}`", entry.title);
            let help = format!("add an entry to {} for {holder}", of.name);
            found.push(RULE.at(role.at("holder"), message).help(help).clause("7.2"));
        }
    }
}
