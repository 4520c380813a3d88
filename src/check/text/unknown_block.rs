//! A block that is to insert a generated table or picture names none that there is.
//!
//! # Why it matters
//!
//! The page shows nothing where the register, the coverage or the matrix should be. A reader does
//! not miss what they do not know of; an auditor reads the sentence above it and asks.
//!
//! # Mend it
//!
//! Write one of `register`, `raci`, `roles`, `services`, `kpis`, `records`, `reviews`,
//! `scope`, `flow`, `terms`, `other-parties`, `external-documents`, `interfaces` and
//! `waivers`, perhaps with
//! filters:
//!
//! ````markdown
//! ```clausebook
//! register: {kind: policy}
//! ```
//! ````

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::generated::{INFO, Shows};
use crate::text::near;

pub(super) const RULE: Rule = Rule::new(
    "unknown-block",
    Family::Text,
    Severity::Error,
    include_str!("unknown_block.rs"),
    Check::Document(run),
);

fn one_of() -> String {
    format!("write one of {}", Shows::ALL.map(Shows::word).join(", "))
}

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let ours = document.body.fences.iter().filter(|fence| fence.word() == INFO);
    for fence in ours {
        let read = fence.content(&document.text);
        let word = read.split([':', '\n']).find(|part| !part.trim().is_empty());
        let word = word.map_or("", str::trim);
        let words = Shows::ALL.map(Shows::word);
        if words.contains(&word) {
            continue;
        }
        let content = &document.text[fence.content_at.clone()];
        let finding = match content.find(word) {
            Some(start) if !word.is_empty() => {
                let start = fence.content_at.start + start;
                let at = document.span(&(start..start + word.len()));
                let finding = RULE.at(at, format!("there is no block `{word}`"));
                finding.help(one_of()).meant(near(word, words), at)
            }
            _ => {
                let opening = &document.text[fence.at.clone()];
                let start = fence.at.start + opening.find(INFO).unwrap_or_default();
                let at = document.span(&(start..start + INFO.len()));
                RULE.at(at, "this block does not say what to insert").help(one_of())
            }
        };
        found.push(finding);
    }
}
