//! Tables: each in a region that can be reached and scrolled by keyboard, RACI matrices with
//! their letters in boxes and their key underneath.

use pulldown_cmark::Alignment;

use super::Slot;
use super::drawing;
use super::matrix;
use super::writer::Writer;
use crate::model::raci::Matrix;
use crate::parse::markdown;
use crate::text::escaped;

/// How a table goes onto a sheet of paper, where nothing can be scrolled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// As on the screen.
    Upright,
    /// A matrix whose role names are turned by 90 degrees.
    Turned,
    /// On a landscape sheet of its own.
    Landscape,
    /// A matrix on a landscape sheet, its role names turned.
    TurnedLandscape,
    /// Row by row, each value under the name of its column: no sheet is wide enough.
    Stacked,
}

/// Letters of a table that stand side by side on a sheet, upright and landscape.
const UPRIGHT: usize = 96;
const LANDSCAPE: usize = 176;

impl Fit {
    /// How a matrix with so many roles fits; each column but the first is as wide as a letter.
    fn of_matrix(roles: usize) -> Fit {
        match roles {
            0..=6 => Fit::Upright,
            7..=14 => Fit::Turned,
            15..=36 => Fit::TurnedLandscape,
            _ => Fit::Stacked,
        }
    }

    /// How a table fits whose columns are at least as wide as their longest words.
    fn of_table(table: &markdown::Table) -> Fit {
        let columns = table.head.len();
        let mut widest = vec![0; columns];
        for row in std::iter::once(&table.head).chain(&table.rows) {
            for (cell, widest) in row.iter().zip(&mut widest) {
                let words = cell.text.split_whitespace().map(|word| word.chars().count());
                *widest = words.max().unwrap_or(0).max(*widest);
            }
        }
        let letters: usize = widest.iter().map(|letters| letters + 3).sum();
        match (columns, letters) {
            (..=8, ..=UPRIGHT) => Fit::Upright,
            (..=14, ..=LANDSCAPE) => Fit::Landscape,
            _ => Fit::Stacked,
        }
    }

    /// The classes that tell the style sheet.
    fn classes(self) -> &'static str {
        match self {
            Fit::Upright => "scroll",
            Fit::Turned => "scroll turned",
            Fit::Landscape => "scroll landscape",
            Fit::TurnedLandscape => "scroll turned landscape",
            Fit::Stacked => "scroll stacked",
        }
    }
}

/// A table that is being written.
pub(super) struct Table<'a> {
    /// The names of the columns, where each value on paper stands under one.
    pub(super) heads: Vec<String>,
    pub(super) matrix: Option<&'a Matrix>,
    pub(super) alignments: Vec<Alignment>,
    pub(super) head: bool,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl Writer<'_> {
    pub(super) fn table(&mut self, alignments: Vec<Alignment>) {
        let document = self.document;
        let known = document.body.tables.get(self.tables);
        self.tables += 1;
        let matrix =
            known.and_then(|table| document.matrices.iter().find(|matrix| matrix.at == table.at));
        let heading = known.and_then(|table| table.heading);
        let heading = heading.map(|index| document.body.headings[index].text.as_str());
        let about = self.edition.filled(document, heading.unwrap_or(document.title()));
        let what = if matrix.is_some() { "RACI matrix" } else { "Table" };
        let name = format!("{what} {}, {about}", self.tables);
        let fit = match (matrix, known) {
            (Some(matrix), _) => Fit::of_matrix(matrix.roles.len()),
            (None, Some(table)) => Fit::of_table(table),
            (None, None) => Fit::Upright,
        };
        let html = format!(
            "<div{}{}{}{}>\n<table{}>\n<caption{}>{}</caption>\n",
            self.attribute("class", fit.classes()),
            self.attribute("role", "region"),
            self.attribute("aria-label", &name),
            self.attribute("tabindex", "0"),
            matrix.map(|_| self.attribute("class", "raci")).unwrap_or_default(),
            self.attribute("class", "vh"),
            escaped(&name)
        );
        self.push(&html);
        self.table = Some(Table {
            heads: match known {
                Some(table) if fit == Fit::Stacked => table
                    .head
                    .iter()
                    .map(|cell| self.edition.filled(document, &cell.text))
                    .map(String::from)
                    .collect(),
                _ => Vec::new(),
            },
            matrix,
            alignments,
            head: true,
            row: 0,
            column: 0,
        });
    }

    pub(super) fn cell(&mut self) {
        let html = self.open.pop().unwrap_or_default();
        let Some(table) = &mut self.table else { return };
        let column = table.column;
        table.column += 1;
        let (head, row) = (table.head, table.row);
        let name = table.heads.get(column).filter(|_| !head && column > 0).cloned();
        let name = name.map(|name| self.attribute("data-head", &name)).unwrap_or_default();
        let Some(table) = &self.table else { return };
        if let Some(matrix) = table.matrix {
            let at = matrix::At { head, row, column };
            let cell = matrix::cell(self, matrix, at, &html, &name);
            self.push(&cell);
            return;
        }
        let class = match table.alignments.get(column) {
            Some(Alignment::Right) => self.attribute("class", "r"),
            Some(Alignment::Center) => self.attribute("class", "c"),
            _ => String::new(),
        };
        let html = match head {
            true if html.is_empty() => format!("<td{class}></td>"),
            true => format!("<th scope=\"col\"{class}>{html}</th>"),
            false => format!("<td{class}{name}>{html}</td>"),
        };
        self.push(&html);
    }

    pub(super) fn end_table(&mut self) {
        self.push("</tbody>\n</table>\n</div>\n");
        if let Some(matrix) = self.table.take().and_then(|table| table.matrix) {
            let key = matrix::key(self, matrix);
            self.push(&key);
            if let Some(drawn) = drawing::swimlane(self, matrix, self.tables) {
                self.slot(Slot::Html(drawn));
            }
        }
    }
}
