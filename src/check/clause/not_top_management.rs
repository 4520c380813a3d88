//! A document that top management has to approve was approved by somebody else.
//!
//! # Why it matters
//!
//! Clauses 5.1 and 5.2.1 are addressed to top management by name: it sets the policy and shows that
//! it stands behind it. A signature of somebody else shows the opposite. Which role is top management
//! is told by the role register.
//!
//! # Mend it
//!
//! Mark the role that directs the organization at the highest level, and have it approve:
//!
//! ```yaml
//! roles:
//!   - {id: service-director, title: Service director, holder: Ann Other, top_management: true}
//! ```

use std::collections::BTreeMap;

use crate::check::{Check, Family, Rule};
use crate::coverage::Reliability;
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::library::DocumentNumber;

pub(super) const RULE: Rule = Rule::new(
    "not-top-management",
    Family::Clause,
    Severity::Warning,
    include_str!("not_top_management.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    // A document is told of once, whatever it claims.
    let mut claimed: BTreeMap<DocumentNumber, String> = BTreeMap::new();
    for clause in &manual.coverage.clauses {
        let evidence = clause.items.iter().flat_map(|item| &item.evidence);
        for one in evidence.filter(|one| one.standing == Reliability::NotFromTheTop) {
            let name = || manual.standards.name(&clause.clause);
            claimed.entry(one.document).or_insert_with(name);
        }
    }
    for (number, clause) in claimed {
        let document = &manual.library.documents[number];
        let Some(approval) = &document.front.approved else { continue };
        let message = format!(
            "clause {clause} wants the approval of top management, and `{}` is not marked as such",
            approval.by
        );
        let finding = RULE.at(document.at(&["approved", "by"]), message);
        let finding = match manual.library.acts_as(&approval.by).next() {
            Some(role) => finding.label(role.at("id"), "the role"),
            None => finding,
        };
        found.push(finding.clause(clause).help(
            "have it approved by the role of top management, or mark the role in the register: \
             `top_management: true`",
        ));
    }
}
