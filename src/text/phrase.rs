//! A text in which decisions that are still to be taken are told from words: a title may hold one, a
//! heading, a cell, a value of the front matter. Whatever an author writes as words stays words.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::without_controls;

/// What stands before and after a decision where a phrase is carried as text: in the tree of a front
/// matter, and in what a template is given. No text of an author's has them: they are control
/// characters, and these are replaced where the text of an author is read.
pub const OPEN: char = '\u{1}';
/// The sign after a decision.
pub const CLOSE: char = '\u{2}';

/// A text with decisions in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phrase(String);

/// A part of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// Words.
    Words(&'t str),
    /// A decision that is still to be taken: what is to be decided.
    Decision(&'t str),
}

impl Phrase {
    /// A phrase that is carried as text.
    pub fn carried(text: impl Into<String>) -> Self {
        Phrase(text.into())
    }

    /// Adds words.
    pub fn say(&mut self, words: &str) {
        self.0.push_str(&without_controls(words));
    }

    /// Adds a decision.
    pub fn decide(&mut self, what: &str) {
        self.0.push(OPEN);
        self.0.push_str(what);
        self.0.push(CLOSE);
    }

    /// The phrase as it is carried as text.
    pub fn as_carried(&self) -> &str {
        &self.0
    }

    /// Its parts in order.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        parts(&self.0)
    }

    /// It without white space at its end.
    #[must_use]
    pub fn trimmed_end(mut self) -> Self {
        self.0.truncate(self.0.trim_end().len());
        self
    }

    /// Whether it says nothing.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// As plain text, a decision in brackets: for names, labels and machines.
    pub fn plain(&self) -> Cow<'_, str> {
        plain(&self.0)
    }
}

impl From<&str> for Phrase {
    fn from(words: &str) -> Self {
        Phrase(without_controls(words).into_owned())
    }
}

impl From<&String> for Phrase {
    fn from(words: &String) -> Self {
        words.as_str().into()
    }
}

impl From<String> for Phrase {
    fn from(words: String) -> Self {
        match without_controls(&words) {
            Cow::Owned(clean) => Phrase(clean),
            Cow::Borrowed(_) => Phrase(words),
        }
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

/// The parts of a phrase that is carried as text.
pub fn parts(carried: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = carried;
    std::iter::from_fn(move || {
        if let Some(inside) = rest.strip_prefix(OPEN) {
            let (what, after) = inside.split_once(CLOSE).unwrap_or((inside, ""));
            rest = after;
            return Some(Part::Decision(what));
        }
        let (words, after) = rest.split_at(rest.find(OPEN).unwrap_or(rest.len()));
        rest = after;
        (!words.is_empty()).then_some(Part::Words(words))
    })
}

/// A phrase that is carried as text, as plain text.
pub fn plain(carried: &str) -> Cow<'_, str> {
    if !carried.contains(OPEN) {
        return carried.into();
    }
    let mut out = String::with_capacity(carried.len() + 16);
    for part in parts(carried) {
        match part {
            Part::Words(words) => out.push_str(words),
            Part::Decision(what) => out.extend(["[to decide: ", what, "]"]),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_told_from_words() {
        let mut phrase = Phrase::from("[to decide: a] \u{1}b\u{2} ");
        phrase.decide("who");
        phrase.say(".");
        let parts: Vec<Part<'_>> = phrase.parts().collect();
        let words = Part::Words("[to decide: a] \u{fffd}b\u{fffd} ");
        assert_eq!(parts, [words, Part::Decision("who"), Part::Words(".")]);
        assert_eq!(phrase.plain(), "[to decide: a] \u{fffd}b\u{fffd} [to decide: who].");
    }

    #[test]
    fn a_decision_that_was_cut_is_one() {
        let cut: Vec<Part<'_>> = parts("a \u{1}when. ").collect();
        assert_eq!(cut, [Part::Words("a "), Part::Decision("when. ")]);
    }
}
