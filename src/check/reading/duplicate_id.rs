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

use crate::check::{Check, Family, Rule, with_places};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "duplicate-id",
    Family::Reading,
    Severity::Error,
    include_str!("duplicate_id.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let documents = manual.library.documents.numbered();
    for (number, document) in documents.filter(|(_, document)| document.is_named()) {
        let Some(other) = manual.library.by_id(&document.id) else { continue };
        if other.path == document.path {
            continue;
        }
        let at = document.at(&["id"]);
        let finding = RULE
            .at(at, format!("the id `{}` is taken", document.id))
            .note("used a second time")
            .label(other.at(&["id"]), format!("first used by “{}”", other.title()));
        found.push(match manual.graph.doubts.of(number) {
            Some(missing) => {
                let name = &missing.name;
                let fix = Fix { safe: false, ..Fix::safe(format!("write `{name}`"), at, name) };
                let help = format!("others name `{name}`, which no document has: write that");
                with_places(finding.help(help).fix(fix), name, &missing.places)
            }
            None => finding.help("give one of the two the next free number"),
        });
    }
}
