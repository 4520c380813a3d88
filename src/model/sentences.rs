//! The sentences of each section: how many different words each has, and a number by which two
//! that say the same are found. Coverage asks whether a section says something of its own.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

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
    let mut reader = Reader::new(body);
    let mut next = 0;
    let mut last = 0;
    for run in body.prose.iter().map(|run| run.range()) {
        while body.headings.get(next).is_some_and(|heading| heading.at.end <= run.start) {
            reader.enter(next);
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

/// Every document has hundreds of sentences: what one needs is kept for the next.
struct Reader<'a> {
    body: &'a Body,
    sentences: Vec<Sentence>,
    open: String,
    heading: usize,
    /// The words of the heading.
    about: Vec<String>,
    /// The words of a sentence as numbers, each with whether it tells the sentence from others.
    words: Vec<(u64, bool)>,
    word: String,
}

impl<'a> Reader<'a> {
    fn new(body: &'a Body) -> Self {
        Reader {
            body,
            sentences: Vec::new(),
            open: String::new(),
            heading: 0,
            about: Vec::new(),
            words: Vec::new(),
            word: String::new(),
        }
    }

    /// Goes on to the section of a heading.
    fn enter(&mut self, heading: usize) {
        self.close();
        self.heading = heading;
        self.about = self.body.headings.get(heading).map_or(Vec::new(), |one| words(&one.text));
    }

    /// Takes a run of text, which may end some sentences.
    fn run(&mut self, run: &str) {
        let mut from = 0;
        let mut letters = run.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let ends = matches!(letter, '.' | '!' | '?' | ';' | '。' | '！' | '？')
                && letters
                    .peek()
                    .is_none_or(|(_, next)| next.is_whitespace() || !letter.is_ascii());
            if ends {
                self.open.push_str(&run[from..at]);
                from = at;
                self.close();
            }
        }
        self.open.push_str(&run[from..]);
        self.open.push(' ');
    }

    /// Ends the sentence.
    fn close(&mut self) {
        let heading = u16::try_from(self.heading).ok();
        if let Some(heading) = heading.filter(|_| self.heading < self.body.headings.len()) {
            let Reader { open, about, words, word, .. } = self;
            words.clear();
            each_word(open, word, |word| {
                let is_figure = word.bytes().all(|byte| byte.is_ascii_digit());
                words.push((number(word), !is_figure && !is_about(word, about)));
            });
            words.sort_unstable();
            words.dedup();
            if !words.is_empty() {
                let telling = words.iter().filter(|(_, tells)| *tells).map(|(word, _)| *word);
                #[expect(clippy::cast_possible_truncation, reason = "half of a hash is one, too")]
                let same = number(telling.collect::<Vec<u64>>()) as u32;
                let words = u16::try_from(words.len()).unwrap_or(u16::MAX);
                self.sentences.push(Sentence { heading, words, same });
            }
        }
        self.open.clear();
    }
}

/// A number that is the same for the same thing, in this run and on this machine.
fn number(thing: impl std::hash::Hash) -> u64 {
    FixedState::default().hash_one(thing)
}

/// Whether a word is one of the heading's, or of its family: `recorded` under `Recording`.
fn is_about(word: &str, heading: &[String]) -> bool {
    heading.iter().any(|other| {
        let (a, b) = (word.as_bytes(), other.as_bytes());
        // Most words differ in their first letter.
        a.first() == b.first() && {
            let common = word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            common >= word.chars().count().min(other.chars().count()).clamp(3, 5)
        }
    })
}

/// The words of a text in small letters. Where a script has no spaces, two signs are a word.
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    each_word(text, &mut String::new(), |word| found.push(word.to_owned()));
    found
}

/// Calls `take` with each of [`words`], which is in `word` meanwhile.
fn each_word(text: &str, word: &mut String, mut take: impl FnMut(&str)) {
    let parts = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\u{301}');
    for part in parts.filter(|part| !part.is_empty()) {
        word.clear();
        if part.is_ascii() {
            word.push_str(part);
            word.make_ascii_lowercase();
            take(word);
        } else if part.chars().flat_map(char::to_lowercase).any(has_no_spaces) {
            let signs: Vec<char> = part.chars().flat_map(char::to_lowercase).collect();
            for pair in signs.chunks(2) {
                word.clear();
                word.extend(pair);
                take(word);
            }
        } else {
            word.extend(part.chars().flat_map(char::to_lowercase));
            take(word);
        }
    }
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
        assert_eq!(words("事故を記録する").len(), 4);
    }
}
