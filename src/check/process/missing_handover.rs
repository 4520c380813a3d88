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

use std::collections::{BTreeMap, BTreeSet};

use super::is_in_doubt;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::value::{Kind, Text};
use crate::standard::ClauseRef;
use crate::text::FileId;

pub(super) const RULE: Rule = Rule::new(
    "missing-handover",
    Family::Process,
    Severity::Warning,
    include_str!("missing_handover.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let mut claims: BTreeMap<ClauseRef, Vec<&Document>> = BTreeMap::new();
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        let found = document.front.clauses.iter().filter_map(|name| manual.standards.find(name));
        for (clause, _) in found {
            claims.entry(clause).or_default().push(document);
        }
    }
    for (index, standard) in manual.standards.all.iter().enumerate() {
        let claimed = |number: &Text| {
            let clause = ClauseRef { standard: index, number: number.0.clone() };
            claims.get(&clause).map(|documents| (clause, documents))
        };
        for handover in &standard.about.handovers {
            let (Some((_, from)), Some((clause, to))) =
                (claimed(&handover.from), claimed(&handover.to))
            else {
                continue;
            };
            let takers: BTreeSet<FileId> = to.iter().map(|document| document.file).collect();
            let takes = |name: &str| {
                manual.library.by_id(name).is_some_and(|document| takers.contains(&document.file))
            };
            let gives = |document: &&Document| {
                // One document that answers both clauses hands over within itself.
                takers.contains(&document.file)
                    || document.front.outputs.iter().any(|output| takes(&output.to))
            };
            if from.iter().any(gives) {
                continue;
            }
            if from.iter().chain(to).any(|document| is_in_doubt(manual, document)) {
                continue;
            }
            let (from, to) = (lead(from), lead(to));
            let finding = RULE
                .at(
                    from.key("outputs"),
                    format!("{} hands {} over to nobody", from.id, handover.what),
                )
                .label(to.key("inputs"), format!("{} should take them", to.id))
                .help(format!("add `{{name: …, to: {}}}` to `outputs`", to.id))
                .clause(manual.standards.name(&clause));
            found.push(finding);
        }
    }
}

/// The document of a clause that describes the work: the first process or procedure, or the first
/// document where there is none.
fn lead<'a>(documents: &[&'a Document]) -> &'a Document {
    let works =
        |document: &&&Document| matches!(document.kind(), Some(Kind::Process | Kind::Procedure));
    documents.iter().find(works).unwrap_or(&documents[0])
}
