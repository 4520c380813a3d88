//! The words of pages: cut, made small, stemmed, weighed.
//!
//! A [`Lexicon`] takes one page after another and keeps, for each stem, its forms and where it
//! stands. A form is stemmed once, however often it occurs.

use std::collections::BTreeSet;

use foldhash::HashMap;
use rust_stemmers::{Algorithm, Stemmer};

use super::{Entry, Hit};

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

/// A stem, the forms in which it occurs, and its places in the order of the pages.
#[derive(Debug, Default)]
pub(super) struct Stem {
    pub(super) root: String,
    pub(super) forms: BTreeSet<String>,
    pub(super) hits: Vec<Hit>,
}

/// The stems of some pages.
pub(super) struct Lexicon {
    stemmer: Stemmer,
    /// The stem of each form; nothing for a word that finds nothing.
    forms: HashMap<String, Option<usize>>,
    numbers: HashMap<String, usize>,
    stems: Vec<Stem>,
    /// Weight of each stem in the section at hand.
    weights: Vec<u16>,
    /// Stems that occur in the section at hand.
    met: Vec<usize>,
}

impl Lexicon {
    /// An empty one.
    pub(super) fn new() -> Self {
        Lexicon {
            stemmer: Stemmer::create(Algorithm::English),
            forms: HashMap::default(),
            numbers: HashMap::default(),
            stems: Vec::new(),
            weights: Vec::new(),
            met: Vec::new(),
        }
    }

    /// Its stems, sorted.
    pub(super) fn into_stems(mut self) -> Vec<Stem> {
        self.stems.sort_unstable_by(|a, b| a.root.cmp(&b.root));
        self.stems
    }

    /// Takes a page.
    pub(super) fn add(&mut self, page: u32, entry: &Entry) {
        let id = entry.id.to_lowercase();
        if !id.is_empty() {
            let number = self.stem(&id, &id);
            self.weigh(number, ID);
        }
        self.words(&entry.title, TITLE);
        self.close(page, 0);
        for (n, section) in entry.sections.iter().enumerate() {
            self.words(&section.heading, HEADING);
            self.words(&section.text, TEXT);
            self.close(page, u16::try_from(n + 1).unwrap_or(u16::MAX));
        }
    }

    /// Keeps the places of the section at hand.
    fn close(&mut self, page: u32, section: u16) {
        for number in self.met.drain(..) {
            let weight = std::mem::take(&mut self.weights[number]);
            self.stems[number].hits.push(Hit { page, section, weight });
        }
    }

    fn words(&mut self, text: &str, weight: u16) {
        let mut small = String::new();
        each_word(text, &mut small, |word| {
            let number = match self.forms.get(word) {
                Some(known) => *known,
                None => self.learn(word),
            };
            if let Some(number) = number {
                self.weigh(number, weight);
            }
        });
    }

    /// A form that is met for the first time.
    fn learn(&mut self, word: &str) -> Option<usize> {
        // An id or a clause number in the text is found as it stands.
        let number = if word.contains(|c: char| c.is_ascii_digit()) {
            Some(self.stem(word, word))
        } else if STOP.contains(&word) {
            None
        } else {
            let stem = self.stemmer.stem(word).into_owned();
            Some(self.stem(&stem, word))
        };
        self.forms.insert(word.to_owned(), number);
        number
    }

    fn stem(&mut self, stem: &str, form: &str) -> usize {
        let number = *self.numbers.entry(stem.to_owned()).or_insert_with(|| {
            self.stems.push(Stem { root: stem.to_owned(), ..Stem::default() });
            self.weights.push(0);
            self.stems.len() - 1
        });
        self.stems[number].forms.insert(form.to_owned());
        number
    }

    fn weigh(&mut self, number: usize, weight: u16) {
        let sum = &mut self.weights[number];
        if *sum == 0 {
            self.met.push(number);
        }
        *sum = match weight {
            TEXT => (*sum).max((*sum + TEXT).min(MOST.max(*sum))),
            weight => sum.saturating_add(weight),
        };
    }
}

/// The words of a text, in small letters: runs of letters and digits, with `-` and `.` between
/// digits and in ids (`8.6.1`, `prc-inc-01`). `small` is where they are made small.
fn each_word(text: &str, small: &mut String, mut then: impl FnMut(&str)) {
    let joins = |c: char| c == '-' || c == '.';
    let mut at = 0;
    while at < text.len() {
        let run = run(text, at);
        let part = text[at..run.end].trim_matches(joins);
        at = run.end + text[run.end..].chars().next().map_or(0, char::len_utf8);
        if part.is_empty() {
            continue;
        }
        small.clear();
        if run.ascii {
            small.push_str(part);
            small.make_ascii_lowercase();
        } else {
            small.push_str(&part.to_lowercase());
        }
        let whole = run.digits && small.len() <= 40;
        if whole || !run.joins {
            if small.len() <= 60 {
                then(small);
            }
        } else {
            small.split(joins).filter(|it| !it.is_empty() && it.len() <= 60).for_each(&mut then);
        }
    }
}

/// Letters and digits in a row, and the signs that may join them: where they end, and what is among
/// them.
#[derive(Default)]
struct Run {
    end: usize,
    ascii: bool,
    digits: bool,
    joins: bool,
}

/// The run that begins at `start`; an empty one where none does. Most texts are ASCII, and a byte is
/// told apart quicker than a letter.
fn run(text: &str, start: usize) -> Run {
    let mut run = Run { end: start, ascii: true, ..Run::default() };
    while let Some(byte) = text.as_bytes().get(run.end) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' => run.digits = true,
            b'-' | b'.' => run.joins = true,
            0..0x80 => break,
            _ => match text[run.end..].chars().next() {
                Some(letter) if letter.is_alphanumeric() => {
                    run.ascii = false;
                    run.end += letter.len_utf8();
                    continue;
                }
                _ => break,
            },
        }
        run.end += 1;
    }
    run
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_and_numbers_stay_whole() {
        let mut found = Vec::new();
        let text = "See PRC-INC-01, clause 8.6.1. Well-kept é";
        super::each_word(text, &mut String::new(), |word| found.push(word.to_owned()));
        assert_eq!(found, ["see", "prc-inc-01", "clause", "8.6.1", "well", "kept", "é"]);
    }
}
