//! `JUnit` XML, which CI servers show as test results: a suite a document, a case a finding.
//!
//! What makes the run fail is a failed case; a lesser finding is a passed case that tells what
//! it found. A document without findings is one passed case.

use std::collections::BTreeMap;
use std::io::{Result, Write};

use super::Report;
use crate::diag::Diagnostic;
use crate::text::visible::is_hidden;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    let mut suites: BTreeMap<&str, Vec<&Diagnostic>> =
        report.documents.iter().map(|path| (*path, Vec::new())).collect();
    for finding in report.findings {
        let path = report.sources.file(finding.at.file).path.as_str();
        suites.entry(path).or_default().push(finding);
    }
    let fails = |finding: &&&Diagnostic| report.denied.fails(finding);
    let failures = report.findings.iter().filter(fails).count();
    let tests: usize = suites.values().map(|cases| cases.len().max(1)).sum();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"clausebook\" tests=\"{tests}\" failures=\"{failures}\">")?;
    for (path, cases) in &suites {
        let failures = cases.iter().filter(|finding| report.denied.fails(finding)).count();
        let tests = cases.len().max(1);
        let path = escaped(path);
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">"
        )?;
        if cases.is_empty() {
            writeln!(out, "    <testcase classname=\"{path}\" name=\"no findings\"/>")?;
        }
        for finding in cases {
            case(report, finding, &path, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn case(report: &Report<'_>, finding: &Diagnostic, suite: &str, out: &mut dyn Write) -> Result<()> {
    let (start, _) = report.sources.positions(finding.at);
    let place = format!("{}:{}:{}", report.path(finding.at), start.line, start.column);
    let words = finding.words();
    let text = format!("{place}: {}[{}]\n{words}", finding.severity.word(), finding.code);
    let text = escaped(&text);
    let name = escaped(&format!("{} at {}:{}", finding.code, start.line, start.column));
    let (line, code, message) = (start.line, finding.code, escaped(&finding.message));
    writeln!(
        out,
        "    <testcase classname=\"{suite}\" name=\"{name}\" file=\"{suite}\" line=\"{line}\">"
    )?;
    if report.denied.fails(finding) {
        writeln!(out, "      <failure type=\"{code}\" message=\"{message}\">{text}</failure>")?;
    } else {
        writeln!(out, "      <system-out>{text}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

/// Text for XML, attributes included: what XML 1.0 cannot hold at all becomes `�`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            control if (control as u32) < 0x20 => out.push('\u{fffd}'),
            // A log that shows it may obey it.
            hidden if is_hidden(hidden) => {
                let _ = std::fmt::Write::write_fmt(&mut out, format_args!("&#{};", hidden as u32));
            }
            plain => out.push(plain),
        }
    }
    out
}
