//! A body to HTML: the Markdown is read a second time, with every link already followed, every
//! heading already addressed, and every matrix already understood.
//!
//! Comes in: a document and the [`Edition`]. Goes out: [`Body`]: HTML in parts, with the
//! generated tables between them left to the templates.

mod drawing;
mod links;
mod matrix;
mod notes;
mod plain;
mod raw;
mod sanitize;
mod sections;
mod tables;
mod writer;

use memchr::memmem;

use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::view::block::Block;

pub(super) use links::shown;
pub(super) use plain::text;

/// A body as a page shows it.
pub(super) struct Body {
    /// Its parts, in order.
    pub(super) parts: Vec<Part>,
    /// Its sections of the first level.
    pub(super) contents: Vec<ContentsLine>,
    /// Its first sentence, or that of its purpose, as plain text.
    pub(super) lead: Option<String>,
    /// The address of the heading that was left out because it repeats the title.
    pub(super) anchor: Option<String>,
    /// The number of the last section of the first level.
    pub(super) sections: usize,
}

/// A piece of a body.
pub(super) enum Part {
    /// HTML that is safe as it stands.
    Html(String),
    /// A generated table or list.
    Block(Block),
}

/// A line of the contents.
pub(super) struct ContentsLine {
    /// The number of the section; empty when its heading brings its own.
    pub(super) number: String,
    /// Its heading.
    pub(super) text: String,
    /// Its address on the page.
    pub(super) slug: String,
}

/// Writes the body of a document, for a page whose top is `root`.
pub(super) fn body(edition: &Edition<'_>, number: DocumentNumber, root: &str) -> Body {
    let document = edition.document(number);
    let text = &document.text[document.body_at.clone()];
    let marks = if document.body.html.is_empty() {
        sanitize::Marks::plain()
    } else {
        sanitize::Marks::of(text)
    };
    let mut written = writer::Writer::new(edition, number, root, &marks).run();
    let html = if marks.prefix.is_empty() {
        std::mem::take(&mut written.html)
    } else {
        sanitize::clean(&written.html, &marks)
    };
    Body {
        parts: split(&html, &marks.slot, written.slots),
        contents: written.contents,
        lead: written.lead,
        anchor: written.anchor,
        sections: written.sections,
    }
}

/// A generated part that waits for its place.
enum Slot {
    /// HTML that must not be cleaned: it is ours alone.
    Html(String),
    /// A block.
    Block(Block),
}

/// Puts generated parts where their placeholders stand: `{slot}{number};`.
fn split(html: &str, slot: &str, slots: Vec<Slot>) -> Vec<Part> {
    let mut slots: Vec<Option<Slot>> = slots.into_iter().map(Some).collect();
    let mut parts = Vec::new();
    let mut open = String::with_capacity(html.len());
    let starts: Vec<usize> = memmem::find_iter(html.as_bytes(), slot).collect();
    open.push_str(&html[..starts.first().copied().unwrap_or(html.len())]);
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(html.len());
        let piece = &html[start + slot.len()..end];
        let (number, rest) = piece.split_once(';').unwrap_or(("", piece));
        let found = number.parse().ok().and_then(|n: usize| slots.get_mut(n)?.take());
        match found {
            Some(Slot::Html(own)) => open.push_str(&own),
            Some(Slot::Block(block)) => {
                parts.push(Part::Html(std::mem::take(&mut open)));
                parts.push(Part::Block(block));
            }
            None => {}
        }
        open.push_str(rest);
    }
    parts.push(Part::Html(open));
    // A template tells a part of HTML by its having any.
    parts.retain(|part| !matches!(part, Part::Html(html) if html.is_empty()));
    parts
}

/// The first sentence of a paragraph.
fn sentence(text: &str) -> &str {
    const SHORT: [&str; 9] = ["e.g", "i.e", "etc", "no", "cf", "approx", "incl", "vs", "resp"];
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let ends = matches!(letter, '.' | '!' | '?');
        let last = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if !ends || !last {
            continue;
        }
        let word = text[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next();
        let word = word.unwrap_or_default().to_lowercase();
        if letter == '.' && (SHORT.contains(&word.as_str()) || word.chars().count() == 1) {
            continue;
        }
        return &text[..=at];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_sentence_ends_where_it_ends() {
        assert_eq!(sentence("One, e.g. this. Two."), "One, e.g. this.");
        assert_eq!(
            sentence("ISO 20000-1:2018 clause 8.6.1 asks. More"),
            "ISO 20000-1:2018 clause 8.6.1 asks."
        );
        assert_eq!(sentence("No end"), "No end");
        assert_eq!(sentence("Signed by J. Okafor today. x"), "Signed by J. Okafor today.");
    }
}
