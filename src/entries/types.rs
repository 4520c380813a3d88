//! The register types of a manual: what their files say, with columns found by their places.
//!
//! A manual's own files win over the built-in ones or add to them. What is wrong in one is a
//! [`Fault`] at its place; what is left of the type is used.

use super::format::{All, ColumnType};
use crate::model::value::Interval;
use crate::standard::Fault;
use crate::text::slug;

/// The folder of the type files, below `schema/`.
pub const FOLDER: &str = "registers";

/// The register types of a manual, by name.
#[derive(Default)]
pub struct RegisterTypes {
    /// The types, in the order of their names.
    pub all: Vec<RegisterType>,
    /// What is wrong in their files.
    pub faults: Vec<Fault>,
}

/// What the entries of one register look like, and what is asked of them.
pub struct RegisterType {
    /// Its name.
    pub name: String,
    /// Title of its page.
    pub title: String,
    /// The word for one entry.
    pub entry: String,
    /// One sentence under the title.
    pub lead: String,
    /// What the ids of new entries begin with.
    pub prefix: Option<String>,
    /// Its columns; the first is the id, unless entries are named by others.
    pub columns: Vec<Column>,
    /// The columns that name an entry.
    pub key: Vec<usize>,
    /// What its entries are evidence of.
    pub evidence: Vec<Evidence>,
    /// Which words mean that an entry is open.
    pub state: Option<State>,
    /// The column that says by which day an open entry is to be done.
    pub due: Option<usize>,
    /// The column that names who answers for an entry.
    pub owner: Option<usize>,
    /// The column that says what an entry is about.
    pub about: Option<usize>,
    /// What is asked of the entries.
    pub checks: Vec<Check>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its id.
    pub id: String,
    /// What a page calls it.
    pub title: String,
    /// All its names, as they are compared.
    pub(super) names: Vec<String>,
    /// What its cells hold.
    pub holds: ColumnType,
    /// Whether each entry needs it.
    pub required: bool,
    /// Whether a cell may hold several.
    pub many: bool,
    /// The words that are allowed.
    pub words: Vec<String>,
    /// The registers that it may lead to.
    pub of: Vec<String>,
    /// The smallest and the largest number that is allowed.
    pub range: (Option<f64>, Option<f64>),
}

/// What entries are evidence of.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The clause.
    pub clause: String,
    /// The item.
    pub item: Option<String>,
    /// The column with the day on which it was done.
    pub date: usize,
    /// The longest time between two entries.
    pub every: Option<Interval>,
}

/// The column of states and its words, as they are compared.
#[derive(Clone, Debug)]
pub struct State {
    /// The column.
    pub column: usize,
    /// Words of what is still to be done.
    pub open: Vec<String>,
}

/// Something that is asked of entries.
#[derive(Clone, Debug)]
pub struct Check {
    /// What is wrong where it does not hold.
    pub says: Option<String>,
    /// Which entries it is about.
    pub when: Vec<When>,
    /// What is asked.
    pub asks: Asks,
}

/// Something that holds of an entry.
#[derive(Clone, Debug)]
pub enum When {
    /// A cell holds one of these words.
    Is(usize, Vec<String>),
    /// A cell holds a number above this.
    Above(usize, f64),
    /// A cell is filled in, or is not.
    Filled(usize, bool),
    /// It is open, or is not.
    Open(bool),
}

/// What is asked; columns are places among those of the type.
#[derive(Clone, Debug)]
pub enum Asks {
    /// All of the first are filled in, and one of the second.
    Filled(Vec<usize>, Vec<usize>),
    /// The last is the product of the first.
    Product(Vec<usize>, usize),
    /// Days in this order.
    Order(Vec<usize>),
    /// No earlier than what the first column names: its first and its last day.
    After(usize, usize, usize),
    /// An entry of other registers names it, in the column of that name.
    Answered(Vec<String>, String),
    /// The last day is no longer ago than this, for each value of the columns.
    Interval(usize, Interval, Vec<usize>),
    /// The day has not passed, less the notice in another column, for each value of the columns.
    Valid(usize, Option<usize>, Vec<usize>),
    /// A column names everything, by the days of another, within a time.
    Reaches(usize, usize, Interval, All),
    /// A column names everything that a clause lists.
    Lists(usize, String),
    /// The person owns none of what other columns name.
    Independent(usize, Vec<usize>),
    /// Every holder of a role stands in the column.
    Holders(usize),
    /// Whoever gets a document has read its version: person, document, version.
    Readers(usize, usize, usize),
    /// Measure, period and value; and how a value off its target is answered.
    Measured(usize, usize, usize, Vec<String>, String),
    /// A column says the word in each of two years after it says one of the last words, by the days of
    /// another.
    Yearly(usize, String, usize, Vec<String>),
}

impl RegisterTypes {
    /// The place of a type by its name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.all.binary_search_by(|one| one.name.as_str().cmp(name)).ok()
    }
}

impl RegisterType {
    /// The column that goes by a name.
    pub fn column(&self, name: &str) -> Option<usize> {
        let name = slug(name);
        self.columns.iter().position(|column| column.names.contains(&name))
    }

    /// All names of columns, for hints.
    pub fn column_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().flat_map(|column| column.names.iter().map(String::as_str))
    }
}

impl ColumnType {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            ColumnType::Text => "text",
            ColumnType::Word => "word",
            ColumnType::Date => "date",
            ColumnType::Number => "number",
            ColumnType::Interval => "interval",
            ColumnType::Period => "period",
            ColumnType::Role => "role",
            ColumnType::Person => "person",
            ColumnType::Clause => "clause",
            ColumnType::Service => "service",
            ColumnType::Party => "party",
            ColumnType::Document => "document",
            ColumnType::Kpi => "kpi",
            ColumnType::Entry => "entry",
        }
    }

    /// Whether its cells name something else of the manual.
    pub fn is_name(self) -> bool {
        use ColumnType::{Clause, Document, Entry, Kpi, Party, Person, Role, Service};
        matches!(self, Role | Person | Clause | Service | Party | Document | Kpi | Entry)
    }
}
