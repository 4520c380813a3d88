//! One process does not hand over to another what it must.
//!
//! Incidents lead to problems, problems to changes, changes to releases, releases to configuration,
//! service levels to reporting. The list stands in `schema/iso-20000-1-2018/standard.yaml`.
//!
//! # Why it matters
//!
//! Service management is a whole or it is nothing: an auditor follows one incident through to the
//! change that ended it, and each missing hand-over is where the trail breaks off.
//!
//! # Mend it
//!
//! Add the hand-over to `outputs` of the one document and to `inputs` of the other.

use std::collections::BTreeMap;

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "missing-handover",
    Family::Process,
    Severity::Warning,
    include_str!("missing_handover.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    let mut claims: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        for name in &document.front.clauses {
            claims.entry(name).or_default().push(document);
        }
    }
    for standard in &manual.standards.all {
        for handover in &standard.about.handovers {
            let (Some(from), Some(to)) = (claims.get(&*handover.from), claims.get(&*handover.to))
            else {
                continue;
            };
            let takes: std::collections::BTreeSet<&str> =
                to.iter().map(|document| document.id.as_str()).collect();
            let gives = |document: &&Document| {
                // One document that answers both clauses hands over within itself.
                takes.contains(document.id.as_str())
                    || document.front.outputs.iter().any(|output| takes.contains(&*output.to))
            };
            if from.iter().any(gives) {
                continue;
            }
            let finding = RULE
                .at(
                    from[0].key("outputs"),
                    format!("{} hands {} over to nobody", from[0].id, handover.what),
                )
                .label(to[0].key("inputs"), format!("{} should take them", to[0].id))
                .help(format!("add `{{name: …, to: {}}}` to `outputs`", to[0].id))
                .clause(handover.to.0.clone());
            found.push(finding);
        }
    }
}
