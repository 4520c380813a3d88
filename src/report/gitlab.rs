//! A code quality report of GitLab, which it shows beside the changed lines of a merge request.

use std::collections::BTreeMap;
use std::io::{Result, Write};

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Report;
use crate::check::baseline::Accepted;
use crate::diag::{Diagnostic, Severity};
use crate::text::visible;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    let mut seen = BTreeMap::new();
    let mut one = |finding: &&Diagnostic| {
        let known = Accepted::of(finding, report.sources);
        let before = seen.entry(known.clone()).or_insert(0_usize);
        *before += 1;
        issue(report, finding, &known, *before)
    };
    let issues: Vec<Value> = report.findings.iter().map(&mut one).collect();
    out.write_all(visible::json(&serde_json::to_string_pretty(&issues)?).as_bytes())?;
    writeln!(out)
}

/// A finding. Its fingerprint is that of the finding wherever its lines have moved; of several that
/// are alike, it tells which one.
fn issue(report: &Report<'_>, finding: &Diagnostic, known: &Accepted, which: usize) -> Value {
    let (start, end) = report.sources.positions(finding.at);
    let mut hash = Sha256::new();
    for part in [&known.place, &known.rule, &known.message, &which.to_string()] {
        hash.update(part);
        hash.update([0]);
    }
    json!({
        "type": "issue",
        "check_name": finding.code,
        "description": finding.words(),
        "fingerprint": HEXLOWER.encode(&hash.finalize()),
        "severity": match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Note => "info",
        },
        "location": {
            "path": report.hosted_path(finding.at),
            "lines": {"begin": start.line, "end": end.line},
        },
    })
}
