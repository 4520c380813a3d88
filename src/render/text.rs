//! A body to its text, section by section, as the page shows it: what search finds, and what it
//! quotes. A small writer over the tree of the body.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::edition::Edition;
use super::routes::Root;
use super::view::block;
use crate::content::{Block, Content, Inline, Markup, Matrix, Table, plain};
use crate::model::library::DocumentNumber;
use crate::parse::html::{Piece, of_body, words};
use crate::search::Section;
use crate::text::phrase;

/// The text of a document by section; the first is what stands before any heading.
pub(super) fn sections<'a>(
    edition: &'a Edition<'_>,
    number: DocumentNumber,
    content: &'a Content<'_>,
) -> Vec<Section> {
    let sections = vec![Section::default()];
    let mut writer = Writer {
        edition,
        number,
        sections,
        titles: String::new(),
        notes: content.notes.iter().map(|note| (note.number, &note.blocks[..])).collect(),
        mentioned: Vec::new(),
    };
    writer.blocks(&content.blocks);
    writer.mentioned.extend(writer.notes.keys());
    writer.end_section();
    writer.sections.retain(|section| !section.heading.is_empty() || !section.text.is_empty());
    writer.sections
}

struct Writer<'a> {
    edition: &'a Edition<'a>,
    number: DocumentNumber,
    sections: Vec<Section>,
    /// The footnotes that are still to be written, by number: each in the section that mentions it.
    notes: BTreeMap<usize, &'a [Block<'a>]>,
    mentioned: Vec<usize>,
    /// Titles of roles in the matrices of the open section, where the author wrote something else.
    titles: String,
}

impl Writer<'_> {
    fn out(&mut self) -> &mut String {
        &mut self.sections.last_mut().expect("the first section is always there").text
    }

    fn space(&mut self) {
        let out = self.out();
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }

    /// Something that stands by itself.
    fn part(&mut self, text: &str) {
        self.space();
        let mut words = text.split_whitespace();
        let out = self.out();
        out.extend(words.next());
        words.for_each(|word| out.extend([" ", word]));
        self.space();
    }

    fn end_section(&mut self) {
        while !self.mentioned.is_empty() {
            for note in std::mem::take(&mut self.mentioned) {
                let note = self.notes.remove(&note);
                self.blocks(note.unwrap_or_default());
            }
        }
        let titles = std::mem::take(&mut self.titles);
        let out = self.out();
        out.push_str(&titles);
        out.truncate(out.trim_end().len());
    }

    fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            self.block(block);
            self.space();
        }
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Heading(heading) => {
                self.end_section();
                let own = heading.own_number.as_deref().unwrap_or_default();
                let said = plain(&heading.words);
                self.sections.push(Section {
                    slug: heading.slug.to_owned(),
                    heading: format!("{own}{}", said.trim_end()),
                    text: String::new(),
                });
            }
            Block::Paragraph(line) | Block::Lines(line) => self.line(line),
            Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            Block::Quote(blocks) | Block::Alert(_, blocks) => self.blocks(blocks),
            Block::Table(table) => self.table(table),
            Block::Matrix(matrix) => self.matrix(matrix),
            Block::Generated(asked) => {
                let made = block::written(self.edition, self.number, Root::TOP, asked);
                self.part(&said(&made.rows));
            }
            Block::Code(code) => self.part(code),
            Block::Diagram(diagram) => self.part(&labels(&diagram.source)),
            Block::Definitions(list) => {
                for definition in list {
                    self.cells(std::iter::once(&definition.term).chain(&definition.meanings));
                }
            }
            Block::Html(pieces) => self.html(pieces),
            Block::Rule => {}
        }
    }

    fn line(&mut self, line: &[Inline<'_>]) {
        for inline in line {
            match inline {
                Inline::Text(words) | Inline::Code(words) => self.out().push_str(words),
                Inline::Decision(what) => self.out().extend(["[to decide: ", what, "]"]),
                Inline::Emphasis(inside) | Inline::Strong(inside) | Inline::Struck(inside) => {
                    self.line(inside);
                }
                Inline::Link(link) => self.line(&link.words),
                Inline::Picture(picture) => self.out().push_str(&picture.says),
                Inline::SoftBreak | Inline::HardBreak => self.space(),
                Inline::Note(note, _) => self.mentioned.push(*note),
                Inline::Html(_) => {}
            }
        }
    }

    fn cells<'t, 'a: 't>(&mut self, cells: impl Iterator<Item = &'t Vec<Inline<'a>>>) {
        for cell in cells {
            self.line(cell);
            self.space();
        }
    }

    fn table(&mut self, table: &Table<'_>) {
        self.cells(std::iter::once(&table.head).chain(&table.rows).flatten());
    }

    /// The page names the roles of a matrix by their titles, whatever the author wrote.
    fn matrix(&mut self, matrix: &Matrix<'_>) {
        let table = &matrix.table;
        for (column, cell) in table.head.iter().enumerate() {
            match column.checked_sub(1).and_then(|role| matrix.typed.get(role)) {
                Some(typed) => {
                    let title = plain(cell);
                    if title != *typed {
                        self.titles.extend([" ", title.as_str()]);
                    }
                    self.out().push_str(typed);
                }
                None => self.line(cell),
            }
            self.space();
        }
        self.cells(table.rows.iter().flatten());
    }

    /// The text between the tags of raw HTML.
    fn html(&mut self, pieces: &[Markup<'_>]) {
        let raw = pieces.iter().map(|piece| match piece {
            Markup::Raw(html) => &**html,
            Markup::Id(_) => " ",
        });
        let raw: String = raw.collect();
        let all = 0..raw.len();
        for piece in of_body(&raw, &[all]) {
            if let Piece::Text(at) = piece {
                self.part(&words(&raw[at]));
            }
        }
    }
}

/// The labels of a diagram.
fn labels(source: &str) -> String {
    let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !"-.,:'".contains(c);
    let labels = source.split(sign).map(|part| part.trim_matches(['-', '.', ':', ' ']));
    labels.collect::<Vec<_>>().join(" ")
}

/// The words of rows, cell by cell, without the addresses of their links.
pub(super) fn said(rows: &impl Serialize) -> String {
    fn gather(value: &Json, out: &mut String) {
        match value {
            Json::String(text) if !text.is_empty() => {
                if !out.is_empty() {
                    out.push_str(", ");
                }
                out.push_str(&phrase::plain(text));
            }
            Json::Array(list) => list.iter().for_each(|one| gather(one, out)),
            Json::Object(map) => {
                let shown = map.iter().filter(|(key, _)| !HIDDEN.contains(&key.as_str()));
                shown.for_each(|(_, one)| gather(one, out));
            }
            _ => {}
        }
    }
    /// Addresses, and the names that only style sheets read.
    const HIDDEN: [&str; 4] = ["href", "document", "document_id", "state"];
    let mut out = String::new();
    gather(&serde_json::to_value(rows).unwrap_or_default(), &mut out);
    out
}
