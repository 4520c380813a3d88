//! Changes to a text in its place: spans in, text out, and nothing else touched.
//!
//! Whatever rewrites a document goes through here, so that comments, spacing and everything that
//! the change is not about stay byte for byte what the author wrote.

pub mod keys;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::parse::yaml::Entry;

/// Changes to one text: places, and what stands there afterwards. No two overlap.
#[derive(Clone, Debug)]
pub struct Edits<'t> {
    text: &'t str,
    /// What stands at each place afterwards, by its first byte and the one after its last.
    done: BTreeMap<(usize, usize), String>,
}

impl<'t> Edits<'t> {
    /// No changes yet.
    pub fn of(text: &'t str) -> Self {
        Edits { text, done: BTreeMap::new() }
    }

    /// The text before the changes.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Puts something else at a place, unless the place changes already or is none of this text.
    /// Tells whether it was taken.
    pub fn replace(&mut self, at: Range<usize>, new: impl Into<String>) -> bool {
        let taken = !self.is_free(&at) || self.text.get(at.clone()).is_none();
        if !taken {
            self.done.insert((at.start, at.end), new.into());
        }
        !taken
    }

    /// Whether no change touches a place yet. Two insertions at one place touch each other.
    pub fn is_free(&self, at: &Range<usize>) -> bool {
        let key = (at.start, at.end);
        let before = self.done.range(..key).next_back();
        let after = self.done.range(key..).next();
        before.is_none_or(|((_, end), _)| *end <= at.start)
            && after.is_none_or(|((start, end), _)| at.end <= *start && (*start, *end) != key)
    }

    /// Puts something else in the place of a key's value.
    pub fn set(&mut self, entry: Option<&Entry>, new: &str) {
        let Some(Entry { key_at, node, .. }) = entry else { return };
        let colon = self.text[key_at.end..].find(':').map_or(0, |at| at + 1);
        let end = node.at.end.max(key_at.end + colon);
        let bare = self.text[..end].trim_end_matches(['\n', '\r', ' ']).len();
        self.replace(key_at.end + colon..bare, format!(" {new}"));
    }

    /// Takes a key with its value out, by whole lines.
    pub fn remove(&mut self, entry: Option<&Entry>) {
        let Some(entry) = entry else { return };
        let start = self.text[..entry.key_at.start].rfind('\n').map_or(0, |at| at + 1);
        let end = entry.node.at.end.max(entry.key_at.end);
        let at_line_start = self.text[..end].ends_with('\n');
        let rest = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at + 1);
        self.replace(start..if at_line_start { end } else { rest }, String::new());
    }

    /// The text after the changes.
    pub fn applied(self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut from = 0;
        for ((start, end), new) in &self.done {
            out.push_str(&self.text[from..*start]);
            out.push_str(new);
            from = *end;
        }
        out.push_str(&self.text[from..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_change_and_nothing_else() {
        let mut edits = Edits::of("one two three");
        assert!(edits.replace(4..7, "2"));
        assert!(!edits.replace(6..9, "x"), "it overlaps");
        assert!(!edits.replace(40..41, "x"), "it is outside");
        assert!(edits.replace(0..0, "zero "));
        assert!(!edits.replace(0..0, "again "));
        assert!(!edits.replace(4..7, "again"));
        assert!(!edits.replace(5..6, "inside"));
        assert!(edits.replace(7..8, "_"), "it only touches");
        assert!(!edits.replace(0..5, "around"));
        assert_eq!(edits.applied(), "zero one 2_three");
    }
}
