//! Events to HTML, one by one.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::links::Opened;
use super::notes::Note;
use super::sanitize::Marks;
use super::tables::Table;
use super::{ContentsLine, Slot};
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::parse::events::events;
use crate::parse::markdown::{self, Fence};
use crate::render::edition::Edition;
use crate::text::{escape_to, escaped};

/// What was written.
pub(super) struct Written {
    pub(super) html: String,
    pub(super) slots: Vec<Slot>,
    pub(super) contents: Vec<ContentsLine>,
    pub(super) lead: Option<String>,
    pub(super) anchor: Option<String>,
    pub(super) sections: usize,
}

/// Writes one body.
pub(super) struct Writer<'a> {
    pub(super) edition: &'a Edition<'a>,
    pub(super) document: &'a Document,
    pub(super) number: DocumentNumber,
    pub(super) root: &'a str,
    pub(super) marks: &'a Marks,
    pub(super) done: Written,
    /// Where HTML goes while a link, a heading, a cell or a footnote is open; the last is the
    /// innermost.
    pub(super) open: Vec<String>,
    /// How many headings, links, pictures, tables and fences have been met.
    pub(super) headings: usize,
    pub(super) links: usize,
    pub(super) images: usize,
    pub(super) tables: usize,
    pub(super) diagrams: usize,
    /// The diagrams that are still to come.
    pub(super) own_diagrams: Box<dyn Iterator<Item = (&'a Fence, &'a str)> + 'a>,
    /// Levels of the headings above, as written and as shown.
    pub(super) levels: Vec<u8>,
    /// Numbers of the headings above.
    pub(super) numbers: Vec<String>,
    /// How many headings of each shown level there are under the heading above.
    pub(super) counters: [usize; 7],
    pub(super) opened: Vec<Opened>,
    /// Whether text is swallowed: the inside of a bare wiki link, of a picture, or of a fence.
    pub(super) silent: usize,
    /// The text of a picture or a fence, while one is open.
    pub(super) raw: String,
    pub(super) fence: Option<String>,
    pub(super) table: Option<Table<'a>>,
    /// Text of a paragraph that may become the lead.
    pub(super) paragraph: Option<String>,
    pub(super) depth: usize,
    pub(super) in_purpose: bool,
    pub(super) has_purpose: bool,
    pub(super) notes: Vec<Note>,
    /// The numbers of the notes, by name.
    pub(super) note_numbers: BTreeMap<String, usize>,
    pub(super) alerts: Vec<bool>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        edition: &'a Edition<'a>,
        number: DocumentNumber,
        root: &'a str,
        marks: &'a Marks,
    ) -> Self {
        let done = Written {
            html: String::new(),
            slots: Vec::new(),
            contents: Vec::new(),
            lead: None,
            anchor: None,
            sections: 0,
        };
        Writer {
            edition,
            document: edition.document(number),
            number,
            root,
            marks,
            done,
            open: vec![String::new()],
            headings: 0,
            links: 0,
            images: 0,
            tables: 0,
            diagrams: 0,
            own_diagrams: Box::new(edition.document(number).diagrams()),
            levels: Vec::new(),
            numbers: Vec::new(),
            counters: [0; 7],
            opened: Vec::new(),
            silent: 0,
            raw: String::new(),
            fence: None,
            table: None,
            paragraph: None,
            depth: 0,
            in_purpose: false,
            has_purpose: false,
            notes: Vec::new(),
            note_numbers: BTreeMap::new(),
            alerts: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Written {
        let document = self.document;
        let source = &document.text[document.body_at.clone()];
        self.out().reserve(source.len() * 2);
        for (event, at) in events(source) {
            self.event(event, at);
        }
        self.footnotes();
        self.done.html = self.open.pop().unwrap_or_default();
        self.done
    }

    /// The innermost open HTML.
    pub(super) fn out(&mut self) -> &mut String {
        self.open.last_mut().expect("the body itself is always open")
    }

    pub(super) fn push(&mut self, html: &str) {
        self.out().push_str(html);
    }

    /// ` name="value"`, marked as ours.
    pub(super) fn attribute(&self, name: &str, value: &str) -> String {
        format!(" {name}=\"{}{}\"", self.marks.prefix, escaped(value))
    }

    /// Leaves a place for something that is put in at the end.
    pub(super) fn slot(&mut self, slot: Slot) {
        let number = self.done.slots.len();
        self.done.slots.push(slot);
        let place = format!("{}{number};", self.marks.slot);
        self.push(&place);
    }

    /// A small picture of ours, by name.
    pub(super) fn icon(&mut self, name: &str) {
        self.slot(Slot::Html(format!("<i class=\"i {name}\"></i>")));
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.gather(&code);
                if self.silent == 0 {
                    let html = format!("<code>{}</code>", escaped(&code));
                    self.push(&html);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) if self.silent == 0 => {
                self.html(&html, &at);
            }
            Event::SoftBreak => {
                self.gather(" ");
                if self.silent == 0 {
                    self.push("\n");
                }
            }
            Event::HardBreak => {
                self.gather(" ");
                if self.silent == 0 {
                    self.push("<br>\n");
                }
            }
            Event::Rule => self.push("<hr>\n"),
            Event::FootnoteReference(name) => self.reference(&name),
            Event::TaskListMarker(done) => {
                let (class, word) = if done { ("box on", "Done") } else { ("box", "To do") };
                let html = format!(
                    "<span{}{}{}></span> ",
                    self.attribute("class", class),
                    self.attribute("role", "img"),
                    self.attribute("aria-label", word)
                );
                self.push(&html);
            }
            _ => {}
        }
    }

    /// Text outside code is searched for marks; text inside is left as it is.
    pub(super) fn text(&mut self, text: &str) {
        if self.fence.is_some() {
            self.raw.push_str(text);
            return;
        }
        self.gather(text);
        if self.silent > 0 {
            return;
        }
        if !text.contains("{{") {
            escape_to(self.out(), text);
            return;
        }
        let mut from = 0;
        for mark in markdown::marks(text, 0..text.len()) {
            escape_to(self.out(), &text[from..mark.at.start]);
            from = mark.at.end;
            if let Some(decision) = mark.decision() {
                let class = self.attribute("class", "decision");
                let html = format!("<mark{class}>To decide: {}</mark>", escaped(decision));
                self.push(&html);
            } else {
                let edition = self.edition;
                let value = edition.variable(self.document, &mark.inner);
                escape_to(self.out(), value.unwrap_or(&text[mark.at.clone()]));
            }
        }
        escape_to(self.out(), &text[from..]);
    }

    /// Remembers text for the lead and for the alternative text of a picture.
    pub(super) fn gather(&mut self, text: &str) {
        let bare = |opened: &Opened| matches!(opened, Opened::Link { bare: true });
        if let Some(paragraph) = &mut self.paragraph
            && !self.opened.iter().any(bare)
        {
            paragraph.push_str(text);
        }
        if self.opened.last().is_some_and(|opened| matches!(opened, Opened::Image)) {
            self.raw.push_str(text);
        }
    }

    pub(super) fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                if self.depth == 0 {
                    self.paragraph = Some(String::new());
                }
                self.push("<p>");
            }
            Tag::Heading { .. } => self.open.push(String::new()),
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(kind) => {
                self.fence = Some(match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                });
                self.raw.clear();
            }
            Tag::List(first) => {
                self.depth += 1;
                match first {
                    None => self.push("<ul>\n"),
                    Some(1) => self.push("<ol>\n"),
                    Some(n) => self.push(&format!("<ol start=\"{n}\">\n")),
                }
            }
            Tag::Item => self.push("<li>"),
            Tag::FootnoteDefinition(name) => {
                self.depth += 1;
                let at = self.note(&name);
                self.notes[at].html = Some(String::new());
                self.open.push(String::new());
                self.opened.push(Opened::Note(at));
            }
            Tag::DefinitionList => {
                self.depth += 1;
                self.push("<dl>\n");
            }
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.push("<thead>\n<tr>"),
            Tag::TableRow => self.push("<tr>"),
            Tag::TableCell => self.open.push(String::new()),
            Tag::Emphasis => self.inline("<em>"),
            Tag::Strong => self.inline("<strong>"),
            Tag::Strikethrough => self.inline("<del>"),
            Tag::Link { link_type, .. } => {
                let bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                self.silent += usize::from(bare);
                self.open.push(String::new());
                self.opened.push(Opened::Link { bare });
            }
            Tag::Image { .. } => {
                if self.silent == 0 {
                    self.raw.clear();
                }
                self.silent += 1;
                self.opened.push(Opened::Image);
            }
            _ => {}
        }
    }

    /// A tag within a line: left out where text is.
    pub(super) fn inline(&mut self, tag: &str) {
        if self.silent == 0 {
            self.push(tag);
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.push("</p>\n");
                self.consider_lead();
            }
            TagEnd::Heading(level) => self.heading(level as u8),
            TagEnd::BlockQuote(_) => {
                self.depth -= 1;
                let alert = self.alerts.pop().unwrap_or(false);
                self.push(if alert { "</aside>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::List(ordered) => {
                self.depth -= 1;
                self.push(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::FootnoteDefinition => {
                self.depth -= 1;
                let html = self.open.pop().unwrap_or_default();
                if let Some(Opened::Note(at)) = self.opened.pop() {
                    self.notes[at].html = Some(html);
                }
            }
            TagEnd::DefinitionList => {
                self.depth -= 1;
                self.push("</dl>\n");
            }
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => {
                self.push("</tr>\n</thead>\n<tbody>\n");
                if let Some(table) = &mut self.table {
                    table.head = false;
                    table.column = 0;
                }
            }
            TagEnd::TableRow => {
                self.push("</tr>\n");
                if let Some(table) = &mut self.table {
                    table.row += 1;
                    table.column = 0;
                }
            }
            TagEnd::TableCell => self.cell(),
            TagEnd::Emphasis => self.inline("</em>"),
            TagEnd::Strong => self.inline("</strong>"),
            TagEnd::Strikethrough => self.inline("</del>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    pub(super) fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.depth += 1;
        self.alerts.push(kind.is_some());
        let Some(kind) = kind else {
            self.push("<blockquote>\n");
            return;
        };
        let (class, icon, word) = match kind {
            BlockQuoteKind::Note => ("alert", "about", "Note"),
            BlockQuoteKind::Tip => ("alert tip", "check", "Tip"),
            BlockQuoteKind::Important => ("alert", "about", "Important"),
            BlockQuoteKind::Warning => ("alert warning", "triangle", "Warning"),
            BlockQuoteKind::Caution => ("alert caution", "triangle", "Caution"),
        };
        let html = format!(
            "<aside{}{}>\n<p{}>",
            self.attribute("class", class),
            self.attribute("role", "note"),
            self.attribute("class", "alert-head")
        );
        self.push(&html);
        self.icon(icon);
        self.push(word);
        self.push("</p>\n");
    }
}
