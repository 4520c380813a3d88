//! A tree to the lines that are compared.

use super::vocabulary::{Style, Vocabulary, Word};
use super::{Around, Kind, Place, Side, alert_word, words};
use crate::content::{Block, Inline, Item, Link, Markup, To};

/// A line as it is compared.
pub(super) struct Leaf {
    pub(super) place: Place,
    /// What it is and stands in, without numbers: what two lines have in common that differ in
    /// nothing but words.
    pub(super) shape: String,
    pub(super) text: Text,
}

/// What a line says.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Text {
    Words(Vec<Word>),
    /// The rows of a table, the head first.
    Table(Vec<Vec<Vec<Word>>>),
    /// Lines, each a word.
    Code(Vec<Word>),
}

impl Text {
    /// All its words.
    pub(super) fn words(&self) -> Box<dyn Iterator<Item = Word> + '_> {
        match self {
            Text::Words(words) | Text::Code(words) => Box::new(words.iter().copied()),
            Text::Table(rows) => Box::new(rows.iter().flatten().flatten().copied()),
        }
    }
}

/// The lines of a body. Items are numbered from `serial` on.
pub(super) fn leaves(side: Side<'_>, vocabulary: &mut Vocabulary, serial: usize) -> Vec<Leaf> {
    let mut flat =
        Flat { side, vocabulary, around: Vec::new(), serial, task: None, leaves: Vec::new() };
    flat.blocks(&side.body.blocks);
    for note in &side.body.notes {
        flat.around.push(Around::Note(note.number));
        flat.blocks(&note.blocks);
        flat.around.pop();
    }
    flat.leaves
}

struct Flat<'a> {
    side: Side<'a>,
    vocabulary: &'a mut Vocabulary,
    around: Vec<Around>,
    serial: usize,
    /// Whether the task is done whose first line comes next.
    task: Option<bool>,
    leaves: Vec<Leaf>,
}

impl Flat<'_> {
    fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Heading(heading) => {
                let mut words = Vec::new();
                if let Some(own) = &heading.own_number {
                    words::add(own, Style::PLAIN, self.vocabulary, &mut words);
                }
                self.line(&heading.words, Style::PLAIN, &mut words);
                let number = if heading.own_number.is_some() {
                    String::new()
                } else {
                    heading.number.clone()
                };
                self.words(Kind::Heading { level: heading.level, number }, words);
            }
            Block::Paragraph(line) | Block::Lines(line) => self.said(Kind::Text, line),
            Block::List(list) => {
                for (number, item) in (0_u64..).zip(&list.items) {
                    let number = list.first.map(|first| first.saturating_add(number));
                    self.item(item, number);
                }
            }
            Block::Quote(inside) => self.within(Around::Quote, inside),
            Block::Alert(alert, inside) => self.within(Around::Alert(*alert), inside),
            Block::Table(table) => self.table(&table.head, &table.rows),
            Block::Matrix(matrix) => self.table(&matrix.table.head, &matrix.table.rows),
            Block::Generated(asked) => self.code(Kind::Generated, &asked.to_string()),
            Block::Code(code) => self.code(Kind::Code, code),
            Block::Diagram(diagram) => self.code(Kind::Drawing, &diagram.source),
            Block::Definitions(list) => {
                for definition in list {
                    self.said(Kind::Term, &definition.term);
                    for meaning in &definition.meanings {
                        self.said(Kind::Meaning, meaning);
                    }
                }
            }
            Block::Html(pieces) => self.code(Kind::Html, &markup(pieces)),
            Block::Rule => self.leaf(Kind::Rule, Text::Words(Vec::new())),
        }
    }

    fn within(&mut self, around: Around, inside: &[Block<'_>]) {
        self.around.push(around);
        self.blocks(inside);
        self.around.pop();
    }

    fn item(&mut self, item: &Item<'_>, number: Option<u64>) {
        self.serial += 1;
        let serial = self.serial;
        self.task = item.task;
        let before = self.leaves.len();
        self.within(Around::Item { number, serial }, &item.blocks);
        if self.leaves.len() == before {
            // An item that says nothing is one all the same.
            self.around.push(Around::Item { number, serial });
            self.words(Kind::Text, Vec::new());
            self.around.pop();
        }
    }

    fn said(&mut self, kind: Kind, line: &[Inline<'_>]) {
        let mut words = Vec::new();
        self.line(line, Style::PLAIN, &mut words);
        self.words(kind, words);
    }

    fn words(&mut self, kind: Kind, mut words: Vec<Word>) {
        if let Some(done) = self.task.take() {
            let mut task = Vec::new();
            words::add(if done { "☑ " } else { "☐ " }, Style::PLAIN, self.vocabulary, &mut task);
            words.splice(0..0, task);
        }
        self.leaf(kind, Text::Words(self.trimmed(words)));
    }

    fn trimmed(&self, mut words: Vec<Word>) -> Vec<Word> {
        while words.last().is_some_and(|last| self.vocabulary.is_blank(*last)) {
            words.pop();
        }
        let blanks = words.iter().take_while(|word| self.vocabulary.is_blank(**word)).count();
        words.drain(..blanks);
        words
    }

    fn table(&mut self, head: &[Vec<Inline<'_>>], rows: &[Vec<Vec<Inline<'_>>>]) {
        let mut made = Vec::with_capacity(rows.len() + 1);
        for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
            let mut cells = Vec::with_capacity(row.len());
            for cell in row {
                let mut words = Vec::new();
                self.line(cell, Style::PLAIN, &mut words);
                cells.push(self.trimmed(words));
            }
            made.push(cells);
        }
        self.leaf(Kind::Table, Text::Table(made));
    }

    fn code(&mut self, kind: Kind, text: &str) {
        let lines = text.trim_end_matches('\n').split('\n');
        let lines = lines.map(|line| self.vocabulary.number(line, Style::CODE)).collect();
        self.leaf(kind, Text::Code(lines));
    }

    fn leaf(&mut self, kind: Kind, text: Text) {
        let place = Place { around: self.around.clone(), kind };
        self.leaves.push(Leaf { shape: shape(&place), place, text });
    }

    fn line(&mut self, line: &[Inline<'_>], style: Style, to: &mut Vec<Word>) {
        for inline in line {
            self.inline(inline, style, to);
        }
    }

    fn inline(&mut self, inline: &Inline<'_>, style: Style, to: &mut Vec<Word>) {
        match inline {
            Inline::Text(text) => words::add(text, style, self.vocabulary, to),
            Inline::Code(text) => words::add(text, style.and(Style::CODE), self.vocabulary, to),
            Inline::Decision(what) => {
                words::add(what, style.and(Style::DECISION), self.vocabulary, to);
            }
            Inline::Emphasis(inside) => self.line(inside, style.and(Style::EMPHASIS), to),
            Inline::Strong(inside) => self.line(inside, style.and(Style::STRONG), to),
            Inline::Struck(inside) => self.line(inside, style.and(Style::STRUCK), to),
            Inline::Link(link) => self.link(link, style, to),
            Inline::Picture(picture) => {
                let path = picture.path.map(|path| format!(" ({path})")).unwrap_or_default();
                let says = format!("{}{path}", picture.says);
                to.push(self.vocabulary.number(&says, style.and(Style::PICTURE)));
            }
            // Its number follows from those before it.
            Inline::Note(..) => to.push(self.vocabulary.number("*", style.and(Style::NOTE))),
            Inline::Html(pieces) => {
                words::add(&markup(pieces), style.and(Style::CODE), self.vocabulary, to);
            }
            Inline::SoftBreak => words::blank(false, style, self.vocabulary, to),
            Inline::HardBreak => words::blank(true, style, self.vocabulary, to),
        }
    }

    fn link(&mut self, link: &Link<'_>, style: Style, to: &mut Vec<Word>) {
        let Some(target) = self.target(&link.to) else { return self.line(&link.words, style, to) };
        self.line(&link.words, style.and(Style::LINK), to);
        if crate::content::plain(&link.words).trim() != target {
            to.push(self.vocabulary.number(&target, style.and(Style::TARGET)));
        }
    }

    /// What a link leads to, in words.
    fn target(&self, to: &To<'_>) -> Option<String> {
        Some(match to {
            To::Document(number, None) => (self.side.name)(*number),
            To::Document(number, Some(section)) => {
                format!("{}#{section}", (self.side.name)(*number))
            }
            To::Section(section) => format!("#{section}"),
            To::Clause(name) => format!("clause:{name}"),
            To::Role(name) => format!("role:{name}"),
            To::Service(name) => format!("service:{name}"),
            To::Term(name) => format!("term:{name}"),
            To::Row(register, id) => format!("{register}:{id}"),
            To::File(path) => (*path).to_owned(),
            To::Address(address) => address.clone().into_owned(),
            To::Here | To::Nowhere(_) => return None,
        })
    }
}

fn markup(pieces: &[Markup<'_>]) -> String {
    let piece = |piece: &Markup<'_>| match piece {
        Markup::Raw(html) => html.clone().into_owned(),
        Markup::Id(id) => format!(" id=\"{id}\""),
    };
    pieces.iter().map(piece).collect()
}

/// What a line is and stands in, without numbers.
fn shape(place: &Place) -> String {
    let around = place.around.iter().map(|around| match around {
        Around::Quote => "quote",
        Around::Alert(alert) => alert_word(*alert),
        Around::Item { number: None, .. } => "item",
        Around::Item { number: Some(_), .. } => "step",
        Around::Note(_) => "footnote",
    });
    let level;
    let kind = match &place.kind {
        Kind::Heading { level: own, .. } => {
            level = own.to_string();
            &level
        }
        Kind::Text => "text",
        Kind::Term => "term",
        Kind::Meaning => "meaning",
        Kind::Table => "table",
        Kind::Code => "code",
        Kind::Drawing => "drawing",
        Kind::Html => "html",
        Kind::Generated => "generated",
        Kind::Rule => "rule",
    };
    around.chain([kind]).collect::<Vec<_>>().join(" ")
}
