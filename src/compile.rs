//! The order of the stations: the only place that knows it.
//!
//! Comes in: [`Inputs`], everything from outside as values. Goes out: [`Compiled`], everything
//! that is known of a manual, findings included. Pages are not made here: [`crate::render`] is
//! asked for them when somebody wants to see them.

use crate::check::{self, Findings, Manual};
use crate::graph::{LinkGraph, World};
use crate::model::library::Library;
use crate::model::value::Date;
use crate::model::{self, SettingsFile};
use crate::source::Sources;

/// Everything that comes from outside.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The files.
    pub sources: Sources,
    /// The day for which everything is judged: the only clock.
    pub today: Date,
}

/// A manual that has been read and checked.
pub struct Compiled {
    /// The files.
    pub sources: Sources,
    /// `clausebook.yaml`.
    pub settings: SettingsFile,
    /// The documents.
    pub library: Library,
    /// What links may lead to.
    pub world: World,
    /// The links.
    pub graph: LinkGraph,
    /// What is wrong.
    pub findings: Findings,
    /// The day for which everything was judged.
    pub today: Date,
}

impl Compiled {
    /// Everything that is known, for rules and pages.
    pub fn manual(&self) -> Manual<'_> {
        Manual {
            sources: &self.sources,
            settings: &self.settings,
            library: &self.library,
            graph: &self.graph,
            world: &self.world,
            today: self.today,
        }
    }
}

/// Reads and checks a manual.
pub fn compile(inputs: &Inputs) -> Compiled {
    let Inputs { sources, today } = inputs;
    let settings = model::settings(sources);
    let library = model::library(sources, &settings.checked);
    let world = world(sources);
    let graph = LinkGraph::new(&library, &world);
    let mut compiled = Compiled {
        sources: sources.clone(),
        settings,
        library,
        world,
        graph,
        findings: Findings::default(),
        today: *today,
    };
    compiled.findings = check::findings(&compiled.manual());
    compiled
}

/// What links may lead to besides documents.
fn world(sources: &Sources) -> World {
    World { assets: sources.assets.iter().cloned().collect(), ..World::default() }
}
