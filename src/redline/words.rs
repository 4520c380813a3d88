//! Text to words, and two rows of words to what became of them.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::vocabulary::{Style, Vocabulary, Word};
use super::{Run, State};

/// Adds the words of a text. A word is letters and digits with the signs inside it, so that an id, a
/// number or an address is one; a row of blanks is one blank; every other sign is a word by itself.
pub(super) fn add(text: &str, style: Style, vocabulary: &mut Vocabulary, to: &mut Vec<Word>) {
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = if letter.is_whitespace() {
            blank(false, style, vocabulary, to);
            rest.find(|letter: char| !letter.is_whitespace()).unwrap_or(rest.len())
        } else {
            let length = length(rest, letter);
            to.push(vocabulary.number(&rest[..length], style));
            length
        };
        rest = &rest[length..];
    }
}

/// Adds a blank, or the end of a line; not after another.
pub(super) fn blank(
    ends_line: bool,
    style: Style,
    vocabulary: &mut Vocabulary,
    to: &mut Vec<Word>,
) {
    if to.last().is_some_and(|last| vocabulary.is_blank(*last)) {
        if !ends_line {
            return;
        }
        to.pop();
    }
    to.push(vocabulary.number(if ends_line { "\n" } else { " " }, style));
}

/// The length of the word at the start of a text.
fn length(text: &str, first: char) -> usize {
    if !is_letter(first) || is_ideograph(first) {
        return first.len_utf8();
    }
    let mut letters = text.char_indices().peekable();
    let mut before = first;
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let is_inside = match letter {
            '-' | '_' | '.' | '\'' | '’' | '@' => next.is_some_and(is_letter),
            ',' | ':' | '/' => {
                before.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit())
            }
            letter => is_letter(letter) && !is_ideograph(letter),
        };
        if !is_inside {
            return at;
        }
        before = letter;
    }
    text.len()
}

/// Whether a sign belongs to a word. Marks that stand above or below a letter do.
fn is_letter(letter: char) -> bool {
    let is_sign = matches!(letter, '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}');
    letter.is_alphanumeric() || !(letter.is_ascii() || is_sign || letter.is_whitespace())
}

/// Whether a letter is written without blanks between words, so that each counts by itself.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// What stands between two places that are the same: what was there, and what is.
#[derive(Default)]
struct Part {
    /// What is the same, before the change.
    same: Vec<Word>,
    old: Vec<Word>,
    new: Vec<Word>,
}

/// What became of the words of a line. Words that are the same between two changes, and say next to
/// nothing, are part of the change: single articles left between new words make nobody wiser.
pub(super) fn compare(old: &[Word], new: &[Word], vocabulary: &Vocabulary) -> Vec<Run> {
    if old == new {
        return runs(&[Part { same: old.to_vec(), ..Part::default() }], vocabulary);
    }
    let mut parts: Vec<Part> = vec![Part::default()];
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
        if matches!(op, DiffOp::Equal { .. }) {
            parts.push(Part { same: old.to_vec(), ..Part::default() });
        } else if let Some(last) = parts.last_mut() {
            last.old.extend(old);
            last.new.extend(new);
        }
    }
    runs(&joined(parts, vocabulary), vocabulary)
}

/// Puts changes together that next to nothing stands between.
fn joined(parts: Vec<Part>, vocabulary: &Vocabulary) -> Vec<Part> {
    let weight = |words: &[Word]| -> usize {
        words.iter().map(|word| usize::from(vocabulary.weight(*word))).sum()
    };
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        let changes = !part.old.is_empty() || !part.new.is_empty();
        if let Some(last) = joined.last_mut()
            && changes
            && !(last.old.is_empty() && last.new.is_empty())
        {
            let around = [&last.old, &last.new, &part.old, &part.new].map(|one| weight(one));
            let small = around[0].max(around[1]).min(around[2].max(around[3]));
            let kept = weight(&part.same);
            if kept == 0 && part.same.len() < 4 || kept <= 3 && small > 12 {
                for (own, more) in [(&mut last.old, &part.old), (&mut last.new, &part.new)] {
                    own.extend(&part.same);
                    own.extend(more);
                }
                continue;
            }
        }
        joined.push(part);
    }
    joined
}

fn runs(parts: &[Part], vocabulary: &Vocabulary) -> Vec<Run> {
    let of = |part: &Part| {
        [(State::Same, &part.same), (State::Removed, &part.old), (State::Added, &part.new)]
            .map(|(state, words)| (!words.is_empty()).then(|| vocabulary.run(state, words)))
    };
    parts.iter().flat_map(of).flatten().collect()
}

/// Words of all of which the same has become.
pub(super) fn whole(state: State, words: &[Word], vocabulary: &Vocabulary) -> Vec<Run> {
    if words.is_empty() { Vec::new() } else { vec![vocabulary.run(state, words)] }
}

/// What became of lines that are compared as they stand.
pub(super) fn compare_lines(old: &[Word], new: &[Word], vocabulary: &Vocabulary) -> Vec<Run> {
    let mut runs = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
        if matches!(op, DiffOp::Equal { .. }) {
            runs.push(vocabulary.lines(State::Same, new));
            continue;
        }
        for (state, lines) in [(State::Removed, old), (State::Added, new)] {
            if !lines.is_empty() {
                runs.push(vocabulary.lines(state, lines));
            }
        }
    }
    runs
}
