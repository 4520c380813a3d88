//! A role of the register that nobody holds, and that the manual gives something to do.
//!
//! # Why it matters
//!
//! Duties are met by people. Clause 5.3 wants authorities assigned, and an auditor asks to speak to
//! the holder.
//!
//! # Mend it
//!
//! Name the holder in the role register: `holder: Ann Other`. While the post is empty, name the deputy
//! as holder. A role that another party holds has `party:` with its id instead.

use std::collections::BTreeSet;

use super::named_roles;
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
    let named = manual.library.documents.iter().flat_map(named_roles);
    let used: BTreeSet<&str> = named
        .filter_map(|(name, _)| manual.library.role(name))
        .map(|role| role.entry.id.0.as_str())
        .collect();
    for role in manual.library.roles() {
        let holder = role.entry.holder.as_ref();
        let held = holder.is_some_and(|holder| !holder.trim().is_empty());
        if held || role.entry.party.is_some() || !used.contains(role.entry.id.0.as_str()) {
            continue;
        }
        let at = role.at(if holder.is_some() { "holder" } else { "id" });
        let message = format!("nobody holds the role “{}”", role.entry.title);
        found.push(RULE.at(at, message).help("add `holder:` with the person's name"));
    }
}
