//! The order of the stations: the only place that knows it.
//!
//! Comes in: [`Inputs`], everything from outside as values. Goes out: [`Compiled`], everything
//! that is known of a manual, findings included. Pages are not made here: [`crate::render`] is
//! asked for them when somebody wants to see them.

use crate::check::{self, Findings, Manual};
use crate::coverage::Coverage;
use crate::embedded;
use crate::graph::{LinkGraph, World};
use crate::model::library::Library;
use crate::model::value::Date;
use crate::model::{self, SettingsFile};
use crate::source::Sources;
use crate::standard::Standards;

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
    /// The files, the built-in ones that the manual does not replace among them.
    pub sources: Sources,
    /// `clausebook.yaml`.
    pub settings: SettingsFile,
    /// The documents.
    pub library: Library,
    /// The standards that it answers to.
    pub standards: Standards,
    /// How far their clauses are evidenced.
    pub coverage: Coverage,
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
            standards: &self.standards,
            coverage: &self.coverage,
            graph: &self.graph,
            world: &self.world,
            today: self.today,
        }
    }
}

/// Reads and checks a manual.
pub fn compile(inputs: Inputs) -> Compiled {
    let Inputs { sources, today } = inputs;
    let settings = model::settings(&sources);
    let chosen = &settings.checked.value;
    let sources = with_standards(sources, &chosen.standards());
    let standards = Standards::read(&sources, &chosen.standards());
    let library = model::library(&sources, &settings.checked);
    let world = world(&sources, &standards);
    let graph = LinkGraph::new(&library, &world);
    let coverage = Coverage::new(&library, &standards, chosen, today);
    let findings = Findings::default();
    let mut compiled =
        Compiled { sources, settings, library, standards, coverage, world, graph, findings, today };
    compiled.findings = check::findings(&compiled.manual());
    compiled
}

/// The manual's files and the built-in files of its standards, file by file where the manual has
/// none of its own.
fn with_standards(sources: Sources, names: &[&str]) -> Sources {
    let wanted = |path: &str| path.split('/').next().is_some_and(|folder| names.contains(&folder));
    let files = embedded::schema_files().into_iter().filter(|(path, _)| wanted(path));
    sources.with_builtin(files.map(|(path, bytes)| (format!("schema/{path}"), bytes)))
}

/// What links may lead to besides documents.
fn world(sources: &Sources, standards: &Standards) -> World {
    let clauses = standards.named().map(|(name, _, clause)| (name, clause.title.0.clone()));
    let qualified = standards
        .named()
        .map(|(name, at, _)| (format!("{}:{}", standards.all[at.standard].name, at.number), name));
    World {
        assets: sources.assets.iter().cloned().collect(),
        clauses: clauses.collect(),
        qualified: qualified.collect(),
    }
}
