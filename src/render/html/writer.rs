//! Events to HTML, one by one.
//!
//! Longer than most: one walk over the events of a body, each turned into its HTML.

use std::fmt::Write as _;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd, TextMergeStream,
};

use super::escape::{escape_to, escaped};
use super::links::{self, Opened};
use super::sanitize::Marks;
use super::{Entry, Slot};
use super::{drawing, matrix};
use crate::model::document::Document;
use crate::model::raci::Matrix;
use crate::parse::markdown::{self, options};
use crate::render::edition::Edition;
use crate::render::view::block;

/// What was written.
pub(super) struct Written {
    pub(super) html: String,
    pub(super) slots: Vec<Slot>,
    pub(super) contents: Vec<Entry>,
    pub(super) lead: Option<String>,
    pub(super) anchor: Option<String>,
    pub(super) sections: usize,
    pub(super) assets: Vec<String>,
}

/// Writes one body.
pub(super) struct Writer<'a> {
    pub(super) edition: &'a Edition<'a>,
    pub(super) document: &'a Document,
    pub(super) number: usize,
    pub(super) root: &'a str,
    marks: &'a Marks,
    done: Written,
    /// Where HTML goes while a link, a heading, a cell or a footnote is open; the last is the
    /// innermost.
    open: Vec<String>,
    /// How many headings, links, pictures, tables and fences have been met.
    headings: usize,
    links: usize,
    images: usize,
    tables: usize,
    diagrams: usize,
    /// Levels of the headings above, as written and as shown.
    levels: Vec<u8>,
    /// Numbers of the headings above.
    numbers: Vec<String>,
    /// How many headings of each shown level there are under the heading above.
    counters: [usize; 7],
    opened: Vec<Opened>,
    /// Whether text is swallowed: the inside of a bare wiki link, of a picture, or of a fence.
    silent: usize,
    /// The text of a picture or a fence, while one is open.
    raw: String,
    fence: Option<String>,
    table: Option<Table<'a>>,
    /// Text of a paragraph that may become the lead.
    paragraph: Option<String>,
    depth: usize,
    in_purpose: bool,
    has_purpose: bool,
    notes: Vec<Note>,
    alerts: Vec<bool>,
}

/// A table that is being written.
struct Table<'a> {
    matrix: Option<&'a Matrix>,
    alignments: Vec<Alignment>,
    head: bool,
    row: usize,
    column: usize,
}

/// A footnote.
struct Note {
    name: String,
    uses: usize,
    html: Option<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        edition: &'a Edition<'a>,
        number: usize,
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
            assets: Vec::new(),
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
            alerts: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Written {
        let document = self.document;
        let source = &document.text[document.body_at.clone()];
        self.out().reserve(source.len() * 2);
        for event in TextMergeStream::new(Parser::new_ext(source, options())) {
            self.event(event);
        }
        self.footnotes();
        self.done.html = self.open.pop().unwrap_or_default();
        self.done
    }

    /// The innermost open HTML.
    pub(super) fn out(&mut self) -> &mut String {
        self.open.last_mut().expect("the body itself is always open")
    }

    fn push(&mut self, html: &str) {
        self.out().push_str(html);
    }

    /// ` name="value"`, marked as ours.
    pub(super) fn attribute(&self, name: &str, value: &str) -> String {
        format!(" {name}=\"{}{}\"", self.marks.prefix, escaped(value))
    }

    /// Leaves a place for something that is put in at the end.
    fn slot(&mut self, slot: Slot) {
        let number = self.done.slots.len();
        self.done.slots.push(slot);
        let place = format!("{}{number};", self.marks.slot);
        self.push(&place);
    }

    /// A small picture of ours, by name.
    fn icon(&mut self, name: &str) {
        self.slot(Slot::Html(format!("<i class=\"i {name}\"></i>")));
    }

    fn event(&mut self, event: Event<'_>) {
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
            Event::Html(html) | Event::InlineHtml(html) if self.silent == 0 => self.push(&html),
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
    fn text(&mut self, text: &str) {
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
    fn gather(&mut self, text: &str) {
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

    fn start(&mut self, tag: Tag<'_>) {
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
    fn inline(&mut self, tag: &str) {
        if self.silent == 0 {
            self.push(tag);
        }
    }

    fn end(&mut self, tag: TagEnd) {
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

    /// The first paragraph under the purpose, or the first of all, gives the lead.
    fn consider_lead(&mut self) {
        let Some(text) = self.paragraph.take() else { return };
        let wanted = (self.in_purpose && !self.has_purpose) || self.done.lead.is_none();
        if !wanted || text.trim().is_empty() {
            return;
        }
        self.has_purpose |= self.in_purpose;
        let text = self.edition.filled(self.document, text.trim());
        self.done.lead = Some(super::sentence(&text).to_owned());
    }

    /// A heading: its number, its level so that none is skipped, its address.
    fn heading(&mut self, level: u8) {
        let html = self.open.pop().unwrap_or_default();
        let index = self.headings;
        self.headings += 1;
        let Some(heading) = self.document.body.headings.get(index) else { return };
        let text = self.edition.filled(self.document, &heading.text);
        let slug = heading.slug.clone();
        if level == 1 && self.done.anchor.is_none() && self.levels.is_empty() && {
            let title = self.document.title().split_whitespace();
            title.eq(text.split_whitespace())
        } {
            self.done.anchor = Some(slug);
            return;
        }
        self.in_purpose = slug == "purpose" || text.eq_ignore_ascii_case("purpose");
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
            self.numbers.pop();
        }
        self.levels.push(level);
        let shown = (self.levels.len() + 1).min(6);
        self.counters[shown] += 1;
        self.counters[shown + 1..].fill(0);
        let own = own_number(&text);
        let rest = html.strip_prefix(own).filter(|_| !own.is_empty());
        let number = if rest.is_some() {
            own.trim().trim_end_matches(['.', ')']).to_owned()
        } else {
            let above = self.numbers.last().map(|above| format!("{above}."));
            format!("{}{}", above.unwrap_or_default(), self.counters[shown])
        };
        self.numbers.push(number.clone());
        let (id, class) = (self.attribute("id", &slug), self.attribute("class", "s"));
        let html = format!(
            "<h{shown}{id}><span{class}>{}</span> {}</h{shown}>\n",
            escaped(&number),
            rest.unwrap_or(&html)
        );
        self.push(&html);
        if shown == 2 {
            self.done.sections = self.counters[2];
            let text = if rest.is_some() { text[own.len()..].to_owned() } else { text };
            self.done.contents.push(Entry { number, text, slug });
        }
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
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

    /// A block of code, or one of ours that stands for a generated table.
    fn code_block(&mut self) {
        let info = self.fence.take().unwrap_or_default();
        let raw = std::mem::take(&mut self.raw);
        let word = info.split_whitespace().next().unwrap_or_default();
        if word == "clausebook" {
            let made = block::written(self.edition, self.number, self.root, &raw);
            if let Some(made) = made {
                self.slot(Slot::Block(made));
                self.push("\n");
                return;
            }
        }
        if word == "mermaid" {
            self.diagrams += 1;
            let drawn = drawing::diagram(self.document, &raw, self.diagrams);
            self.slot(Slot::Html(drawn));
            return;
        }
        let tab = self.attribute("tabindex", "0");
        self.push(&format!("<pre{tab}><code>{}</code></pre>\n", escaped(&raw)));
    }

    fn table(&mut self, alignments: Vec<Alignment>) {
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

    fn cell(&mut self) {
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

    fn end_table(&mut self) {
        self.push("</tbody>\n</table>\n</div>\n");
        if let Some(matrix) = self.table.take().and_then(|table| table.matrix) {
            let key = matrix::key(self, matrix);
            self.push(&key);
            if let Some(drawn) = drawing::swimlane(self, matrix, self.tables) {
                self.slot(Slot::Html(drawn));
            }
        }
    }

    fn end_link(&mut self) {
        let html = self.open.pop().unwrap_or_default();
        let index = self.links;
        self.links += 1;
        let Some(Opened::Link { bare }) = self.opened.pop() else { return };
        self.silent -= usize::from(bare);
        if self.silent > 0 {
            return;
        }
        let nested = self.opened.iter().any(|opened| matches!(opened, Opened::Link { .. }));
        let link = links::link(self, index, bare);
        self.done.assets.extend(link.asset.clone());
        if bare && let Some(paragraph) = &mut self.paragraph {
            paragraph.push_str(&link.text);
        }
        let inner = if bare { escaped(&link.text) } else { html };
        let html = match &link.href {
            Some(href) if !nested => {
                let class = link.class.map(|class| self.attribute("class", class));
                let leaves = link.leaves.then(|| self.attribute("rel", "noopener"));
                format!(
                    "<a{}{}{}>{inner}</a>",
                    self.attribute("href", href),
                    class.unwrap_or_default(),
                    leaves.unwrap_or_default()
                )
            }
            _ => {
                let class = link.class.map(|class| self.attribute("class", class));
                let why = link.why.map(|why| format!(" title=\"{}\"", escaped(&why)));
                match (class, why) {
                    (None, None) => inner,
                    (class, why) => format!(
                        "<span{}{}>{inner}</span>",
                        class.unwrap_or_default(),
                        why.unwrap_or_default()
                    ),
                }
            }
        };
        self.push(&html);
    }

    fn end_image(&mut self) {
        let index = self.images;
        self.images += 1;
        self.opened.pop();
        self.silent -= 1;
        if self.silent > 0 {
            return;
        }
        let alternative = std::mem::take(&mut self.raw);
        let alternative = self.edition.filled(self.document, alternative.trim());
        if let Some(path) = links::image(self, index) {
            let source = format!("{}{}", self.root, links::asset_url(&path));
            self.done.assets.push(path);
            self.slot(Slot::Html(format!(
                "<img src=\"{source}\" alt=\"{}\" loading=\"lazy\">",
                escaped(&alternative)
            )));
        } else {
            let class = self.attribute("class", "gone");
            let html = format!("<span{class}>{}</span>", escaped(&alternative));
            self.push(&html);
        }
    }

    /// The number of a footnote, in the order of first mention.
    fn note(&mut self, name: &str) -> usize {
        let found = self.notes.iter().position(|note| note.name == name);
        found.unwrap_or_else(|| {
            self.notes.push(Note { name: name.to_owned(), uses: 0, html: None });
            self.notes.len() - 1
        })
    }

    fn reference(&mut self, name: &str) {
        if self.silent > 0 {
            return;
        }
        let at = self.note(name);
        self.notes[at].uses += 1;
        let html = format!(
            "<sup><a{}{}>{}</a></sup>",
            self.attribute("href", &format!("#fn.{}", at + 1)),
            self.attribute("id", &format!("fn.{}.{}", at + 1, self.notes[at].uses)),
            at + 1
        );
        self.push(&html);
    }

    /// The footnotes, under the text, each with the way back.
    fn footnotes(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        let notes: Vec<(usize, Note)> =
            notes.into_iter().enumerate().filter(|(_, note)| note.html.is_some()).collect();
        if notes.is_empty() {
            return;
        }
        let open = format!(
            "<section{}{}>\n<ol>\n",
            self.attribute("class", "footnotes"),
            self.attribute("aria-label", "Footnotes")
        );
        self.push(&open);
        for (at, note) in notes {
            let id = self.attribute("id", &format!("fn.{}", at + 1));
            let html = note.html.unwrap_or_default();
            let mut back = String::new();
            for number in 1..=note.uses {
                let _ = write!(
                    back,
                    " <a{}{}>↩</a>",
                    self.attribute("href", &format!("#fn.{}.{number}", at + 1)),
                    self.attribute("aria-label", &format!("Back to reference {number}"))
                );
            }
            let html = match html.trim_end().strip_suffix("</p>") {
                Some(inner) => format!("{inner}{back}</p>"),
                None => format!("{html}{back}"),
            };
            self.push(&format!("<li{id}>{html}</li>\n"));
        }
        self.push("</ol>\n</section>\n");
    }
}

/// The number that a heading brings along, with the blank after it: `4.2 ` of `4.2 Scope`.
fn own_number(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else { return "" };
    let bare = first.trim_end_matches(['.', ')']);
    let is_number = !bare.is_empty()
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.split('.').all(|part| {
            !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit())
        });
    if is_number && !rest.trim().is_empty() { &text[..=first.len()] } else { "" }
}
