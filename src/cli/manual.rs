//! Opens the manual that a command works on, and picks the findings that it shows.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::progress::Progress;
use super::{ExitStatus, Session, say, watchdog};
use crate::check::{Denied, Findings};
use crate::compile::{self, Inputs};
use crate::diag::{Diagnostic, Severity};
use crate::history::{self, History, Question, Texts};
use crate::manual::Manual;
use crate::model::settings::Settings;
use crate::model::value::KeptEditions;
use crate::render::{Options, rehearsed};
use crate::report::{Extent, Format, Report, plural};
use crate::source::{self, Disk, SETTINGS, Sources};
use crate::text::FileId;
use crate::text::visible::one_line;

/// Folders that are read beside those of the documents.
const BESIDE: [&str; 2] = ["schema", "themes"];

/// Reads the files of the manual that the session stands in.
pub(super) fn read(session: &Session) -> Result<Sources> {
    match &session.record {
        Some(record) => Ok(record.read()?.restricted(session.builtin_only)),
        None => read_again(session, &mut Disk::new(&session.root)),
    }
}

/// Reads them again, as far as they have changed.
pub(super) fn read_again(session: &Session, disk: &mut Disk) -> Result<Sources> {
    let root = &session.root;
    let settings = crate::model::settings(&source::settings(root)?);
    if !is_here(session) {
        bail!(
            "{} is not a manual, nor is a folder above it: there is no {SETTINGS}, no policies/ and \
             no processes/. `clausebook init --name \"Your organization\"` starts one",
            std::path::absolute(root).unwrap_or(root.clone()).display()
        );
    }
    let sources = disk.read(&folders(&settings.checked.value))?;
    Ok(sources.restricted(session.builtin_only))
}

/// Folders that a manual is read from.
pub(super) fn folders(settings: &Settings) -> Vec<String> {
    settings.content().into_iter().chain(BESIDE.map(str::to_owned)).collect()
}

/// Whether the session has found the top of a manual.
pub(super) fn is_here(session: &Session) -> bool {
    has_settings(&session.root) || has_customary(&session.root)
}

fn has_settings(folder: &Path) -> bool {
    folder.join(SETTINGS).exists()
}

/// Whether a folder looks like a manual that has no settings.
fn has_customary(folder: &Path) -> bool {
    ["policies", "processes"].iter().any(|name| folder.join(name).is_dir())
}

/// The top of the manual that a folder belongs to: the nearest one from it upwards that has settings
/// or the customary folders. Where the settings above say that what looks like a manual is content
/// of theirs, it is theirs.
pub(super) fn top(start: &Path) -> Result<Option<PathBuf>> {
    if has_settings(start) {
        return Ok(Some(start.to_path_buf()));
    }
    let full = std::path::absolute(start).unwrap_or(start.to_path_buf());
    let full = full.canonicalize().unwrap_or(full);
    let is_manual = |folder: &&Path| has_settings(folder) || has_customary(folder);
    let Some(nearest) = full.ancestors().find(is_manual) else { return Ok(None) };
    let mut top = nearest;
    if let Some(above) = full.ancestors().find(|folder| has_settings(folder)) {
        let settings = crate::model::settings(&source::settings(above)?);
        let mut content = settings.checked.value.content().into_iter();
        if content.any(|folder| above.join(folder).starts_with(nearest)) {
            top = above;
        }
    }
    Ok(Some(if top == full { start.to_path_buf() } else { top.to_path_buf() }))
}

/// Reads the manual that the session stands in.
pub(super) fn compile(session: &Session) -> Result<Manual> {
    let _progress = Progress::start("reading the manual");
    compile_again(session, &mut compile::Session::default())
}

/// Reads what is published of the manual that the session stands in.
pub(super) fn published(session: &Session) -> Result<compile::Published> {
    let mut memory = compile::Session::default();
    let manual = compile_again(session, &mut memory)?;
    Ok(compile::published(manual, false, &mut memory))
}

fn compile_again(session: &Session, memory: &mut compile::Session) -> Result<Manual> {
    Ok(compile::compile(inputs(read(session)?, session), memory))
}

/// Everything that a manual is compiled from, what its repository says included.
pub(super) fn inputs(sources: Sources, session: &Session) -> Inputs {
    let history = Arc::new(history(&sources, session));
    Inputs { sources, history, today: session.today }
}

/// What the repository said, beside what it was asked.
#[derive(Default)]
pub(super) struct RepositoryMemo(Option<(Asked, Arc<History>)>);

/// What a history was read from.
#[derive(PartialEq)]
struct Asked {
    newest: Option<String>,
    question: Question,
}

impl RepositoryMemo {
    /// What the repository says; it is read again when there is a new commit, or when the settings
    /// ask otherwise.
    pub(super) fn history(&mut self, sources: &Sources, session: &Session) -> Arc<History> {
        let settings = crate::model::settings(sources).checked.value;
        let newest = History::newest(&session.root);
        let asked = Asked { newest, question: question(&settings, session) };
        match &self.0 {
            Some((known, history)) if *known == asked => Arc::clone(history),
            _ => {
                let history = Arc::new(history(sources, session));
                self.0 = Some((asked, Arc::clone(&history)));
                history
            }
        }
    }
}

/// So many editions are thought to be approved and not yet in force, the one in force included.
const LATER: usize = 4;

/// What is asked of the repository.
fn question(settings: &Settings, session: &Session) -> Question {
    Question {
        content: settings.content(),
        since: settings.control.since,
        texts: match settings.kept() {
            KeptEditions::All => Texts::All,
            // Besides the one in force there may be some that are in force later.
            KeptEditions::Last(count) => Texts::Newest(count + LATER),
            KeptEditions::None => Texts::Newest(LATER),
        },
        until: session.record.as_ref().map(|record| record.commit.id.clone()),
    }
}

/// What the repository around a manual says. What it cannot say is told on standard error.
pub(super) fn history(sources: &Sources, session: &Session) -> History {
    let settings = crate::model::settings(sources);
    let settings = &settings.checked.value;
    let history = History::read(&session.root, &question(settings, session));
    match &history.extent {
        history::Extent::Unknown(why) => {
            say(&format!("note: what was approved is not known from the repository: {why}"));
        }
        history::Extent::Since(first) => say(&format!(
            "note: what was approved before commit {} is not known: the clone is shallow. \
             `git fetch --unshallow` brings the rest (in CI: `fetch-depth: 0`)",
            first.short()
        )),
        history::Extent::Whole | history::Extent::NoRepository => {}
    }
    history
}

/// Reads and checks it. What comes of that is kept until the process ends: the system takes ten
/// thousand documents back at once, and we only one by one.
pub(super) fn check(
    session: &Session,
    options: &Options,
    memory: &mut compile::Session,
) -> Result<(ManuallyDrop<Manual>, Findings)> {
    // A template of the manual's own may never end.
    watchdog::start();
    let reading = Progress::start("reading the manual");
    let manual = ManuallyDrop::new(compile_again(session, memory)?);
    drop(reading);
    let _progress = Progress::start("checking the manual");
    let findings = compile::check(&manual, memory);
    let findings = rehearsed(&manual, findings, options, &|| true)?;
    Ok((manual, findings.unwrap_or_default()))
}

/// Which part of a manual is shown.
#[derive(Default)]
pub(super) struct Part {
    /// Files and folders by their path from the top of the manual; none is all of it.
    paths: Vec<String>,
}

impl Part {
    /// The part that `paths` name, each from the folder that was named, from where the user is, or
    /// from the top of the manual.
    pub(super) fn new(paths: &[PathBuf], session: &Session, sources: &Sources) -> Result<Part> {
        let mut part = Part::default();
        for path in paths {
            let known = |inside: &String| {
                let files = sources.files.iter().map(|file| file.path.as_str());
                let mut all = files.chain(sources.assets.iter().map(String::as_str));
                all.any(|file| is_in(file, inside))
            };
            let starts = [&session.start, Path::new("."), &session.root];
            let names = starts.map(|start| inside(&start.join(path), session));
            match names.into_iter().flatten().find(known) {
                Some(path) => part.paths.push(path),
                None => bail!(
                    "{} is no file or folder of this manual (documents are in the folders that \
                     `content` of {SETTINGS} names)",
                    path.display()
                ),
            }
        }
        Ok(part)
    }

    /// Whether a file belongs to it.
    pub(super) fn has(&self, file: &str) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|path| is_in(file, path))
    }
}

/// The path of something in the manual, from its top; nothing when it is elsewhere.
fn inside(path: &Path, session: &Session) -> Option<String> {
    let root = session.root.canonicalize().ok()?;
    let below = path.canonicalize().ok()?.strip_prefix(root).ok()?.to_path_buf();
    let parts = below.components().map(|part| part.as_os_str().to_str());
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

pub(super) fn is_in(file: &str, path: &str) -> bool {
    path.is_empty()
        || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Shows findings and judges them: the one place where the exit status of a check is decided.
pub(super) fn show(
    manual: &Manual,
    findings: &Findings,
    how: &Showing<'_>,
    session: &mut Session,
) -> Result<ExitStatus> {
    let is_part = |one: &Diagnostic| how.part.has(&manual.sources.file(one.at.file).path);
    let shown: Vec<&Diagnostic> = findings.standing.iter().filter(|one| is_part(one)).collect();
    let library = &manual.library;
    let documents = library.documents.iter().map(|document| document.path.as_str());
    let unread = library.unread.iter().map(|unread| unread.path.as_str());
    let mut documents: Vec<&str> =
        documents.chain(unread).filter(|path| how.part.has(path)).collect();
    documents.sort_unstable();
    let unpublished = unpublished(manual, findings, how.part);
    let report = Report {
        sources: &manual.sources,
        findings: &shown,
        documents: &documents,
        unpublished: &unpublished,
        stand: &session.stand,
        colour: session.colour,
        denied: how.denied,
        extent: how.extent,
    };
    session.out.annotates = how.format == Format::Github;
    report.write(how.format, &mut session.out)?;
    session.out.flush()?;
    session.out.annotates = false;
    if matches!(how.format, Format::Human | Format::Short) {
        let waived = findings.waived.iter().filter(|one| is_part(&one.finding)).count();
        say_counts(&report, waived, how);
    }
    Ok(if report.fails() { ExitStatus::Findings } else { ExitStatus::Clean })
}

/// Files of the content folders that are not published, although no finding that is more than a
/// note says so: that they are no documents must not go unsaid.
fn unpublished<'a>(manual: &'a Manual, findings: &Findings, part: &Part) -> Vec<&'a str> {
    let weighty = findings.standing.iter().filter(|one| one.severity > Severity::Note);
    let told: BTreeSet<FileId> = weighty.map(|one| one.at.file).collect();
    let unread = manual.library.unread.iter().filter(|unread| !told.contains(&unread.file));
    unread.map(|unread| unread.path.as_str()).filter(|path| part.has(path)).collect()
}

/// So many files are named in one line.
const NAMED: usize = 8;

/// Says which files are not published.
fn listed(files: &[&str]) -> String {
    let named = one_line(&files[..files.len().min(NAMED)].join(", "));
    match files.len() {
        1 => format!("1 file is not published: {named}"),
        count if count > NAMED => {
            format!("{count} files are not published: {named} and {} more", count - NAMED)
        }
        count => format!("{count} files are not published: {named}"),
    }
}

/// Says how many findings there are, which of them are not shown, and what becomes of them.
fn say_counts(report: &Report<'_>, waived: usize, how: &Showing<'_>) {
    let summary = report.summary();
    let waived = if waived == 0 { String::new() } else { format!(" ({waived} waived)") };
    say(&format!("{summary}{waived}"));
    if report.documents.is_empty() {
        say(
            "no document was found in the content folders: a document ends in `.md` or `.markdown`, \
             and its name does not begin with `_` or `.`",
        );
    }
    if !report.unpublished.is_empty() {
        say(&listed(report.unpublished));
    }
    if how.format == Format::Human && !how.extent.notes && summary.notes > 0 {
        say(&format!("{}: --notes shows them", plural(summary.notes, "note")));
    }
    let count =
        |is: &dyn Fn(&Diagnostic) -> bool| report.findings.iter().filter(|one| is(one)).count();
    match count(&|one| one.fixes.iter().any(|fix| fix.safe)) {
        0 => {}
        1 => say("1 of them can be mended at once: clausebook check --fix"),
        safe => say(&format!("{safe} of them can be mended at once: clausebook check --fix")),
    }
    if summary.errors == 0 && report.fails() {
        say("warnings count as errors here (--deny warnings)");
    }
    let would_fail = Denied { due: true, ..how.denied };
    match count(&|one| would_fail.fails(one) && !how.denied.fails(one)) {
        0 => {}
        due => say(&format!(
            "{} due to the calendar alone: only --deny due counts it",
            plural(due, "finding")
        )),
    }
}

/// How findings are shown and judged.
pub(super) struct Showing<'a> {
    /// The format.
    pub(super) format: Format,
    /// How much people are shown.
    pub(super) extent: Extent,
    /// What makes the run fail besides errors.
    pub(super) denied: Denied,
    /// Of which part of the manual.
    pub(super) part: &'a Part,
}
