//! JSON: the same facts for programs. Paths count from the top of the manual, whatever folder
//! the command ran in, so that the same manual gives the same bytes everywhere.

use std::io::{Result, Write};

use serde::Serialize;

use super::{Report, Summary};
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::text::{Position, Span, visible};

#[derive(Serialize)]
struct Whole<'a> {
    findings: Vec<Finding<'a>>,
    unpublished: &'a [&'a str],
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    note: Option<&'a str>,
    file: &'a str,
    span: Range,
    labels: Vec<Label<'a>>,
    help: Option<&'a str>,
    document: Option<&'a str>,
    clause: Option<&'a str>,
    /// Whether the calendar alone brought it.
    timed: bool,
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    file: &'a str,
    span: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Label<'a> {
    file: &'a str,
    span: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    let findings = report.findings.iter().map(|finding| view(report, finding)).collect();
    let whole = Whole { findings, unpublished: report.unpublished, summary: report.summary() };
    writeln!(out, "{}", visible::json(&serde_json::to_string_pretty(&whole)?))
}

fn view<'a>(report: &'a Report<'_>, finding: &'a Diagnostic) -> Finding<'a> {
    let labels = finding.labels.iter().map(|label| Label {
        file: file(report, label.at),
        span: range(report, label.at),
        text: &label.text,
    });
    Finding {
        code: finding.code,
        severity: finding.severity,
        message: &finding.message,
        note: Some(finding.note.as_str()).filter(|note| !note.is_empty()),
        file: file(report, finding.at),
        span: range(report, finding.at),
        labels: labels.collect(),
        help: finding.help.as_deref(),
        document: finding.document.as_deref(),
        clause: finding.clause.as_deref(),
        timed: finding.timed,
        fixes: finding.fixes.iter().map(|one| fix(report, one)).collect(),
    }
}

fn fix<'a>(report: &'a Report<'_>, fix: &'a diag::Fix) -> Fix<'a> {
    let edits = fix.edits.iter().map(|edit| Edit {
        file: file(report, edit.at),
        span: range(report, edit.at),
        text: &edit.text,
    });
    Fix { title: &fix.title, safe: fix.safe, edits: edits.collect() }
}

fn file<'a>(report: &'a Report<'_>, at: Span) -> &'a str {
    &report.sources.file(at.file).path
}

fn range(report: &Report<'_>, at: Span) -> Range {
    let (start, end) = report.sources.positions(at);
    Range { start, end }
}
