//! The text names a document by its id and does not lead to it.
//!
//! # Why it matters
//!
//! A reader has to look for the document, and nothing tells when it is withdrawn or gets another id.
//! With a link the page shows the title too, and the other document says where it is used. It is a
//! note, once for each document that is named and nowhere linked; `[PRC-INC-01]` in single brackets
//! was meant as a link and is a warning.
//!
//! # Mend it
//!
//! Put two brackets around it: `[[PRC-INC-01]]`. As an example, write it as code.

use std::collections::BTreeSet;

use super::{in_heading, in_word, is_escaped, table_at};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::graph::Target;
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;

pub(super) const RULE: Rule = Rule::new(
    "unlinked-id",
    Family::Markdown,
    Severity::Note,
    include_str!("unlinked_id.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let named = |id: &'_ str| id.rsplit_once('-').map(|(before, _)| before.to_owned());
    let families: BTreeSet<String> = manual.library.ids().filter_map(named).collect();
    for (number, document) in manual.library.documents.numbered() {
        if !document.is_live() {
            continue;
        }
        let mut done: Option<BTreeSet<&str>> = None;
        for run in &document.body.prose {
            for (at, id) in ids(document, run.range()) {
                let other = manual.library.by_id(id).filter(|one| one.id == id);
                if id == document.id
                    || in_link(document, at)
                    || in_heading(document, at)
                    || in_revisions(document, at)
                    || is_half_written(document, at, id)
                {
                    continue;
                }
                let done = done.get_or_insert_with(|| linked(manual, number));
                if done.insert(id) || (other.is_some() && is_bracketed(document, at, id)) {
                    found.extend(match other {
                        Some(other) => Some(unlinked(document, other, at)),
                        None => unknown(manual, document, id, at, &families),
                    });
                }
            }
        }
    }
}

/// The documents that one leads to, by their ids, and those that its front matter names.
fn linked(manual: &Manual, number: DocumentNumber) -> BTreeSet<&str> {
    let links = manual.graph.links[number].iter().filter_map(|link| match link {
        Ok(Target::Document(to, _)) => Some(*to),
        _ => None,
    });
    links.map(|to| manual.library.documents[to].id.as_str()).collect()
}

/// Whether an id stands in single brackets.
fn is_bracketed(document: &Document, at: usize, id: &str) -> bool {
    let (before, after) = (&document.text[..at], &document.text[at + id.len()..]);
    before.ends_with('[') && after.starts_with(']') && !before.ends_with("[[")
}

/// Whether an id has two brackets on one side alone, which is told of by itself, or brackets that are
/// escaped on purpose.
fn is_half_written(document: &Document, at: usize, id: &str) -> bool {
    let (before, after) = (&document.text[..at], &document.text[at + id.len()..]);
    let opened = before.len() - before.trim_end_matches('[').len();
    let closed = after.len() - after.trim_start_matches(']').len();
    let escaped = opened > 0 && is_escaped(&document.text, at - opened);
    escaped || (opened != closed && opened.max(closed) > 1)
}

fn unlinked(document: &Document, other: &Document, at: usize) -> Diagnostic {
    let id = &other.id;
    let bracketed = is_bracketed(document, at, id);
    let (mut finding, span) = if bracketed {
        let span = document.span(&(at - 1..at + id.len() + 1));
        (RULE.at(span, format!("`[{id}]` leads nowhere: a link has two brackets")), span)
    } else {
        let span = document.span(&(at..at + id.len()));
        (RULE.at(span, format!("`{id}` is named here and not linked")), span)
    };
    if bracketed {
        finding.severity = Severity::Warning;
    }
    let title = format!("write `[[{id}]]`");
    let fix = Fix { safe: bracketed, ..Fix::safe(title.clone(), span, format!("[[{id}]]")) };
    finding.help(title).fix(fix)
}

/// An id that reads as one of this manual and is none.
fn unknown(
    manual: &Manual,
    document: &Document,
    id: &str,
    at: usize,
    families: &BTreeSet<String>,
) -> Option<Diagnostic> {
    let (family, number) = id.rsplit_once('-')?;
    let library = &manual.library;
    let of_manual = number.bytes().all(|byte| byte.is_ascii_digit()) && families.contains(family);
    let other = library.is_entry(id) || document.text[..document.body_at.start].contains(id);
    // It may be the number of a record of that kind: those have more digits, or a family of two parts.
    if !of_manual || other || family.split('-').count() < 2 {
        return None;
    }
    let finding =
        RULE.at(document.span(&(at..at + id.len())), format!("no document has the id `{id}`"));
    Some(finding.help("write the id of a document as a link, `[[ID]]`, and it is checked"))
}

/// Words of a run that read as an id: capitals, digits, and a hyphen between them.
fn ids(document: &Document, run: std::ops::Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let text = &*document.text;
    let part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    let mut done = run.start;
    memchr::memchr_iter(b'-', &text.as_bytes()[run.clone()]).filter_map(move |at| {
        let at = run.start + at;
        if at < done {
            return None;
        }
        let bytes = text.as_bytes();
        let before = bytes[done..at].iter().rev().take_while(|byte| part(**byte)).count();
        let after = bytes[at..run.end].iter().take_while(|byte| part(**byte)).count();
        done = at + after;
        let id = text[at - before..done].trim_end_matches('-');
        let whole = !in_word(text, at - before)
            && !text[..at - before].ends_with(['/', '.', '_', '#', '@'])
            && !text[at - before + id.len()..]
                .starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let digits = id.bytes().any(|byte| byte.is_ascii_digit());
        let letters = id.bytes().any(|byte| byte.is_ascii_uppercase());
        (whole && digits && letters && before > 0 && id.len() > before).then_some((at - before, id))
    })
}

/// Whether a byte stands in a link: that is told of by itself when it leads nowhere.
fn in_link(document: &Document, at: usize) -> bool {
    let links = &document.body.links;
    let n = links.partition_point(|link| link.at.end <= at);
    links.get(n).is_some_and(|link| link.at.start <= at)
}

/// Whether a byte stands in a table of revisions, which says what was and not what holds.
fn in_revisions(document: &Document, at: usize) -> bool {
    const WORDS: [&str; 4] = ["version", "revision", "change", "changes"];
    table_at(document, at).is_some_and(|table| {
        let head = table.head.iter().map(|cell| cell.text.to_lowercase());
        head.into_iter().any(|word| WORDS.contains(&word.as_str()))
    })
}
