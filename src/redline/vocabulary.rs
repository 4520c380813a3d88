//! Words as numbers: two words are compared by one comparison, however long they are.

use std::collections::BTreeMap;

use foldhash::HashMap;
use serde::{Serialize, Serializer};

use super::{Piece, Run, State};

/// A word, by its number.
pub(super) type Word = u32;

/// How words look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Style(u16);

impl Style {
    /// As text is.
    pub const PLAIN: Style = Style(0);
    /// Emphasis.
    pub const EMPHASIS: Style = Style(1);
    /// Strong emphasis.
    pub const STRONG: Style = Style(2);
    /// Struck out.
    pub const STRUCK: Style = Style(4);
    /// Words of a program.
    pub const CODE: Style = Style(8);
    /// Words of a link.
    pub const LINK: Style = Style(16);
    /// Where a link leads.
    pub const TARGET: Style = Style(32);
    /// What a picture shows, and its file.
    pub const PICTURE: Style = Style(64);
    /// A decision that is still to be taken.
    pub const DECISION: Style = Style(128);
    /// The mark of a footnote.
    pub const NOTE: Style = Style(256);

    const NAMES: [(Style, &str); 9] = [
        (Style::EMPHASIS, "emphasis"),
        (Style::STRONG, "strong"),
        (Style::STRUCK, "struck"),
        (Style::CODE, "code"),
        (Style::LINK, "link"),
        (Style::TARGET, "target"),
        (Style::PICTURE, "picture"),
        (Style::DECISION, "decision"),
        (Style::NOTE, "note"),
    ];

    /// This and another.
    #[must_use]
    pub fn and(self, other: Style) -> Style {
        Style(self.0 | other.0)
    }

    /// Whether it has another in it.
    pub fn has(self, other: Style) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it is as text is.
    pub fn is_plain(&self) -> bool {
        *self == Style::PLAIN
    }
}

impl Serialize for Style {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(Style::NAMES.iter().filter(|(style, _)| self.has(*style)).map(|it| it.1))
    }
}

/// All words of two texts.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: BTreeMap<Style, HashMap<Box<str>, Word>>,
    words: Vec<Known>,
}

struct Known {
    text: Box<str>,
    style: Style,
    weight: u8,
}

impl Vocabulary {
    /// The number of a word.
    pub(super) fn number(&mut self, text: &str, style: Style) -> Word {
        let numbers = self.numbers.entry(style).or_default();
        if let Some(number) = numbers.get(text) {
            return *number;
        }
        let number = Word::try_from(self.words.len()).unwrap_or(Word::MAX);
        numbers.insert(text.into(), number);
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        let weight = u8::try_from(letters).unwrap_or(u8::MAX);
        self.words.push(Known { text: text.into(), style, weight });
        number
    }

    /// How much a word says: its letters; blanks and signs say nothing.
    pub(super) fn weight(&self, word: Word) -> u8 {
        self.words[word as usize].weight
    }

    /// Whether a word is a blank.
    pub(super) fn is_blank(&self, word: Word) -> bool {
        matches!(&*self.words[word as usize].text, " " | "\n")
    }

    /// Words that say something, in the order of their numbers.
    pub(super) fn bag(&self, words: impl Iterator<Item = Word>) -> Vec<Word> {
        let mut bag: Vec<Word> = words.filter(|word| self.weight(*word) > 0).collect();
        bag.sort_unstable();
        bag
    }

    /// Words of which the same has become.
    pub(super) fn run(&self, state: State, words: &[Word]) -> Run {
        let mut pieces: Vec<Piece> = Vec::new();
        for word in words {
            let Known { text, style, .. } = &self.words[*word as usize];
            let alone = style.has(Style::TARGET.and(Style::PICTURE));
            match pieces.last_mut() {
                Some(last) if last.style == *style && !alone => last.text.push_str(text),
                _ => pieces.push(Piece { text: text.as_ref().to_owned(), style: *style }),
            }
        }
        Run { state, pieces }
    }

    /// Lines of which the same has become, each by itself.
    pub(super) fn lines(&self, state: State, lines: &[Word]) -> Run {
        let piece = |line: &Word| Piece {
            text: self.words[*line as usize].text.as_ref().to_owned(),
            style: Style::CODE,
        };
        Run { state, pieces: lines.iter().map(piece).collect() }
    }
}
