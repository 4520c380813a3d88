//! The document defines an address or a footnote that nothing in it names.
//!
//! # Why it matters
//!
//! What stands there is on the page nowhere, or at its foot without a mark that leads to it. Most
//! often the mark in the text was lost or is spelt otherwise. A paragraph that begins `[Note]: …` is
//! taken for the definition of an address as well, and vanishes. An address that is left over is a
//! note.
//!
//! # Mend it
//!
//! Write the mark, as `[the plan][plan]` or `[^1]`, or take the definition out. Where it was meant as
//! text, write `\[Note]: …`.

use super::duplicate_definition::firsts;
use super::quoted;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "unused-definition",
    Family::Markdown,
    Severity::Warning,
    include_str!("unused_definition.rs"),
    Check::Document(run),
);

/// Labels of what is written as a comment: `[//]: # (not shown)`.
const COMMENTS: [&str; 3] = ["//", "comment", "#"];

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let all = &document.body.definitions;
    for (one, first) in all.iter().zip(firsts(all)).filter(|(one, _)| !one.used) {
        if COMMENTS.contains(&one.label.as_str()) || first.is_some() {
            continue;
        }
        let at = one.at.range();
        // An address that is left over is untidy; words that are taken for one are lost.
        let rest = document.text[at.end..].lines().next().unwrap_or_default().trim();
        let is_left = !one.footnote && rest.contains(['/', '.', '#', '@']);
        let typed = quoted(&document.text[at.clone()]);
        let (what, help) = if one.footnote {
            (
                "no mark in the text leads to this footnote",
                "write its mark where it belongs, or take it out",
            )
        } else {
            (
                "no link names it, so it is not shown",
                "write a link that names it, or take it out; as text write `\\[`",
            )
        };
        let mut finding = RULE.at(document.span(&at), format!("`{typed}`: {what}")).help(help);
        if is_left {
            finding.severity = Severity::Note;
        }
        found.push(finding);
    }
}
