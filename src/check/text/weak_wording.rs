//! A phrase leaves open what is to be done, by whom, when or how much.
//!
//! # Why it matters
//!
//! "As appropriate" means what each reader takes it to mean, so nobody can show that it was done
//! or that it was not. Auditors ask "who decides that, and where is it written?". It is a note:
//! some of these phrases are meant just so. Guidelines and reports are not searched.
//!
//! # Mend it
//!
//! Name the role that decides, the figure, the time:
//!
//! ```markdown
//! The incident manager informs the customer within 30 minutes.
//! <!-- not: customers are informed in a timely manner, as appropriate -->
//! ```

use std::ops::Range;

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::value::Kind;

pub(super) const RULE: Rule = Rule::new(
    "weak-wording",
    Family::Text,
    Severity::Note,
    include_str!("weak_wording.rs"),
    Check::Document(run),
);

const ALL: &str = "name all of them, or say how to tell what belongs to them";
const AMOUNT: &str = "say how much is enough: a figure, a level, a criterion";
const EFFORT: &str = "say what is done; an effort cannot be shown";
const HOW_OFTEN: &str = "say how often: every month, every 12 months";
const SOON: &str = "say within what time: 30 minutes, 2 working days";
const WHEN: &str = "say in which case, and which role decides it";

/// The phrases, sorted, each with what to write instead.
const PHRASES: [(&str, &str); 70] = [
    ("adequate", AMOUNT),
    ("adequately", AMOUNT),
    ("and so forth", ALL),
    ("and so on", ALL),
    ("and/or", "write `and`, or `or`, or `or both`"),
    ("as applicable", WHEN),
    ("as appropriate", WHEN),
    ("as far as possible", WHEN),
    ("as far as practicable", WHEN),
    ("as much as possible", AMOUNT),
    ("as necessary", WHEN),
    ("as needed", WHEN),
    ("as quickly as possible", SOON),
    ("as required", WHEN),
    ("as soon as possible", SOON),
    ("as soon as practicable", SOON),
    ("asap", SOON),
    ("at regular intervals", HOW_OFTEN),
    ("best effort", EFFORT),
    ("best efforts", EFFORT),
    ("best endeavours", EFFORT),
    ("could be considered", "say what is done, or leave it out"),
    ("endeavour to", EFFORT),
    ("et cetera", ALL),
    ("etc", ALL),
    ("from time to time", HOW_OFTEN),
    ("if applicable", WHEN),
    ("if appropriate", WHEN),
    ("if necessary", WHEN),
    ("if needed", WHEN),
    ("if possible", WHEN),
    ("if required", WHEN),
    ("in a timely fashion", SOON),
    ("in a timely manner", SOON),
    ("in due course", SOON),
    ("in due time", SOON),
    ("may be considered", "say what is done, or leave it out"),
    ("not limited to", ALL),
    ("on a regular basis", HOW_OFTEN),
    ("periodically", HOW_OFTEN),
    ("promptly", SOON),
    ("reasonable effort", EFFORT),
    ("reasonable efforts", EFFORT),
    ("reasonable endeavours", EFFORT),
    ("regularly", HOW_OFTEN),
    ("should be considered", "say what is done, or leave it out"),
    ("strive to", EFFORT),
    ("strives to", EFFORT),
    ("sufficient", AMOUNT),
    ("sufficiently", AMOUNT),
    ("timely", SOON),
    ("various", ALL),
    ("when applicable", WHEN),
    ("when appropriate", WHEN),
    ("when necessary", WHEN),
    ("when needed", WHEN),
    ("when possible", WHEN),
    ("when required", WHEN),
    ("whenever necessary", WHEN),
    ("whenever possible", WHEN),
    ("where applicable", WHEN),
    ("where appropriate", WHEN),
    ("where feasible", WHEN),
    ("where necessary", WHEN),
    ("where needed", WHEN),
    ("where possible", WHEN),
    ("where practicable", WHEN),
    ("where required", WHEN),
    ("wherever necessary", WHEN),
    ("wherever possible", WHEN),
];

/// What makes a phrase firm when it follows: `as required by clause 8.6.1`.
const FIRM: [&str; 4] = [" by ", " in ", " under ", " according "];

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let binding = !matches!(document.kind(), Some(Kind::Guideline | Kind::Report));
    if !binding || !document.is_live() {
        return;
    }
    for run in &document.body.prose {
        for (at, instead) in weak(&document.text, run.range()) {
            let typed = document.text[at.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            let message = format!("`{typed}` leaves open what holds");
            found.push(RULE.at(document.span(&at), message).help(instead));
        }
    }
}

/// The weak phrases in `range` of `text`, in one pass over its words.
fn weak(text: &str, range: Range<usize>) -> Vec<(Range<usize>, &'static str)> {
    let bytes = &text.as_bytes()[..range.end];
    let mut found = Vec::new();
    let mut from = range.start;
    for word in words(text, range.clone()) {
        if word.start < from || !may_begin(&bytes[word.clone()]) {
            continue;
        }
        // `self-sufficient` is another word.
        if word.start > range.start && bytes[word.start - 1] == b'-' {
            continue;
        }
        let initial = usize::from(bytes[word.start].to_ascii_lowercase() - b'a');
        let longest = PHRASES[FIRSTS[initial]..FIRSTS[initial + 1]]
            .iter()
            .filter_map(|(phrase, instead)| Some((end_of(phrase, bytes, word.start)?, *instead)))
            .max_by_key(|(end, _)| *end);
        if let Some((end, instead)) = longest {
            from = end;
            let rest = &text[end..range.end];
            let firm = FIRM.iter().any(|firm| {
                rest.get(..firm.len()).is_some_and(|next| next.eq_ignore_ascii_case(firm))
            });
            if !(firm && text[word.start..end].ends_with("required")) {
                found.push((word.start..end, instead));
            }
        }
    }
    found
}

/// The words in `range` of `text`: runs of letters and digits, of any script.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let bytes = &text.as_bytes()[..range.end];
    let mut at = range.start;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(|byte| in_word(*byte))?;
        let length = bytes[start..].iter().position(|byte| !in_word(*byte));
        at = length.map_or(bytes.len(), |length| start + length);
        Some(start..at)
    })
}

/// Whether a byte belongs to a word; every byte of a letter that is not ASCII does.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// Where `phrase` ends when it stands at `start`; a blank of it is any white space.
fn end_of(phrase: &str, bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    for letter in phrase.bytes() {
        if letter == b' ' {
            let blanks = bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blanks == 0 {
                return None;
            }
            at += blanks;
        } else if bytes.get(at).is_some_and(|byte| byte.to_ascii_lowercase() == letter) {
            at += 1;
        } else {
            return None;
        }
    }
    (!bytes.get(at).copied().is_some_and(in_word)).then_some(at)
}

/// Where the phrases of each first letter begin; the last entry is where those of the last end.
const FIRSTS: [usize; 27] = {
    let mut table = [PHRASES.len(); 27];
    let mut number = PHRASES.len();
    while number > 0 {
        number -= 1;
        let mut letter = (PHRASES[number].0.as_bytes()[0] - b'a') as usize + 1;
        while letter > 0 && table[letter - 1] > number {
            letter -= 1;
            table[letter] = number;
        }
    }
    table
};

/// The first two letters of all phrases: one bit for each second letter, by first letter.
const BEGINNINGS: [u32; 26] = {
    let mut table = [0; 26];
    let mut number = 0;
    while number < PHRASES.len() {
        let letters = PHRASES[number].0.as_bytes();
        table[(letters[0] - b'a') as usize] |= 1 << (letters[1] - b'a');
        number += 1;
    }
    table
};

/// Whether a phrase may begin with this word; most words are told apart by two letters.
fn may_begin(word: &[u8]) -> bool {
    let letter = |at: usize| {
        let byte = word.get(at)?.to_ascii_lowercase();
        byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'))
    };
    match (letter(0), letter(1)) {
        (Some(first), Some(second)) => BEGINNINGS[first] & (1 << second) != 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        weak(text, 0..text.len()).into_iter().map(|(at, _)| &text[at]).collect()
    }

    #[test]
    fn the_phrases_are_sorted() {
        assert!(PHRASES.is_sorted_by_key(|(phrase, _)| *phrase));
    }

    #[test]
    fn phrases_are_found_whole_and_longest() {
        let text = "As  appropriate, in a\ntimely manner; asap. Pages etc. and/or more (timely).";
        assert_eq!(
            found(text),
            ["As  appropriate", "in a\ntimely manner", "asap", "etc", "and/or", "timely"]
        );
        assert_eq!(found("best efforts"), ["best efforts"]);
    }

    #[test]
    fn firm_words_are_left_alone() {
        let text =
            "as required by clause 8.6.1, insufficient, self-sufficient, etching, asé, andor";
        assert_eq!(found(text), [""; 0]);
        assert_eq!(found("as required"), ["as required"]);
    }
}
