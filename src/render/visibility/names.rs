//! What documents are called that some readers may not know of.

use std::collections::BTreeSet;

use crate::model::document::Document;
use crate::model::library::Library;
use crate::text::key;

/// What documents are called: ids, titles, names of files.
pub(super) struct Names {
    names: BTreeSet<String>,
    /// The most words that a name has.
    longest: usize,
}

impl Names {
    /// The names of some documents of a library, and of files that cannot be read.
    pub(super) fn of(library: &Library, is_one: impl Fn(&Document) -> bool) -> Self {
        let stem = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or_default();
            name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
        };
        let documents = library.documents.iter().filter(|document| is_one(document));
        let of_document =
            |one: &Document| [one.id.clone(), one.title().to_owned(), stem(&one.path)];
        let unread = library.unread.iter().map(|unread| stem(&unread.path));
        let all = documents.flat_map(of_document).chain(unread);
        let names: BTreeSet<String> = all.map(|name| words(&name).join(" ")).collect();
        let longest = names.iter().map(|name| name.split(' ').count()).max().unwrap_or_default();
        Names { names, longest }
    }

    /// Whether a text holds one of these names, in whole words.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let words = words(text);
        (0..words.len()).any(|start| {
            let ends = start + 1..=words.len().min(start + self.longest);
            ends.into_iter().any(|end| self.names.contains(&words[start..end].join(" ")))
        })
    }
}

/// The words of a text, letter case aside.
fn words(text: &str) -> Vec<String> {
    let text = key(text);
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_whole_words() {
        let names = ["Plan", "PRC-INC-01", "Risk register"].map(|name| words(name).join(" "));
        let names = Names { names: names.into(), longest: 3 };
        for text in ["the plan", "see prc-inc-01.", "our Risk  Register, too", "PRC INC 01"] {
            assert!(names.are_in(text), "{text}");
        }
        for text in ["planning", "register of risk", "", "PRC-INC-010"] {
            assert!(!names.are_in(text), "{text}");
        }
    }
}
