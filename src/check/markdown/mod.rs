//! Markdown that silently becomes something else: what an author wrote is shown as other text than
//! was meant, or is not shown.
//!
//! All of these rules look for a few signs in the bytes of a body first, and only where one stands
//! at what is around it.

mod accidental_heading;
mod broken_emphasis;
mod broken_table;
pub(super) mod converter_remains;
mod deep_nesting;
mod duplicate_anchor;
mod duplicate_definition;
mod foreign;
mod half_written_link;
mod hidden;
mod link_without_words;
mod list_number;
mod lost_cell;
mod markdown_in_html;
mod merge_conflict;
mod missing_cell;
mod missing_definition;
mod not_a_heading;
mod open_bar;
mod rows;
mod second_title;
mod skipped_level;
mod swallowed_heading;
mod title_differs;
mod typed_list;
mod unknown_mark;
mod unlinked_id;
mod unused_definition;

use std::ops::Range;

use memchr::memmem;

use super::Rule;
use crate::model::document::Document;
use crate::parse::markdown::{Run, Table};
use crate::text::floor_char;

pub(super) use hidden::hidden;
pub(super) use merge_conflict::{conflicts, touch};
pub(super) use unknown_mark::braces;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &merge_conflict::RULE,
    &broken_table::RULE,
    &lost_cell::RULE,
    &missing_cell::RULE,
    &open_bar::RULE,
    &half_written_link::RULE,
    &link_without_words::RULE,
    &missing_definition::RULE,
    &unused_definition::RULE,
    &duplicate_definition::RULE,
    &unlinked_id::RULE,
    &swallowed_heading::RULE,
    &markdown_in_html::RULE,
    &not_a_heading::RULE,
    &accidental_heading::RULE,
    &unknown_mark::RULE,
    &duplicate_anchor::RULE,
    &title_differs::RULE,
    &second_title::RULE,
    &skipped_level::RULE,
    &typed_list::RULE,
    &list_number::RULE,
    &deep_nesting::RULE,
    &broken_emphasis::RULE,
    &converter_remains::RULE,
];

/// Where these bytes stand in the body of a document.
fn signs<'d>(document: &'d Document, sign: &'d [u8]) -> impl Iterator<Item = usize> + 'd {
    let body = document.body_at.clone();
    let text = document.text.get(body.clone()).unwrap_or_default();
    memmem::find_iter(text.as_bytes(), sign).map(move |at| body.start + at)
}

/// The run of a list that holds a byte.
fn run_at(runs: &[Run], at: usize) -> Option<Range<usize>> {
    let n = runs.partition_point(|run| run.range().end <= at);
    runs.get(n).map(|run| run.range()).filter(|run| run.start <= at)
}

/// Whether a byte stands in prose: in no code, no HTML and no address.
fn in_prose(document: &Document, at: usize) -> bool {
    run_at(&document.body.prose, at).is_some()
}

/// The table that a byte stands in.
fn table_at(document: &Document, at: usize) -> Option<&Table> {
    let tables = &document.body.tables;
    tables.get(tables.partition_point(|table| table.at.end <= at)).filter(|one| one.at.start <= at)
}

/// Whether a byte stands in a heading.
fn in_heading(document: &Document, at: usize) -> bool {
    let headings = &document.body.headings;
    let n = headings.partition_point(|heading| heading.at.end <= at);
    headings.get(n).is_some_and(|heading| heading.at.start <= at)
}

/// The line that a byte stands in, without its end.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    start..start + text[start..end].trim_end_matches('\r').len()
}

/// How far around a byte is looked where a line may hold thousands of signs: what is longer is no
/// line that somebody typed, and looking at all of it each time would take for ever.
const REACH: usize = 2048;

/// What is near a byte in its line.
fn near(text: &str, at: usize) -> Range<usize> {
    let from = ceil_char(text, at.saturating_sub(REACH));
    let to = floor_char(text, at + REACH);
    let start = text[from..at].rfind('\n').map_or(from, |end| from + end + 1);
    let end = text[at..to].find('\n').map_or(to, |end| at + end);
    start..at + text[at..end].trim_end_matches('\r').len()
}

fn ceil_char(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The line before one.
fn line_before(text: &str, of: &Range<usize>) -> Option<Range<usize>> {
    of.start.checked_sub(1).map(|end| line(text, end))
}

/// The line after one.
fn line_after(text: &str, of: &Range<usize>) -> Option<Range<usize>> {
    let next = text[of.end..].find('\n').map(|end| of.end + end + 1)?;
    (next < text.len()).then(|| line(text, next))
}

/// How much of a line's beginning is white space and signs of quotations.
fn lead(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '>']).len()
}

/// Whether nothing but white space and the signs of quotations and items stands before a byte in
/// its line.
fn opens_line(text: &str, at: usize) -> bool {
    let before = &text[near(text, at).start..at];
    let rest = before.trim_start_matches([' ', '\t', '>']);
    let bare = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let marks = if bare.len() < rest.len() { [".", ")", "."] } else { ["-", "*", "+"] };
    rest.is_empty()
        || marks.iter().any(|mark| bare.strip_prefix(mark).is_some_and(|end| end.trim().is_empty()))
            && rest.ends_with([' ', '\t'])
}

/// Whether a sign is preceded by a backslash that takes its meaning from it.
fn is_escaped(text: &str, at: usize) -> bool {
    let before = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
    before % 2 == 1
}

/// Whether a letter or a digit stands right before a byte: what follows is part of a word.
fn in_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Whether a text reads as an address or a path: something that a link may lead to.
fn is_address(text: &str) -> bool {
    const LONGEST: usize = 300;
    const ENDS: [&str; 8] = [".md", ".html", ".htm", ".pdf", ".docx", ".xlsx", ".png", ".svg"];
    let starts = ["http://", "https://", "mailto:", "./", "../", "#", "www."];
    if starts.iter().any(|start| text.starts_with(start) && text.len() > start.len()) {
        return true;
    }
    // What is longer is a line without blanks, and is looked at for each of its brackets.
    if text.len() > LONGEST {
        return false;
    }
    let path = text.split(['#', '?']).next().unwrap_or_default().to_ascii_lowercase();
    ENDS.iter().any(|end| path.ends_with(end) && path.len() > end.len())
}

/// A text as it may be quoted in a headline.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}
