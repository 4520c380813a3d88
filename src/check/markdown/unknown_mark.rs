//! A mark in braces that nobody knows, or that stands where it is only text.
//!
//! Known at the end of a heading are `{#id}`, `{.raci}`, the name of a register as in `{.risks}`, and
//! `{covers=topic,topic}` with topics of the clauses that the document claims, and `why=…` beside it,
//! where one section covers many.
//!
//! # Why it matters
//!
//! `## Responsibilities {.racy}` declares no matrix, and nothing in the table is checked.
//! `{cover=escalation}` covers no topic. The mark is not shown, so nobody sees that it does nothing.
//!
//! # Mend it
//!
//! Write the mark as it is known, in braces, at the end of a heading; topics have no blanks between
//! them. `clausebook explain 8.6.1` lists the topics of a clause:
//!
//! ```markdown
//! ## Who does what {.raci #duties}
//!
//! ## Handing on {covers=escalation,closure}
//! ```

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use super::{in_heading, in_prose, near, quoted, signs};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::text::nearest;

pub(super) const RULE: Rule = Rule::new(
    "unknown-mark",
    Family::Markdown,
    Severity::Warning,
    include_str!("unknown_mark.rs"),
    Check::Manual(run),
);

/// The classes that a heading may have besides the names of registers.
const CLASSES: [&str; 2] = ["raci", "register"];

/// The only key that a heading may have.
const KEY: &str = "covers";

/// The mark that says why a section covers more than a few topics.
const WHY: &str = "why";

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for document in &manual.library.documents {
        found.extend(of_document(manual, document));
    }
}

/// What is wrong with the marks of one document.
pub(super) fn of_document(manual: &Manual, document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let text = &*document.text;
    let topics = OnceCell::new();
    let known = || topics.get_or_init(|| known_topics(manual, document)).as_ref();
    let registers = manual.registers.types.all.iter().map(|one| one.name.as_str());
    let classes: Vec<&str> = CLASSES.into_iter().chain(registers).collect();
    let no_clause = document.front.clauses.is_empty() && manual.standards.named().next().is_some();
    for heading in &document.body.headings {
        for at in marks(text, &heading.at) {
            found.extend(mark(document, &at, no_clause, &classes, &known));
        }
        found.extend(text_of_heading(document, &heading.at, &heading.text));
    }
    for at in signs(document, b"{") {
        if in_prose(document, at) && !in_heading(document, at) {
            found.extend(in_text(document, at));
        }
    }
    found
}

/// The marks in the braces at the end of a heading.
pub(super) fn marks(text: &str, heading: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let inner = braces(text, heading).map_or(0..0, |at| at.start + 1..at.end - 1);
    let mut start = inner.start;
    text[inner].split(' ').filter_map(move |word| {
        let at = start..start + word.len();
        start = at.end + 1;
        (!word.trim().is_empty()).then_some(at)
    })
}

/// The braces at the end of a heading.
pub(in crate::check) fn braces(text: &str, heading: &Range<usize>) -> Option<Range<usize>> {
    let typed = text[heading.clone()].lines().next()?.trim_end();
    let typed = if typed.starts_with('#') { typed.trim_end_matches('#').trim_end() } else { typed };
    let open = typed.strip_suffix('}')?.rfind('{')?;
    let is_variable = typed[..open].ends_with('{') || typed.ends_with("}}");
    (!is_variable).then(|| heading.start + open..heading.start + typed.len())
}

/// The topics of the clauses that a document claims, where they are known.
fn known_topics(manual: &Manual, document: &Document) -> Option<BTreeSet<String>> {
    let clauses = document.front.clauses.iter();
    let schemas =
        clauses.filter_map(|name| manual.standards.schema(&manual.standards.find(name)?.0));
    let mut topics = BTreeSet::new();
    for topic in schemas.flat_map(|schema| &schema.content.topics) {
        topics.insert(topic.topic.to_string());
        topics.extend(topic.aliases.iter().map(ToString::to_string));
    }
    (!topics.is_empty()).then_some(topics)
}

/// What is wrong with a mark of a heading.
fn mark<'k>(
    document: &Document,
    at: &Range<usize>,
    no_clause: bool,
    classes: &[&str],
    known: &dyn Fn() -> Option<&'k BTreeSet<String>>,
) -> Vec<Diagnostic> {
    let typed = &document.text[at.clone()];
    if typed.starts_with('#') {
        return Vec::new();
    }
    let wrong = |near: Option<String>, message: String| {
        let finding = RULE.at(document.span(at), message);
        let Some(near) = near else {
            let help =
                "known are `{#id}`, `{.raci}`, registers as in `{.risks}`, and `{covers=topic}`";
            return vec![finding.help(help)];
        };
        let fix = Fix::safe(format!("write `{near}`"), document.span(at), near.clone());
        vec![finding.did_you_mean(Some(&near)).fix(fix)]
    };
    if let Some(class) = typed.strip_prefix('.') {
        let near = nearest(class, classes.iter().copied()).map(|near| format!(".{near}"));
        if classes.contains(&class) {
            return Vec::new();
        }
        return wrong(near, format!("nothing is known by the class `{typed}`"));
    }
    let Some((key, value)) = typed.split_once(['=', ':']) else {
        let near = nearest(typed, classes.iter().copied()).map(|near| format!(".{near}"));
        return wrong(near, format!("nothing is known by the mark `{typed}`"));
    };
    if key == WHY && !value.is_empty() {
        return Vec::new();
    }
    if key != KEY || !typed[key.len()..].starts_with('=') {
        let near = nearest(key, [KEY]).map(|near| format!("{near}={value}"));
        return wrong(near, format!("nothing is known by the mark `{typed}`"));
    }
    if no_clause {
        let message = format!("`{typed}` covers nothing: the document claims no clause");
        let help = "name the clauses in the front matter, or take the mark out";
        return vec![RULE.at(document.span(at), message).help(help)];
    }
    match known() {
        Some(topics) => unknown_topics(document, at, value, topics),
        None => Vec::new(),
    }
}

/// The topics of a mark that no clause of the document has.
fn unknown_topics(
    document: &Document,
    at: &Range<usize>,
    value: &str,
    known: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let mut start = at.end - value.len();
    let mut found = Vec::new();
    for part in value.split(',') {
        let topic = part.trim_matches('"');
        let topic_at = document.span(&(start..start + part.len()));
        start += part.len() + 1;
        if topic.is_empty() || known.contains(topic) {
            continue;
        }
        let clauses: Vec<&str> = document.front.clauses.iter().map(|name| &**name).collect();
        let message = format!("`{topic}` is no topic of clause {}", clauses.join(", "));
        let finding = RULE.at(topic_at, message);
        found.push(match nearest(topic, known.iter().map(String::as_str)) {
            Some(near) => finding.did_you_mean(Some(near)).fix(Fix::safe(
                format!("write `{near}`"),
                topic_at,
                near,
            )),
            None => finding.help(format!("`clausebook explain {}` lists them", clauses[0])),
        });
    }
    found
}

/// Marks that stand in the text of a heading, since their braces are wrong or something follows.
fn text_of_heading(document: &Document, at: &Range<usize>, shown: &str) -> Option<Diagnostic> {
    let signs = ["covers=", "covers:", "{.", "{#", ".raci"];
    if !signs.iter().any(|sign| shown.contains(sign)) {
        return None;
    }
    let text = &document.text;
    let typed = text[at.clone()].lines().next().unwrap_or_default().trim_end();
    let key = signs.iter().find_map(|sign| typed.rfind(sign))?;
    let start = typed[..=key].rfind(['{', '(', '[', '<']).unwrap_or(key);
    let inner = typed[start..].trim_start_matches(['{', '(', '[', '<']);
    let bare = inner.trim_end_matches(['}', ')', ']', '>']).trim();
    let mark_at = document.span(&(at.start + start..at.start + typed.len()));
    let message = format!("`{}` is shown as part of the heading", quoted(&typed[start..]));
    let finding = RULE.at(mark_at, message);
    if bare.contains(['}', ')', ']', ' ']) || bare.is_empty() {
        return Some(
            finding.help("marks stand in braces at the end of the heading: `{covers=topic}`"),
        );
    }
    let written = format!("{{{}}}", bare.replacen(':', "=", 1));
    let title = format!("write `{written}`");
    Some(finding.help(title.clone()).fix(Fix::safe(title, mark_at, written)))
}

/// A mark that stands in no heading.
fn in_text(document: &Document, at: usize) -> Option<Diagnostic> {
    let text = &*document.text;
    let around = near(text, at);
    // After a bracket it is what pandoc leaves, and after a brace a variable.
    let before = &text[around.start..at];
    if before.ends_with(['{', ']', ')', '$', '\\', '`']) || before.trim_start().starts_with(":::") {
        return None;
    }
    let rest = &text[at + 1..around.end];
    let end = rest.find(['}', '{']).filter(|end| rest[*end..].starts_with('}'))?;
    let inner = rest[..end].trim_start_matches(':').trim();
    let word = inner.split(['=', ':', ' ']).next().unwrap_or_default();
    let letter = |rest: &str| rest.starts_with(|c: char| c.is_alphabetic());
    let ours = inner.strip_prefix('.').is_some_and(letter)
        || (inner.strip_prefix('#').is_some_and(letter) && !inner.contains(' '))
        || (word.len() < inner.len() && nearest(word, [KEY]).is_some());
    if !ours {
        return None;
    }
    let all = at..at + 1 + end + 1;
    let message = format!("`{}` is shown as it stands", quoted(&text[all.clone()]));
    let finding = RULE.at(document.span(&all), message);
    Some(
        finding
            .help("write such marks at the end of a heading: `## Handing on {covers=escalation}`"),
    )
}
