//! Two documents have the same id.
//!
//! # Why it matters
//!
//! An id that names two documents names none: nobody can say which one is meant or in force, and
//! auditors count it against clause 7.5.2 (identification). Letter case does not make two ids
//! different, because it does not on every disk and in every head.
//!
//! # Mend it
//!
//! Give the newer document the next free number of its kind. `clausebook new` does that by itself.

use std::collections::BTreeMap;

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "duplicate-id",
    Family::Reading,
    Severity::Error,
    include_str!("duplicate_id.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, &Document> = BTreeMap::new();
    for document in manual.library.documents.iter().filter(|document| document.is_named()) {
        let Some(other) = first.get(&document.id.to_lowercase()) else {
            first.insert(document.id.to_lowercase(), document);
            continue;
        };
        let finding = RULE
            .at(document.at(&["id"]), format!("the id `{}` is taken", document.id))
            .note("used a second time")
            .label(other.at(&["id"]), format!("first used by “{}”", other.title()))
            .help("give one of the two the next free number");
        found.push(finding);
    }
}
