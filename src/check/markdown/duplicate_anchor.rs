//! Two headings of a document are given the same id.
//!
//! # Why it matters
//!
//! A link can lead to one of them alone. Which one that is nobody sees in the text.
//!
//! # Mend it
//!
//! Give one of them another id, and look at the links that name it: `## Scope of services {#services}`.

use std::collections::BTreeMap;

use super::unknown_mark::marks;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "duplicate-anchor",
    Family::Markdown,
    Severity::Error,
    include_str!("duplicate_anchor.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    let mut first = BTreeMap::new();
    for heading in &document.body.headings {
        for at in marks(text, &heading.at).filter(|at| text[at.clone()].starts_with('#')) {
            let typed = &text[at.clone()];
            if let Some(first) = first.get(typed) {
                let message = format!("`{typed}` is the id of another heading already");
                let finding = RULE.at(document.span(&at), message);
                let finding = finding.label(document.span(first), "links lead here");
                found.push(finding.help("give one of them another id"));
            } else {
                first.insert(typed, at);
            }
        }
    }
}
