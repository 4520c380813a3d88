//! Everything that is known of a manual, for rules, pages and commands.
//!
//! [`crate::compile`] makes it; whoever has it looks and changes nothing.

use std::sync::Arc;

use crate::coverage::Coverage;
use crate::entries::{Names, Registers};
use crate::graph::{LinkGraph, LinkTargets};
use crate::history::History;
use crate::model::SettingsFile;
use crate::model::library::Library;
use crate::model::settings::Settings;
use crate::model::value::Date;
use crate::source::Sources;
use crate::standard::Standards;

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
