//! A role of the register that nobody holds, and that the manual gives something to do.
//!
//! # Why it matters
//!
//! Duties are met by people. Clause 5.3 wants authorities assigned, and an auditor asks to speak to
//! the holder.
//!
//! # Mend it
//!
//! Name the holder in the role register. While the post is empty, name the deputy as holder.

use std::collections::BTreeSet;

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};

pub(super) const RULE: Rule = Rule::new(
    "role-without-holder",
    Family::Raci,
    Severity::Warning,
    include_str!("role_without_holder.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut use_of = |name: &str| {
        if let Some(role) = manual.library.role(name) {
            used.insert(&role.entry.id.0);
        }
    };
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        if let Some(owner) = &document.front.owner {
            use_of(owner);
        }
        for role in document.matrices.iter().flat_map(|matrix| &matrix.roles) {
            use_of(&role.text);
        }
    }
    for role in manual.library.roles() {
        let held = role.entry.holder.as_ref().is_some_and(|holder| !holder.is_empty());
        if !held && role.entry.party.is_none() && used.contains(role.entry.id.0.as_str()) {
            let message = format!("nobody holds the role “{}”", role.entry.title);
            let finding = RULE.at(role.at("holder"), message);
            found.push(finding.help("add `holder:` with the person's name"));
        }
    }
}
