//! SARIF 2.1.0, which code hosts and editors read: the rules with their pages, and the findings.

use std::collections::BTreeMap;
use std::io::{Result, Write};

use serde_json::{Value, json};

use super::Report;
use crate::check;
use crate::diag::{Diagnostic, Fix};
use crate::text::{FileId, Span, percent, visible};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> Result<()> {
    let codes: Vec<&str> = check::rules().map(|rule| rule.code.0).collect();
    let rules: Vec<Value> = check::rules().map(rule).collect();
    let results: Vec<Value> =
        report.findings.iter().map(|finding| result(report, finding, &codes)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "clausebook",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    out.write_all(visible::json(&serde_json::to_string_pretty(&log)?).as_bytes())?;
    writeln!(out)
}

fn rule(rule: &check::Rule) -> Value {
    let page = rule.page();
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.summary() },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": rule.severity },
        "properties": { "tags": [rule.family] },
    })
}

fn result(report: &Report<'_>, finding: &Diagnostic, codes: &[&str]) -> Value {
    let mut result = json!({
        "ruleId": finding.code,
        // SARIF has the same three words.
        "level": finding.severity,
        "message": { "text": finding.words() },
        "locations": [{ "physicalLocation": place(report, finding.at) }],
    });
    if let Some(index) = codes.iter().position(|code| *code == finding.code.0) {
        result["ruleIndex"] = index.into();
    }
    if !finding.labels.is_empty() {
        let labels = finding.labels.iter().map(|label| {
            json!({
                "message": { "text": label.text },
                "physicalLocation": place(report, label.at),
            })
        });
        result["relatedLocations"] = labels.collect();
    }
    if !finding.fixes.is_empty() {
        result["fixes"] = finding.fixes.iter().map(|one| fix(report, one)).collect();
    }
    let mut properties = serde_json::Map::new();
    if finding.timed {
        properties.insert("timed".into(), true.into());
    }
    for (key, value) in [("document", &finding.document), ("clause", &finding.clause)] {
        if let Some(value) = value {
            properties.insert(key.into(), value.as_str().into());
        }
    }
    if !properties.is_empty() {
        result["properties"] = properties.into();
    }
    result
}

fn fix(report: &Report<'_>, fix: &Fix) -> Value {
    let mut files: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let replacement = json!({
            "deletedRegion": region(report, edit.at),
            "insertedContent": { "text": edit.text },
        });
        files.entry(edit.at.file).or_default().push(replacement);
    }
    let changes: Vec<Value> = files
        .into_iter()
        .map(|(file, replacements)| {
            let uri = percent::encoded(&report.hosted_path(Span::start_of(file)));
            json!({ "artifactLocation": { "uri": uri }, "replacements": replacements })
        })
        .collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": changes,
        "properties": { "safe": fix.safe },
    })
}

fn place(report: &Report<'_>, at: Span) -> Value {
    json!({
        "artifactLocation": { "uri": percent::encoded(&report.hosted_path(at)) },
        "region": region(report, at),
    })
}

fn region(report: &Report<'_>, at: Span) -> Value {
    let (start, end) = report.sources.positions(at);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}
