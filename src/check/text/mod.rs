//! The words themselves: what is unfinished, vague, unknown or not fit for a page.

mod open_decision;
mod placeholder;
mod undefined_variable;
mod unknown_block;
mod unsafe_html;
mod weak_wording;

use std::ops::Range;

use super::Rule;
use crate::model::document::Document;
use crate::parse::html::{self, Piece};

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &placeholder::RULE,
    &open_decision::RULE,
    &undefined_variable::RULE,
    &weak_wording::RULE,
    &unsafe_html::RULE,
    &unknown_block::RULE,
];

/// The words in `range` of `text`: runs of letters and digits, of any script.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let bytes = &text.as_bytes()[..range.end];
    let mut at = range.start;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(|byte| in_word(*byte))?;
        let length = bytes[start..].iter().position(|byte| !in_word(*byte));
        at = length.map_or(bytes.len(), |length| start + length);
        Some(start..at)
    })
}

/// Whether a byte belongs to a word; every byte of a letter that is not ASCII does.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The raw HTML of a document. It is met line by line, and a tag may go over several: what only
/// white space or the signs of a quotation separate is read as one.
fn raw_html(document: &Document) -> Vec<Piece> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for at in &document.body.html {
        match blocks.last_mut() {
            Some(last) if is_blank(document.text.get(last.end..at.start)) => last.end = at.end,
            _ => blocks.push(at.clone()),
        }
    }
    blocks.into_iter().flat_map(|at| html::read(&document.text, at)).collect()
}

fn is_blank(between: Option<&str>) -> bool {
    between.is_some_and(|text| text.bytes().all(|b| b.is_ascii_whitespace() || b == b'>'))
}
