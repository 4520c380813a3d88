//! Raw HTML to its tags, each with its place: enough to say what will not get onto a page.
//!
//! Tolerant, as browsers are: a tag that never ends, ends with the text. Cleaning itself is not
//! done here; [`ELEMENTS`] is what both the finding and the cleaning go by.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

/// Elements that may stand in a body. No pictures, forms, frames or embeds: an author has
/// Markdown for pictures and no use for the rest.
pub const ELEMENTS: [&str; 60] = [
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
];

/// Elements whose content is not text: it ends at their closing tag and nowhere else.
const RAW: [&str; 8] =
    ["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"];

/// Elements that hold nothing, or that end by themselves where the next one begins.
const SHORT: [&str; 18] = [
    "br", "hr", "col", "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot",
    "caption", "colgroup", "rp", "rt", "img",
];

/// How deep elements of raw HTML may stand in one another. What browsers and cleaners do takes the
/// square of the depth, so a few hundred kilobytes of `<div>` would take them minutes.
pub const MAX_DEPTH: usize = 100;

/// Follows the tags of `text` from a depth on; answers where the first one stands that is deeper
/// than `most`.
pub fn too_deep(text: &str, depth: &mut usize, most: usize) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|at| {
        let tag = &text[at + 1..];
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |rest| (true, rest));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        if !name.is_empty() && !SHORT.contains(&name.as_str()) {
            *depth = if closes { depth.saturating_sub(1) } else { *depth + 1 };
        }
        *depth > most
    })
}

/// A part of a piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// `<name …>`.
    Open(Tag),
    /// Text between tags.
    Text(Range<usize>),
    /// A declaration, an instruction or a section of characters: `<!…>`, `<?…>`, `<![CDATA[…]]>`.
    Dropped(Range<usize>),
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// From `<` to `>`.
    pub at: Range<usize>,
    /// Its name.
    pub name: Range<usize>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
}

/// An attribute of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Range<usize>,
    /// Its value, without quotes; empty when it has none.
    pub value: Range<usize>,
}

/// The raw HTML of a body, whose `ranges` are met line by line while a tag may go over several:
/// what only white space or the signs of a quotation separate is read as one.
pub fn of_body(text: &str, ranges: &[Range<usize>]) -> Vec<Piece> {
    let blank = |between: &str| between.bytes().all(|b| b.is_ascii_whitespace() || b == b'>');
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for at in ranges {
        match blocks.last_mut() {
            Some(last) if text.get(last.end..at.start).is_some_and(blank) => last.end = at.end,
            _ => blocks.push(at.clone()),
        }
    }
    blocks.into_iter().flat_map(|at| read(text, at)).collect()
}

/// The opening tags, what a browser drops, and the text between them, in `range` of `text`. Comments,
/// closing tags and the content of scripts are left out.
fn read(text: &str, range: Range<usize>) -> Vec<Piece> {
    let mut reader = Reader { text, at: range.start, end: range.end };
    let mut pieces = Vec::new();
    let mut words = range.start;
    while let Some(open) = text[reader.at..range.end].find('<').map(|n| reader.at + n) {
        reader.at = open;
        let rest = &text[open..range.end];
        let next = rest.as_bytes().get(1).copied().unwrap_or_default();
        if !(next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')) {
            // A plain sign, part of the text.
            reader.at = open + 1;
            continue;
        }
        if words < open {
            pieces.push(Piece::Text(words..open));
        }
        if next.is_ascii_alphabetic() {
            let tag = reader.tag();
            reader.skip_raw(&text[tag.name.clone()]);
            pieces.push(Piece::Open(tag));
        } else {
            let comment = rest.starts_with("<!--");
            reader.skip_past(if comment { "-->" } else { ">" });
            if next != b'/' && !comment {
                pieces.push(Piece::Dropped(open..reader.at));
            }
        }
        words = reader.at;
    }
    if words < range.end {
        pieces.push(Piece::Text(words..range.end));
    }
    pieces
}

/// Text of raw HTML with its entities read.
pub fn words(text: &str) -> String {
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

/// All tags in `range` of a text, closing ones too, whose names then begin with `/`.
pub(super) fn tags(text: &str, range: Range<usize>) -> impl Iterator<Item = Tag> {
    let mut reader = Reader { text, at: range.start, end: range.end };
    std::iter::from_fn(move || {
        loop {
            reader.at += text[reader.at..range.end].find('<')?;
            let mut next = text[reader.at + 1..range.end].bytes();
            let first = next.next()?;
            if first.is_ascii_alphabetic()
                || first == b'/' && next.next().is_some_and(|byte| byte.is_ascii_alphabetic())
            {
                return Some(reader.tag());
            }
            reader.at += 1;
        }
    })
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes()[..self.end].get(self.at).copied()
    }

    /// The bytes up to the first of which `stop` holds.
    fn until(&mut self, stop: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.at;
        while self.peek().is_some_and(|byte| !stop(byte)) {
            self.at += 1;
        }
        start..self.at
    }

    fn skip_past(&mut self, mark: &str) {
        let rest = &self.text[self.at..self.end];
        self.at += rest.find(mark).map_or(rest.len(), |n| n + mark.len());
    }

    fn tag(&mut self) -> Tag {
        let start = self.at;
        self.at += 1;
        let closes = usize::from(self.peek() == Some(b'/'));
        self.at += closes;
        let name = self.until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
        let name = name.start - closes..name.end;
        let mut attributes = Vec::new();
        loop {
            self.until(|byte| !byte.is_ascii_whitespace() && byte != b'/');
            match self.peek() {
                None => break,
                Some(b'>') => {
                    self.at += 1;
                    break;
                }
                Some(_) => attributes.push(self.attribute()),
            }
        }
        Tag { at: start..self.at, name, attributes }
    }

    fn attribute(&mut self) -> Attribute {
        let start = self.at;
        // A `=` at the very start is part of the name, so that every attribute has one.
        self.at += 1;
        self.until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='));
        let name = start..self.at;
        let after = self.at;
        self.until(|byte| !byte.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            self.at = after;
            return Attribute { name, value: after..after };
        }
        self.at += 1;
        self.until(|byte| !byte.is_ascii_whitespace());
        let value = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.until(|byte| byte == quote);
                self.at = (self.at + 1).min(self.end);
                value
            }
            _ => self.until(|byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        Attribute { name, value }
    }

    /// Skips the content of an element that holds no text, up to its closing tag.
    fn skip_raw(&mut self, name: &str) {
        let Some(name) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) else { return };
        let bytes = &self.text.as_bytes()[..self.end];
        while let Some(open) = bytes[self.at..].windows(2).position(|two| two == b"</") {
            self.at += open + 2;
            let closing = bytes.get(self.at..self.at + name.len());
            if closing.is_some_and(|closing| closing.eq_ignore_ascii_case(name.as_bytes())) {
                self.skip_past(">");
                return;
            }
        }
        self.at = self.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let slice = |at: &Range<usize>| text[at.clone()].to_owned();
        read(text, 0..text.len())
            .iter()
            .map(|piece| match piece {
                Piece::Text(at) | Piece::Dropped(at) => slice(at),
                Piece::Open(tag) => {
                    let attributes = tag.attributes.iter();
                    let attributes = attributes
                        .map(|one| format!(" {}={}", slice(&one.name), slice(&one.value)));
                    format!("<{}{}>", slice(&tag.name), attributes.collect::<String>())
                }
            })
            .collect()
    }

    #[test]
    fn tags_attributes_and_text_are_told_apart() {
        let text = "a <B title = 'x > y' open/>b</b> 1 < 2 <!-- <i> --><br>c";
        assert_eq!(shown(text), ["a ", "<B title=x > y open=>", "b", " 1 < 2 ", "<br>", "c"]);
    }

    #[test]
    fn entities_are_read() {
        assert_eq!(words("&Uuml;ber &amp; &#x41; &nosuch; &"), "Über & A &nosuch; &");
    }

    #[test]
    fn the_content_of_a_script_is_no_text() {
        let text = "<script>if (a</b>) '<i>'</SCRIPT >x<style>y";
        assert_eq!(shown(text), ["<script>", "x", "<style>"]);
    }

    #[test]
    fn what_never_ends_ends_with_the_text() {
        for text in [
            "<a",
            "<a ü",
            "<ü a",
            "<a href",
            "<a href=",
            "<a href='x",
            "<!--",
            "<",
            "</",
            "<script></",
            "ü<ü",
        ] {
            read(text, 0..text.len());
        }
        assert_eq!(shown("<a href=x"), ["<a href=x>"]);
    }
}
