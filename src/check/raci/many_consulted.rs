//! An activity on which many roles are consulted.
//!
//! # Why it matters
//!
//! Everybody who has a C is asked before it is done. With more than four of them an activity waits
//! longer than it takes.
//!
//! # Mend it
//!
//! Ask who would really be missed. Those who only want to know get an `I` in place of the `C`.

use super::{activity, named, rows, with};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "many-consulted",
    Family::Raci,
    Severity::Note,
    include_str!("many_consulted.rs"),
    Check::Document(run),
);

/// More than this many is many.
const FEW: usize = 4;

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in rows(document) {
        let asked = with(row, 'C').count();
        if asked > FEW {
            let message = format!("{asked} roles are consulted in {}", named(row));
            let help = "those who need not be asked before it is done get an I";
            found.push(RULE.at(activity(document, row), message).help(help));
        }
    }
}
