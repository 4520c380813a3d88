//! The standards that a manual answers to: their clauses, and what each clause needs to see.
//!
//! Comes in: the files below `schema/`, a manual's own before the built-in ones. Goes out:
//! [`Standards`]. A file that is wrong is kept as a [`Fault`] and becomes a finding in `check`.
//! Facts about ISO/IEC 20000-1 stand in the files and nowhere in the program.

pub mod format;
pub mod facts;
mod breadth;
mod memo;
mod read;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::value::{Flag, Kind};
use crate::source::{SourceFile, Sources};
use crate::text::Span;
pub use memo::StandardsMemo;
pub(crate) use read::{read_file, shape};

use format::{About, Clause, ClauseSchema, Item, Role, Strength, Topic};

/// All standards of a manual, in the order of `standards:`.
#[derive(Default)]
pub struct Standards {
    /// The standards.
    pub all: Vec<Standard>,
    /// What was wrong with their files.
    pub faults: Vec<Fault>,
    /// Names in `standards:` for which there is no folder.
    pub absent: Vec<String>,
}

/// One standard.
pub struct Standard {
    /// Name of its folder.
    pub name: String,
    /// What it is.
    pub about: About,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// What each requirement clause needs to see, by number.
    pub schemas: BTreeMap<String, Schema>,
    numbers: BTreeMap<String, usize>,
}

/// What a clause needs to see.
pub struct Schema {
    /// The file's content.
    pub content: ClauseSchema,
    /// Where it stands.
    pub at: Span,
    validators: BTreeMap<String, Arc<jsonschema::Validator>>,
}

/// Something wrong in a file of a standard.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Where.
    pub at: Span,
    /// What, without a full stop.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

/// A clause as a document names it: its standard and its number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClauseRef {
    /// Index of the standard in [`Standards::all`].
    pub standard: usize,
    /// Its number.
    pub number: String,
}

impl Standards {
    /// Reads the standards of a manual.
    pub fn read(sources: &Sources, names: &[&str]) -> Self {
        let mut standards = Standards::default();
        for (n, name) in names.iter().enumerate() {
            if names[..n].contains(name) {
                continue;
            }
            let folder = format!("schema/{name}");
            let files: Vec<&SourceFile> = sources.below(&folder).collect();
            if files.is_empty() {
                standards.absent.push((*name).to_owned());
                continue;
            }
            let standard = Standard::read(name, &folder, &files, &mut standards.faults);
            standards.all.push(standard);
        }
        standards
    }

    /// The clause that a document names: `8.6.1` of the first standard that has it, or
    /// `iso-20000-1-2018:8.6.1` of the one that is named.
    pub fn find(&self, name: &str) -> Option<(ClauseRef, &Clause)> {
        let (wanted, number) = match name.rsplit_once(':') {
            Some((standard, number)) => (Some(standard), number),
            None => (None, name),
        };
        self.all.iter().enumerate().find_map(|(index, standard)| {
            if wanted.is_some_and(|wanted| wanted != standard.name) {
                return None;
            }
            let clause = standard.clause(number)?;
            Some((ClauseRef { standard: index, number: number.to_owned() }, clause))
        })
    }

    /// How a clause is written in a document: with its standard's name unless it is found
    /// without.
    pub fn name(&self, clause: &ClauseRef) -> String {
        match self.find(&clause.number) {
            Some((found, _)) if found == *clause => clause.number.clone(),
            _ => format!("{}:{}", self.all[clause.standard].name, clause.number),
        }
    }

    /// Every clause with the name by which documents name it.
    pub fn named(&self) -> impl Iterator<Item = (String, ClauseRef, &Clause)> {
        self.all.iter().enumerate().flat_map(move |(index, standard)| {
            standard.clauses.iter().map(move |clause| {
                let number = clause.number.0.clone();
                let found = ClauseRef { standard: index, number };
                (self.name(&found), found, clause)
            })
        })
    }

    /// Every requirement clause, in order, with its schema where there is one.
    pub fn requirements(&self) -> impl Iterator<Item = (ClauseRef, &Clause, Option<&Schema>)> {
        self.named().filter(|(_, _, clause)| clause.role == Role::Requirement).map(
            move |(_, at, clause)| {
                let schema = self.all[at.standard].schemas.get(&at.number);
                (at, clause, schema)
            },
        )
    }

    /// The schema of a clause.
    pub fn schema(&self, clause: &ClauseRef) -> Option<&Schema> {
        self.all.get(clause.standard)?.schemas.get(&clause.number)
    }

    /// Numbers of all clauses, for hints.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.all.iter().flat_map(|one| one.clauses.iter().map(|clause| &*clause.number))
    }
}

impl Standard {
    /// The clause of a number.
    pub fn clause(&self, number: &str) -> Option<&Clause> {
        self.numbers.get(number).map(|index| &self.clauses[*index])
    }

    /// The clauses right below one.
    pub fn below(&self, number: &str) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(move |one| one.parent.as_deref() == Some(number))
    }
}

impl Schema {
    /// Whether top management has to approve the documents that claim the clause.
    pub fn wants_top_management(&self) -> bool {
        self.content.top_management == Some(Flag(true))
    }

    /// The topics that the clause needs.
    pub fn required(&self) -> impl Iterator<Item = &Topic> {
        self.content.topics.iter().filter(|topic| topic.strength == Strength::Required)
    }

    /// The topic of a slug.
    pub fn topic(&self, slug: &str) -> Option<&Topic> {
        self.content.topics.iter().find(|topic| &*topic.topic == slug)
    }

    /// The JSON Schema of an item over a document's facts, ready to check with.
    pub fn validator(&self, item: &Item) -> Option<&jsonschema::Validator> {
        self.validators.get(&item.item.0).map(Arc::as_ref)
    }
}

/// Addresses of headings that nearly every document has, whatever it is about.
const COMMON: [&str; 5] = ["scope", "purpose", "review", "records", "responsibilities"];

impl Topic {
    /// Whether a `covers` mark meets this topic.
    pub fn is_met_by(&self, word: &str) -> bool {
        *self.topic == *word || self.aliases.iter().any(|alias| **alias == *word)
    }

    /// Whether the address of a heading meets this topic, in a document of a kind.
    pub fn is_met_in(&self, kind: Option<Kind>, address: &str) -> bool {
        let may = || kind.is_some_and(|kind| self.common_in.contains(&kind));
        self.is_met_by(address) && (!COMMON.contains(&address) || may())
    }
}
