//! An address or a footnote is defined a second time under the same label.
//!
//! # Why it matters
//!
//! The first definition holds, and the second one is not on the page, with all that it says. It
//! happens when two texts are put together that number their footnotes from 1.
//!
//! # Mend it
//!
//! Give one of them another label, here and where it is named: `[^2]: The other note.`

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::quoted;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::parse::markdown::Definition;

pub(super) const RULE: Rule = Rule::new(
    "duplicate-definition",
    Family::Markdown,
    Severity::Error,
    include_str!("duplicate_definition.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let all = &document.body.definitions;
    for (one, first) in all.iter().zip(firsts(all)) {
        if let Some(first) = first.filter(|_| one.label != "//") {
            let at = one.at.range();
            let typed = quoted(&document.text[at.clone()]);
            let finding = RULE.at(document.span(&at), format!("`{typed}` is defined already"));
            let finding = finding.label(document.span(&first.at.range()), "this one holds");
            found.push(finding.help("give one of them another label"));
        }
    }
}

/// For each definition the one before it that has the same label.
pub(super) fn firsts(all: &[Definition]) -> impl Iterator<Item = Option<&Definition>> {
    let mut known = BTreeMap::new();
    all.iter().map(move |one| match known.entry((one.footnote, one.label.as_str())) {
        Entry::Occupied(first) => Some(*first.get()),
        Entry::Vacant(free) => {
            free.insert(one);
            None
        }
    })
}
