//! A role that is not in the role register.
//!
//! Checked are the columns of RACI matrices, the owners of documents, records, services, other
//! parties and external documents. A manual without a role register has no roles to check against, and is not checked.
//!
//! # Why it matters
//!
//! A duty of a role that does not exist is nobody's duty. Clauses 5.3 and 7.2 want roles to be
//! assigned, known and filled with competent people.
//!
//! # Mend it
//!
//! Write the id or the title as the register has it, or add the role to the register with its
//! holder: `- {id: incident-manager, title: Incident manager, holder: Ann Other}`.

use super::named_roles;
use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::text::Names;

pub(super) const RULE: Rule = Rule::new(
    "unknown-role",
    Family::Raci,
    Severity::Error,
    include_str!("unknown_role.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    if !manual.library.has_roles() {
        return;
    }
    let roles = manual.library.roles();
    let known = roles.flat_map(|role| [role.entry.id.0.as_str(), &*role.entry.title]);
    let names = Names::of(known);
    let first = manual.library.roles().next().map(|role| &role.document.path);
    let named = manual.library.documents.iter().flat_map(named_roles);
    for (name, at) in named.filter(|(name, _)| manual.library.role(name).is_none()) {
        if name.is_empty() {
            let finding = RULE.at(at, "no role is named here");
            found.push(finding.help("write the id or the title of a role"));
            continue;
        }
        let finding = RULE.at(at, format!("`{name}` is no role of the role register"));
        found.push(match (names.near(name), first) {
            (None, Some(register)) => finding.help(format!("add it to {register}")),
            (near, _) => finding.meant(near, at),
        });
    }
}
