//! A line of YAML, and what an author most likely did in it.

use std::ops::Range;

use super::yaml::{Fault, Repair};

/// A line of block YAML, taken apart; all places are those of the whole piece.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Without what ends it.
    pub(super) all: Range<usize>,
    pub(super) indent: Range<usize>,
    /// Behind the dashes of list entries.
    pub(super) content: usize,
    /// A name and where its colon stands.
    pub(super) key: Option<Range<usize>>,
    /// The value, without a comment.
    pub(super) value: Range<usize>,
}

/// Fields at the top of a document that have one value.
const SINGLE: [&str; 6] = ["id", "title", "kind", "version", "status", "owner"];

impl Line {
    /// Whether it is a field that is no list and no map.
    pub(super) fn is_single(&self, text: &str) -> bool {
        let key = self.key.clone().filter(|_| self.content == self.all.start);
        key.is_some_and(|key| SINGLE.contains(&&text[key]))
    }
}

/// A slip that was probably made, with its repair.
pub(super) struct Guess {
    pub(super) fault: Fault,
    /// Whether it is one whatever else is wrong.
    pub(super) certain: bool,
}

/// A guess: what is wrong at a place, and what mends it.
pub(super) fn guess(
    at: Range<usize>,
    message: impl Into<String>,
    title: impl Into<String>,
    edits: Vec<(Range<usize>, String)>,
) -> Guess {
    let repair = Some(Repair { title: title.into(), edits, safe: true });
    Guess { fault: Fault { repair, ..Fault::new(at, message) }, certain: false }
}

impl Guess {
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.fault.help = Some(help.into());
        self
    }

    pub(super) fn note(mut self, note: &'static str) -> Self {
        self.fault.note = note;
        self
    }

    pub(super) fn related(mut self, at: Range<usize>, what: &str) -> Self {
        self.fault.related = Some((at, what.to_owned()));
        self
    }

    /// It is a slip whatever else is wrong.
    pub(super) fn certain(mut self) -> Self {
        self.certain = true;
        self
    }

    /// What mends it may be another thing than was meant.
    pub(super) fn unsure(mut self) -> Self {
        if let Some(repair) = &mut self.fault.repair {
            repair.safe = false;
        }
        self
    }
}
