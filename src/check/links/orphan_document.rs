//! Nothing leads to a document: no other document that is in use links to it or names it.
//!
//! # Why it matters
//!
//! A document that is only found by those who know that it exists is not available where it is
//! needed (clause 7.5.3). Often it is a leftover that nobody dared to withdraw, or a process whose
//! neighbours were never told. Registers of roles, services, terms, other parties and external
//! documents are left out: their own pages lead to them.
//!
//! # Mend it
//!
//! Link to it from the policy or process that it belongs to, or name it there:
//!
//! ```yaml
//! related: [PRC-INC-01]
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::register::Register;

pub(super) const RULE: Rule = Rule::new(
    "orphan-document",
    Family::Links,
    Severity::Note,
    include_str!("orphan_document.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let documents = &manual.library.documents;
    if documents.len() < 2 {
        return;
    }
    // What leads to a document whose front matter cannot be read is not known.
    if documents.iter().any(|document| document.lost) {
        return;
    }
    for (document, (number, back)) in documents.iter().zip(manual.graph.back.numbered()) {
        let in_doubt = manual.graph.doubts.of(number).is_some()
            || manual.library.by_id(&document.id).is_some_and(|one| one.path != document.path);
        let led_to = back.iter().any(|back| documents[back.from].is_live());
        if !in_doubt
            && document.is_live()
            && document.is_named()
            && !led_to
            && !has_a_page_of_its_own(document)
        {
            let finding =
                RULE.at(document.at(&["id"]), format!("nothing leads to `{}`", document.id));
            found.push(finding.help("link to it, or name it under `related`, where it is needed"));
        }
    }
}

/// Whether its content is a list that has a page of its own on the site.
fn has_a_page_of_its_own(document: &Document) -> bool {
    Register::ALL.iter().any(|register| !register.listed(&document.front).is_empty())
}
