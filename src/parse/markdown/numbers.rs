//! The numbers of items as they were typed, beside those that are shown: a list counts on from its
//! first number, whatever stands at the others.

use std::ops::Range;

/// An item that is shown with another number than it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The number as it was typed.
    pub at: Range<usize>,
    /// The number that is shown.
    pub shown: u64,
}

/// The lists that are open, the innermost last, and what was found in those that are closed.
#[derive(Default)]
pub(super) struct Numbers {
    open: Vec<List>,
    pub(super) found: Vec<Vec<Numbered>>,
}

#[derive(Default)]
struct List {
    /// The number that the next item is shown with; none where the list has no numbers.
    next: Option<u64>,
    /// Whether an item was given another number than the first: `1.` at each is a custom.
    counts: bool,
    first: Option<u64>,
    wrong: Vec<Numbered>,
}

impl Numbers {
    pub(super) fn open(&mut self, first: Option<u64>) {
        self.open.push(List { next: first, first, ..List::default() });
    }

    pub(super) fn item(&mut self, text: &str, at: &Range<usize>) {
        let Some(list) = self.open.last_mut() else { return };
        let Some(shown) = list.next else { return };
        list.next = shown.checked_add(1);
        let typed = text[at.clone()].trim_start();
        let start = at.end - typed.len();
        let digits = typed.len() - typed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(number) = typed[..digits].parse::<u64>() else { return };
        list.counts |= Some(number) != list.first || number > 1;
        if number != shown {
            list.wrong.push(Numbered { at: start..start + digits, shown });
        }
    }

    pub(super) fn close(&mut self) {
        let list = self.open.pop().unwrap_or_default();
        if list.counts && !list.wrong.is_empty() {
            self.found.push(list.wrong);
        }
    }
}
