//! The words that a reader finds in the place of a link which leads to nothing that he may know of.

use super::{ANOTHER, OTHER};
use crate::model::document::Document;
use crate::parse::markdown::Link;

/// The words that a link has of its own, as they were written; nothing where its target shows.
pub(super) fn own_words(document: &Document, link: &Link) -> Option<String> {
    let written = &document.text[link.at.clone()];
    let label = if link.wiki {
        let inside = written.strip_prefix("[[")?.strip_suffix("]]")?;
        inside.split_once('|').map(|(_, label)| label)?
    } else {
        label(written.trim_start_matches('!')).unwrap_or_default()
    };
    let words = if label.is_empty() { escaped(&link.text) } else { label.to_owned() };
    (!words.trim().is_empty()).then_some(words)
}

/// What stands in the first square brackets of a link.
fn label(written: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut letters = written.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '[' => depth += 1,
            ']' if depth == 1 => {
                let is_end =
                    written[at + 1..].is_empty() || written[at + 1..].starts_with(['(', '[']);
                return is_end.then_some(&written[1..at]);
            }
            ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// What a document that is not named is called after what stands before it.
pub(super) fn another(before: &str) -> &'static str {
    const ARTICLES: [&str; 8] = ["the", "our", "its", "their", "this", "that", "each", "every"];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let last = line.strip_suffix(' ').and_then(|line| line.rsplit(' ').next());
    let is_article = |word: &str| ARTICLES.iter().any(|one| word.eq_ignore_ascii_case(one));
    if last.is_some_and(is_article) { OTHER } else { ANOTHER }
}

/// Text that Markdown shows as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { letter });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_link_are_taken_as_they_are_written() {
        assert_eq!(label("[a *b* [c]](d.md)"), Some("a *b* [c]"));
        assert_eq!(label("[a][ref]"), Some("a"));
        assert_eq!(label(r"[a \] b](d.md)"), Some(r"a \] b"));
        assert_eq!(label("[a] b](d.md)"), None);
        assert_eq!(label("<d.md>"), None);
    }

    #[test]
    fn a_document_is_another_or_after_an_article_the_other() {
        assert_eq!(another("as "), ANOTHER);
        assert_eq!(another("as the "), OTHER);
        assert_eq!(another("breathe "), ANOTHER);
        assert_eq!(another("the\n"), ANOTHER);
    }

    #[test]
    fn what_was_typed_is_no_markdown() {
        assert_eq!(escaped("a*b|c"), r"a\*b\|c");
    }
}
