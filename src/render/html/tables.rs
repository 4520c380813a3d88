//! Tables: each in a region that can be reached and scrolled by keyboard, RACI matrices with
//! their letters in boxes and their key underneath.

use pulldown_cmark::Alignment;

use super::Slot;
use super::drawing;
use super::matrix;
use super::writer::Writer;
use crate::model::raci::Matrix;
use crate::text::escaped;

/// A table that is being written.
pub(super) struct Table<'a> {
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
        let html = format!(
            "<div{}{}{}{}>\n<table{}>\n<caption{}>{}</caption>\n",
            self.attribute("class", "scroll"),
            self.attribute("role", "region"),
            self.attribute("aria-label", &name),
            self.attribute("tabindex", "0"),
            matrix.map(|_| self.attribute("class", "raci")).unwrap_or_default(),
            self.attribute("class", "vh"),
            escaped(&name)
        );
        self.push(&html);
        self.table = Some(Table { matrix, alignments, head: true, row: 0, column: 0 });
    }

    pub(super) fn cell(&mut self) {
        let html = self.open.pop().unwrap_or_default();
        let Some(table) = &mut self.table else { return };
        let column = table.column;
        table.column += 1;
        let (head, row) = (table.head, table.row);
        if let Some(matrix) = table.matrix {
            let at = matrix::At { head, row, column };
            let cell = matrix::cell(self, matrix, at, &html);
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
            false => format!("<td{class}>{html}</td>"),
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
