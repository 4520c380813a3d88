//! The words of a page: cut, made small, stemmed, weighed.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};

use super::Entry;

/// Forms of a stem on one page, and its weight in each section.
type Found = (BTreeSet<String>, BTreeMap<u16, u16>);

/// The stems of one page.
pub(super) struct Words {
    pub(super) stems: BTreeMap<String, Found>,
    stemmer: Stemmer,
}

/// Words that stand everywhere and find nothing.
const STOP: [&str; 34] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "if", "in",
    "is", "it", "its", "no", "not", "of", "on", "or", "so", "that", "the", "their", "they", "this",
    "to", "was", "when", "which", "with", "who",
];

const TITLE: u16 = 40;
const ID: u16 = 60;
const HEADING: u16 = 12;
const TEXT: u16 = 2;
/// Weight that the text of one section can give a word at most.
const MOST: u16 = 10;

impl Words {
    /// The stems of a page.
    pub(super) fn of(entry: &Entry) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut words = Words { stems: BTreeMap::new(), stemmer };
        words.whole(&entry.id, ID);
        words.add(&entry.title, 0, TITLE);
        for (n, section) in entry.sections.iter().enumerate() {
            let number = u16::try_from(n + 1).unwrap_or(u16::MAX);
            words.add(&section.heading, number, HEADING);
            words.add(&section.text, number, TEXT);
        }
        words
    }

    /// An id is one word, as it stands.
    fn whole(&mut self, id: &str, weight: u16) {
        let id = id.to_lowercase();
        if !id.is_empty() {
            self.put(id.clone(), id, 0, weight);
        }
    }

    fn add(&mut self, text: &str, section: u16, weight: u16) {
        for word in words(text) {
            // An id or a clause number in the text is found as it stands.
            if word.contains(|c: char| c.is_ascii_digit()) {
                self.put(word.clone(), word, section, weight);
            } else if !STOP.contains(&word.as_str()) {
                let stem = self.stemmer.stem(&word).into_owned();
                self.put(stem, word, section, weight);
            }
        }
    }

    fn put(&mut self, stem: String, form: String, section: u16, weight: u16) {
        let (forms, places) = self.stems.entry(stem).or_default();
        forms.insert(form);
        let sum = places.entry(section).or_default();
        *sum = match weight {
            TEXT => (*sum).max((*sum + TEXT).min(MOST.max(*sum))),
            weight => sum.saturating_add(weight),
        };
    }
}

/// The words of a text, in small letters: runs of letters and digits, with `-` and `.` between
/// digits and in ids (`8.6.1`, `prc-inc-01`).
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '.'));
    parts.flat_map(|part| {
        let part = part.trim_matches(['-', '.']).to_lowercase();
        let whole = part.chars().any(|c| c.is_ascii_digit()) && part.len() <= 40;
        let pieces: Vec<String> = if whole || !part.contains(['-', '.']) {
            vec![part]
        } else {
            part.split(['-', '.']).map(str::to_owned).collect()
        };
        pieces.into_iter().filter(|word| !word.is_empty() && word.len() <= 60)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_and_numbers_stay_whole() {
        let found: Vec<String> =
            super::words("See PRC-INC-01, clause 8.6.1. Well-kept é").collect();
        assert_eq!(found, ["see", "prc-inc-01", "clause", "8.6.1", "well", "kept", "é"]);
    }
}
