//! A bar that belongs to a link or to code ends the cell of a table.
//!
//! # Why it matters
//!
//! In a table every `|` parts two cells, in `[[PRC-INC-01|the incident process]]` and in code as well.
//! The page then shows half of the link in one cell and half in the next, and the last cell of the row
//! is dropped.
//!
//! # Mend it
//!
//! Write a backslash before the bar. It is not shown:
//!
//! ```markdown
//! | Step | Where |
//! |---|---|
//! | Restore | [[PRC-INC-01\|the incident process]] |
//! | Filter | `grep a \| wc -l` |
//! ```

use super::{quoted, rows};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "open-bar",
    Family::Markdown,
    Severity::Error,
    include_str!("open_bar.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for sign in ["[[", "`"] {
        for row in rows::lines_with(document, sign) {
            for (cut, bars) in rows::cuts(&document.text, &row) {
                if !document.text[cut.clone()].starts_with(sign) {
                    continue;
                }
                let typed = &document.text[cut.clone()];
                let message = format!("the bar in `{}` ends the cell", quoted(typed));
                let bar = |at: usize| document.span(&(at..at + 1));
                let written = typed.replace('|', "\\|");
                let mut fix =
                    Fix::safe(format!("write `{}`", quoted(&written)), bar(bars[0]), "\\|");
                for at in &bars[1..] {
                    fix = fix.and(bar(*at), "\\|");
                }
                let finding = RULE.at(bar(bars[0]), message);
                found.push(finding.help("write `\\|` for a bar inside a cell").fix(fix));
            }
        }
    }
}
