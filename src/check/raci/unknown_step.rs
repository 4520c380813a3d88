//! The `Next` column of a RACI matrix names a row that is not there.
//!
//! # Why it matters
//!
//! The flow drawing is made from this column. A step that leads nowhere is a process that nobody can
//! follow.
//!
//! # Mend it
//!
//! Name the numbers of the rows that follow, each with its condition: `6 (within 4 hours), 5 (if not)`;
//! leave the cell empty for the next row, write `end` where the process ends.

use super::rows;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::raci::{Step, steps};

pub(super) const RULE: Rule = Rule::new(
    "unknown-step",
    Family::Raci,
    Severity::Error,
    include_str!("unknown_step.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for (matrix, row) in rows(document) {
        let Some(next) = &row.next else { continue };
        for step in steps(&next.text) {
            let wrong = match step {
                Step::Row(number, _) if (1..=matrix.rows.len()).contains(&number) => continue,
                Step::End(_) => continue,
                Step::Row(number, _) => format!("there is no row {number} in this matrix"),
                Step::Unclear(text) => format!("`{text}` is no row number and not `end`"),
            };
            let help = format!(
                "rows 1 to {}, each with its condition: `6 (within 4 hours), 5 (if not)`; or `end`",
                matrix.rows.len()
            );
            found.push(RULE.at(document.span(&next.at), wrong).help(help));
        }
    }
}
