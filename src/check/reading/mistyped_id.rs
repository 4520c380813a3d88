//! An id that nothing names, one slip away from one that is named and that no document has.
//!
//! # Why it matters
//!
//! `PRC-PRB-O1` with the letter O is another id than `PRC-PRB-01`. Every link to the document leads
//! nowhere, and the places that are right would be told as mistakes. So this one place is told, with
//! those that depend on it.
//!
//! # Mend it
//!
//! Write the id by which the others name the document. Where the document was given another id on
//! purpose, mend the places that name it instead.
//!
//! ```yaml
//! id: PRC-PRB-01
//! ```

use crate::check::{Check, Family, Rule, with_places};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "mistyped-id",
    Family::Reading,
    Severity::Error,
    include_str!("mistyped_id.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (number, document) in manual.library.documents.numbered() {
        let Some(missing) = manual.graph.doubts.of(number) else { continue };
        // Where the id is taken, or cannot be used, that is the finding.
        let own = manual.library.by_id(&document.id).is_some_and(|one| one.path == document.path);
        if !document.is_named() || !own {
            continue;
        }
        let (at, name, count) = (document.at(&["id"]), &missing.name, missing.places.len());
        let message = format!("nothing names `{}`, and {count} places name `{name}`", document.id);
        let finding = RULE
            .at(at, message)
            .help(format!("did you mean `{name}`? No document has that id"))
            .fix(Fix::safe(format!("write `{name}`"), at, name));
        found.push(with_places(finding, name, &missing.places));
    }
}
