//! A document that is in use leads to one that is superseded or withdrawn.
//!
//! # Why it matters
//!
//! Whoever follows the link works by a text that no longer holds. Clause 7.5.3 asks that people
//! find the version in force where they need it. Superseded and withdrawn documents have no page
//! on the site; they stand in the register alone.
//!
//! # Mend it
//!
//! Lead to the document that took its place, or take the link out:
//!
//! ```yaml
//! related: [PRC-INC-02]   # PRC-INC-01 is superseded
//! ```

use std::collections::BTreeMap;

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::{By, Target};
use crate::manual::Manual;
use crate::model::library::DocumentNumber;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "superseded-in-use",
    Family::Life,
    Severity::Warning,
    include_str!("superseded_in_use.rs"),
    Check::Manual(run),
);

/// More steps than any document has been superseded; it ends the walk where two supersede each
/// other.
const MOST_STEPS: usize = 50;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let documents = &manual.library.documents;
    let successors = successors(manual);
    for (from, document) in documents.numbered().filter(|(_, one)| one.is_live()) {
        let mut check = |to: DocumentNumber, at: Span| {
            let target = &documents[to];
            // The document that took its place may well speak of it.
            if target.is_live() || successors.get(&to) == Some(&from) {
                return;
            }
            let state = target.status().word();
            let finding = RULE.at(at, format!("`{}` is {state}", target.id));
            let finding = finding.label(target.at(&["status"]), format!("{state} here"));
            found.push(match living_successor(manual, &successors, to) {
                Some(successor) if successor == from => {
                    finding.help("this document took its place: take the link out")
                }
                Some(successor) => {
                    let id = &documents[successor].id;
                    finding.help(format!("lead to `{id}`, which took its place"))
                }
                None => finding.help("nothing took its place: take the link out"),
            });
        };
        for (link, resolved) in document.body.links.iter().zip(&manual.graph.links[from]) {
            if let Ok(Target::Document(to, _)) = resolved {
                check(*to, document.span(&link.target_at));
            }
        }
        for named in manual.graph.named[from].iter().filter(|one| one.by != By::Supersedes) {
            if let Ok(to) = named.target {
                check(to, named.at);
            }
        }
    }
}

/// For each document that another one supersedes, that other one.
fn successors(manual: &Manual) -> BTreeMap<DocumentNumber, DocumentNumber> {
    let all = manual.graph.named.numbered();
    all.flat_map(|(from, named)| {
        let supersedes = named.iter().filter(|one| one.by == By::Supersedes);
        supersedes.filter_map(move |one| one.target.as_ref().ok().map(|to| (*to, from)))
    })
    .collect()
}

/// The live document at the end of the chain.
fn living_successor(
    manual: &Manual,
    successors: &BTreeMap<DocumentNumber, DocumentNumber>,
    of: DocumentNumber,
) -> Option<DocumentNumber> {
    let chain = std::iter::successors(successors.get(&of), |next| successors.get(next));
    chain.take(MOST_STEPS).copied().find(|next| manual.library.documents[*next].is_live())
}
