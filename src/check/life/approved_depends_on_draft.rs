//! An approved document sends its reader to one that is still a draft or in review.
//!
//! # Why it matters
//!
//! What an approved document refers to is part of what was approved. A draft can change tomorrow,
//! and it is not on the published site: the reader meets a link that leads nowhere. An auditor
//! follows such links first.
//!
//! # Mend it
//!
//! Approve the other document, or write what is needed here until it is approved:
//!
//! ```yaml
//! status: approved
//! approved: {by: service-director, on: 2026-03-01}
//! ```
//!
//! Each draft is reported once a document, at the first link that leads to it.

use std::collections::BTreeSet;

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::Target;
use crate::model::value::Status;

pub(super) const RULE: Rule = Rule::new(
    "approved-depends-on-draft",
    Family::Life,
    Severity::Warning,
    include_str!("approved_depends_on_draft.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    let documents = &manual.library.documents;
    for (from, document) in documents.iter().enumerate().filter(|(_, one)| one.is_approved()) {
        let mut met = BTreeSet::new();
        for (link, resolved) in document.body.links.iter().zip(&manual.graph.links[from]) {
            let Ok(Target::Document(to, _)) = resolved else { continue };
            let target = &documents[*to];
            let state = match target.status() {
                Status::Draft => "still a draft",
                Status::InReview => "still in review",
                _ => continue,
            };
            if *to == from || !met.insert(*to) {
                continue;
            }
            let finding = RULE
                .at(document.span(&link.target_at), format!("`{}` is {state}", target.id))
                .label(target.at(&["status"]), "not approved yet")
                .help("approve that document too, or do without the link until it is approved");
            found.push(finding);
        }
    }
}
