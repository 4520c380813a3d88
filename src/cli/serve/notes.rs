//! What the author of a page should know while he looks at it, as JSON for the preview's script:
//! the findings of its document, and whatever keeps pages from being made.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::state::PreviewState;
use crate::check::Denied;
use crate::diag::{Diagnostic, Fix, Severity};
use crate::report::{Extent, Format, Report, Stand};
use crate::serve::{Answer, ManualState, address};
use crate::text::FileId;

/// Most findings that are sent to a page.
const MOST: usize = 200;
/// The page that shows all of them.
const ALL: &str = "findings/index.html";

impl ManualState for PreviewState<'_> {
    fn page(&self, route: &str) -> Answer {
        self.answer(route)
    }

    fn notes(&self, route: &str) -> Value {
        notes(self, route)
    }
}

/// The notes on a page.
fn notes(state: &PreviewState<'_>, route: &str) -> Value {
    if state.is_limited() {
        return limited(state);
    }
    // Asked before anything is read of them: the rules may be done in between.
    let is_late = state.found().is_none();
    let sources = state.sources();
    let unread = state.unread(route);
    let own: Option<FileId> = match (state.document(route), &unread) {
        (Some(document), _) => Some(document.file),
        (None, Some(path)) => sources.at_path(path).map(|file| file.id),
        (None, None) => None,
    };
    let shown: Vec<&Diagnostic> = standing(state).collect();
    let here = |finding: &&&Diagnostic| own == Some(finding.at.file) || route == ALL;
    let mut found: Vec<&Diagnostic> = shown.iter().filter(here).copied().collect();
    let of_page = found.len();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    found.truncate(MOST);
    let mut stops = state.stops();
    if unread.is_some() {
        let errors = state.standing().iter().filter(|one| one.severity == Severity::Error);
        stops.extend(errors.filter(|one| Some(one.at.file) == own).cloned());
    }
    stops.truncate(MOST);
    let count = |severity| shown.iter().filter(|one| one.severity == severity).count();
    json!({
        "late": is_late,
        "failure": state.failure(),
        "stops": stops.iter().map(|one| finding(state, one)).collect::<Vec<_>>(),
        "findings": found.iter().map(|one| finding(state, one)).collect::<Vec<_>>(),
        "count": of_page,
        "is_document": own.is_some(),
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "notes": count(Severity::Note),
        "all": address(ALL.trim_end_matches("index.html")),
    })
}

/// The notes on any page of an edition for some readers. A finding quotes whatever it concerns, so
/// there is none, nor a count of them, nor whether there is a document.
fn limited(state: &PreviewState<'_>) -> Value {
    let is_stopped = state.failure().is_some() || !state.stops().is_empty();
    let failure = is_stopped.then_some("Something is in the way. The terminal says what.");
    json!({
        "late": state.found().is_none(),
        "failure": failure,
        "stops": [],
        "findings": [],
        "count": 0,
        "is_document": false,
        "limited": true,
        "errors": 0,
        "warnings": 0,
        "notes": 0,
        "all": null,
    })
}

/// The findings that the author is shown: all of them, or, in an edition for some readers alone,
/// those of documents that it shows.
pub(super) fn standing<'a>(state: &'a PreviewState<'_>) -> impl Iterator<Item = &'a Diagnostic> {
    let limited = state.shown.options.audience.is_some();
    let documents = state.manual.library.documents.iter().filter(|_| limited);
    let with_page: BTreeSet<FileId> = documents
        .filter(|document| state.has_page(document))
        .map(|document| document.file)
        .collect();
    let standing = state.standing().iter();
    standing.filter(move |finding| !limited || with_page.contains(&finding.at.file))
}

fn finding(state: &PreviewState<'_>, finding: &Diagnostic) -> Value {
    let sources = state.sources();
    let file = sources.file(finding.at.file);
    let start = sources.positions(finding.at).0;
    json!({
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "place": format!("{}:{}:{}", file.path, start.line, start.column),
        "editor": editor(state, &file.path, start.line, start.column),
        "fixes": finding.fixes.iter().map(fix).collect::<Vec<_>>(),
        "text": excerpt(state, finding, &Stand::default(), false),
    })
}

/// A way to mend it: what it does, and what is written.
fn fix(fix: &Fix) -> Value {
    let texts: Vec<&str> = fix.edits.iter().map(|edit| edit.text.as_str()).collect();
    json!({ "title": fix.title, "safe": fix.safe, "texts": texts })
}

/// A finding as it stands on a terminal.
pub(super) fn excerpt(
    state: &PreviewState<'_>,
    finding: &Diagnostic,
    stand: &Stand,
    colour: bool,
) -> String {
    let mut out = Vec::new();
    let report = Report {
        sources: state.sources(),
        findings: &[finding],
        documents: &[],
        unpublished: &[],
        stand,
        colour,
        denied: Denied::default(),
        extent: Extent::WHOLE,
    };
    // A vector takes everything.
    let _ = report.write(Format::Human, &mut out);
    String::from_utf8_lossy(&out).trim_end().to_owned()
}

/// The address that opens a place in the author's editor, if he has named one.
fn editor(state: &PreviewState<'_>, path: &str, line: usize, column: usize) -> Option<String> {
    let template = state.manual.settings().editor()?;
    if !state.shown.with_editor {
        return None;
    }
    let full = std::path::absolute(state.sources().folder()?).ok()?.join(path);
    let full = full.to_str()?.replace('\\', "/");
    let address = address(full.trim_start_matches('/')).replace("%3A", ":");
    // `scheme://file/{path}` has the slash already.
    let bare = template.contains("/{path}");
    let address = if bare { &address[1..] } else { &address };
    let filled = template.replace("{line}", &line.to_string());
    Some(filled.replace("{column}", &column.to_string()).replace("{path}", address))
}
