//! A body to its text, section by section, as the page shows it: what search finds, and what it
//! quotes.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::links;
use super::sanitize::Marks;
use super::writer::Writer;
use crate::graph::{Dangling, Target, Why};
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::parse::events::events;
use crate::parse::html::{Piece, of_body};
use crate::render::edition::Edition;
use crate::render::view::{block, search};
use crate::search::Section;

/// The text of a document by section; the first is what stands before any heading.
pub(in crate::render) fn text(edition: &Edition<'_>, number: DocumentNumber) -> Vec<Section> {
    let document = edition.document(number);
    let marks = Marks::plain();
    let reader = Reader {
        edition,
        document,
        number,
        writer: Writer::new(edition, number, "", &marks),
        sections: vec![Section::default()],
        headings: 0,
        links: 0,
        opened: Vec::new(),
        silent: 0,
        fence: None,
        raw: String::new(),
    };
    reader.run()
}

struct Reader<'a> {
    edition: &'a Edition<'a>,
    document: &'a Document,
    number: DocumentNumber,
    /// Says what a link without words of its own shows.
    writer: Writer<'a>,
    sections: Vec<Section>,
    headings: usize,
    links: usize,
    /// The links that are open: whether each says its own text.
    opened: Vec<bool>,
    /// Whether text is swallowed: that of a heading, which is known, and of a bare wiki link.
    silent: usize,
    /// The info string of the code block that is open.
    fence: Option<String>,
    /// Code or HTML of the block that is open.
    raw: String,
}

impl Reader<'_> {
    fn run(mut self) -> Vec<Section> {
        let source = &self.document.text[self.document.body_at.clone()];
        let withheld = self.withheld();
        for (event, at) in events(source) {
            let says = matches!(event, Event::Text(_) | Event::Code(_));
            let before = withheld.partition_point(|link| link.start <= at.start);
            let link = before.checked_sub(1).map(|last| &withheld[last]);
            if !(says && link.is_some_and(|link| link.contains(&at.start))) {
                self.event(event);
            }
        }
        self.matrices();
        self.sections.retain(|section| !section.heading.is_empty() || !section.text.is_empty());
        for section in &mut self.sections {
            section.text.truncate(section.text.trim_end().len());
        }
        self.sections
    }

    fn out(&mut self) -> &mut String {
        &mut self.sections.last_mut().expect("the first section is always there").text
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

    fn space(&mut self) {
        let out = self.out();
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.fence.is_some() => self.raw.push_str(&text),
            Event::Text(text) if self.silent == 0 => {
                let text = self.edition.filled(self.document, &text);
                self.out().push_str(&text);
            }
            Event::Code(code) if self.silent == 0 => self.out().push_str(&code),
            Event::Html(html) => self.raw.push_str(&html),
            Event::SoftBreak | Event::HardBreak if self.silent == 0 => self.space(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.silent += 1,
            Tag::Link { link_type, .. } => {
                let bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                self.opened.push(bare);
                self.silent += usize::from(bare);
            }
            Tag::CodeBlock(kind) => {
                self.raw.clear();
                self.fence = Some(match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Tag::HtmlBlock => self.raw.clear(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                self.silent -= 1;
                self.heading(level as u8);
            }
            TagEnd::Link => self.end_link(),
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::HtmlBlock => self.html(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Image => {}
            _ => self.space(),
        }
    }

    /// Begins a section, unless the heading is the title over again.
    fn heading(&mut self, level: u8) {
        let Some(heading) = self.document.body.headings.get(self.headings) else { return };
        self.headings += 1;
        let text = self.edition.filled(self.document, &heading.text).into_owned();
        let title = self.document.title().split_whitespace();
        if level == 1 && self.sections.len() == 1 && title.eq(text.split_whitespace()) {
            return;
        }
        let slug = heading.slug.clone();
        self.sections.push(Section { slug, heading: text, text: String::new() });
    }

    /// What a link without words of its own shows; nothing of what these readers may not see.
    fn end_link(&mut self) {
        let Some(bare) = self.opened.pop() else { return };
        let index = self.links;
        self.links += 1;
        self.silent -= usize::from(bare);
        if self.silent == 0 && bare && !self.is_withheld(index) {
            let link = links::link(&self.writer, index, true);
            let [before, after] = &link.brackets;
            let text = format!("{before}{}{after}", link.text);
            self.out().push_str(&text);
        }
    }

    /// Links to what these readers may not see, by their places in the body: their own text would
    /// name it.
    fn withheld(&self) -> Vec<Range<usize>> {
        let body = self.document.body_at.start;
        let links = self.document.body.links.iter().enumerate();
        let hidden = links.filter(|(index, _)| self.is_withheld(*index));
        let mut places: Vec<Range<usize>> =
            hidden.map(|(_, link)| link.at.start - body..link.at.end - body).collect();
        places.sort_by_key(|place| place.start);
        places
    }

    fn is_withheld(&self, link: usize) -> bool {
        match self.edition.manual.graph.links[self.number].get(link) {
            Some(
                Ok(Target::Document(number, _))
                | Err(Dangling { why: Why::NoSection(number, _), .. }),
            ) => !self.edition.is_visible(*number),
            _ => false,
        }
    }

    /// Code as it stands; a generated table as its rows; of a drawing its labels.
    fn code_block(&mut self) {
        let info = self.fence.take().unwrap_or_default();
        let raw = std::mem::take(&mut self.raw);
        match info.split_whitespace().next() {
            Some("clausebook") => {
                let made = block::written(self.edition, self.number, "", &raw);
                self.part(&made.map_or_else(String::new, |made| search::said(&made.rows)));
            }
            Some("mermaid") => {
                let sign =
                    |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !"-.,:'".contains(c);
                let labels = raw.split(sign).map(|part| part.trim_matches(['-', '.', ':', ' ']));
                self.part(&labels.collect::<Vec<_>>().join(" "));
            }
            _ => self.part(&raw),
        }
    }

    /// The text between the tags of raw HTML.
    fn html(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let all = 0..raw.len();
        for piece in of_body(&raw, &[all]) {
            if let Piece::Text(at) = piece {
                self.part(&plain(&raw[at]));
            }
        }
    }

    /// The page names the roles of a matrix by their titles.
    fn matrices(&mut self) {
        for matrix in &self.document.matrices {
            let mut titles = String::new();
            for role in &matrix.roles {
                let typed = self.edition.filled(self.document, &role.text);
                let shown = self.edition.role("", &typed).text;
                if shown != typed {
                    titles.extend([" ", shown.as_str()]);
                }
            }
            let place = self.sections.iter_mut().find(|one| one.slug == matrix.section);
            if let Some(section) = place {
                section.text.push_str(&titles);
            }
        }
    }
}

/// Text of raw HTML with its entities read.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let end = rest[1..].find(|c| !is_part(c)).map_or(rest.len(), |n| n + 1);
        let end = end + usize::from(rest[end..].starts_with(';'));
        for event in Parser::new(&rest[..end]) {
            if let Event::Text(text) = event {
                out.push_str(&text);
            }
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn entities_of_raw_html_are_read() {
        assert_eq!(super::plain("&Uuml;ber &amp; &#x41; &nosuch; &"), "Über & A &nosuch; &");
    }
}
