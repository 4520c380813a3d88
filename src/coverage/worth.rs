//! Whether a section says something of its own. What was never written cannot be told from what
//! was written badly, but an empty phrase, and the same sentence everywhere, can.

use rayon::prelude::*;

use crate::model::document::Document;
use crate::model::library::Library;
use crate::model::sentences::{self, Sentence};

/// A section of fewer different words says nothing, and so does one that has fewer for each topic
/// that it covers.
pub const FEWEST: usize = 5;

/// Most topics that a section covers unless it says why it covers more.
pub const MOST_TOPICS: usize = 3;

/// Sentences of fewer words are repeated by chance.
const SHORT: u16 = 3;

/// In how many sections a sentence is one that was copied.
const MANY: usize = 3;

/// What a section is worth as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It is the title of the document.
    Title,
    /// Nothing stands there.
    Empty,
    /// So few different words stand there.
    Few(usize),
    /// What stands there stands in so many sections.
    Copied(usize),
    /// It has so many different words of its own.
    Says(usize),
}

/// Sentences that stand in many sections of a manual, sorted, with the number of sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Copied(Vec<(u32, usize)>);

impl Copied {
    /// Finds them in the documents that are in use or may become so.
    pub(super) fn in_library(library: &Library) -> Self {
        let live = library.documents.par_iter().filter(|document| document.is_live());
        let long = |one: &&Sentence| one.words >= SHORT;
        let mut all: Vec<u32> = live
            .flat_map_iter(|document| document.sentences.iter().filter(long).map(|one| one.same))
            .collect();
        all.par_sort_unstable();
        let groups = all.chunk_by(|a, b| a == b).filter(|same| same.len() >= MANY);
        Copied(groups.map(|same| (same[0], same.len())).collect())
    }

    /// In how many sections a sentence stands that was copied.
    fn times(&self, sentence: Sentence) -> Option<usize> {
        let found = self.0.binary_search_by_key(&sentence.same, |(same, _)| *same).ok()?;
        Some(self.0[found].1)
    }
}

/// What each section of a document is worth, the sections below it included.
pub(super) fn of(document: &Document, copied: &Copied) -> Vec<Worth> {
    let headings = &document.body.headings;
    let pictures = figures(document);
    let own: Vec<Own> = (0..headings.len()).map(|n| own(document, n, copied)).collect();
    let worth = |n: usize| {
        let heading = &headings[n];
        if n == 0 && heading.level == 1 {
            return Worth::Title;
        }
        let below = headings[n + 1..].iter().take_while(|other| other.level > heading.level);
        let section = n..=n + below.count();
        if document.body.is_empty_section(n) {
            return Worth::Empty;
        }
        let shown: usize = pictures[section.clone()].iter().sum();
        let said: usize = own[section.clone()].iter().map(|one| one.words).sum();
        let copied = own[section.clone()].iter().filter_map(|one| one.copied).max();
        match (shown + said, copied) {
            (words, _) if words >= FEWEST => Worth::Says(words),
            (_, Some(times)) => Worth::Copied(times),
            (words, None) => Worth::Few(words),
        }
    };
    (0..headings.len()).map(worth).collect()
}

/// What stands right below a heading.
struct Own {
    /// Different words of sentences that were not copied.
    words: usize,
    /// In how many sections the most copied sentence stands.
    copied: Option<usize>,
}

fn own(document: &Document, heading: usize, copied: &Copied) -> Own {
    let sentences = &document.sentences;
    let start = sentences.partition_point(|one| usize::from(one.heading) < heading);
    let section = sentences[start..].iter().take_while(|one| usize::from(one.heading) == heading);
    let mut own = Own { words: 0, copied: None };
    for sentence in section {
        match copied.times(*sentence).filter(|_| sentence.words >= SHORT) {
            Some(times) => own.copied = own.copied.max(Some(times)),
            None => own.words += usize::from(sentence.words),
        }
    }
    own
}

/// What pictures, diagrams and generated blocks stand for below each heading, in words.
fn figures(document: &Document) -> Vec<usize> {
    let body = &document.body;
    let mut figures = vec![0; body.headings.len()];
    let mut add = |at: usize, words: usize| {
        let place = body.headings.partition_point(|heading| heading.at.start <= at);
        if let Some(words_of) = place.checked_sub(1).and_then(|place| figures.get_mut(place)) {
            *words_of += words;
        }
    };
    for image in &body.images {
        add(image.at.start, FEWEST);
    }
    for fence in &body.fences {
        let source = &document.text[fence.content_at.clone()];
        let different =
            sentences::words(source).into_iter().collect::<std::collections::BTreeSet<_>>();
        // What a block inserts is made of the front matter, which has rules of its own.
        let is_block = fence.info.split_whitespace().next() == Some("clausebook");
        add(fence.at.start, different.len().max(if is_block { FEWEST } else { 0 }));
    }
    figures
}
