//! A scope statement that leaves out where the services are delivered from, to whom, or where the
//! management system ends.
//!
//! # Why it matters
//!
//! Clause 4.3 asks for the borders of the management system. Locations and customers are what an
//! auditor plans the visit by; what is not said is taken to be inside.
//!
//! # Mend it
//!
//! Add `locations`, `customers` and `boundaries` below `scope:`, one line each.

use super::{key, scopes};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "incomplete-scope",
    Family::Scope,
    Severity::Warning,
    include_str!("incomplete_scope.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, scope) in scopes(manual) {
        let lists = [
            ("locations", scope.locations.is_empty(), "from where the services are delivered"),
            ("customers", scope.customers.is_empty(), "who receives the services"),
            ("boundaries", scope.boundaries.is_empty(), "where the management system ends"),
        ];
        for (name, empty, what) in lists {
            if empty {
                let at = key(document, name);
                let finding = RULE.at(at, format!("the scope does not say {what}"));
                found.push(finding.help(format!("add `{name}: [ … ]`")).clause("4.3"));
            }
        }
    }
}
