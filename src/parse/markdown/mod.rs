//! A Markdown body to what the checks need of it: outline, links, pictures, tables, fences,
//! marks and raw HTML, each with its place in the whole file.
//!
//! What is *not* kept is the text itself and its events: a rendered page reads the body again,
//! which is cheaper than holding ten thousand event lists in memory. [`events`] is what both
//! readings share.
//!
//! Longer than most: one pass over the events fills all parts of a body.

mod definitions;
mod numbers;

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Tag, TagEnd};

use super::anchors::{self, Anchor};
use super::events::events;
use super::html::{self, Piece};
use crate::text::{fitted, slug};
use definitions::Definitions;
pub use definitions::folded;
pub use numbers::Numbered;
use numbers::Numbers;

/// What a body holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// All headings in order.
    pub headings: Vec<Heading>,
    /// All links, wiki links among them.
    pub links: Vec<Link>,
    /// All pictures.
    pub images: Vec<Link>,
    /// All tables.
    pub tables: Vec<Table>,
    /// All fenced blocks that have an info string.
    pub fences: Vec<Fence>,
    /// All `{{ … }}` outside code.
    pub marks: Vec<Mark>,
    /// Raw HTML, block or inline, as byte ranges.
    pub html: Vec<Range<usize>>,
    /// Targets of fragments in it.
    pub anchors: Vec<Anchor>,
    /// Blocks of code, fenced or indented.
    pub code: Vec<Run>,
    /// Runs of prose (paragraphs, items, cells, headings) outside code, in order.
    pub prose: Vec<Run>,
    /// What `[label]: …` and `[^label]: …` define.
    pub definitions: Vec<Definition>,
    /// Items of lists that are shown with another number than they were given, a list each.
    pub renumbered: Vec<Vec<Numbered>>,
    /// Each `**` that stayed text, in order.
    pub asterisks: Vec<usize>,
    /// Where something begins that stands deeper than [`DEEPEST`].
    pub too_deep: Option<usize>,
    /// Words of the whole body.
    pub words: usize,
}

/// Quotations, lists, items and emphasis within each other. What stands deeper is shown beside what
/// holds it.
pub const DEEPEST: usize = 100;

/// A run of text: a byte range of its file. A document has hundreds, and no file that is read is so
/// large that half the room of a [`Range`] would not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    start: u32,
    end: u32,
}

impl Run {
    fn new(range: Range<usize>) -> Self {
        let cut = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Run { start: cut(range.start), end: cut(range.end) }
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Its address on the page, unique in the document.
    pub slug: String,
    /// The whole heading line.
    pub at: Range<usize>,
    /// Classes given as `{.raci}`.
    pub classes: Vec<String>,
    /// Topics it says that it covers: `{covers=escalation,closure}`.
    pub covers: Vec<String>,
    /// Why it covers more than a few, when it says so: `{covers=a,b,c,d why=one-table-for-all}`.
    pub why: Option<String>,
    /// Words up to the next heading of any level.
    pub words: usize,
    /// Whether something other than words stands there (a table, a picture, a fence).
    pub figures: bool,
}

/// A link or a picture as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The whole link.
    pub at: Range<usize>,
    /// Its target within it; the whole link where the target stands elsewhere.
    pub target_at: Range<usize>,
    /// The target as written.
    pub target: String,
    /// The text that shows; of a picture, its alternative text.
    pub text: String,
    /// Whether it was written `[[…]]`.
    pub wiki: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The whole table.
    pub at: Range<usize>,
    /// The heading it stands under, as an index into [`Body::headings`].
    pub heading: Option<usize>,
    /// The head row.
    pub head: Vec<Cell>,
    /// The other rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its text without markup, trimmed.
    pub text: String,
    /// Its place, without the white space and bars around it; between the bars when empty.
    pub at: Range<usize>,
}

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The whole block.
    pub at: Range<usize>,
    /// The info string.
    pub info: String,
    /// Its content.
    pub content_at: Range<usize>,
    /// Its content without the signs of the quotation or the list that it stands in, where it does.
    inner: Option<Box<str>>,
}

impl Fence {
    /// The first word of its info string: the language.
    pub fn word(&self) -> &str {
        self.info.split_whitespace().next().unwrap_or_default()
    }

    /// Its content in a text, without the signs of what it stands in.
    pub fn content<'t>(&'t self, text: &'t str) -> &'t str {
        self.inner.as_deref().unwrap_or(&text[self.content_at.clone()])
    }
}

/// What a link by reference or a mark of a footnote may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Where it begins, with its label: `[label]:`.
    pub at: Run,
    /// Its label, in small letters, with single blanks.
    pub label: String,
    /// Whether it is a footnote.
    pub footnote: bool,
    /// Whether anything in the body names it.
    pub used: bool,
}

/// A `{{ … }}` in the text: a variable, or a decision to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Braces included.
    pub at: Range<usize>,
    /// What stands between the braces, trimmed.
    pub inner: String,
}

impl Body {
    /// The ids of its anchors that fragments may lead to.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        let targets = self.anchors.iter().filter(|anchor| anchor.taken_by.is_none());
        targets.map(|anchor| anchor.id.as_str())
    }

    /// Whether nothing stands under a heading: no words, no table or picture, and no section
    /// below it that has any.
    pub fn is_empty_section(&self, index: usize) -> bool {
        let level = self.headings[index].level;
        let below = self.headings[index + 1..].iter().take_while(|heading| heading.level > level);
        let says = |heading: &Heading| heading.words > 0 || heading.figures;
        !says(&self.headings[index]) && !below.into_iter().any(says)
    }
}

impl Mark {
    /// The decision to be taken, when it reads `decide: …`.
    pub fn decision(&self) -> Option<&str> {
        self.inner.strip_prefix("decide:").map(str::trim)
    }
}

/// The Markdown that we read: `CommonMark` with tables, footnotes, strikethrough, task lists,
/// heading attributes, wiki links and GitHub alerts. [`events`] adds bare addresses and definition
/// lists.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_GFM
}

/// Reads the Markdown in `range` of `text`; places are those of the whole `text`.
pub fn read(text: &str, range: Range<usize>) -> Body {
    let source = &text[range.clone()];
    let mut reader = Reader::new(text, range.start);
    reader.definitions = Definitions::of(source, range.start);
    for (event, at) in events(source) {
        let at = range.start + at.start..range.start + at.end;
        reader.definitions.event(text, &event, &at);
        reader.event(event, at);
    }
    reader.body.definitions = reader.definitions.done(text, range.end);
    let renumbered = std::mem::take(&mut reader.numbers.found);
    reader.address();
    reader.raw_words();
    let Body {
        headings, links, images, tables, fences, marks, html, code, prose, asterisks, ..
    } = reader.body;
    let (definitions, words) = (reader.body.definitions, reader.body.words);
    let too_deep = reader.body.too_deep;
    let anchors = anchors::of_body(text, &html, &headings);
    Body {
        anchors: fitted(anchors),
        headings: fitted(headings),
        links: fitted(links),
        images: fitted(images),
        tables: fitted(tables),
        fences: fitted(fences),
        marks: fitted(marks),
        html: fitted(html),
        code: fitted(code),
        prose: fitted(prose),
        renumbered: fitted(renumbered),
        asterisks: fitted(asterisks),
        definitions: fitted(definitions),
        too_deep,
        words,
    }
}

/// The marks `{{ … }}` in `range` of `text`.
pub fn marks(text: &str, range: Range<usize>) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut from = range.start;
    let bytes = text.as_bytes();
    while let Some(open) = memmem::find(&bytes[from..range.end], b"{{").map(|at| from + at) {
        let close = memmem::find(&bytes[open..range.end], b"}}").map(|at| open + at + 2);
        let Some(close) = close else { break };
        let inner = text[open + 2..close - 2].trim().to_owned();
        found.push(Mark { at: open..close, inner });
        from = close;
    }
    found
}

/// Gives each heading of a document its address, as git hosts do: the second `Scope` is
/// `scope-1`. An id that an author gives wins, wherever in the document it stands.
#[derive(Default)]
pub struct Slugs {
    taken: BTreeMap<String, usize>,
}

impl Slugs {
    /// Keeps an id that an author has given to a heading, so that no other gets it. Tells whether
    /// it was free.
    pub fn keep(&mut self, given: &str) -> bool {
        self.taken.insert(given.to_owned(), 0).is_none()
    }

    /// The address of a heading that has none of its own yet.
    pub fn next(&mut self, base: String) -> String {
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let mut slug = base.clone();
        while self.taken.contains_key(&slug) {
            let count = self.taken.entry(base.clone()).or_default();
            *count += 1;
            slug = format!("{base}-{count}");
        }
        self.taken.insert(slug.clone(), 0);
        slug
    }
}

/// Whether something holds what an author may put within each other without end.
fn nests(tag: &Tag<'_>) -> bool {
    let is_mark = matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough);
    is_mark || matches!(tag, Tag::BlockQuote(_) | Tag::List(_))
}

struct Reader<'t> {
    text: &'t str,
    offset: usize,
    body: Body,
    definitions: Definitions,
    numbers: Numbers,
    /// Text gathered for the innermost thing that wants it.
    heading: Option<Heading>,
    links: Vec<Link>,
    table: Option<Table>,
    cell: Option<Cell>,
    in_head: bool,
    in_code: bool,
    /// The content of the fence that is open, as it reads.
    fence: Option<String>,
    prose: Option<Range<usize>>,
    /// How much is open around the next event.
    depth: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, offset: usize) -> Self {
        Reader {
            text,
            offset,
            body: Body::default(),
            definitions: Definitions::default(),
            numbers: Numbers::default(),
            heading: None,
            links: Vec::new(),
            table: None,
            cell: None,
            in_head: false,
            in_code: false,
            fence: None,
            prose: None,
            depth: 0,
        }
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => {
                if self.depth >= DEEPEST && nests(&tag) {
                    self.body.too_deep.get_or_insert(at.start);
                }
                self.depth += 1;
                self.start(tag, at);
            }
            Event::End(tag) => {
                self.depth -= 1;
                self.end(tag, &at);
            }
            Event::Text(words) => self.words(&words, at, false),
            Event::Code(words) => self.words(&words, at, true),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.flush_prose();
                self.body.html.push(at);
            }
            Event::SoftBreak | Event::HardBreak => self.gather(" "),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Heading { level, id, classes, attrs } => {
                let covers = attrs.iter().filter(|(key, _)| key.as_ref() == "covers");
                let why = attrs.iter().find(|(key, _)| key.as_ref() == "why");
                self.heading = Some(Heading {
                    level: level as u8,
                    text: String::new(),
                    slug: id.map(|id| id.to_string()).unwrap_or_default(),
                    at: trimmed(self.text, at),
                    classes: classes.iter().map(CowStr::to_string).collect(),
                    covers: covers.flat_map(|(_, value)| list_of(value.as_deref())).collect(),
                    why: why.map(|(_, value)| value.as_deref().unwrap_or_default().to_owned()),
                    words: 0,
                    figures: false,
                });
            }
            Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. } => {
                self.flush_prose();
                // In a table a bar has to be escaped, and the parser leaves the sign in the target.
                let dest = dest_url.strip_suffix('\\').filter(|_| self.cell.is_some());
                self.links.push(link(self.text, at, link_type, dest.unwrap_or(&dest_url)));
            }
            Tag::Table(_) => {
                self.figure();
                let heading = self.body.headings.len().checked_sub(1);
                let at = trimmed(self.text, at);
                self.table = Some(Table { at, heading, head: Vec::new(), rows: Vec::new() });
            }
            Tag::List(first) => self.numbers.open(first),
            Tag::Item => self.numbers.item(self.text, &at),
            Tag::TableHead => self.in_head = true,
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::with_capacity(table.head.len()));
                }
            }
            Tag::TableCell => {
                self.flush_prose();
                self.cell = Some(Cell { text: String::new(), at: cell_at(self.text, at) });
            }
            Tag::CodeBlock(kind) => {
                self.flush_prose();
                self.figure();
                self.in_code = true;
                self.body.code.push(Run::new(trimmed(self.text, at.clone())));
                if let CodeBlockKind::Fenced(info) = kind
                    && !info.is_empty()
                {
                    let content_at = fence_content(self.text, &at);
                    let info = info.to_string();
                    self.body.fences.push(Fence { at, info, content_at, inner: None });
                    self.fence = Some(String::new());
                }
            }
            _ => {}
        }
    }

    /// Gives each heading its address: those that have been given one keep it.
    fn address(&mut self) {
        let mut slugs = Slugs::default();
        let given = self
            .body
            .headings
            .iter_mut()
            .map(|heading| !heading.slug.is_empty() && slugs.keep(&heading.slug));
        let kept: Vec<bool> = given.collect();
        for (n, _) in kept.iter().enumerate().filter(|(_, kept)| !**kept) {
            let base = match std::mem::take(&mut self.body.headings[n].slug) {
                none if none.is_empty() => slug(&self.without_bare_links(&self.body.headings[n])),
                given => given,
            };
            self.body.headings[n].slug = slugs.next(base);
        }
    }

    /// Counts what raw HTML shows: a section that holds nothing else is not empty.
    fn raw_words(&mut self) {
        for piece in html::of_body(self.text, &self.body.html) {
            let Piece::Text(at) = piece else { continue };
            let count = shown_words(&self.text[at.clone()]);
            self.body.words += count;
            let above = self.body.headings.partition_point(|one| one.at.start <= at.start);
            if let Some(heading) = self.body.headings[..above].last_mut() {
                heading.words += count;
            }
        }
    }

    /// The text of a heading without links that have no words of their own: an address does not
    /// change with the id that such a link names, nor does it name a document to those who may
    /// not know of it.
    fn without_bare_links(&self, heading: &Heading) -> String {
        let mut text = heading.text.clone();
        let first = self.body.links.partition_point(|link| link.at.start < heading.at.start);
        let within = self.body.links[first..].iter();
        for link in within.take_while(|link| link.at.start < heading.at.end) {
            if link.wiki && link.text == link.target {
                text = text.replacen(&link.text, " ", 1);
            }
        }
        if text == heading.text {
            return text;
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn end(&mut self, tag: TagEnd, at: &Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush_prose();
                if let Some(mut heading) = self.heading.take() {
                    heading.text.truncate(heading.text.trim_end().len());
                    self.body.headings.push(heading);
                }
            }
            TagEnd::Link | TagEnd::Image => {
                self.flush_prose();
                if let Some(link) = self.links.pop() {
                    if let Some(outer) = self.links.last_mut() {
                        outer.text.push_str(&link.text);
                    }
                    let list = match tag {
                        TagEnd::Image => &mut self.body.images,
                        _ => &mut self.body.links,
                    };
                    list.push(link);
                }
                if tag == TagEnd::Image {
                    self.figure();
                }
            }
            TagEnd::TableCell => {
                self.flush_prose();
                let (Some(mut cell), Some(table)) = (self.cell.take(), &mut self.table) else {
                    return;
                };
                if cell.text.starts_with(char::is_whitespace)
                    || cell.text.ends_with(char::is_whitespace)
                {
                    cell.text = cell.text.trim().into();
                }
                let row = if self.in_head { Some(&mut table.head) } else { table.rows.last_mut() };
                if let Some(row) = row {
                    row.push(cell);
                }
            }
            TagEnd::TableHead => {
                self.in_head = false;
                if let Some(table) = &mut self.table {
                    table.head = fitted(std::mem::take(&mut table.head));
                }
            }
            TagEnd::Table => {
                let table = self.table.take();
                self.body.tables.extend(table.map(|it| Table { rows: fitted(it.rows), ..it }));
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.flush_prose();
                self.numbers.close();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            _ => {
                debug_assert!(at.start >= self.offset);
                self.flush_prose();
            }
        }
    }

    /// A block of code has ended.
    fn end_code(&mut self) {
        self.in_code = false;
        if let (Some(read), Some(fence)) = (self.fence.take(), self.body.fences.last_mut())
            && read != self.text[fence.content_at.clone()]
        {
            fence.inner = Some(read.into());
        }
    }

    /// Text of any kind: counted, gathered, and remembered as prose unless it is code.
    fn words(&mut self, words: &str, at: Range<usize>, code: bool) {
        self.gather(words);
        if self.heading.is_none() {
            let count = count_of_words(words);
            self.body.words += count;
            if let Some(heading) = self.body.headings.last_mut() {
                heading.words += count;
            }
        }
        if self.in_code || code {
            if let Some(fence) = &mut self.fence {
                fence.push_str(words);
            }
            self.flush_prose();
            return;
        }
        self.body.marks.extend(marks(self.text, at.clone()));
        if words.contains("**") {
            let stars = memmem::find_iter(self.text[at.clone()].as_bytes(), b"**");
            self.body.asterisks.extend(stars.map(|n| at.start + n));
        }
        self.prose = Some(match self.prose.take() {
            Some(run) if at.start >= run.start => run.start..at.end,
            _ => at,
        });
    }

    /// Adds to whatever is open: a heading, a cell, a link's text.
    fn gather(&mut self, words: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(words);
        }
        if let Some(cell) = &mut self.cell {
            cell.text.push_str(words);
        }
        if let Some(link) = self.links.last_mut() {
            link.text.push_str(words);
        }
    }

    fn figure(&mut self) {
        if let Some(heading) = self.body.headings.last_mut() {
            heading.figures = true;
        }
    }

    fn flush_prose(&mut self) {
        self.body.prose.extend(self.prose.take().map(Run::new));
    }
}

/// How many words there are, parted by white space; nearly all texts are ASCII, which is counted by
/// its bytes.
fn count_of_words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let bytes = text.as_bytes();
    let starts = bytes.windows(2).filter(|two| blank(&two[0]) && !blank(&two[1])).count();
    starts + usize::from(bytes.first().is_some_and(|byte| !blank(byte)))
}

/// How many words a text of raw HTML shows: signs of quotations and entities of blanks are none.
fn shown_words(text: &str) -> usize {
    let says = |word: &&str| {
        word.contains(char::is_alphanumeric) && !(word.starts_with('&') && word.ends_with(';'))
    };
    text.split_whitespace().filter(says).count()
}

/// `a,b` to its parts.
fn list_of(value: Option<&str>) -> Vec<String> {
    let value = value.unwrap_or_default().trim_matches('"');
    value.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn link(text: &str, at: Range<usize>, kind: LinkType, target: &str) -> Link {
    let wiki = matches!(kind, LinkType::WikiLink { .. });
    let source = &text[at.clone()];
    // The target stands last in an inline link and first in a wiki link. One that was written
    // with escapes, or elsewhere (a reference), is not found, and the whole link is shown.
    let found = if wiki {
        source.find(target)
    } else {
        source.rfind("](").and_then(|open| source[open..].find(target).map(|n| open + n))
    };
    let target_at = match found {
        Some(start) if !target.is_empty() => at.start + start..at.start + start + target.len(),
        _ => at.clone(),
    };
    Link { at, target_at, target: target.to_owned(), text: String::new(), wiki }
}

/// A cell's range without its bars and white space; an empty cell keeps one column to point at.
fn cell_at(text: &str, at: Range<usize>) -> Range<usize> {
    let raw = &text[at.clone()];
    let inner = raw.trim_start_matches(|c: char| c == '|' || c.is_whitespace());
    let start = at.end - inner.len();
    let end = start + inner.trim_end_matches(|c: char| c == '|' || c.is_whitespace()).len();
    if end > start {
        return start..end;
    }
    // Nothing but a bar and blanks: the blank after the bar is the place to write in.
    let blank = raw.find(|c: char| c != '|').map_or(at.start, |n| at.start + n);
    blank..(blank + 1).min(at.end)
}

/// The range without trailing white space.
fn trimmed(text: &str, at: Range<usize>) -> Range<usize> {
    at.start..at.start + text[at.clone()].trim_end().len()
}

/// What stands between the first and the last line of a fenced block.
fn fence_content(text: &str, at: &Range<usize>) -> Range<usize> {
    let source = &text[at.clone()];
    let start = source.find('\n').map_or(source.len(), |n| n + 1);
    let trimmed = source.trim_end();
    let last = trimmed.rfind('\n').map_or(0, |n| n + 1);
    let closed = trimmed[last..].trim_start().starts_with(['`', '~']) && last >= start;
    let end = if closed { last } else { source.len() };
    at.start + start.min(end)..at.start + end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Body {
        read(text, 0..text.len())
    }

    #[test]
    fn headings_have_addresses_classes_and_topics() {
        let text = "# Übung 🚒\n\n## Scope {.raci covers=a,b}\n\nTwo words\n\n## Scope {#given}\n\n## Scope\n";
        let body = body(text);
        let slugs: Vec<_> = body.headings.iter().map(|h| h.slug.as_str()).collect();
        assert_eq!(slugs, ["übung-", "scope", "given", "scope-1"]);
        assert_eq!(body.headings[1].classes, ["raci"]);
        assert_eq!(body.headings[1].covers, ["a", "b"]);
        assert_eq!(body.headings[1].words, 2);
        assert_eq!(&text[body.headings[3].at.clone()], "## Scope");
    }

    #[test]
    fn links_of_every_form_know_their_target() {
        let text = "[é](a%20b.md#x) [[PRC-01#y|text]] ![alt](p.png) [r][1]\n\n[1]: z.md\n";
        let body = body(text);
        let targets: Vec<_> =
            body.links.iter().map(|l| (&text[l.target_at.clone()], l.text.as_str())).collect();
        assert_eq!(targets, [("a%20b.md#x", "é"), ("PRC-01#y", "text"), ("[r][1]", "r")]);
        assert!(body.links[1].wiki);
        assert_eq!(body.images[0].text, "alt");
    }

    #[test]
    fn cells_are_cut_to_their_text() {
        let text = "## R\n\n| Activity | Rôle |\n|---|---|\n| **Log** it |  A/R  |\n| x |  |\n";
        let table = &body(text).tables[0];
        assert_eq!(table.head[1].text, "Rôle");
        assert_eq!(&text[table.rows[0][1].at.clone()], "A/R");
        assert_eq!(table.rows[0][0].text, "Log it");
        assert_eq!(table.rows[1][1].at.len(), 1);
    }

    #[test]
    fn words_are_counted_alike_in_every_script() {
        for text in ["", " ", "a", " a", "a\tb  c\n", "\u{b}a\u{c}b\r", "é\u{a0}b", "\u{1c}a b"] {
            assert_eq!(count_of_words(text), text.split_whitespace().count(), "{text:?}");
        }
    }

    #[test]
    fn marks_stand_in_prose_and_not_in_code() {
        let text = "Ask {{ organization.name }} or `{{ no }}`.\n\n{{ decide: *how* long }}\n";
        let body = body(text);
        let found: Vec<_> = body.marks.iter().map(|m| m.inner.as_str()).collect();
        assert_eq!(found[0], "organization.name");
        assert_eq!(&text[body.marks[0].at.clone()], "{{ organization.name }}");
    }
}
