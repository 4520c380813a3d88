//! A table reads as a RACI matrix and is not declared as one.
//!
//! A table is a matrix under a heading that has RACI as a word, such as *RACI matrix* or
//! *Responsibilities (RACI)*, or that carries the mark `{.raci}`. The finding is about tables whose
//! columns are roles of the role register and whose cells are letters.
//!
//! # Why it matters
//!
//! Nothing in such a table is checked: two that are accountable for one step, or a role that there is
//! not. It is missing from the page of every role, and no swimlane is drawn.
//!
//! # Mend it
//!
//! Mark the heading: `## Responsibilities {.raci}`. Columns of a table that is no matrix are best not
//! called by roles.

use std::ops::Range;

use crate::check::markdown::braces;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::raci;
use crate::parse::markdown::{Cell, Table};
use crate::text::nearest;

pub(super) const RULE: Rule = Rule::new(
    "undeclared-raci",
    Family::Raci,
    Severity::Warning,
    include_str!("undeclared_raci.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        let tables = undeclared(manual, document).filter(|table| !is_slip(document, table));
        found.extend(tables.map(|table| finding(document, table)));
    }
}

/// The tables of a document that read as matrices and are none.
pub(super) fn undeclared<'d>(
    manual: &'d Manual,
    document: &'d Document,
) -> impl Iterator<Item = &'d Table> {
    let tables = document.body.tables.iter().filter(|table| raci::has_letters(table));
    tables.filter(|table| document.matrices.iter().all(|matrix| matrix.at != table.at)).filter(
        |table| {
            let columns = table.head.iter().skip(1);
            let named = columns.clone().filter(|cell| names_role(manual, cell)).count();
            named > 1 || (named > 0 && named == columns.count())
        },
    )
}

/// Whether a cell names a role of the register, perhaps with a slip of the pen.
fn names_role(manual: &Manual, cell: &Cell) -> bool {
    let known =
        || manual.library.roles().flat_map(|role| [role.entry.id.0.as_str(), &*role.entry.title]);
    cell.text.len() > 3
        && (manual.library.role(&cell.text).is_some() || nearest(&cell.text, known()).is_some())
}

/// Whether its heading has the mark without its dot, which is told of by itself.
fn is_slip(document: &Document, table: &Table) -> bool {
    let heading = table.heading.map(|n| &document.body.headings[n]);
    let mark = heading.and_then(|heading| braces(&document.text, &heading.at));
    mark.is_some_and(|at| {
        let mut marks = document.text[at].trim_matches(['{', '}']).split_whitespace();
        marks.any(|mark| mark.eq_ignore_ascii_case("raci"))
    })
}

fn finding(document: &Document, table: &Table) -> Diagnostic {
    let head = table.head.first().map_or(0..0, |first| {
        first.at.start..table.head.last().map_or(first.at.end, |last| last.at.end)
    });
    let finding =
        RULE.at(document.span(&head), "this reads as a RACI matrix, and no heading says so");
    let Some(heading) = table.heading.map(|n| &document.body.headings[n]) else {
        return finding.help("put a heading above it: `## Responsibilities {.raci}`");
    };
    let help = format!("mark its heading: `{} {{.raci}}`", heading.text);
    let finding = finding.label(document.span(&heading.at), "its heading").help(help);
    let text = &*document.text;
    let end = |at: usize| document.span(&(at..at));
    let first: Range<usize> = heading.at.start
        ..heading.at.start
            + text[heading.at.clone()].lines().next().unwrap_or_default().trim_end().len();
    let fix = match braces(text, &heading.at) {
        Some(braces) => Fix::offered("mark its heading", end(braces.end - 1), " .raci"),
        None => Fix::offered("mark its heading", end(first.end), " {.raci}"),
    };
    finding.fix(fix)
}
