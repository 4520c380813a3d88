//! The order of the stations: the only place that knows it.
//!
//! Comes in: [`Inputs`], everything from outside as values. Goes out: [`Manual`], everything
//! that is known of a manual, and the findings of [`check()`]. Pages are not made here:
//! [`crate::render`] is asked for them when somebody wants to see them.
//!
//! A [`Session`] keeps what was made of the last state of a manual, each part beside what it was made
//! from: its memos. A part is taken again where what it is made from is the same; nobody is told what
//! was edited. With any session, an empty one too, the same inputs give the same results.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::archive::{self, ArchiveMemo, Plan};
use crate::check::{self, CheckMemo, Findings};
use crate::coverage::{Coverage, CoverageMemo};
use crate::embedded;
use crate::entries::types::FOLDER;
use crate::entries::{self, RegisterTypes, Registers, TypesMemo};
use crate::graph::{self, EntryTarget, LinkGraph, LinkMemo, LinkTargets};
use crate::history::History;
use crate::manual::{Archive, Manual};
use crate::model::library::Library;
use crate::model::settings::Settings;
use crate::model::value::Date;
use crate::model::{self, DocumentMemo};
use crate::source::{BuiltinOnly, FileNumbers, Sources, is_below, is_markdown};
use crate::standard::{Standards, StandardsMemo};
use crate::text::key;

/// Everything that comes from outside.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The files.
    pub sources: Sources,
    /// What the repository says of the documents.
    pub history: Arc<History>,
    /// The day for which everything is judged: the only clock.
    pub today: Date,
}

impl Inputs {
    /// Files of which no repository says anything.
    pub fn new(sources: Sources, today: Date) -> Self {
        Inputs { sources, history: Arc::default(), today }
    }
}

/// What is made of a manual that is compiled again and again, by what it was made from.
#[derive(Default)]
pub struct Session {
    numbers: FileNumbers,
    documents: DocumentMemo,
    standards: StandardsMemo,
    register_types: TypesMemo,
    links: LinkMemo,
    coverage: CoverageMemo,
    findings: CheckMemo,
    archive: ArchiveMemo,
}

/// Reads a manual.
pub fn compile(inputs: Inputs, session: &mut Session) -> Manual {
    let Inputs { sources, history, today } = inputs;
    let mut settings = model::settings(&sources);
    leave_out(&mut settings.checked.value, sources.builtin_only);
    let chosen = &settings.checked.value;
    let sources = with_standards(sources, &chosen.standards());
    let sources = sources.numbered(&mut session.numbers);
    let standards = Standards::again(&sources, &chosen.standards(), &mut session.standards);
    let library = model::library(&sources, &settings.checked, &mut session.documents);
    let sources = sources.with_attached(entries::files(&library).iter().map(String::as_str));
    let sources = sources.numbered(&mut session.numbers);
    let types = RegisterTypes::again(&sources, &mut session.register_types);
    let registers = Registers::read(types, &library, &sources);
    let beyond = graph::beyond(&library, &chosen.content());
    let beyond = beyond.into_iter().filter(|path| sources.holds(path)).collect();
    let entries = entry_targets(&registers, &library);
    let link_targets = LinkTargets { entries, ..link_targets(&sources, &standards, beyond) };
    let graph = LinkGraph::again(&library, &link_targets, &mut session.links);
    let coverage = Coverage::again(&library, &standards, chosen, today, &mut session.coverage);
    Manual {
        sources,
        history,
        settings,
        library,
        standards,
        registers,
        coverage,
        link_targets,
        graph,
        today,
        archive: Archive::default(),
    }
}

/// A manual, and what is published of it.
pub struct Published {
    /// The manual of the files: what rules judge.
    pub working: Manual,
    /// What is published, where that is another one.
    instead: Option<Manual>,
}

impl Published {
    /// What pages are made of.
    pub fn shown(&self) -> &Manual {
        self.instead.as_ref().unwrap_or(&self.working)
    }
}

/// Makes of a manual what is published: each document in the edition that is in force, and old editions
/// beside them. With `drafts` documents are shown as their files are. Where no text is shown instead of
/// another nothing is compiled again.
pub fn published(mut working: Manual, drafts: bool, session: &mut Session) -> Published {
    let plan = Plan::of(&working, drafts);
    if plan.is_empty() {
        return Published { working, instead: None };
    }
    if plan.instead.is_empty() {
        archive::settle(&mut working, plan, &mut session.archive);
        return Published { working, instead: None };
    }
    let texts = plan.instead.iter().map(|one| (one.path.clone(), one.text.text.to_string()));
    let sources = working.sources.clone().with_texts(texts);
    let history = Arc::clone(&working.history);
    let mut instead = compile(Inputs { sources, history, today: working.today }, session);
    instead.archive.working = Some(working.sources.clone());
    archive::settle(&mut instead, plan, &mut session.archive);
    Published { working, instead: Some(instead) }
}

/// Checks a manual.
pub fn check(manual: &Manual, session: &mut Session) -> Findings {
    check::findings(manual, &mut session.findings)
}

/// Checks a manual, unless it is told to stop: then there are no findings.
pub fn check_unless(manual: &Manual, session: &mut Session, stop: &AtomicBool) -> Option<Findings> {
    check::findings_unless(manual, &mut session.findings, stop)
}

/// Makes settings those of a manual without a theme or without standards of its own, where these are
/// left out.
fn leave_out(settings: &mut Settings, BuiltinOnly { theme, schema }: BuiltinOnly) {
    if theme {
        settings.site.theme = None;
        settings.site.logo.take_if(|logo| is_below(logo.trim_start_matches("./"), "themes"));
    }
    if let Some(standards) = settings.standards.as_mut().filter(|_| schema) {
        let builtin = embedded::schema_files();
        let is_builtin = |name: &str| {
            builtin.iter().any(|(path, _)| path.split('/').next().is_some_and(|one| one == name))
        };
        standards.retain(|name| is_builtin(name));
    }
}

/// The manual's files and the built-in files of its standards and of the register types, file by file
/// where the manual has none of its own.
fn with_standards(sources: Sources, names: &[&str]) -> Sources {
    let wanted = |path: &str| {
        path.split('/').next().is_some_and(|folder| names.contains(&folder) || folder == FOLDER)
    };
    let files = embedded::schema_files().into_iter().filter(|(path, _)| wanted(path));
    sources.with_builtin(files.map(|(path, bytes)| (format!("schema/{path}"), bytes)))
}

/// The entries of registers that links may lead to; of two with one id, the first.
fn entry_targets(registers: &Registers, library: &Library) -> BTreeMap<String, EntryTarget> {
    let mut targets = BTreeMap::new();
    for (id, at) in registers.ids().filter(|(id, _)| !id.is_empty()) {
        targets.entry(key(id)).or_insert_with(|| EntryTarget {
            register: registers.of(at.register).name.clone(),
            id: id.to_owned(),
            path: library.documents[registers.document(at)].path.clone(),
        });
    }
    targets
}

/// What links may lead to besides documents and entries.
fn link_targets(sources: &Sources, standards: &Standards, beyond: BTreeSet<String>) -> LinkTargets {
    let clauses = standards.named().map(|(name, _, clause)| (name, clause.title.0.clone()));
    let qualified = standards
        .named()
        .map(|(name, at, _)| (format!("{}:{}", standards.all[at.standard].name, at.number), name));
    let unread = sources.files.iter().filter(|file| file.fault.is_some() && !file.is_aside());
    let unread = unread.filter(|file| !is_markdown(&file.path)).map(|file| file.path.clone());
    LinkTargets {
        assets: sources.assets.iter().cloned().collect(),
        unread: unread.collect(),
        beyond,
        clauses: clauses.collect(),
        qualified: qualified.collect(),
        entries: BTreeMap::new(),
    }
}
