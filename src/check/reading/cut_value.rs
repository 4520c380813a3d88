//! A value is cut at ` #`, which YAML takes for the start of a comment.
//!
//! # Why it matters
//!
//! `title: Change request #4711` is published as “Change request”: to YAML, ` #` and the rest of
//! the line are a comment. Nobody sees what is missing.
//!
//! # Mend it
//!
//! Put the text in quotes. Where a comment is meant, write a space behind the `#`.
//!
//! ```yaml
//! title: "Change request #4711"
//! ```

use std::ops::Range;

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;
use crate::parse::yaml::{Node, Value};

pub(super) const RULE: Rule = Rule::new(
    "cut-value",
    Family::Reading,
    Severity::Warning,
    include_str!("cut_value.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let front = document.text.get(..document.body_at.start).unwrap_or_default();
    if front.contains(" #") {
        in_node(document, &document.node, found);
    }
}

fn in_node(document: &Document, node: &Node, found: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Text(value) => {
            if let Some(cut) = cut(&document.text, &node.at) {
                found.push(finding(document, value, &node.at, cut));
            }
        }
        Value::List(items) => items.iter().for_each(|item| in_node(document, item, found)),
        Value::Map(entries) => {
            for entry in entries {
                in_node(document, &entry.node, found);
            }
        }
        Value::Null => {}
    }
}

/// What stands behind a plain value as a comment that was probably meant as text: a `#` with
/// something right behind it.
pub(in crate::check) fn cut(text: &str, value: &Range<usize>) -> Option<Range<usize>> {
    if text.get(value.clone())?.starts_with(['"', '\'']) {
        return None;
    }
    let rest = text[value.end..].lines().next()?;
    let comment = rest.trim_start();
    let is_cut = rest.len() > comment.len()
        && comment.strip_prefix('#').is_some_and(|one| one.starts_with(char::is_alphanumeric));
    let start = value.end + rest.len() - comment.len();
    is_cut.then(|| start..start + comment.trim_end().len())
}

fn finding(document: &Document, value: &str, at: &Range<usize>, cut: Range<usize>) -> Diagnostic {
    let all = document.span(&(at.start..cut.end));
    let typed = &document.text[all.range()];
    let written = if typed.contains('"') {
        format!("'{}'", typed.replace('\'', "''"))
    } else {
        format!("\"{typed}\"")
    };
    RULE.at(document.span(&cut), format!("`{value}` is cut here: ` #` begins a comment"))
        .help(format!("write {written}, or a space behind `#` where a comment is meant"))
        .fix(Fix::safe("put the value in quotes", all, written))
}
