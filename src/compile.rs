//! The order of the stations: the only place that knows it.
//!
//! Comes in: [`Inputs`], everything from outside as values. Goes out: [`Compiled`], everything
//! that is known of a manual, and the findings of [`check()`]. Pages are not made here:
//! [`crate::render`] is asked for them when somebody wants to see them.
//!
//! A [`Session`] keeps what a manual that is compiled again and again has in common with its last
//! state. It holds tables from content to result, and so has no opinion on what changed: with any
//! session, an empty one too, the same inputs give the same results.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::check::{self, Findings, Manual};
use crate::coverage::{self, Coverage};
use crate::embedded;
use crate::graph::{self, LinkGraph, LinkTargets};
use crate::model::library::Library;
use crate::model::value::Date;
use crate::model::{self, SettingsFile};
use crate::source::{SourceFile, Sources};
use crate::standard::Standards;

/// Everything that comes from outside.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The files.
    pub sources: Sources,
    /// The day for which everything is judged: the only clock.
    pub today: Date,
}

/// A manual that has been read.
pub struct Compiled {
    /// The files, the built-in ones that the manual does not replace among them.
    pub sources: Sources,
    /// `clausebook.yaml`.
    pub settings: SettingsFile,
    /// The documents.
    pub library: Library,
    /// The standards that it answers to.
    pub standards: Arc<Standards>,
    /// How far their clauses are evidenced.
    pub coverage: Coverage,
    /// What links may lead to.
    pub link_targets: LinkTargets,
    /// The links.
    pub graph: LinkGraph,
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
            link_targets: &self.link_targets,
            today: self.today,
        }
    }
}

/// What a manual that is compiled again has in common with its last state.
#[derive(Default)]
pub struct Session {
    documents: model::Shelf,
    standards: Option<Read>,
    found: check::CheckMemo,
    graph: graph::LinkMemo,
    coverage: coverage::CoverageMemo,
}

/// Standards, and the files that they were read from.
struct Read {
    names: Vec<String>,
    files: Vec<SourceFile>,
    standards: Arc<Standards>,
}

/// Reads a manual.
pub fn compile(inputs: Inputs, session: &mut Session) -> Compiled {
    let Inputs { sources, today } = inputs;
    let settings = model::settings(&sources);
    let chosen = &settings.checked.value;
    let sources = with_standards(sources, &chosen.standards());
    let standards = session.standards(&sources, &chosen.standards());
    let library = model::library(&sources, &settings.checked, &mut session.documents);
    let beyond = graph::beyond(&library, &chosen.content());
    let beyond = beyond.into_iter().filter(|path| sources.holds(path)).collect();
    let link_targets = link_targets(&sources, &standards, beyond);
    let graph = LinkGraph::again(&library, &link_targets, &mut session.graph);
    let coverage = Coverage::again(&library, &standards, chosen, today, &mut session.coverage);
    Compiled { sources, settings, library, standards, coverage, link_targets, graph, today }
}

/// Checks a manual.
pub fn check(compiled: &Compiled, session: &mut Session) -> Findings {
    check::findings(&compiled.manual(), &mut session.found)
}

/// Checks a manual, unless it is told to stop: then there are no findings.
pub fn check_unless(
    compiled: &Compiled,
    session: &mut Session,
    stop: &AtomicBool,
) -> Option<Findings> {
    check::findings_unless(&compiled.manual(), &mut session.found, stop)
}

impl Session {
    fn standards(&mut self, sources: &Sources, names: &[&str]) -> Arc<Standards> {
        let files = || sources.below("schema");
        if let Some(read) = &self.standards
            && read.names == names
            && read.files.len() == files().count()
            && read.files.iter().zip(files()).all(|(old, new)| old.is_as(new))
        {
            return Arc::clone(&read.standards);
        }
        let standards = Arc::new(Standards::read(sources, names));
        self.standards = Some(Read {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            files: files().cloned().collect(),
            standards: Arc::clone(&standards),
        });
        standards
    }
}

/// The manual's files and the built-in files of its standards, file by file where the manual has
/// none of its own.
fn with_standards(sources: Sources, names: &[&str]) -> Sources {
    let wanted = |path: &str| path.split('/').next().is_some_and(|folder| names.contains(&folder));
    let files = embedded::schema_files().into_iter().filter(|(path, _)| wanted(path));
    sources.with_builtin(files.map(|(path, bytes)| (format!("schema/{path}"), bytes)))
}

/// What links may lead to besides documents.
fn link_targets(sources: &Sources, standards: &Standards, beyond: BTreeSet<String>) -> LinkTargets {
    let clauses = standards.named().map(|(name, _, clause)| (name, clause.title.0.clone()));
    let qualified = standards
        .named()
        .map(|(name, at, _)| (format!("{}:{}", standards.all[at.standard].name, at.number), name));
    LinkTargets {
        assets: sources.assets.iter().cloned().collect(),
        beyond,
        clauses: clauses.collect(),
        qualified: qualified.collect(),
    }
}
