//! A service of the scope is not in the catalogue, or a service of the catalogue is neither in the
//! scope nor left out of it.
//!
//! # Why it matters
//!
//! A scope that does not match what is really delivered is named first among the frequent findings
//! of ISO/IEC 20000-1 audits. The auditor lays the scope statement beside the catalogue and compares.
//!
//! # Mend it
//!
//! Write the id as the catalogue has it, or add the service there. A service that is delivered and
//! is not in scope belongs under `left_out`, with the reason.

use super::scopes;
use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::text::nearest;

pub(super) const RULE: Rule = Rule::new(
    "service-not-in-catalogue",
    Family::Scope,
    Severity::Error,
    include_str!("service_not_in_catalogue.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    for (document, scope) in scopes(manual) {
        for (n, name) in scope.services.iter().enumerate() {
            if manual.library.service(name).is_some() {
                continue;
            }
            let services = manual.library.services();
            let known = services.flat_map(|one| [one.entry.id.0.as_str(), &*one.entry.title]);
            let at = document.at(&["scope", "services", &n.to_string()]);
            let message = format!("`{name}` is in scope and not in the service catalogue");
            found.push(RULE.at(at, message).did_you_mean(nearest(name, known)).clause("4.3"));
        }
        if scope.services.is_empty() {
            continue;
        }
        for service in manual.library.services() {
            let (id, title) = (&service.entry.id.0, &*service.entry.title);
            let is = |name: &str| name.eq_ignore_ascii_case(id) || name.eq_ignore_ascii_case(title);
            let within = scope.services.iter().any(|name| is(name));
            let without = scope.left_out.iter().filter_map(|one| one.what.as_ref());
            if within || without.into_iter().any(|what| is(what) || what.contains(id.as_str())) {
                continue;
            }
            let mut finding = RULE
                .at(
                    document.at(&["scope", "services"]),
                    format!("service {id}, “{title}”, is neither in scope nor left out"),
                )
                .label(service.at("id"), "in the service catalogue here")
                .help("add it to `services`, or to `left_out` with the reason")
                .clause("4.3");
            finding.severity = Severity::Warning;
            found.push(finding);
        }
    }
}
