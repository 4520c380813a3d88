//! The events of a body to its tree.
//!
//! Longer than most: what each event adds to the tree is told in one place.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::headings::Headings;
use super::links::{self, Followed};
use super::open::{Kind, Open, alert, align, clean};
use super::reader::Reader;
use super::tables::{self, Cells};
use super::tree::{Block, Content, Definition, Diagram, Inline, Item, List, Markup, Note, Picture};
use super::words::plain;
use crate::graph::Resolved;
use crate::model::document::Document;
use crate::model::generated;
use crate::model::library::DocumentNumber;
use crate::parse::events::events;
use crate::parse::markdown;
use crate::text::phrase::{self, Part};
use crate::text::{escaped, without_controls};

/// The body of a document for some readers. The links and pictures are those of its body, followed,
/// in the same order; `number` is its own number among the documents that they name.
pub fn content<'a>(
    document: &'a Document,
    number: DocumentNumber,
    links: &'a [Resolved],
    images: &'a [Resolved],
    reader: &'a dyn Reader,
) -> Content<'a> {
    let mut builder = Builder {
        reader,
        document,
        number,
        links: (links, 0),
        images: (images, 0),
        generated: 0,
        tables: 0,
        diagrams: 0,
        sources: document.diagrams().map(|(_, read)| read).collect::<Vec<_>>().into_iter(),
        headings: Headings::default(),
        notes: Vec::new(),
        note_numbers: BTreeMap::new(),
        silent: 0,
        open: vec![Open::new(Kind::Body)],
    };
    for (event, at) in events(&document.text[document.body_at.clone()]) {
        builder.event(event, at);
    }
    let body = builder.open.pop().map(Open::into_blocks).unwrap_or_default();
    let notes = builder.notes.into_iter().enumerate();
    let notes = notes.filter_map(|(n, note)| {
        Some(Note { number: n + 1, uses: note.uses, blocks: note.blocks? })
    });
    Content { blocks: body, notes: notes.collect(), title_slug: builder.headings.title_slug }
}

struct Builder<'a> {
    reader: &'a dyn Reader,
    document: &'a Document,
    number: DocumentNumber,
    /// How the links were followed, and how many have been met; the same of pictures.
    links: (&'a [Resolved], usize),
    images: (&'a [Resolved], usize),
    /// How many generated blocks, tables and diagrams have been met.
    generated: usize,
    tables: usize,
    diagrams: usize,
    /// The sources of the diagrams that are still to come.
    sources: std::vec::IntoIter<&'a str>,
    headings: Headings<'a>,
    notes: Vec<OpenNote<'a>>,
    /// The places of the notes, by name.
    note_numbers: BTreeMap<String, usize>,
    /// How many pictures and bare links are open: what stands in them is not shown as it stands.
    silent: usize,
    /// What has been opened and not closed yet, the innermost last.
    open: Vec<Open<'a>>,
}

/// A footnote of which the mark or the text has been met.
#[derive(Default)]
struct OpenNote<'a> {
    uses: usize,
    blocks: Option<Vec<Block<'a>>>,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'a>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text),
            Event::Code(code) => self.push(Inline::Code(clean(code))),
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, &at),
            Event::SoftBreak => self.push(Inline::SoftBreak),
            Event::HardBreak => self.push(Inline::HardBreak),
            Event::Rule => self.block(Block::Rule),
            Event::FootnoteReference(name) if self.silent == 0 => {
                let note = self.note(&name);
                self.notes[note].uses += 1;
                self.push(Inline::Note(note + 1, self.notes[note].uses));
            }
            Event::TaskListMarker(done) => {
                let item = self.open.iter_mut().rev().find_map(|open| match &mut open.kind {
                    Kind::Item(task) => Some(task),
                    _ => None,
                });
                if let Some(task) = item {
                    *task = Some(done);
                }
            }
            _ => {}
        }
    }

    /// What is open and innermost.
    fn last(&mut self) -> &mut Open<'a> {
        self.open.last_mut().expect("the body itself is always open")
    }

    fn push(&mut self, inline: Inline<'a>) {
        self.last().line.push(inline);
    }

    fn inlines(&mut self, inlines: Vec<Inline<'a>>) {
        let line = &mut self.last().line;
        if line.is_empty() {
            *line = inlines;
        } else {
            line.extend(inlines);
        }
    }

    fn block(&mut self, block: Block<'a>) {
        let open = self.last();
        open.end_lines();
        open.blocks.push(block);
    }

    fn blocks(&mut self, blocks: Vec<Block<'a>>) {
        let open = self.last();
        open.end_lines();
        if open.blocks.is_empty() {
            open.blocks = blocks;
        } else {
            open.blocks.extend(blocks);
        }
    }

    /// Whether what stands here stands so deep that it is put beside what holds it: whoever walks the
    /// tree goes as deep as it is, and a stack has an end.
    fn is_too_deep(&self) -> bool {
        self.open.len() > markdown::DEEPEST
    }

    fn start(&mut self, tag: Tag<'a>) {
        let kind = match tag {
            Tag::BlockQuote(kind) => Kind::Quote(kind),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(info.into_string()),
                    CodeBlockKind::Indented => None,
                };
                Kind::Code { info, text: Cow::default() }
            }
            Tag::HtmlBlock => Kind::Html(Vec::new()),
            Tag::List(first) => Kind::List(List { first, items: Vec::new() }),
            Tag::Item => Kind::Item(None),
            Tag::FootnoteDefinition(name) => Kind::Note(self.note(&name)),
            Tag::DefinitionList => Kind::Definitions(Vec::new()),
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(align).collect();
                Kind::Table(Cells { columns, rows: Vec::new() })
            }
            Tag::TableHead | Tag::TableRow => {
                if let Kind::Table(cells) = &mut self.last().kind {
                    cells.rows.push(Vec::with_capacity(cells.columns.len()));
                }
                return;
            }
            Tag::Link { link_type, .. } => {
                let is_bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                self.silent += usize::from(is_bare);
                Kind::Link { is_bare }
            }
            Tag::Image { .. } => {
                self.silent += 1;
                Kind::Line
            }
            _ => Kind::Line,
        };
        self.open.push(Open::new(kind));
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::TableHead | TagEnd::TableRow) {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        match open.kind {
            Kind::Line | Kind::Link { .. } => self.end_line(tag, &open.kind, open.line),
            Kind::Code { info, text } => self.code(info.as_deref(), text),
            Kind::Html(markup) => self.block(Block::Html(markup)),
            Kind::List(list) if self.is_too_deep() => {
                for item in list.items {
                    self.blocks(item.blocks);
                }
            }
            Kind::List(list) => self.block(Block::List(list)),
            Kind::Definitions(list) => self.block(Block::Definitions(list)),
            Kind::Table(cells) => {
                let number = self.tables;
                self.tables += 1;
                let known = &self.headings.phrases;
                self.block(tables::table(self.document, self.reader, number, known, cells));
            }
            Kind::Quote(kind) => {
                let blocks = Open { kind: Kind::Body, ..open }.into_blocks();
                if self.is_too_deep() {
                    self.blocks(blocks);
                    return;
                }
                self.block(match kind.map(alert) {
                    Some(alert) => Block::Alert(alert, blocks),
                    None => Block::Quote(blocks),
                });
            }
            Kind::Item(task) => {
                let blocks = Open { kind: Kind::Body, ..open }.into_blocks();
                if let Kind::List(list) = &mut self.last().kind {
                    list.items.push(Item { task, blocks });
                }
            }
            Kind::Note(note) => {
                let blocks = Open { kind: Kind::Body, ..open }.into_blocks();
                self.notes[note].blocks = Some(blocks);
            }
            Kind::Body => {}
        }
    }

    /// What holds a line has ended.
    fn end_line(&mut self, tag: TagEnd, kind: &Kind<'a>, line: Vec<Inline<'a>>) {
        match tag {
            TagEnd::Paragraph => self.block(Block::Paragraph(line)),
            TagEnd::Heading(level) => {
                let heading = self.headings.heading(self.document, level as u8, line);
                if let Some(heading) = heading {
                    self.block(Block::Heading(heading));
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough if self.is_too_deep() => {
                self.inlines(line);
            }
            TagEnd::Emphasis => self.push(Inline::Emphasis(line)),
            TagEnd::Strong => self.push(Inline::Strong(line)),
            TagEnd::Strikethrough => self.push(Inline::Struck(line)),
            TagEnd::Link => self.link(kind, line),
            TagEnd::Image => self.picture(&line),
            TagEnd::TableCell => {
                if let Kind::Table(cells) = &mut self.last().kind
                    && let Some(row) = cells.rows.last_mut()
                {
                    row.push(line);
                }
            }
            TagEnd::DefinitionListTitle => {
                if let Kind::Definitions(list) = &mut self.last().kind {
                    list.push(Definition { term: line, meanings: Vec::new() });
                }
            }
            TagEnd::DefinitionListDefinition => {
                if let Kind::Definitions(list) = &mut self.last().kind
                    && let Some(definition) = list.last_mut()
                {
                    definition.meanings.push(line);
                }
            }
            _ => self.inlines(line),
        }
    }

    /// Text: of code as it stands, else with its marks filled in.
    fn text(&mut self, text: CowStr<'a>) {
        let words = clean(text);
        if let Kind::Code { text, .. } = &mut self.last().kind {
            if text.is_empty() {
                *text = words;
            } else {
                text.to_mut().push_str(&words);
            }
        } else if let Kind::Html(markup) = &mut self.last().kind {
            // What a line of HTML is indented by.
            markup.push(Markup::Raw(escaped(&words).into()));
        } else if !words.contains("{{") {
            self.push(Inline::Text(words));
        } else {
            self.filled(&words);
        }
    }

    /// Text with its marks filled in; a name without a value stays as it was typed.
    fn filled(&mut self, text: &str) {
        let mut from = 0;
        for mark in markdown::marks(text, 0..text.len()) {
            let (document, reader) = (self.document, self.reader);
            let value = match mark.decision() {
                Some(_) => None,
                None => match reader.variable(document, &mark.inner) {
                    Some(value) => Some(value),
                    None => continue,
                },
            };
            self.words(&text[from..mark.at.start]);
            from = mark.at.end;
            if let Some(what) = mark.decision() {
                self.push(Inline::Decision(what.to_owned().into()));
            }
            for part in value.into_iter().flat_map(phrase::parts) {
                self.push(match part {
                    Part::Words(words) => Inline::Text(words.into()),
                    Part::Decision(what) => Inline::Decision(what.into()),
                });
            }
        }
        self.words(&text[from..]);
    }

    fn words(&mut self, words: &str) {
        if !words.is_empty() {
            self.push(Inline::Text(words.to_owned().into()));
        }
    }

    fn link(&mut self, kind: &Kind<'a>, words: Vec<Inline<'a>>) {
        let Kind::Link { is_bare } = *kind else { return };
        self.silent -= usize::from(is_bare);
        let (links, index) = self.links;
        self.links.1 += 1;
        let typed = self.document.body.links.get(index).map_or("", |link| link.target.trim());
        let link = Followed {
            resolved: links.get(index),
            typed,
            is_bare,
            is_nested: self.open.iter().any(|open| matches!(open.kind, Kind::Link { .. })),
            from: self.number,
        };
        let inlines = links::inlines(self.reader, &link, words);
        self.inlines(inlines);
    }

    fn picture(&mut self, line: &[Inline<'a>]) {
        self.silent -= 1;
        let (images, index) = self.images;
        self.images.1 += 1;
        let path = images.get(index).and_then(|link| links::shown(link, true));
        let says = plain(line).trim().to_owned();
        self.push(Inline::Picture(Picture { path, says }));
    }

    /// The place of a footnote, in the order of first mention.
    fn note(&mut self, name: &str) -> usize {
        if let Some(note) = self.note_numbers.get(name) {
            return *note;
        }
        let note = self.notes.len();
        self.note_numbers.insert(name.to_owned(), note);
        self.notes.push(OpenNote::default());
        note
    }

    /// A block of code, or what stands for something generated or drawn.
    fn code(&mut self, info: Option<&str>, text: Cow<'a, str>) {
        let document = self.document;
        let word = info.and_then(|info| info.split_whitespace().next()).unwrap_or_default();
        if word == generated::INFO {
            let asked = document.generated.get(self.generated).and_then(Option::as_ref);
            self.generated += 1;
            if let Some(asked) = asked {
                return self.block(Block::Generated(asked));
            }
        }
        if word == "mermaid" {
            let read = self.sources.next();
            self.diagrams += 1;
            // As it was written: that is what rules have had drawn.
            let drawn = read.map_or_else(|| text.clone(), Cow::Borrowed);
            let under = self.headings.phrases.last().cloned();
            return self.block(Block::Diagram(Diagram {
                number: self.diagrams,
                source: text,
                drawn,
                under,
            }));
        }
        self.block(Block::Code(text));
    }

    /// HTML of the author's. What fragments may lead to is told from it, and so kept.
    fn html(&mut self, html: CowStr<'a>, at: &Range<usize>) {
        let document = self.document;
        let start = document.body_at.start;
        let at = start + at.start..start + at.end;
        let text = &*document.text;
        let mut markup = Vec::with_capacity(1);
        if text.get(at.clone()) == Some(&*html) {
            let anchors = &document.body.anchors;
            let first = anchors.partition_point(|anchor| anchor.at.start < at.start);
            let within = anchors[first..].iter().take_while(|anchor| anchor.at.end <= at.end);
            let mut from = at.start;
            for anchor in within.filter(|anchor| anchor.taken_by.is_none()) {
                markup.push(Markup::Raw(without_controls(&text[from..anchor.at.start])));
                markup.push(Markup::Id(&anchor.id));
                from = anchor.at.end;
            }
            markup.push(Markup::Raw(without_controls(&text[from..at.end])));
        } else {
            markup.push(Markup::Raw(clean(html)));
        }
        match &mut self.last().kind {
            Kind::Html(block) => block.extend(markup),
            _ => self.push(Inline::Html(markup)),
        }
    }
}
