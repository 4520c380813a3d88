//! The sentences of each section: how many different words each has, and a number by which two
//! that say the same are found. Coverage asks whether a section says something of its own.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::parse::markdown::Body;

/// A sentence, an item of a list or a cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sentence {
    /// The heading that it stands under: its index in [`Body::headings`].
    pub heading: u16,
    /// Different words in it.
    pub words: u16,
    /// The same for sentences with the same words: their order and number, letter case, punctuation,
    /// figures and the words of the heading do not count.
    pub same: u32,
}

/// The sentences below the headings of a body, in the order of headings; each once a section.
pub(super) fn of(text: &str, body: &Body) -> Vec<Sentence> {
    let mut reader = Reader { body, sentences: Vec::new(), open: String::new(), heading: 0 };
    let mut next = 0;
    let mut last = 0;
    for run in body.prose.iter().map(|run| run.range()) {
        while body.headings.get(next).is_some_and(|heading| heading.at.end <= run.start) {
            reader.close();
            reader.heading = next;
            next += 1;
        }
        let in_heading = body.headings.get(next).is_some_and(|one| one.at.contains(&run.start));
        if next > 0 && !in_heading {
            if parts(text.get(last..run.start).unwrap_or("\n\n")) {
                reader.close();
            }
            reader.run(&text[run.clone()]);
        }
        last = run.end;
    }
    reader.close();
    let mut sentences = reader.sentences;
    sentences.sort_unstable();
    sentences.dedup();
    sentences.shrink_to_fit();
    sentences
}

/// Whether what stands between two runs of text ends a sentence: a paragraph, an item, a cell.
fn parts(between: &str) -> bool {
    let begins_item = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['-', '*', '+', '>', '#', '\u{2022}'])
            || line.starts_with(|sign: char| sign.is_ascii_digit())
    };
    let mut lines = between.split('\n').skip(1);
    between.contains('|') || between.matches('\n').count() > 1 || lines.any(begins_item)
}

struct Reader<'a> {
    body: &'a Body,
    sentences: Vec<Sentence>,
    open: String,
    heading: usize,
}

impl Reader<'_> {
    /// Takes a run of text, which may end some sentences.
    fn run(&mut self, run: &str) {
        let mut letters = run.chars().peekable();
        while let Some(letter) = letters.next() {
            let ends = matches!(letter, '.' | '!' | '?' | ';' | '。' | '！' | '？')
                && letters.peek().is_none_or(|next| next.is_whitespace() || !letter.is_ascii());
            self.open.push(letter);
            if ends {
                self.close();
            }
        }
        self.open.push(' ');
    }

    /// Ends the sentence.
    fn close(&mut self) {
        let sentence = std::mem::take(&mut self.open);
        let Some(heading) = self.body.headings.get(self.heading) else { return };
        let Ok(number) = u16::try_from(self.heading) else { return };
        let about: Vec<String> = words(&heading.text).collect();
        let mut different: BTreeSet<String> = BTreeSet::new();
        let mut hasher = DefaultHasher::new();
        different.extend(words(&sentence));
        let is_figure = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        for word in different.iter().filter(|word| !is_figure(word) && !is_about(word, &about)) {
            word.hash(&mut hasher);
        }
        if !different.is_empty() {
            #[expect(clippy::cast_possible_truncation, reason = "half of a hash is one, too")]
            let same = hasher.finish() as u32;
            let words = u16::try_from(different.len()).unwrap_or(u16::MAX);
            self.sentences.push(Sentence { heading: number, words, same });
        }
    }
}

/// Whether a word is one of the heading's, or of its family: `recorded` under `Recording`.
fn is_about(word: &str, heading: &[String]) -> bool {
    let common = |other: &str| word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let length = word.chars().count();
    heading.iter().any(|other| common(other) >= length.min(other.chars().count()).clamp(3, 5))
}

/// The words of a text in small letters. Where a script has no spaces, two signs are a word.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\u{301}');
    parts.filter(|part| !part.is_empty()).flat_map(|part| {
        let signs: Vec<char> = part.chars().flat_map(char::to_lowercase).collect();
        let size = if signs.iter().any(|sign| has_no_spaces(*sign)) { 2 } else { signs.len() };
        signs.chunks(size).map(|word| word.iter().collect()).collect::<Vec<String>>()
    })
}

/// Signs of Thai, Lao, Khmer, Burmese, Chinese and Japanese.
fn has_no_spaces(sign: char) -> bool {
    matches!(sign, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;

    fn sentences(text: &str) -> Vec<Sentence> {
        of(text, &markdown::read(text, 0..text.len()))
    }

    #[test]
    fn sentences_are_told_apart_by_their_words_alone() {
        let found = sentences(
            "# Title\n\n## Recording\n\nRecording is done with *due* care. It ends.\n\n\
             ## Closure\n\n- CLOSURE is done with due\n  care!\n- 3 days\n",
        );
        let same: Vec<(u16, u16)> = found.iter().map(|one| (one.heading, one.words)).collect();
        assert_eq!(same, [(1, 2), (1, 6), (2, 2), (2, 6)]);
        assert_eq!(found[1].same, found[3].same);
    }

    #[test]
    fn a_sentence_counts_once_a_section_and_a_word_once_a_sentence() {
        let found = sentences("# T\n\n## A\n\nBanana banana banana. Banana.\n\nYes. Yes.\n");
        let counts: Vec<u16> = found.iter().map(|one| one.words).collect();
        assert_eq!(counts, [1, 1]);
        assert_eq!(sentences("# T\n\n## A\n\n| Yes | No |\n|---|---|\n| Yes | 7 |\n").len(), 3);
        assert_eq!(words("事故を記録する").count(), 4);
    }
}
