//! One line a finding: `path:line:col: severity[code]: message`, as editors and `grep` like it.

use std::io::{Result, Write};

use super::Report;
use crate::text::visible::one_line;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    for finding in report.findings {
        let (start, _) = report.sources.positions(finding.at);
        let path = one_line(&report.path(finding.at));
        let word = finding.severity.word();
        let message = one_line(&finding.message);
        let code = finding.code;
        writeln!(out, "{path}:{}:{}: {word}[{code}]: {message}", start.line, start.column)?;
    }
    Ok(())
}
