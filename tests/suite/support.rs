//! A case: a small manual, checked as of a day, and what it says about its own findings.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clausebook::check::Findings;
use clausebook::compile::{self, Inputs, Session};
use clausebook::diag::Diagnostic;
use clausebook::history::History;
use clausebook::manual::Manual;
use clausebook::mend::{Mended, Take, mend};
use clausebook::model;
use clausebook::model::settings::Settings;
use clausebook::model::value::Date;
use clausebook::render::{self, Options};
use clausebook::source::{self, Sources};

/// The day for which a case is judged that has no file `today`.
const TODAY: &str = "2026-06-15";

/// A small manual that has been checked.
pub(crate) struct Case {
    /// Its files.
    pub(crate) sources: Sources,
    /// What was found.
    pub(crate) findings: Findings,
    folder: PathBuf,
    today: Date,
}

/// What `clausebook.yaml` of a case says.
fn first_settings(sources: &Sources) -> Settings {
    model::settings(sources).checked.value
}

impl Case {
    /// Reads and checks the manual in a folder, as of the day in its file `today`.
    pub(crate) fn from_dir(folder: &Path) -> Case {
        let first = source::settings(folder).expect("the settings of a case can be read");
        let mut folders = first_settings(&first).content();
        folders.extend(["schema".to_owned(), "themes".to_owned()]);
        let sources = source::read(folder, &folders).expect("the files of a case can be read");
        let today = std::fs::read_to_string(folder.join("today")).unwrap_or(TODAY.into());
        let since = first_settings(&first).control.since;
        let history = crate::history::of_folder(&folder.join("history"), since);
        Case::new(sources, history, today.trim(), folder)
    }

    /// Checks a manual that exists in memory alone.
    pub(crate) fn from_memory<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Case {
        Case::from_bytes(files.into_iter().map(|(path, text)| (path, text.as_bytes())))
    }

    /// The same of files that may be anything.
    pub(crate) fn from_bytes<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Case {
        Case::new(Sources::from_memory(files), History::default(), TODAY, Path::new(""))
    }

    fn new(sources: Sources, history: History, today: &str, folder: &Path) -> Case {
        let today = Date::parse(today).expect("the day of a case is a date");
        let mut session = Session::default();
        let history = Arc::new(history);
        let compiled = compile::compile(Inputs { sources, history, today }, &mut session);
        let findings = compile::check(&compiled, &mut session);
        // Some of it shows only when pages are made.
        let options = Options::default();
        let findings = render::rehearsed(&compiled, findings, &options, &|| true);
        let findings = findings.expect("the pictures of a case can be read").unwrap_or_default();
        let Manual { sources, .. } = compiled;
        Case { sources, findings, folder: folder.to_path_buf(), today }
    }

    /// The findings, as a case would expect them.
    pub(crate) fn found(&self) -> Vec<Expected> {
        // The files as they are after `--fix`, and as they were before, are none of the manual.
        let shown = self.findings.standing.iter().map(|finding| self.shown(finding));
        shown
            .filter(|one| !["fixed/", "history/"].iter().any(|folder| one.path.starts_with(folder)))
            .collect()
    }

    fn shown(&self, finding: &Diagnostic) -> Expected {
        let (start, end) = self.sources.positions(finding.at);
        Expected {
            path: self.sources.file(finding.at.file).path.clone(),
            line: start.line,
            column: start.column,
            end: (start.line == end.line).then_some(end.column),
            severity: finding.severity.word().to_owned(),
            code: finding.code.to_string(),
            text: finding.message.clone(),
        }
    }

    /// What the files of the case, and its file `expected`, say should be found.
    pub(crate) fn expected(&self) -> Vec<Expected> {
        let mut all = Vec::new();
        for file in &self.sources.files {
            all.extend(beside_the_lines(&file.path, &file.text));
        }
        let listed = std::fs::read_to_string(self.folder.join("expected")).unwrap_or_default();
        all.extend(listed.lines().filter(|line| !line.is_empty()).map(|line| {
            Expected::listed(line).unwrap_or_else(|| panic!("cannot read the expectation {line}"))
        }));
        all
    }

    /// Compares the files after `check --fix` with those in the folder `fixed` of the case; the
    /// answer is one line a difference. With `CLAUSEBOOK_FIXED=1` the folder is written anew.
    pub(crate) fn fixed_differences(&self) -> Vec<String> {
        let inputs = Inputs::new(self.sources.clone(), self.today);
        let mended = mend(inputs, Take::Safe, &|_| true);
        let folder = self.folder.join("fixed");
        if std::env::var_os("CLAUSEBOOK_FIXED").is_some() {
            write_fixed(&folder, &mended);
        }
        let mut expected = texts_below(&folder, &folder);
        let mut differences = Vec::new();
        for change in &mended.changes {
            let path = &change.path;
            match expected.remove(path) {
                Some(text) if *text == *change.after => {}
                Some(text) => {
                    let mut lines = text.lines().zip(change.after.lines()).enumerate();
                    let at = lines.find(|(_, (expected, is))| expected != is);
                    differences.push(format!("fixed/{path} is not what --fix makes: {at:?}"));
                }
                None => differences.push(format!(
                    "--fix changes {path}, and there is no fixed/{path}: CLAUSEBOOK_FIXED=1 writes \
                     it, to be read"
                )),
            }
        }
        differences.extend(expected.keys().map(|path| format!("--fix leaves {path} as it is")));
        differences
    }

    /// Compares what was found with what was expected; the answer is one line a difference.
    pub(crate) fn differences(&self) -> Vec<String> {
        let mut missing = self.expected();
        let mut differences = Vec::new();
        for found in self.found() {
            match missing.iter().position(|expected| expected.describes(&found)) {
                Some(index) => {
                    missing.remove(index);
                }
                None => differences.push(format!("found, not expected: {found}")),
            }
        }
        differences.extend(missing.iter().map(|one| format!("expected, not found: {one}")));
        differences
    }
}

/// Writes the files after mending, and nothing where nothing is mended.
fn write_fixed(folder: &Path, mended: &Mended) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("the folder of a case can be removed");
    }
    for change in &mended.changes {
        let path = folder.join(&change.path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).expect("a folder can be made");
        std::fs::write(path, change.after.as_bytes()).expect("a file can be written");
    }
}

/// The files below a folder by their path from `top`; none where there is no folder.
fn texts_below(folder: &Path, top: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a folder of a case can be listed").path();
        if path.is_dir() {
            texts.extend(texts_below(&path, top));
        } else {
            let name = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            texts.insert(name, std::fs::read_to_string(&path).expect("a file can be read"));
        }
    }
    texts
}

/// A finding as a case expects it, or one that was found, in the same form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// The column after its last character; nothing when it ends on another line or when the
    /// expectation does not say.
    pub(crate) end: Option<usize>,
    pub(crate) severity: String,
    pub(crate) code: String,
    /// A part of the message.
    pub(crate) text: String,
}

impl Expected {
    /// Whether `found` is what was expected.
    fn describes(&self, found: &Expected) -> bool {
        self.path == found.path
            && (self.line, self.column) == (found.line, found.column)
            && self.end.is_none_or(|end| Some(end) == found.end)
            && self.severity == found.severity
            && self.code == found.code
            && found.text.contains(&self.text)
    }

    /// A line of a file `expected`: `path:line:column severity code text`.
    fn listed(line: &str) -> Option<Expected> {
        let mut words = line.splitn(4, ' ');
        let (place, severity, code) = (words.next()?, words.next()?, words.next()?);
        let mut place = place.rsplitn(3, ':');
        let (columns, line) = (place.next()?, place.next()?.parse().ok()?);
        let (column, end) = range(columns)?;
        Some(Expected {
            path: place.next()?.to_owned(),
            line,
            column,
            end,
            severity: severity.to_owned(),
            code: code.to_owned(),
            text: words.next().unwrap_or_default().to_owned(),
        })
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.end.map(|end| end.to_string()).unwrap_or_default();
        let Expected { path, line, column, severity, code, text, .. } = self;
        write!(f, "{path}:{line}:  {severity} {column}-{end} {code}: {text}")
    }
}

/// The expectations that stand in a file as comments, each above the line that it is about.
fn beside_the_lines(path: &str, text: &str) -> Vec<Expected> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some((down, mut expected)) = comment(line) else { continue };
        let about = lines.iter().enumerate().skip(index + 1);
        let mut about =
            about.filter(|(_, line)| !line.trim().is_empty() && comment(line).is_none());
        expected.line = about.next().map_or(0, |(index, _)| index + 1) + down;
        path.clone_into(&mut expected.path);
        found.push(expected);
    }
    found
}

/// Reads `# error 9-15 code: text` or `<!-- error +2 9-15 code: text -->`.
fn comment(line: &str) -> Option<(usize, Expected)> {
    let line = line.trim();
    let body = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
    let body = body.or_else(|| line.strip_prefix("# "))?;
    let (severity, rest) = body.split_once(' ')?;
    if !matches!(severity, "error" | "warning" | "note") {
        return None;
    }
    let (first, after) = rest.split_once(' ')?;
    let (down, columns, rest) = match first.strip_prefix('+') {
        Some(down) => {
            let (columns, rest) = after.split_once(' ')?;
            (down.parse().ok()?, columns, rest)
        }
        None => (0, first, after),
    };
    let (column, end) = range(columns)?;
    let (code, text) = rest.split_once(": ").unwrap_or((rest.trim_end_matches(':'), ""));
    let expected = Expected {
        path: String::new(),
        line: 0,
        column,
        end,
        severity: severity.to_owned(),
        code: code.to_owned(),
        text: text.to_owned(),
    };
    Some((down, expected))
}

/// `9-15`, or `9` or `9-` where the end is left open.
fn range(columns: &str) -> Option<(usize, Option<usize>)> {
    let (start, end) = columns.split_once('-').unwrap_or((columns, ""));
    let end = if end.is_empty() { None } else { Some(end.parse().ok()?) };
    Some((start.parse().ok()?, end))
}
