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
//! Each approved document is reported once, at the first link that leads to a draft; the message
//! names all of them. A new manual is approved document by document, so this is a list of what
//! to approve next.

use std::collections::BTreeMap;

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::Target;
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::value::Status;

pub(super) const RULE: Rule = Rule::new(
    "approved-depends-on-draft",
    Family::Life,
    Severity::Warning,
    include_str!("approved_depends_on_draft.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let documents = &manual.library.documents;
    for (from, document) in documents.numbered().filter(|(_, one)| one.is_approved()) {
        let mut met = BTreeMap::new();
        for (link, resolved) in document.body.links.iter().zip(&manual.graph.links[from]) {
            let Ok(Target::Document(to, _)) = resolved else { continue };
            let is_in_force = || {
                let id = documents[*to].id.as_str();
                manual.history.in_force(id, manual.today).is_some()
            };
            // While the next version is written, readers are shown the one in force.
            if *to != from && state(&documents[*to]).is_some() && !is_in_force() {
                met.entry(*to).or_insert(link);
            }
        }
        let mut drafts: Vec<_> = met.into_iter().collect();
        drafts.sort_by_key(|(_, link)| link.target_at.start);
        let Some((first, link)) = drafts.first() else { continue };
        let first = &documents[*first];
        let at = document.span(&link.target_at);
        found.push(if let [_] = drafts[..] {
            let said = format!("`{}` is {}", first.id, state(first).unwrap_or_default());
            RULE.at(at, said)
                .label(first.at(&["status"]), "not approved yet")
                .help("approve that document too, or do without the link until it is approved")
        } else {
            let ids = drafts.iter().map(|(to, _)| format!("`{}`", documents[*to].id));
            let ids: Vec<String> = ids.collect();
            let count = drafts.len();
            let said = format!("{count} linked documents are not approved yet: {}", ids.join(", "));
            RULE.at(at, said).help(
                "approve those documents too, or do without the links until they are approved",
            )
        });
    }
}

/// What keeps a document from being relied on.
fn state(document: &Document) -> Option<&'static str> {
    // A status that nobody understands has its own finding.
    if document.front.status.is_none() && !document.lacks("status") {
        return None;
    }
    match document.status() {
        Status::Draft => Some("still a draft"),
        Status::InReview => Some("still in review"),
        _ => None,
    }
}
