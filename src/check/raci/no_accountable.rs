//! An activity for which nobody is accountable.
//!
//! # Why it matters
//!
//! Where nobody answers for an activity, it is done when somebody remembers. Auditors ask by role who
//! answers for what (clause 5.3), and a row without an A has no answer.
//!
//! # Mend it
//!
//! Give one role the A: the one that answers for the outcome and may decide. It may do the work as
//! well: `A/R`.

use super::{activity, named, rows, with};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "no-accountable",
    Family::Raci,
    Severity::Error,
    include_str!("no_accountable.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in rows(document) {
        let empty = row.cells.iter().all(|cell| cell.letters.is_empty());
        if empty || with(row, 'A').next().is_some() {
            continue;
        }
        let message = format!("nobody is accountable in {}", named(row));
        let help = match with(row, 'R').next() {
            Some(_) => "one role must answer for it; where that is who does it, write `A/R`",
            None => "one role must answer for it",
        };
        found.push(RULE.at(activity(document, row), message).help(help));
    }
}
