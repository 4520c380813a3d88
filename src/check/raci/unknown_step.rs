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

use std::ops::Range;

use super::rows;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::raci::{Row, Step, placed_steps};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "unknown-step",
    Family::Raci,
    Severity::Error,
    include_str!("unknown_step.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for (matrix, row) in rows(document) {
        for (at, step) in placed(document, row) {
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
            found.push(RULE.at(at, wrong).help(help));
        }
    }
}

/// The steps of a row's `Next` cell, each at its place; at the cell where that holds markup.
fn placed(document: &Document, row: &Row) -> Vec<(Span, Step)> {
    let Some(next) = &row.next else { return Vec::new() };
    let plain = document.text.get(next.at.clone()) == Some(next.text.as_str());
    let place = |at: Range<usize>| {
        let within = next.at.start + at.start..next.at.start + at.end;
        document.span(if plain { &within } else { &next.at })
    };
    placed_steps(&next.text).into_iter().map(|(at, step)| (place(at), step)).collect()
}
