//! What differs between two states of a document, so that a person sees it: a redline.
//!
//! Comes in: two [`Side`]s, each the front matter of a document and the tree of its body
//! ([`crate::content`]). Goes out: [`Redline`], a value with every line of both, in the order in which
//! it is read; two writers over it, [`html()`] and [`terminal()`]. Nothing is read, and no clock is
//! looked at.
//!
//! Lines are matched first: those that are equal, then, between them, the most alike in their order
//! ([`align`]). Words are compared inside a line, cells inside the row of a table, keys of the front
//! matter by name. A section that stands elsewhere is shown as moved. So without what was added a
//! redline reads as the old text, without what was removed as the new.

mod align;
mod compare;
mod flat;
mod front;
mod html;
mod sections;
mod table;
mod terminal;
mod vocabulary;
mod words;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::content::{Alert, Content};
use crate::model::library::DocumentNumber;

pub use compare::redline;
pub use html::{html, value};
pub use sections::{ChangedSection, sections};
pub use terminal::{Looks, terminal};
pub use vocabulary::Style;

/// How [`html()`] looks: marks that need no colour, on a screen and on paper.
pub const STYLE: &str = include_str!("redline.css");

/// One of the two states.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The whole text, of which the front matter is read.
    pub text: &'a str,
    /// The body.
    pub body: &'a Content<'a>,
    /// What the documents are called that its links lead to.
    pub name: &'a dyn Fn(DocumentNumber) -> String,
}

/// What differs between two states of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Redline {
    /// The keys of the front matter that differ.
    pub front: Vec<Key>,
    /// The body, line by line: what is as it was, too.
    pub lines: Vec<Line>,
}

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is as it was.
    Same,
    /// Something in it differs.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere: this is where it was.
    Away,
}

/// A key of the front matter that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Key {
    /// The key, after those that it lies below; an entry of a list goes by its id.
    pub path: Vec<String>,
    /// What became of it.
    pub state: State,
    /// Its value.
    pub runs: Vec<Run>,
}

/// A line of the body: a paragraph, a heading, an item, a table, some code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What became of it.
    pub state: State,
    /// What it is, and what stands around it.
    pub place: Place,
    /// What it was, where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Place>,
    /// What it says.
    pub body: Body,
    /// The number of the move that it is part of, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<usize>,
}

/// What a line is, and what stands around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// What stands around it, the outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub around: Vec<Around>,
    /// What it is.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What stands around a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Around {
    /// A quotation.
    Quote,
    /// A note, a warning.
    Alert(Alert),
    /// An item of a list.
    Item {
        /// Its number, where it has one.
        number: Option<u64>,
        /// Which item of the whole redline it is.
        #[serde(skip)]
        serial: usize,
    },
    /// A footnote, by its number.
    Note(usize),
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// A heading.
    Heading {
        /// Its level, from 2.
        level: usize,
        /// Its number.
        number: String,
    },
    /// A paragraph.
    Text,
    /// A term of a list of definitions.
    Term,
    /// What a term means.
    Meaning,
    /// A table.
    Table,
    /// Code.
    Code,
    /// The source of a drawing.
    Drawing,
    /// HTML of the author's.
    Html,
    /// A list or table that is made from the manual's own data.
    Generated,
    /// A line across.
    Rule,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Body {
    /// Words.
    Words(Vec<Run>),
    /// A table.
    Table(Table),
    /// Lines that are compared as they stand.
    Code(Vec<Run>),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What became of each column.
    pub columns: Vec<State>,
    /// The rows, the head first.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What became of it.
    pub state: State,
    /// What each cell says.
    pub cells: Vec<Vec<Run>>,
}

/// Words in a row of which the same has become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// What became of them.
    pub state: State,
    /// The words, by how they look.
    pub pieces: Vec<Piece>,
}

/// Words that look the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// How they look.
    #[serde(skip_serializing_if = "Style::is_plain")]
    pub style: Style,
}

impl Redline {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.front.is_empty() && self.lines.iter().all(|line| !line.differs())
    }
}

impl Line {
    /// Whether it shows that something differs.
    pub fn differs(&self) -> bool {
        self.state != State::Same || self.was.is_some() || self.moved.is_some()
    }

    /// The words of a heading as they are now, or were where it is gone.
    fn plain(&self) -> String {
        let Body::Words(runs) = &self.body else { return String::new() };
        let gone = matches!(self.state, State::Removed | State::Away);
        let shown = runs.iter().filter(|run| gone || run.state != State::Removed);
        shown.flat_map(|run| &run.pieces).map(|piece| piece.text.as_str()).collect()
    }
}

fn alert_word(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "note",
        Alert::Tip => "tip",
        Alert::Important => "important",
        Alert::Warning => "warning",
        Alert::Caution => "caution",
    }
}
