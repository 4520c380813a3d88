//! A body to HTML: a small writer over its tree.
//!
//! Comes in: [`Content`] and the [`Edition`], which knows addresses. Goes out: [`Body`]: HTML in
//! parts, with the generated tables between them left to the templates. Each file writes one kind of
//! node and imports those that write what it holds: `blocks` `tables`, `matrix` and `drawing`, these
//! `inline`, and all of them `out`.

mod blocks;
mod drawing;
mod inline;
mod matrix;
mod out;
mod sanitize;
mod tables;

use memchr::memmem;

use crate::content::Content;
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::render::view::block::Block;
use out::{Out, Slot};

/// A body as a page shows it.
pub(super) struct Body {
    /// Its parts, in order.
    pub(super) parts: Vec<Part>,
    /// Whether there is a drawing in it.
    pub(super) has_drawings: bool,
}

/// A piece of a body.
pub(super) enum Part {
    /// HTML that is safe as it stands.
    Html(String),
    /// A generated table or list.
    Block(Block),
}

/// Writes the body of a document, for a page whose top is `root`.
pub(super) fn body(
    edition: &Edition<'_>,
    number: DocumentNumber,
    root: Root,
    content: &Content<'_>,
) -> Body {
    let document = edition.document(number);
    let text = &document.text[document.body_at.clone()];
    let marks = if document.body.html.is_empty() {
        sanitize::Marks::plain()
    } else {
        sanitize::Marks::of(text)
    };
    let mut out = Out::new(edition, number, root, &marks, text.len() * 2);
    blocks::content(&mut out, content);
    let (html, slots) = out.done();
    let html = if marks.is_plain() { html } else { sanitize::clean(&html, &marks) };
    split(&html, &marks.slot, slots)
}

/// Puts generated parts where their placeholders stand: `{slot}{number};`.
fn split(html: &str, slot: &str, slots: Vec<Slot>) -> Body {
    let mut has_drawings = false;
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
            Some(Slot::Drawing(own)) => {
                has_drawings = true;
                open.push_str(&own);
            }
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
    Body { parts, has_drawings }
}
