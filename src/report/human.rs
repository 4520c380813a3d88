//! For people at a terminal: headline, excerpt with a caret under the smallest wrong thing, other
//! places that matter, help.
//!
//! Only the lines that are shown are handed to the printer, and of a very long line only the part
//! around the mark, so that a line of 50 MB costs no more than a short one.

use std::collections::BTreeMap;
use std::io::{Result, Write};

use annotate_snippets::renderer::Renderer;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Snippet};

use super::{Report, plural};
use crate::diag::{Code, Diagnostic, Fix, Severity};
use crate::source::SourceFile;
use crate::text::visible::{in_place, one_line};
use crate::text::{Span, floor_char};

/// Characters of a line that are shown before a mark and after its start.
const REACH: usize = 100;
/// Labels in the same file this many lines apart share an excerpt.
const NEAR: usize = 6;

/// Of a rule that found more than this …
const MANY: usize = 20;
/// … so many are shown.
const FIRST: usize = 3;

/// Errors come last, next to the prompt, what stands in one file below a line of its own.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    let renderer = if report.colour { Renderer::styled() } else { Renderer::plain() };
    let is_shown = |one: &&Diagnostic| report.extent.notes || one.severity > Severity::Note;
    let mut shown: Vec<&Diagnostic> = report.findings.iter().copied().filter(is_shown).collect();
    shown.sort_by_key(|one| one.severity);
    let folds = folds(report, &shown);
    let mut of_rule: BTreeMap<Code, usize> = BTreeMap::new();
    let is_alone = shown.len() == 1;
    for group in shown.chunk_by(|a, b| (a.severity, a.at.file) == (b.severity, b.at.file)) {
        let mut is_first = !is_alone;
        for finding in group {
            let number = of_rule.entry(finding.code).or_default();
            *number += 1;
            let count = folds.get(&finding.code).filter(|_| *number > FIRST);
            match count {
                Some(_) if *number > FIRST + 1 => continue,
                Some(count) => {
                    let (more, code) = (count - FIRST, finding.code);
                    writeln!(out, "… {more} more of {code}: --all shows them\n")?;
                    continue;
                }
                None => {}
            }
            if std::mem::take(&mut is_first) {
                let path = one_line(&report.path(finding.at));
                let count = plural(group.len(), finding.severity.word());
                let (bold, plain) = if report.colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
                writeln!(out, "{bold}{path}: {count}{plain}")?;
            }
            writeln!(out, "{}\n", rendered(report, finding, &renderer))?;
        }
    }
    Ok(())
}

/// Rules of which not all findings are shown, and how many they found.
fn folds(report: &Report<'_>, shown: &[&Diagnostic]) -> BTreeMap<Code, usize> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for finding in shown {
        *counts.entry(finding.code).or_default() += 1;
    }
    counts.retain(|_, count| *count > MANY && !report.extent.every);
    counts
}

/// What to write instead: the help, and what the first fix does where the help does not say it.
fn help(finding: &Diagnostic) -> Option<String> {
    let said = finding.help.as_deref().unwrap_or_default();
    let is_said = |fix: &&Fix| {
        let mut texts = fix.edits.iter().map(|edit| edit.text.trim());
        said.contains(&fix.title) || texts.all(|text| !text.is_empty() && said.contains(text))
    };
    let fix = finding.fixes.first().filter(|fix| !is_said(fix)).map(|fix| fix.title.as_str());
    let lines: Vec<String> = said.lines().chain(fix).map(one_line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn rendered(report: &Report<'_>, finding: &Diagnostic, renderer: &Renderer) -> String {
    let excerpts = excerpts(report, finding);
    let message = one_line(&finding.message);
    let help = help(finding);
    let mut group = Group::with_title(
        level(finding.severity).primary_title(message.as_str()).id(finding.code.0),
    );
    for excerpt in &excerpts {
        let marks = excerpt.marks.iter().map(|mark| {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = Some(mark.text.as_str()).filter(|text| !text.is_empty());
            let annotation: Annotation<'_> = kind.span(mark.start..mark.end);
            annotation.label(label)
        });
        let snippet = Snippet::source(excerpt.text.as_str()).path(excerpt.path.as_str());
        group = group.element(snippet.line_start(excerpt.first).annotations(marks));
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let mut text = renderer.render(&[group]);
    for (cut, whole) in excerpts.iter().flat_map(|excerpt| &excerpt.cut) {
        text = text.replacen(cut, whole, 1);
    }
    text
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// Some lines of a file, with marks in them.
struct Excerpt {
    path: String,
    /// Number of the first line of the text.
    first: usize,
    text: String,
    marks: Vec<Mark>,
    /// Places as the printer counts them where a line was cut before the mark, and as they are.
    cut: Vec<(String, String)>,
}

/// A mark, as a byte range of the excerpt's text.
struct Mark {
    start: usize,
    end: usize,
    text: String,
    primary: bool,
}

/// A mark on its line: what is known before lines are joined to an excerpt.
struct Place<'a> {
    at: Span,
    line: usize,
    text: &'a str,
    primary: bool,
}

/// The excerpts of a finding: its own place first, labels near it in the same excerpt.
fn excerpts(report: &Report<'_>, finding: &Diagnostic) -> Vec<Excerpt> {
    let own = (finding.at, finding.note.as_str(), true);
    let others = finding.labels.iter().map(|label| (label.at, label.text.as_str(), false));
    let mut groups: Vec<Vec<Place<'_>>> = Vec::new();
    for (at, text, primary) in std::iter::once(own).chain(others) {
        let line = report.sources.positions(at).0.line;
        let near = |group: &&mut Vec<Place<'_>>| {
            let close = |place: &Place<'_>| place.line.abs_diff(line) <= NEAR;
            group.iter().any(|place| place.at.file == at.file && close(place))
        };
        let place = Place { at, line, text, primary };
        match groups.iter_mut().find(near) {
            Some(group) => group.push(place),
            None => groups.push(vec![place]),
        }
    }
    groups.iter().map(|group| excerpt(report, group)).collect()
}

fn excerpt(report: &Report<'_>, places: &[Place<'_>]) -> Excerpt {
    let first = places.iter().map(|place| place.line).min().unwrap_or(1);
    let last = places.iter().map(|place| place.line).max().unwrap_or(1);
    let file = report.sources.file(places[0].at.file);
    let mut excerpt = Excerpt {
        path: one_line(&report.path(places[0].at)),
        first,
        text: String::new(),
        marks: Vec::new(),
        cut: Vec::new(),
    };
    for line in first..=last {
        let here: Vec<&Place<'_>> = places.iter().filter(|place| place.line == line).collect();
        excerpt.add_line(file, line, &here);
    }
    excerpt
}

impl Excerpt {
    /// Adds a line, cut around its marks, and the marks in it.
    fn add_line(&mut self, file: &SourceFile, line: usize, places: &[&Place<'_>]) {
        let whole = whole_line(file, line);
        let inside =
            |offset: u32| floor_char(&file.text, (offset as usize).clamp(whole.start, whole.end));
        let from = places.iter().map(|place| inside(place.at.start)).min().unwrap_or(whole.start);
        let to = places.iter().map(|place| inside(place.at.end)).max().unwrap_or(whole.start);
        let left = back(&file.text, from, whole.start);
        let reach = forth(&file.text, from, whole.end);
        let right = forth(&file.text, to.min(reach), whole.end);
        let line_start = self.text.len();
        if left > whole.start {
            self.text.push('…');
        }
        let shift = self.text.len();
        self.text.extend(file.text[left..right].chars().map(in_place));
        for place in places {
            let [start, end] = [place.at.start, place.at.end]
                .map(|offset| shift + inside(offset).clamp(left, right) - left);
            self.marks.push(Mark {
                start,
                end: end.max(start),
                text: one_line(place.text),
                primary: place.primary,
            });
            if left > whole.start {
                let shown = self.text[line_start..start].chars().count() + 1;
                let column = file.lines().position(&file.text, place.at.start as usize).column;
                let place = |column| format!("{}:{line}:{column}", self.path);
                self.cut.push((place(shown), place(column)));
            }
        }
        if right < whole.end {
            self.text.push('…');
        }
        self.text.push('\n');
    }
}

/// The byte range of a line, without its end and without a byte order mark.
fn whole_line(file: &SourceFile, line: usize) -> std::ops::Range<usize> {
    let start = file.lines().start(line);
    let next = file.lines().start(line + 1);
    let end = if next > start { next } else { file.text.len() };
    let bare = file.text[start..end].trim_end_matches(['\n', '\r']);
    let skip = bare.len() - bare.trim_start_matches('\u{feff}').len();
    start + skip..start + bare.len()
}

/// At most [`REACH`] characters back from `at`, not past `limit`.
fn back(text: &str, at: usize, limit: usize) -> usize {
    let at = floor_char(text, at).max(limit);
    text[limit..at].char_indices().rev().take(REACH).last().map_or(at, |(n, _)| limit + n)
}

/// At most [`REACH`] characters on from `at`, not past `limit`.
fn forth(text: &str, at: usize, limit: usize) -> usize {
    let at = floor_char(text, at).min(limit);
    text[at..limit].char_indices().nth(REACH).map_or(limit, |(n, _)| at + n)
}
