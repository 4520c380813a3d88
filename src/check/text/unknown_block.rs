//! A block that is to insert a generated table or picture names none that there is.
//!
//! # Why it matters
//!
//! The page shows nothing where the register, the coverage or the matrix should be. A reader does
//! not miss what they do not know of; an auditor reads the sentence above it and asks.
//!
//! # Mend it
//!
//! Write one of `register`, `coverage`, `raci`, `roles`, `services`, `kpis`, `records`, `reviews`,
//! `scope`, `flow`, `terms`, `other-parties`, `external-documents` and `interfaces`, perhaps with
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
use crate::parse::markdown::Fence;
use crate::text::near;

pub(super) const RULE: Rule = Rule::new(
    "unknown-block",
    Family::Text,
    Severity::Error,
    include_str!("unknown_block.rs"),
    Check::Document(run),
);

/// The info string of such a block.
const INFO: &str = "clausebook";

const BLOCKS: [&str; 14] = [
    "register",
    "coverage",
    "raci",
    "roles",
    "services",
    "kpis",
    "records",
    "reviews",
    "scope",
    "flow",
    "terms",
    "other-parties",
    "external-documents",
    "interfaces",
];

fn one_of() -> String {
    format!("write one of {}", BLOCKS.join(", "))
}

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let ours = |fence: &&Fence| fence.info.split_whitespace().next() == Some(INFO);
    for fence in document.body.fences.iter().filter(ours) {
        let content = &document.text[fence.content_at.clone()];
        let word = content.split([':', '\n']).find(|part| !part.trim().is_empty());
        let word = word.map_or("", str::trim);
        if BLOCKS.contains(&word) {
            continue;
        }
        let finding = match content.find(word) {
            Some(start) if !word.is_empty() => {
                let start = fence.content_at.start + start;
                let at = document.span(&(start..start + word.len()));
                let finding = RULE.at(at, format!("there is no block `{word}`"));
                finding.help(one_of()).meant(near(word, BLOCKS), at)
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
