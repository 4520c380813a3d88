//! Every service in scope is run by other parties alone.
//!
//! # Why it matters
//!
//! Other parties may do much of the work. An organization that does nothing itself cannot show that it
//! manages services, and cannot conform (clause 8.2.3).
//!
//! # Mend it
//!
//! Where you do a part of a service yourself, say so in the catalogue: `own_part: service desk, first
//! line and service level management`.

use super::scopes;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "run-by-others",
    Family::Scope,
    Severity::Error,
    include_str!("run_by_others.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, scope) in scopes(manual) {
        let services: Vec<_> =
            scope.services.iter().filter_map(|name| manual.library.service(name)).collect();
        let foreign = |service: &crate::model::front::Service| {
            let own_part = service.own_part.as_ref().is_some_and(|part| !part.trim().is_empty());
            !service.run_by.is_empty() && !own_part
        };
        if services.is_empty() || !services.iter().all(|service| foreign(service.entry)) {
            continue;
        }
        let finding = RULE
            .at(
                document.at(&["scope", "services"]),
                "every service in scope is run by other parties alone",
            )
            .label(services[0].at("run_by"), "run by others, and no `own_part`")
            .help("say in the catalogue what the organization does itself: `own_part: …`")
            .clause("8.2.3.1");
        found.push(finding);
    }
}
