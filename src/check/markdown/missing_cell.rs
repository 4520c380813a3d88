//! A row of a table has fewer cells than its head where that looks like a slip.
//!
//! # Why it matters
//!
//! Where a bar is missing, what stands after it moves a column to the left: a duty gets to another
//! role, a figure to another service. A line of text right below a table becomes a row of it.
//!
//! # Mend it
//!
//! Write the bar that is missing; a cell in which nothing stands has its two bars all the same. Leave
//! a blank line between a table and the text below it:
//!
//! ```markdown
//! | Activity | Service desk | Incident manager |
//! |---|---|---|
//! | Record | R | A |
//! | Close | | A |
//!
//! Times are those of the agreement.
//! ```

use super::merge_conflict::{conflicts, hold};
use super::{quoted, rows};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "missing-cell",
    Family::Markdown,
    Severity::Warning,
    include_str!("missing_cell.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    let merging = conflicts(text);
    for row in rows::uneven(document).filter(|row| row.pieces.len() < row.columns) {
        let line = text[row.line.clone()].trim_start_matches([' ', '\t', '>']);
        if hold(&merging, row.line.start) {
            continue;
        }
        if line.contains("[[") && line.contains("]]") && !rows::cuts(text, &row).is_empty() {
            continue;
        }
        // A mark of another program is told of as such.
        if line.starts_with("{:") && line.trim_end().ends_with('}') {
            continue;
        }
        let at = row.line.end - line.len()..row.line.end;
        if !line.contains('|') {
            let message = format!("`{}` became a row of the table above", quoted(line));
            let finding = RULE.at(document.span(&at), message);
            let finding = finding.help("leave a blank line between a table and the text below it");
            let start = row.line.start..row.line.start;
            let lead = &text[row.line.start..at.start];
            let blank = format!("{}\n", lead.trim_end());
            found.push(finding.fix(Fix::safe("leave a blank line", document.span(&start), blank)));
            continue;
        }
        let given = row.pieces.len();
        let gap = row.cells.iter().any(|cell| {
            let typed = &text[cell.at.clone()];
            typed.contains("  ") || typed.contains('\t')
        });
        if row.in_matrix || gap || (given > 1 && row.among_full) {
            let message =
                format!("this row has {given} cells and its table {} columns", row.columns);
            let finding = RULE.at(document.span(&at), message);
            found.push(finding.help("write the `|` that is missing; an empty cell is `| |`"));
        }
    }
}
