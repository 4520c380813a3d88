//! The nodes of the tree.

use std::borrow::Cow;
use std::fmt;

use crate::graph::Sought;
use crate::model::generated::Generated;
use crate::model::library::DocumentNumber;
use crate::model::raci;
use crate::text::phrase::Phrase;

/// The body of a document.
#[derive(Debug, Default, PartialEq)]
pub struct Content<'a> {
    /// Its blocks, in order.
    pub blocks: Vec<Block<'a>>,
    /// Its footnotes, in the order of their numbers.
    pub notes: Vec<Note<'a>>,
    /// The address of the heading that was left out because it repeats the title.
    pub title_slug: Option<&'a str>,
}

/// Something that stands by itself.
#[derive(Debug, PartialEq)]
pub enum Block<'a> {
    /// A heading.
    Heading(Heading<'a>),
    /// A paragraph.
    Paragraph(Vec<Inline<'a>>),
    /// Lines that are no paragraph: those of an item of a tight list.
    Lines(Vec<Inline<'a>>),
    /// A list.
    List(List<'a>),
    /// A quotation.
    Quote(Vec<Block<'a>>),
    /// A note, a warning.
    Alert(Alert, Vec<Block<'a>>),
    /// A table.
    Table(Table<'a>),
    /// A RACI matrix.
    Matrix(Matrix<'a>),
    /// A table or list that is made from the manual's own data.
    Generated(&'a Generated),
    /// Code.
    Code(Cow<'a, str>),
    /// A diagram that is drawn.
    Diagram(Diagram<'a>),
    /// Terms and what they mean.
    Definitions(Vec<Definition<'a>>),
    /// HTML of the author's, still to be cleaned.
    Html(Vec<Markup<'a>>),
    /// A line across.
    Rule,
}

/// Something in a line.
#[derive(Debug, PartialEq)]
pub enum Inline<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// Words of a program.
    Code(Cow<'a, str>),
    /// A decision that is still to be taken.
    Decision(Cow<'a, str>),
    /// Emphasis.
    Emphasis(Vec<Inline<'a>>),
    /// Strong emphasis.
    Strong(Vec<Inline<'a>>),
    /// What is struck out.
    Struck(Vec<Inline<'a>>),
    /// A link, or what was to be one.
    Link(Link<'a>),
    /// A picture.
    Picture(Picture<'a>),
    /// A mark of a footnote: the number of the note, and which of its marks it is; both from 1.
    Note(usize, usize),
    /// HTML of the author's, still to be cleaned.
    Html(Vec<Markup<'a>>),
    /// The end of a line of the source.
    SoftBreak,
    /// The end of a line.
    HardBreak,
}

/// A heading.
#[derive(Debug, PartialEq)]
pub struct Heading<'a> {
    /// Its level as it is shown, so that none is skipped: 2 to 6.
    pub level: usize,
    /// Its number: the one that it brings along, or else one that is counted.
    pub number: String,
    /// Its address in the document.
    pub slug: &'a str,
    /// The number that it brings along, as it was typed, with the blank after it.
    pub own_number: Option<String>,
    /// Its words, without a number that it brings along.
    pub words: Vec<Inline<'a>>,
}

/// A list.
#[derive(Debug, PartialEq)]
pub struct List<'a> {
    /// The number of the first item, where items are numbered.
    pub first: Option<u64>,
    /// Its items.
    pub items: Vec<Item<'a>>,
}

/// An item of a list.
#[derive(Debug, PartialEq)]
pub struct Item<'a> {
    /// Whether it is done, when it is a task.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block<'a>>,
}

/// What an alert is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Alert {
    /// Worth knowing.
    Note,
    /// Helpful.
    Tip,
    /// Not to be missed.
    Important,
    /// To be heeded.
    Warning,
    /// Dangerous.
    Caution,
}

/// A table.
#[derive(Debug, PartialEq)]
pub struct Table<'a> {
    /// Its number in the document, from 1.
    pub number: usize,
    /// The heading that it stands under, or else the title.
    pub about: Phrase,
    /// How it goes onto a sheet of paper.
    pub fit: Fit,
    /// How each column is aligned.
    pub columns: Vec<Align>,
    /// The cells of the head.
    pub head: Vec<Vec<Inline<'a>>>,
    /// The cells of the other rows.
    pub rows: Vec<Vec<Vec<Inline<'a>>>>,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As text is.
    Start,
    /// In the middle.
    Middle,
    /// As numbers are.
    End,
}

/// How a table goes onto a sheet of paper, where nothing can be scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// As on the screen.
    Upright,
    /// A matrix whose role names are turned by 90 degrees.
    Turned,
    /// On a landscape sheet of its own.
    Landscape,
    /// A matrix on a landscape sheet, its role names turned.
    TurnedLandscape,
    /// Row by row, each value under the name of its column: no sheet is wide enough.
    Stacked,
}

/// A RACI matrix.
#[derive(Debug)]
pub struct Matrix<'a> {
    /// It as a table; each role leads to its page.
    pub table: Table<'a>,
    /// What its cells say.
    pub cells: &'a raci::Matrix,
    /// The roles as the author wrote them.
    pub typed: Vec<String>,
}

impl PartialEq for Matrix<'_> {
    /// What its cells say follows from their words.
    fn eq(&self, other: &Self) -> bool {
        self.table == other.table
    }
}

/// A diagram.
#[derive(Debug, PartialEq)]
pub struct Diagram<'a> {
    /// Its number in the document, from 1.
    pub number: usize,
    /// Its source, as it reads.
    pub source: Cow<'a, str>,
    /// Its source, as the rule that draws it on trial reads it.
    pub drawn: Cow<'a, str>,
    /// The heading that it stands under.
    pub under: Option<Phrase>,
}

/// A term and what it means.
#[derive(Debug, Default, PartialEq)]
pub struct Definition<'a> {
    /// The term.
    pub term: Vec<Inline<'a>>,
    /// Its meanings.
    pub meanings: Vec<Vec<Inline<'a>>>,
}

/// A footnote.
#[derive(Debug, PartialEq)]
pub struct Note<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// How many marks lead to it.
    pub uses: usize,
    /// What it says.
    pub blocks: Vec<Block<'a>>,
}

/// A piece of HTML of the author's.
#[derive(Debug, PartialEq)]
pub enum Markup<'a> {
    /// As it was written.
    Raw(Cow<'a, str>),
    /// In place of an attribute: what fragments may lead to.
    Id(&'a str),
}

/// A link, or what was to be one.
#[derive(Debug, PartialEq)]
pub struct Link<'a> {
    /// Where it leads.
    pub to: To<'a>,
    /// Whether it says nothing but the id of what it leads to.
    pub is_id: bool,
    /// What it says.
    pub words: Vec<Inline<'a>>,
}

/// Where a link leads.
#[derive(Debug, PartialEq)]
pub enum To<'a> {
    /// Another document that can be read, perhaps a section of it.
    Document(DocumentNumber, Option<&'a str>),
    /// A section of this document.
    Section(&'a str),
    /// A clause of the standard.
    Clause(&'a str),
    /// A role, by one of its names.
    Role(Cow<'a, str>),
    /// A service.
    Service(&'a str),
    /// A term of the glossary.
    Term(&'a str),
    /// An entry of a register: the name of the register, and its id.
    Row(&'a str, &'a str),
    /// A file of the content folders, by its path.
    File(&'a str),
    /// An address somewhere else.
    Address(Cow<'a, str>),
    /// Nowhere else: this document, or what another link stands around.
    Here,
    /// Nowhere, for a reason.
    Nowhere(Reason),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The document cannot be read: why.
    Unpublished(String),
    /// No file of this kind is published.
    FileKind,
    /// A file of the repository that is no part of the manual.
    Repository,
    /// There is no such thing.
    Nothing(Sought),
    /// There is no such section.
    NoSection,
    /// It leads out of the manual.
    Outside,
    /// The parts of its path are separated by another sign.
    Backslashes,
    /// A folder without a document of its own.
    Folder,
    /// A file that is no document.
    NotADocument,
    /// Several things go by that name.
    Ambiguous,
    /// An address that is not followed.
    Scheme,
}

impl Reason {
    /// Whether the author has made a mistake.
    pub fn is_mistake(&self) -> bool {
        !matches!(self, Reason::Unpublished(_) | Reason::FileKind | Reason::Repository)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::Unpublished(why) => why,
            Reason::FileKind => "a file of this kind is not published",
            Reason::Repository => "this is not published",
            Reason::Nothing(sought) => return write!(f, "there is no such {}", sought.word()),
            Reason::NoSection => "there is no such section",
            Reason::Outside => "this leads out of the manual",
            Reason::Backslashes => "the parts of a path are separated by `/`",
            Reason::Folder => "this folder has no document of its own",
            Reason::NotADocument => "this is not a document",
            Reason::Ambiguous => "several things go by this name",
            Reason::Scheme => "an address of this kind is not followed",
        })
    }
}

/// A picture.
#[derive(Debug, PartialEq)]
pub struct Picture<'a> {
    /// The path of its file, when there is one that is shown.
    pub path: Option<&'a str>,
    /// What it says to those who cannot see it.
    pub says: String,
}

impl<'a> Content<'a> {
    /// Its headings, in order.
    pub fn headings(&self) -> Vec<&Heading<'a>> {
        let mut found = Vec::new();
        let notes = self.notes.iter().flat_map(|note| &note.blocks);
        self.blocks.iter().chain(notes).for_each(|block| block.headings(&mut found));
        found
    }
}

impl<'a> Block<'a> {
    /// The blocks that it holds.
    pub fn inside(&self) -> Vec<&Block<'a>> {
        match self {
            Block::List(list) => list.items.iter().flat_map(|item| &item.blocks).collect(),
            Block::Quote(blocks) | Block::Alert(_, blocks) => blocks.iter().collect(),
            _ => Vec::new(),
        }
    }

    fn headings<'t>(&'t self, found: &mut Vec<&'t Heading<'a>>) {
        if let Block::Heading(heading) = self {
            found.push(heading);
        }
        self.inside().into_iter().for_each(|block| block.headings(found));
    }
}
