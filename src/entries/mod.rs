//! Registers with entries: risks, audits, findings, actions, measured values and the like, each a row
//! of a table or of a CSV file.
//!
//! Comes in: the files of `schema/registers/` ([`types`]), the documents with the tables and files
//! that they declare. Goes out: [`Registers`], every entry with its cells as typed values. What cannot
//! be read is kept as a [`Trouble`] and becomes a finding in `check`. An entry is a record: it has a
//! state and changes from day to day. What only has names and is looked up by them (roles, services,
//! terms) stands in front matter, and is [`crate::model::register`].

mod asked;
mod delimited;
mod due;
pub mod format;
mod names;
mod period;
mod reading;
mod series;
mod table;
pub mod types;
mod value;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::model::document::Document;
use crate::model::library::{DocumentNumber, Library};
use crate::source::Sources;
use crate::text::{FileId, Span, join, key};

pub use asked::Last;
pub use due::{Agenda, Due};
pub use names::{Named, Names, NearNames};
pub use period::Period;
pub use reading::TypesMemo;
pub use series::{Measured, Series};
pub use types::{RegisterType, RegisterTypes};
pub use value::{Bad, Value};

/// All entries of a manual.
#[derive(Default)]
pub struct Registers {
    /// What registers there are.
    pub types: Arc<RegisterTypes>,
    /// For each type, where its entries come from and what they are.
    pub all: Vec<Register>,
    /// What cannot be read.
    pub troubles: Vec<Trouble>,
    /// Entries by id.
    by_id: HashMap<String, Vec<EntryRef>>,
    /// Rows that have been seen.
    rows: usize,
    /// Files that have been read, each with the register that it is of.
    files: BTreeSet<(usize, String)>,
}

/// The entries of one type.
#[derive(Default)]
pub struct Register {
    /// The tables and files that hold them.
    pub sources: Vec<Source>,
    /// The entries, in the order of documents and rows.
    pub entries: Vec<Entry>,
}

/// An entry by its places: of its type, and among the entries of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryRef {
    /// The place of its type.
    pub register: usize,
    /// Its place among the entries.
    pub entry: usize,
}

/// A table or a file that holds entries.
#[derive(Clone, Debug)]
pub struct Source {
    /// The document that holds or names it.
    pub document: DocumentNumber,
    /// The section of a table.
    pub section: Option<String>,
    /// The path of a file.
    pub path: Option<String>,
    /// Its head, one a column: the column of the type, or its title where it has another.
    pub head: Vec<Result<usize, String>>,
    /// Where the head stands.
    pub at: Span,
}

/// An entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id, made of the cells that name it; empty where there is none.
    pub id: String,
    /// The place of its source.
    pub source: usize,
    /// Its cells, one for each column of the type.
    pub cells: Vec<Cell>,
    /// Cells of further columns, by their place in the head.
    pub others: Vec<(usize, String)>,
    /// The whole row.
    pub at: Span,
}

/// A cell of an entry.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What stands there.
    pub text: Box<str>,
    /// What it says.
    pub value: Value,
    /// Where it stands; the row where the source has no such column.
    pub at: Span,
}

/// Something that cannot be read.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// Where.
    pub at: Span,
    /// What.
    pub what: What,
}

/// What cannot be read.
#[derive(Clone, Debug)]
pub enum What {
    /// No register has this name.
    NoRegister(String),
    /// There is no such file.
    NoFile(String),
    /// The file is no text.
    NoText(String),
    /// The head names no column of the register: its type.
    NoHead(usize),
    /// A column that is nearly one of the register: its type, and what was typed.
    UnknownColumn(usize, String),
    /// A column that stands there twice.
    TwiceColumn(String),
    /// The source lacks a column that each entry needs: its type, and the column.
    MissingColumn(usize, usize),
    /// The entry lacks a cell that it needs.
    MissingCell(EntryRef, usize),
    /// A row with so many cells under a head with so many.
    Uneven(usize, usize),
    /// Quotes that are opened and not closed.
    OpenQuote,
    /// More rows than are read.
    TooMany(usize),
    /// A file that has been read for the same register before.
    TwiceFile(String),
    /// A cell that cannot be understood: type, column, text, why.
    Cell(usize, usize, String, Bad),
}

/// Most entries of all registers together.
const MOST_ENTRIES: usize = 500_000;

/// The files with entries that documents name, from the top of the manual.
pub fn files(library: &Library) -> BTreeSet<String> {
    let documents = library.documents.iter().filter(|document| document.is_live());
    let named = documents.flat_map(|document| {
        let files = document.front.entries.iter();
        files.filter_map(|entries| join(&document.path, &entries.file))
    });
    named.collect()
}

impl Registers {
    /// Reads the entries of the documents that are in use or may become so.
    pub fn read(types: Arc<RegisterTypes>, library: &Library, sources: &Sources) -> Self {
        let all = types.all.iter().map(|_| Register::default()).collect();
        let mut registers = Registers { types, all, ..Registers::default() };
        for (number, document) in library.documents.numbered() {
            if document.is_live() {
                registers.tables(number, document);
                registers.of_files(number, document, sources);
            }
        }
        registers.index();
        registers
    }

    /// Finds entries by their ids.
    fn index(&mut self) {
        for (register, one) in self.all.iter().enumerate() {
            for (entry, it) in one.entries.iter().enumerate().filter(|(_, it)| !it.id.is_empty()) {
                let places = self.by_id.entry(key(&it.id)).or_default();
                places.push(EntryRef { register, entry });
            }
        }
    }

    /// The type of a register.
    pub fn of(&self, register: usize) -> &RegisterType {
        &self.types.all[register]
    }

    /// An entry.
    pub fn entry(&self, at: EntryRef) -> &Entry {
        &self.all[at.register].entries[at.entry]
    }

    /// The table or the file that holds an entry.
    pub fn source(&self, at: EntryRef) -> &Source {
        let register = &self.all[at.register];
        &register.sources[register.entries[at.entry].source]
    }

    /// The document that holds an entry.
    pub fn document(&self, at: EntryRef) -> DocumentNumber {
        self.source(at).document
    }

    /// The entries of a register, with their places.
    pub fn entries(&self, register: usize) -> impl Iterator<Item = (EntryRef, &Entry)> {
        let entries = self.all[register].entries.iter().enumerate();
        entries.map(move |(entry, it)| (EntryRef { register, entry }, it))
    }

    /// Registers that have entries, by the places of their types.
    pub fn used(&self) -> impl Iterator<Item = usize> {
        let all = self.all.iter().enumerate();
        all.filter(|(_, one)| !one.sources.is_empty()).map(|(place, _)| place)
    }

    /// The entries of an id, whatever their register.
    pub fn by_id(&self, id: &str) -> &[EntryRef] {
        self.by_id.get(&key(id.trim())).map(Vec::as_slice).unwrap_or_default()
    }

    /// All ids with the names of their registers, for links.
    pub fn ids(&self) -> impl Iterator<Item = (&str, EntryRef)> {
        self.all.iter().enumerate().flat_map(|(register, one)| {
            let entries = one.entries.iter().enumerate();
            entries.map(move |(entry, it)| (it.id.as_str(), EntryRef { register, entry }))
        })
    }

    /// Adds a row: its cells as typed values, one for each column of the type.
    fn add(&mut self, register: usize, row: &Row<'_>) {
        self.rows += 1;
        if self.rows > MOST_ENTRIES {
            if self.rows == MOST_ENTRIES + 1 {
                self.troubles.push(Trouble { at: row.at, what: What::TooMany(MOST_ENTRIES) });
            }
            return;
        }
        let types = Arc::clone(&self.types);
        let of = &types.all[register];
        let source = self.all[register].sources.len() - 1;
        let head = &self.all[register].sources[source].head;
        let place = EntryRef { register, entry: self.all[register].entries.len() };
        let mut others = Vec::new();
        let blank = |at| Cell { text: "".into(), value: Value::Empty, at };
        let mut cells: Vec<Cell> = of.columns.iter().map(|_| blank(row.at)).collect();
        for (n, (text, at)) in row.cells.iter().map(|(text, at)| (text.clone(), *at)).enumerate() {
            match head.get(n) {
                Some(Ok(column)) => {
                    let value = match value::read(&of.columns[*column], &text) {
                        _ if row.is_open(at) => Value::Unclear,
                        Ok(Value::Text) => Value::Text,
                        _ if row.even == Even::Long => Value::Unclear,
                        Ok(value) => value,
                        Err(bad) => {
                            let what = What::Cell(register, *column, text.clone(), bad);
                            self.troubles.push(Trouble { at, what });
                            Value::Unclear
                        }
                    };
                    cells[*column] = Cell { text: text.into(), value, at };
                }
                _ if text.is_empty() => {}
                _ => others.push((n, text)),
            }
        }
        let named = of.key.iter().map(|column| cells[*column].text.trim());
        let id = named.collect::<Vec<_>>().join(" ").trim().to_owned();
        let required = of.columns.iter().enumerate().filter(|(_, one)| one.required);
        for (column, _) in required.filter(|_| row.even == Even::Yes) {
            let is_there = head.iter().any(|known| known.as_ref() == Ok(&column));
            if is_there && cells[column].value == Value::Empty {
                let what = What::MissingCell(place, column);
                self.troubles.push(Trouble { at: cells[column].at, what });
            }
        }
        self.all[register].entries.push(Entry { id, source, cells, others, at: row.at });
    }

    /// Adds a source with its head; tells whether it names any column of the register.
    fn open(&mut self, register: usize, source: Source, places: &[Span]) -> bool {
        let of = &self.types.all[register];
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let at = source.at;
        let mut is_told = false;
        for (known, at) in source.head.iter().zip(places) {
            let what = match known {
                Ok(column) if !found.insert(*column) => {
                    What::TwiceColumn(of.columns[*column].title.clone())
                }
                Err(typed) if crate::text::nearest(typed, of.column_names()).is_some() => {
                    is_told = true;
                    What::UnknownColumn(register, typed.clone())
                }
                _ => continue,
            };
            self.troubles.push(Trouble { at: *at, what });
        }
        if found.is_empty() {
            self.troubles.push(Trouble { at, what: What::NoHead(register) });
            return false;
        }
        for (n, _) in of.columns.iter().enumerate().filter(|(_, column)| column.required) {
            if !found.contains(&n) && !is_told {
                self.troubles.push(Trouble { at, what: What::MissingColumn(register, n) });
            }
        }
        self.all[register].sources.push(source);
        true
    }
}

/// A row before it is understood.
struct Row<'a> {
    /// Texts and places of its cells, in the order of the head.
    cells: Vec<(String, Span)>,
    /// The whole row.
    at: Span,
    /// Whether it has as many cells as the head.
    even: Even,
    /// The document that it stands in, where it stands in one.
    document: Option<&'a Document>,
}

/// Whether a row has as many cells as the head.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Even {
    Yes,
    /// What is there is in its place.
    Short,
    /// What is there may be in another place than was meant.
    Long,
}

impl Row<'_> {
    /// Whether what stands at a place is still to be decided or filled in.
    fn is_open(&self, at: Span) -> bool {
        self.document.is_some_and(|document| document.is_unfinished(&at.range()))
    }
}

/// The head of a source: columns of the type, or titles of others.
fn head(of: &RegisterType, titles: impl Iterator<Item = String>) -> Vec<Result<usize, String>> {
    titles.map(|title| of.column(&title).ok_or(title)).collect()
}

impl Source {
    /// The title of a column that is none of the type.
    pub fn other(&self, column: usize) -> &str {
        self.head.get(column).and_then(|known| known.as_ref().err()).map_or("", String::as_str)
    }
}

/// A place in a file.
fn span(file: FileId, at: &Range<usize>) -> Span {
    Span::new(file, at.clone())
}
