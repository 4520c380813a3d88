//! An activity for which more than one role is accountable.
//!
//! # Why it matters
//!
//! Two who answer for the same thing wait for each other, or decide twice. One A a row is the one
//! rule that all users of such matrices share.
//!
//! # Mend it
//!
//! Leave the A with the role that decides; give the others R, C or I. Where two roles really answer
//! for two different things, make two rows of it:
//!
//! ```markdown
//! | Activity            | Change manager | Service owner |
//! |---------------------|----------------|---------------|
//! | Approve the change  | A/R            | C             |
//! | Accept the result   | I              | A/R           |
//! ```

use super::{named, rows, with};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "many-accountable",
    Family::Raci,
    Severity::Error,
    include_str!("many_accountable.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in rows(document) {
        let mut accountable = with(row, 'A');
        let Some(first) = accountable.next() else { continue };
        for other in accountable {
            let finding = RULE
                .at(
                    document.span(&other.cell.at),
                    format!("a second role is accountable in {}", named(row)),
                )
                .label(document.span(&first.cell.at), "the first is here")
                .help("leave one A in the row; the others do (R), advise (C) or are told (I)");
            found.push(finding);
        }
    }
}
