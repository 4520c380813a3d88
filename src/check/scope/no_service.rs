//! A scope statement that names no service.
//!
//! # Why it matters
//!
//! A service management system without services covers nothing. Clause 4.3 asks for them by name.
//!
//! # Mend it
//!
//! List the ids of the service catalogue under `services:` below `scope:`.

use super::{key, scopes};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "no-service",
    Family::Scope,
    Severity::Error,
    include_str!("no_service.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, scope) in scopes(manual) {
        if scope.services.is_empty() {
            let finding = RULE.at(key(document, "services"), "the scope names no service");
            found.push(finding.help("add `services: [SVC-01, …]`").clause("4.3"));
        }
    }
}
