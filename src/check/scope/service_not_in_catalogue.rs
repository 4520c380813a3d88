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

use std::collections::BTreeSet;

use super::scopes;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::text::NameIndex;

pub(super) const RULE: Rule = Rule::new(
    "service-not-in-catalogue",
    Family::Scope,
    Severity::Error,
    include_str!("service_not_in_catalogue.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let services = manual.library.services();
    let known = services.flat_map(|one| [one.entry.id.0.as_str(), &*one.entry.title]);
    let names = NameIndex::of(known);
    for (document, scope) in scopes(manual) {
        let mut within: BTreeSet<&str> = BTreeSet::new();
        for (n, name) in scope.services.iter().enumerate() {
            if let Some(service) = manual.library.service(name) {
                within.insert(&service.entry.id.0);
                continue;
            }
            let at = document.at(&["scope", "services", &n.to_string()]);
            let message = format!("`{name}` is in scope and not in the service catalogue");
            found.push(RULE.at(at, message).meant(names.near(name), at).clause("4.3"));
        }
        if scope.services.is_empty() {
            continue;
        }
        let left_out = scope.left_out.iter().filter_map(|one| one.what.as_ref());
        let left_out: Vec<String> = left_out.map(|what| what.to_lowercase()).collect();
        for service in manual.library.services() {
            let (id, title) = (service.entry.id.0.as_str(), &*service.entry.title);
            let speaks_of = |what: &String| holds(what, id) || holds(what, title);
            if within.contains(id) || left_out.iter().any(speaks_of) {
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

/// Whether a text (in small letters) holds a name, and not as a part of a longer one.
fn holds(text: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    let joins = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(&name).any(|(at, _)| {
        !joins(text[..at].chars().next_back()) && !joins(text[at + name.len()..].chars().next())
    })
}
