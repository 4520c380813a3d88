//! Annotations of a GitHub workflow: `::error file=…,line=…::message`, which the service shows
//! beside the changed lines of a merge request.

use std::io::{Result, Write};

use super::Report;
use crate::diag::Severity;
use crate::text::visible::one_line;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    for finding in report.findings {
        let (start, end) = report.sources.positions(finding.at);
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let properties = [
            ("file", report.hosted_path(finding.at)),
            ("line", start.line.to_string()),
            ("endLine", end.line.to_string()),
            ("col", start.column.to_string()),
            ("endColumn", end.column.to_string()),
            ("title", finding.code.to_string()),
        ];
        let properties: Vec<String> =
            properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
        let message = finding.words();
        writeln!(out, "::{command} {}::{}", properties.join(","), data(&message))?;
    }
    Ok(())
}

/// Escapes the message of a workflow command. The service's log is a terminal, too.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(one_line).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
