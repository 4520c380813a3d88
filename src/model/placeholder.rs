//! Placeholder text: what a template or a hurried author left to be filled in.
//!
//! Coverage asks whether a document holds any, and a rule points at each.

use std::ops::Range;

use crate::parse::html::{self, Piece};
use crate::parse::markdown::{Body, Mark};
use crate::parse::yaml::{Node, Value};

/// What the words in brackets begin with that ask for something to be filled in.
const ASKS: [&str; 10] = [
    "insert",
    "your",
    "company",
    "organization name",
    "organisation name",
    "name of",
    "fill in",
    "tbd",
    "todo",
    "placeholder",
];

/// The longest text in brackets that is taken for a placeholder.
const LONGEST: usize = 200;

/// Placeholder text in the front matter, the prose and the raw HTML of a document, as byte ranges
/// of its file. The text of an open decision is none.
pub(super) fn find(text: &str, front: &Node, body: &Body, decisions: &[Mark]) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    in_values(text, front, &mut places);
    for run in &body.prose {
        in_text(text, run.range(), &mut places);
    }
    for piece in html::of_body(text, &body.html) {
        match piece {
            Piece::Open(tag) if asks(&text[tag.at.start + 1..tag.at.end]) => places.push(tag.at),
            Piece::Open(_) => {}
            Piece::Text(at) => in_text(text, at, &mut places),
        }
    }
    let decided = |at: &Range<usize>| {
        decisions.iter().any(|mark| mark.at.start <= at.start && at.end <= mark.at.end)
    };
    places.retain(|at| !decided(at));
    places
}

/// Whether the text right behind a bracket asks for something to be filled in. `<insert name>`
/// is a tag to a browser.
pub fn asks(inside: &str) -> bool {
    ASKS.iter().any(|ask| {
        let begins = inside.get(..ask.len()).is_some_and(|start| start.eq_ignore_ascii_case(ask));
        begins && !inside.as_bytes().get(ask.len()).copied().is_some_and(in_word)
    })
}

/// Placeholders in the values of the front matter.
fn in_values(text: &str, node: &Node, places: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Text(_) => in_text(text, node.at.clone(), places),
        Value::List(items) => {
            for item in items {
                in_values(text, item, places);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                in_values(text, &entry.node, places);
            }
        }
        Value::Null => {}
    }
}

/// Placeholders in a run of text, in one pass.
fn in_text(text: &str, range: Range<usize>, places: &mut Vec<Range<usize>>) {
    let Some(run) = text.get(range.clone()) else { return };
    let mut from = range.start;
    for (at, sign) in signs(run, range.start) {
        if at < from {
            continue;
        }
        let rest = &text[at..range.end];
        let length = match sign {
            b'[' => bracketed(rest, ']'),
            b'<' => bracketed(rest, '>'),
            b'?' => Some(rest.bytes().take_while(|byte| *byte == b'?').count()).filter(|n| *n > 2),
            _ => word(rest),
        };
        if let Some(length) = length {
            places.push(at..at + length);
            from = at + length;
        }
    }
}

/// Where a placeholder may begin: at a bracket, a question mark, or a word.
fn signs(run: &str, offset: usize) -> impl Iterator<Item = (usize, u8)> {
    let bytes = run.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let starts = match byte {
            b'[' | b'<' => true,
            b'?' => before != Some(b'?'),
            b'T' | b't' | b'X' | b'F' | b'f' | b'L' | b'l' => !before.is_some_and(in_word),
            _ => false,
        };
        starts.then_some((offset + at, *byte))
    })
}

/// The length of `[insert …]`.
fn bracketed(rest: &str, close: char) -> Option<usize> {
    if !asks(&rest[1..]) {
        return None;
    }
    rest.find(close).map(|end| end + 1).filter(|length| *length <= LONGEST)
}

/// The length of a word that is a placeholder by itself. `todo` in small letters is a word of
/// other languages.
fn word(rest: &str) -> Option<usize> {
    let length = rest.bytes().take_while(|byte| in_word(*byte)).count();
    let word = &rest[..length];
    let is = |placeholder: &str| word.eq_ignore_ascii_case(placeholder);
    if matches!(word, "TODO" | "TBC") || is("TBD") || is("FIXME") {
        return Some(length);
    }
    if length >= 3 && word.bytes().all(|byte| byte == b'X') {
        return Some(length);
    }
    let second = rest[length..].trim_start();
    let ipsum = second.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("ipsum"));
    (is("lorem") && ipsum).then(|| rest.len() - second.len() + 5)
}

/// Whether a byte belongs to a word; every byte of a letter that is not ASCII does.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut places = Vec::new();
        in_text(text, 0..text.len(), &mut places);
        places.into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn placeholders_are_words_and_brackets() {
        let text = "TODO: ask. Tbd, XXX or XXXX; Lorem  ipsum ??? [insert the name] [Your name]";
        assert_eq!(
            found(text),
            [
                "TODO",
                "Tbd",
                "XXX",
                "XXXX",
                "Lorem  ipsum",
                "???",
                "[insert the name]",
                "[Your name]"
            ]
        );
        assert_eq!(
            found("<insert the company's name> ü[company]"),
            ["<insert the company's name>", "[company]"]
        );
    }

    #[test]
    fn other_words_are_left_alone() {
        let text =
            "todo el mundo, TODOs? really?? MTODO XX, XXL, [inserted] [1] [x] <br> lorem [your";
        assert_eq!(found(text), [""; 0]);
    }
}
