//! A field that every document of its kind has is missing or empty.
//!
//! # Why it matters
//!
//! Clause 7.5.2 asks that documented information be identified and described: title, date, author
//! or reference number. A document without version, status or owner cannot be shown to be the one
//! in force, and there is nobody whom an auditor could ask about it.
//!
//! # Mend it
//!
//! Add the field to the front matter:
//!
//! ```yaml
//! owner: incident-manager
//! ```
//!
//! `clausebook schema process` prints all fields of a kind, for editors that complete them.

use super::Breach;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::violation::Wrong;
use crate::parse::yaml::Value;

pub(super) const RULE: Rule = Rule::new(
    "missing-field",
    Family::Reading,
    Severity::Error,
    include_str!("missing_field.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for breach in super::breaches(manual) {
        if let Wrong::Missing(field) = &breach.violation.what {
            found.push(finding(&breach, field));
        }
    }
    for document in &manual.library.documents {
        found.extend(empty_title(document));
        found.extend(empty_classification(document));
    }
}

/// A title in quotation marks between which nothing stands.
fn empty_title(document: &Document) -> Option<Diagnostic> {
    document.front.title.as_ref().filter(|title| title.trim().is_empty())?;
    let finding = RULE.at(document.at(&["title"]), "`title` is empty");
    Some(finding.help("write for example `title: Incident management`"))
}

/// A classification that says nothing. It is none that everybody may read: the document counts as
/// restricted, as it does wherever its classification cannot be read.
fn empty_classification(document: &Document) -> Option<Diagnostic> {
    let entry = document.node.entry("classification")?;
    (entry.node.value == Value::Null).then_some(())?;
    let finding = RULE.at(document.span(&entry.key_at), "`classification` is empty");
    Some(finding.note("the document counts as restricted").help(
        "write for example `classification: internal`, or leave the field out, which means the same",
    ))
}

fn finding(breach: &Breach<'_>, field: &str) -> Diagnostic {
    let path = &breach.violation.path;
    let inside = if path.is_empty() { String::new() } else { format!(" in `{}`", in_words(path)) };
    // `title:` with nothing behind it is there, and the place is its key.
    let empty = breach.typed == field;
    let state = if empty { "empty" } else { "missing" };
    let message = format!("`{field}` is {state}{inside}");
    let finding = RULE.at(breach.at, message);
    let finding = if empty { finding } else { finding.note("add it beside this") };
    finding.help(match example(field) {
        Some(example) => format!("write for example `{field}: {example}`"),
        None => format!("add `{field}: …`"),
    })
}

/// `kpis.1` as people count: the second of `kpis`.
fn in_words(path: &str) -> String {
    match path.rsplit_once('.') {
        Some((list, index)) => match index.parse::<usize>() {
            Ok(index) => format!("{list}, entry {}", index + 1),
            Err(_) => path.to_owned(),
        },
        None => path.to_owned(),
    }
}

fn example(field: &str) -> Option<&'static str> {
    Some(match field {
        "id" => "PRC-INC-01",
        "title" => "Incident management",
        "kind" => "process",
        "version" => "\"0.1\"",
        "status" => "draft",
        "owner" => "service-manager",
        "by" => "service-director",
        "on" | "date" | "until" => "2026-03-01",
        "clause" => "\"8.6.1\"",
        "retention" => "3 years",
        _ => return None,
    })
}
