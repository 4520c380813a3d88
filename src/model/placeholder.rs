//! Placeholder text: what a template or a hurried author left to be filled in.

use std::ops::Range;

use super::document::Document;

/// Words that nobody means to publish; found as whole words, capital letters as written.
const WORDS: [&str; 6] = ["TODO", "TBD", "TBC", "FIXME", "XXX", "???"];
/// Beginnings of phrases in brackets that ask to be replaced; letter case does not count.
const PHRASES: [&str; 7] =
    ["[insert ", "<insert ", "[your ", "[company", "[organisation", "[organization", "lorem ipsum"];

/// Whether a document holds placeholder text.
pub fn is_in(document: &Document) -> bool {
    find(document).next().is_some()
}

/// Placeholder text in the prose of a document, as byte ranges of its file.
pub fn find(document: &Document) -> impl Iterator<Item = Range<usize>> + '_ {
    document.body.prose.iter().flat_map(move |run| {
        let text = &document.text[run.clone()];
        let mut found = in_text(text);
        found.iter_mut().for_each(|at| *at = at.start + run.start..at.end + run.start);
        found
    })
}

/// Placeholder text in a piece of text.
pub fn in_text(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for word in WORDS {
        let whole = |at: usize| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        };
        found.extend(
            text.match_indices(word)
                .filter(|(at, _)| whole(*at))
                .map(|(at, _)| at..at + word.len()),
        );
    }
    let bytes = text.as_bytes();
    let opens =
        bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b'[' | b'<' | b'l' | b'L'));
    for (at, _) in opens {
        let begins = |phrase: &str| {
            bytes
                .get(at..at + phrase.len())
                .is_some_and(|b| b.eq_ignore_ascii_case(phrase.as_bytes()))
        };
        if let Some(phrase) = PHRASES.into_iter().find(|phrase| begins(phrase)) {
            let close = text[at..].find([']', '>']).map_or(phrase.len(), |end| end + 1);
            let end = if phrase.starts_with(['[', '<']) { close } else { phrase.len() };
            found.push(at..at + end);
        }
    }
    found.sort_by_key(|at| at.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_whole_words_and_bracketed_phrases() {
        let of = |text: &'static str| -> Vec<&str> {
            in_text(text).into_iter().map(|at| &text[at]).collect()
        };
        assert_eq!(of("TODO: say who. A TBDX is none."), ["TODO"]);
        assert_eq!(of("by [Insert name] of [your company]"), ["[Insert name]", "[your company]"]);
        assert_eq!(of("A to-do list"), Vec::<&str>::new());
    }
}
