//! A role that is not in the role register.
//!
//! Checked are the columns of RACI matrices, the owners of documents, records, services and other
//! parties. A manual without a role register has no roles to check against, and is not checked.
//!
//! # Why it matters
//!
//! A duty of a role that does not exist is nobody's duty. Clauses 5.3 and 7.2 want roles to be
//! assigned, known and filled with competent people.
//!
//! # Mend it
//!
//! Write the id or the title as the register has it, or add the role to the register with its
//! holder.

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::text::{Span, nearest};

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
    let mut check = |name: &str, at: Span| {
        if manual.library.role(name).is_none() {
            found.push(unknown(manual, name, at));
        }
    };
    for document in &manual.library.documents {
        let front = &document.front;
        if let Some(owner) = &front.owner {
            check(owner, document.at(&["owner"]));
        }
        for role in document.matrices.iter().flat_map(|matrix| &matrix.roles) {
            check(&role.text, document.span(&role.at));
        }
        for (n, record) in front.records.iter().enumerate() {
            check(&record.owner, document.at(&["records", &n.to_string(), "owner"]));
        }
        for (n, service) in front.services.iter().enumerate() {
            if let Some(owner) = &service.owner {
                check(owner, document.at(&["services", &n.to_string(), "owner"]));
            }
        }
        for (n, party) in front.other_parties.iter().enumerate() {
            if let Some(owner) = &party.owner {
                check(owner, document.at(&["other_parties", &n.to_string(), "owner"]));
            }
        }
    }
}

fn unknown(manual: &Manual<'_>, name: &str, at: Span) -> Diagnostic {
    let roles = manual.library.roles();
    let known = roles.flat_map(|role| [role.entry.id.0.as_str(), &*role.entry.title]);
    let finding = RULE.at(at, format!("`{name}` is no role of the role register"));
    match nearest(name, known) {
        Some(near) => finding.did_you_mean(Some(near)),
        None => match manual.library.roles().next() {
            Some(role) => finding.help(format!("add it to {}", role.document.path)),
            None => finding,
        },
    }
}
