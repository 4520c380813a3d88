//! A document claims a clause that its kind cannot evidence.
//!
//! # Why it matters
//!
//! A policy says what must hold, a report what has been; a clause that asks for one is not met by the
//! other. Such a claim makes coverage look better than it is.
//!
//! # Mend it
//!
//! Take the clause out of `clauses`, or claim it in a document of a fitting kind. A record is no
//! document: declare it under `records:` of the document that makes it. `clausebook explain 8.6.1` lists
//! the kinds.

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::value::Kind;

pub(super) const RULE: Rule = Rule::new(
    "wrong-kind-for-clause",
    Family::Clause,
    Severity::Error,
    include_str!("wrong_kind_for_clause.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        let Some(kind) = document.kind() else { continue };
        for (n, name) in document.front.clauses.iter().enumerate() {
            let Some((at, _)) = manual.standards.find(name) else { continue };
            let Some(schema) = manual.standards.schema(&at) else { continue };
            let kinds = &schema.content.kinds;
            if kinds.is_empty() || kinds.contains(&kind) {
                continue;
            }
            let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
            let article = if kind == Kind::Agreement { "an" } else { "a" };
            let finding = RULE
                .at(
                    document.at(&["clauses", &n.to_string()]),
                    format!("clause {name} cannot be evidenced by {article} {}", kind.word()),
                )
                .label(document.at(&["kind"]), "the kind of this document")
                .help(format!("fitting kinds: {}", words.join(", ")))
                .clause(name.0.clone());
            found.push(finding);
        }
    }
}
