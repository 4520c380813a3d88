//! A scope statement that names no organization.
//!
//! # Why it matters
//!
//! Clause 4.3 asks for two things in the definition of the scope: the services, and the name of the
//! organization that manages and delivers them. It is also what stands on the certificate.
//!
//! # Mend it
//!
//! Write `organization:` below `scope:`, with the name and, where it is only a part, the unit.

use super::{key, scopes};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "no-organization",
    Family::Scope,
    Severity::Error,
    include_str!("no_organization.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, scope) in scopes(manual) {
        if scope.organization.as_ref().is_none_or(|name| name.trim().is_empty()) {
            let finding = RULE.at(key(document, "organization"), "the scope names no organization");
            found.push(finding.help("add `organization: …`").clause("4.3"));
        }
    }
}
