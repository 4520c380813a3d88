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
//! as holder; `vacant`, `N. N.` or a dash is no name. An approval by a role without a holder makes the
//! evidence of the document partial. A role that another party holds has `party:` with its id instead.

use std::collections::BTreeSet;

use super::named_roles;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "role-without-holder",
    Family::Raci,
    Severity::Warning,
    include_str!("role_without_holder.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let named = manual.library.documents.iter().flat_map(named_roles);
    let approved = manual.library.documents.iter().filter(|document| document.is_approved());
    let approvers = approved.filter_map(|document| Some(&*document.front.approved.as_ref()?.by));
    let used: BTreeSet<&str> = named
        .map(|(name, _)| name)
        .chain(approvers)
        .filter_map(|name| manual.library.role(name))
        .map(|role| role.entry.id.0.as_str())
        .collect();
    for role in manual.library.roles() {
        if role.entry.is_held() || !used.contains(role.entry.id.0.as_str()) {
            continue;
        }
        let at = role.at(if role.entry.holder.is_some() { "holder" } else { "id" });
        if role.document.is_unfinished(&at.range()) {
            continue; // What is still to be filled in has its own finding.
        }
        let message = format!("nobody holds the role “{}”", role.entry.title);
        found.push(RULE.at(at, message).help("add `holder:` with the person's name"));
    }
}
