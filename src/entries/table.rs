//! Entries that stand in a table of a document: one under a heading with the class of a register.

use super::format::ColumnType;
use super::{Even, Registers, Row, Source, head, span};
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::parse::markdown::{Cell, Link, Table};
use crate::text::{Span, join};

impl Registers {
    /// The tables of a document that a heading declares to be a register.
    pub(super) fn tables(&mut self, number: DocumentNumber, document: &Document) {
        for table in &document.body.tables {
            let Some(heading) = table.heading.map(|n| &document.body.headings[n]) else { continue };
            let register = heading.classes.iter().find_map(|class| self.types.place(class));
            if let Some(register) = register {
                self.table(register, (number, document), table, &heading.slug);
            }
        }
    }

    fn table(
        &mut self,
        register: usize,
        (number, document): (DocumentNumber, &Document),
        table: &Table,
        section: &str,
    ) {
        let file = document.file;
        let titles = table.head.iter().map(|cell| cell.text.clone());
        let places: Vec<Span> = table.head.iter().map(|cell| span(file, &cell.at)).collect();
        let end = table.head.last().map_or(table.at.end, |cell| cell.at.end);
        let source = Source {
            document: number,
            section: Some(section.to_owned()),
            path: None,
            head: head(self.of(register), titles),
            at: span(file, &(table.at.start..end)),
        };
        if !self.open(register, source, &places) {
            return;
        }
        let columns = table.head.iter().map(|cell| self.of(register).column(&cell.text));
        let holds = |column: usize| self.of(register).columns[column].holds;
        let documents: Vec<bool> =
            columns.map(|one| one.is_some_and(|one| holds(one) == ColumnType::Document)).collect();
        for cells in &table.rows {
            let at = match (cells.first(), cells.last()) {
                (Some(first), Some(last)) => span(file, &(first.at.start..last.at.end)),
                _ => continue,
            };
            let text = |(cell, is_document): (&Cell, &bool)| {
                (named(document, cell, *is_document), span(file, &cell.at))
            };
            let cells: Vec<(String, Span)> = cells.iter().zip(&documents).map(text).collect();
            if cells.iter().any(|(text, _)| !text.is_empty()) {
                self.add(register, &Row { cells, at, even: Even::Yes, document: Some(document) });
            }
        }
    }
}

/// The text of a cell, with what its links lead to in the place of their words.
fn named(document: &Document, cell: &Cell, is_document: bool) -> String {
    let links = &document.body.links;
    let first = links.partition_point(|link| link.at.start < cell.at.start);
    let mut text = cell.text.clone();
    for link in links[first..].iter().take_while(|link| link.at.end <= cell.at.end) {
        let name = leads_to(document, link, is_document);
        if !link.text.is_empty() && name != link.text {
            text = text.replacen(&link.text, &name, 1);
        }
    }
    text
}

/// What a link names: an id as it stands in double brackets, or the path of a document.
fn leads_to(document: &Document, link: &Link, is_document: bool) -> String {
    let target = link.target.split('#').next().unwrap_or_default().trim();
    if !link.wiki {
        let path = join(&document.path, target).filter(|_| is_document && !target.contains(':'));
        return path.unwrap_or_else(|| link.text.clone());
    }
    let (word, name) = target.split_once(':').unwrap_or(("", target));
    let is_clause = word.is_empty() || word.contains('-');
    if is_clause { target.to_owned() } else { name.trim().to_owned() }
}
