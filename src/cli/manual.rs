//! Opens the manual that a command works on, and picks the findings that it shows.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::progress::Progress;
use super::{ExitStatus, Session, args, say};
use crate::check::Findings;
use crate::compile::{self, Compiled, Inputs};
use crate::diag::{Diagnostic, Severity};
use crate::model::settings::Settings;
use crate::report::{Format, Report};
use crate::source::{self, Disk, SETTINGS, Sources};

/// Folders that are read beside those of the documents.
const BESIDE: [&str; 2] = ["schema", "themes"];

/// Reads the files of the manual that the session stands in.
pub(super) fn read(session: &Session) -> Result<Sources> {
    read_again(session, &mut Disk::new(&session.root))
}

/// Reads them again, as far as they have changed.
pub(super) fn read_again(session: &Session, disk: &mut Disk) -> Result<Sources> {
    let root = &session.root;
    let settings = crate::model::settings(&source::settings(root)?);
    if !is_here(session) {
        let shown = std::path::absolute(root).unwrap_or(root.clone());
        match above(&shown) {
            Some(above) => bail!(
                "{} is not the top of a manual; that is {}: go there, or use -C",
                shown.display(),
                above.display()
            ),
            None => bail!(
                "{} is not a manual: it has no {SETTINGS}, no policies/ and no processes/. \
                 `clausebook init --name \"Your organization\"` starts one",
                shown.display()
            ),
        }
    }
    disk.read(&folders(&settings.checked.value))
}

/// Folders that a manual is read from.
pub(super) fn folders(settings: &Settings) -> Vec<String> {
    settings.content().into_iter().chain(BESIDE.map(str::to_owned)).collect()
}

/// Whether the session stands at the top of a manual.
pub(super) fn is_here(session: &Session) -> bool {
    let customary = ["policies", "processes"];
    session.root.join(SETTINGS).exists()
        || customary.iter().any(|folder| session.root.join(folder).is_dir())
}

/// The nearest folder above that is a manual.
fn above(folder: &Path) -> Option<PathBuf> {
    let is_manual = |folder: &&Path| folder.join(SETTINGS).is_file();
    folder.ancestors().skip(1).find(is_manual).map(Path::to_path_buf)
}

/// Reads the manual that the session stands in.
pub(super) fn compile(session: &Session) -> Result<Compiled> {
    let _progress = Progress::start("reading the manual");
    let inputs = Inputs { sources: read(session)?, today: session.today };
    Ok(compile::compile(inputs, &mut compile::Session::default()))
}

/// Reads and checks it. What comes of that is kept until the process ends: the system takes ten
/// thousand documents back at once, and we only one by one.
pub(super) fn check(session: &Session) -> Result<(ManuallyDrop<Compiled>, Findings)> {
    let compiled = ManuallyDrop::new(compile(session)?);
    let _progress = Progress::start("checking the manual");
    let findings = compile::check(&compiled, &mut compile::Session::default());
    Ok((compiled, findings))
}

/// Which part of a manual is shown.
#[derive(Default)]
pub(super) struct Part {
    /// Files and folders by their path from the top of the manual; none is all of it.
    paths: Vec<String>,
}

impl Part {
    /// The part that `paths` name, each from the folder of the session or from where the user is.
    pub(super) fn new(paths: &[PathBuf], session: &Session, sources: &Sources) -> Result<Part> {
        let mut part = Part::default();
        for path in paths {
            let known = |inside: &String| {
                let files = sources.files.iter().map(|file| file.path.as_str());
                let mut all = files.chain(sources.assets.iter().map(String::as_str));
                all.any(|file| is_in(file, inside))
            };
            let names = [inside(&session.root.join(path), session), inside(path, session)];
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

fn is_in(file: &str, path: &str) -> bool {
    path.is_empty()
        || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Shows findings and judges them: the one place where the exit status of a check is decided.
pub(super) fn show(
    compiled: &Compiled,
    findings: &Findings,
    how: &Showing<'_>,
    session: &mut Session,
) -> Result<ExitStatus> {
    let is_part = |one: &Diagnostic| how.part.has(&compiled.sources.file(one.at.file).path);
    let standing = findings.standing.iter().filter(|one| one.severity >= how.from);
    let shown: Vec<&Diagnostic> = standing.filter(|one| is_part(one)).collect();
    let library = &compiled.library;
    let documents = library.documents.iter().map(|document| document.path.as_str());
    let unread = library.unread.iter().map(|unread| unread.path.as_str());
    let mut documents: Vec<&str> =
        documents.chain(unread).filter(|path| how.part.has(path)).collect();
    documents.sort_unstable();
    let report = Report {
        sources: &compiled.sources,
        findings: &shown,
        documents: &documents,
        prefix: &session.prefix,
        colour: session.colour,
        fails_at: how.fails_at(),
    };
    report.write(how.format, &mut session.out)?;
    session.out.flush()?;
    if matches!(how.format, Format::Human | Format::Short) {
        let waived = findings.waived.iter().filter(|one| is_part(&one.finding));
        let waived = match waived.count() {
            0 => String::new(),
            count => format!(" ({count} waived)"),
        };
        say(&format!("{}{waived}", report.summary()));
        let only_warnings = report.summary().errors == 0 && report.fails();
        if only_warnings {
            say("warnings count as errors here (--deny warnings)");
        }
    }
    Ok(if report.fails() { ExitStatus::Findings } else { ExitStatus::Clean })
}

/// How findings are shown and judged.
pub(super) struct Showing<'a> {
    /// The format.
    pub(super) format: Format,
    /// The least that is worth showing.
    pub(super) from: Severity,
    /// What makes the run fail besides errors.
    pub(super) deny: Option<args::Deny>,
    /// Of which part of the manual.
    pub(super) part: &'a Part,
}

impl Showing<'_> {
    /// Whether these findings make the run fail.
    pub(super) fn fails(&self, findings: &[Diagnostic]) -> bool {
        findings.iter().any(|finding| finding.severity >= self.fails_at())
    }

    fn fails_at(&self) -> Severity {
        match self.deny {
            Some(args::Deny::Warnings) => Severity::Warning,
            None => Severity::Error,
        }
    }
}
