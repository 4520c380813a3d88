//! An activity that nobody is said to do.
//!
//! A row that has an A and no R is read as: who answers for it does it too. That is a warning,
//! since it is more often forgotten than meant.
//!
//! # Why it matters
//!
//! An auditor asks the person who does the work, and has to know whom to ask.
//!
//! # Mend it
//!
//! Write `A/R` where the accountable role does the work; else give the R to the role that does.

use super::{named, rows, with};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "no-responsible",
    Family::Raci,
    Severity::Warning,
    include_str!("no_responsible.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in rows(document) {
        if with(row, 'R').next().is_some() {
            continue;
        }
        if let Some(accountable) = with(row, 'A').next() {
            let finding = RULE
                .at(
                    document.span(&accountable.cell.at),
                    format!("nobody is responsible in {}", named(row)),
                )
                .note("taken to do it as well")
                .help("write `A/R` where this role does the work, else give another role the R");
            found.push(finding);
        }
    }
}
