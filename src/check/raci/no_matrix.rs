//! A document of kind `raci` has no matrix.
//!
//! # Why it matters
//!
//! It says that duties are assigned here, and no duty in it is known: nothing is checked, and the
//! pages of the roles say nothing of it.
//!
//! # Mend it
//!
//! Write the matrix below a heading that has RACI as a word, or that is marked `{.raci}`; or give the
//! document another kind, for example `kind: register`.
//!
//! ```markdown
//! ## RACI
//!
//! | Activity | Service desk | Incident manager |
//! |---|---|---|
//! | Record | R | A |
//! ```

use super::undeclared_raci::undeclared;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::value::Kind;

pub(super) const RULE: Rule = Rule::new(
    "no-matrix",
    Family::Raci,
    Severity::Warning,
    include_str!("no_matrix.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        if document.kind() != Some(Kind::Raci) || !document.matrices.is_empty() {
            continue;
        }
        // A table that is there and not declared is told of by itself.
        if undeclared(manual, document).next().is_none() {
            let finding = RULE.at(document.at(&["kind"]), "this document has no RACI matrix");
            let help = "write it below a heading that says RACI or is marked `{.raci}`";
            found.push(finding.help(help));
        }
    }
}
