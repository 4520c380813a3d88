//! A row of a table has more cells than its head.
//!
//! # Why it matters
//!
//! The page shows as many columns as the head has. What stands in the cells after them is dropped: an
//! exception to a target, or the second `A` of a matrix, which no other rule sees either.
//!
//! # Mend it
//!
//! Give the head another column, or take the bar out that is too many. A bar that belongs to the text
//! is written `\|`:
//!
//! ```markdown
//! | Severity | Target |
//! |---|---|
//! | P1 | 4 hours, except on holidays |
//! | P2 | 8 \| 12 hours |
//! ```

use super::{quoted, rows};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "lost-cell",
    Family::Markdown,
    Severity::Error,
    include_str!("lost_cell.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    for row in rows::uneven(document).filter(|row| row.pieces.len() > row.columns) {
        let cut: usize = rows::cuts(text, &row).iter().map(|(_, bars)| bars.len()).sum();
        let lost: Vec<_> = row.pieces[row.columns..]
            .iter()
            .filter(|piece| !text[(*piece).clone()].trim().is_empty())
            .collect();
        let (Some(first), Some(last)) = (lost.first(), lost.last()) else { continue };
        // A bar in a link or in code is told of by itself.
        if row.pieces.len() - cut <= row.columns {
            continue;
        }
        let words: Vec<String> =
            lost.iter().map(|piece| format!("`{}`", quoted(&text[(*piece).clone()]))).collect();
        let are = if words.len() == 1 { "is" } else { "are" };
        let message = format!(
            "this row has {} cells and its table {} columns: {} {are} not shown",
            row.pieces.len(),
            row.columns,
            words.join(", ")
        );
        let blank = text[(*first).clone()].len() - text[(*first).clone()].trim_start().len();
        let end = last.start + text[(*last).clone()].trim_end().len();
        let at = document.span(&(first.start + blank..end));
        let help =
            "give the head another column, or write `\\|` for a bar that belongs to the text";
        found.push(RULE.at(at, message).help(help));
    }
}
