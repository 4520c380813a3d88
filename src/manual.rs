//! Everything that is known of a manual, for rules, pages and commands.
//!
//! [`crate::compile`] makes it; whoever has it looks and changes nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::coverage::Coverage;
use crate::entries::{Names, Registers};
use crate::graph::{LinkGraph, LinkTargets};
use crate::history::History;
use crate::model::SettingsFile;
use crate::model::library::{DocumentNumber, Library};
use crate::model::settings::Settings;
use crate::model::value::{Classification, Date, Status};
use crate::source::Sources;
use crate::standard::Standards;
use crate::text::phrase::Phrase;

/// A manual that has been read.
pub struct Manual {
    /// The files, the built-in ones that the manual does not replace among them.
    pub sources: Sources,
    /// What the repository says of the documents.
    pub history: Arc<History>,
    /// `clausebook.yaml`.
    pub settings: SettingsFile,
    /// The documents.
    pub library: Library,
    /// The standards that it answers to.
    pub standards: Arc<Standards>,
    /// The registers with their entries.
    pub registers: Registers,
    /// How far their clauses are evidenced.
    pub coverage: Coverage,
    /// What links may lead to.
    pub link_targets: LinkTargets,
    /// The links.
    pub graph: LinkGraph,
    /// The day for which everything is judged.
    pub today: Date,
    /// What of it is shown otherwise than the files say, and what besides.
    pub archive: Archive,
}

/// Editions that the repository holds and the files do not.
#[derive(Debug, Default)]
pub struct Archive {
    /// Old editions, which are kept behind the documents.
    pub kept: Vec<Kept>,
    /// What is in work, by the path of each document of which the edition in force is shown.
    pub ahead: BTreeMap<String, Ahead>,
    /// Documents that had a page once and have none.
    pub ended: Vec<Ended>,
    /// The files that findings are about, where other texts are shown.
    pub working: Option<Sources>,
}

/// An old edition that is kept behind the documents.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its number.
    pub number: DocumentNumber,
    /// The id of its document.
    pub id: String,
    /// Its place among the editions of the document.
    pub place: usize,
    /// What has become of it.
    pub standing: Standing,
}

/// What has become of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is in force, while the next version is shown in its place.
    InForce,
    /// Another version has taken its place, on a day where that is known.
    Superseded(String, Option<Date>),
    /// It was the last of its document.
    Last,
}

/// What is in work while an earlier edition is in force.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// The version; empty where there is none.
    pub version: String,
    /// Its status.
    pub status: Status,
    /// The first day on which it will be in force, as it says.
    pub first_day: Option<Date>,
    /// Whether its text was altered under the version that was approved.
    pub altered: bool,
    /// Whether its text is shown all the same, and not the edition in force.
    pub is_shown: bool,
    /// The version that is in force.
    pub in_force: String,
    /// Who may know of it.
    pub classification: Classification,
}

/// A document that had a page once and has none.
#[derive(Clone, Debug)]
pub struct Ended {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Phrase,
    /// How it ended.
    pub end: End,
    /// Who may know of it.
    pub classification: Classification,
}

/// How a document ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Another document has taken its place.
    Superseded,
    /// It was withdrawn.
    Withdrawn,
    /// It was given another id.
    Renamed(String),
    /// Its file was removed, on a day where that is known.
    Removed(Option<Date>),
}

impl Manual {
    /// What `clausebook.yaml` says.
    pub fn settings(&self) -> &Settings {
        &self.settings.checked.value
    }

    /// All that cells of entries may name.
    pub fn names(&self) -> Names<'_> {
        Names::new(&self.library, &self.standards, &self.registers)
    }
}
