//! The words of pages: cut, folded, stemmed, weighed.
//!
//! A [`Lexicon`] takes one page after another and keeps, for each stem, its forms and where it
//! stands. A form is stemmed once, however often it occurs.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};
use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::fold::{each_word, folded, goes_in_pairs, stop_words};
use super::{Hit, IndexedPage};

/// A word of an id: `PRC-INC-01` is meant by its number rather than by `PRC`.
const ID: u16 = 60;
const ID_PART: u16 = 36;
/// A word of a title: this much, and a share of as much again as there are words, so that the title
/// that is no more than what was typed comes first.
const TITLE: u16 = 36;
/// A word of another name.
const ALSO: u16 = 30;
const HEADING: u16 = 12;
/// The word of its kind: `policy`, `clause`.
const KIND: u16 = 3;
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
    stop: HashSet<&'static str>,
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
    /// An empty one, for a language.
    pub(super) fn new(language: &str) -> Self {
        Lexicon {
            stemmer: Stemmer::create(algorithm(language)),
            stop: stop_words(language).into_iter().collect(),
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
    pub(super) fn add(&mut self, page: u32, entry: &IndexedPage) {
        self.words(&entry.id, |word| if word.contains(is_digit) { ID } else { ID_PART });
        let words = u16::try_from(entry.title.split_whitespace().count()).unwrap_or(u16::MAX);
        self.words(&entry.title, |_| TITLE + TITLE / words.max(1));
        self.words(&entry.kind, |_| KIND);
        for name in &entry.also {
            self.words(name, |_| ALSO);
        }
        self.close(page, 0);
        let mut above: Option<&str> = None;
        for (n, section) in entry.sections.iter().enumerate() {
            // The heading of a section that was cut counts for its first part.
            if section.heading.is_empty() || above != Some(section.slug.as_str()) {
                self.words(&section.heading, |_| HEADING);
            }
            above = Some(&section.slug);
            self.words(&section.text, |_| TEXT);
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

    fn words(&mut self, text: &str, weight: impl Fn(&str) -> u16) {
        let mut small = String::new();
        each_word(text, &mut small, |word| {
            let number = match self.forms.get(word) {
                Some(known) => *known,
                None => self.learn(word),
            };
            if let Some(number) = number {
                self.weigh(number, weight(word));
            }
        });
    }

    /// A form that is met for the first time.
    fn learn(&mut self, word: &str) -> Option<usize> {
        // An id or a clause number in the text is found as it stands, and so is a pair of letters.
        let as_it_is = |c: char| is_digit(c) || goes_in_pairs(c);
        let number = if word.contains(as_it_is) {
            Some(self.stem(word, word))
        } else if self.stop.contains(word) {
            None
        } else {
            let stem = self.stemmer.stem(word).into_owned();
            Some(self.stem(&folded(&stem), word))
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
            weight => (*sum).max(weight),
        };
    }
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// How the words of a language are brought to their stems; English where nobody has said how.
fn algorithm(language: &str) -> Algorithm {
    match language.split('-').next().unwrap_or_default() {
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "es" => Algorithm::Spanish,
        "et" => Algorithm::Estonian,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "tr" => Algorithm::Turkish,
        _ => Algorithm::English,
    }
}
