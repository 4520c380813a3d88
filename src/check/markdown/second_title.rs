//! A document has a second heading of the first level.
//!
//! # Why it matters
//!
//! `#` is the title of the document. A second one is shown as a section beside those that it should
//! stand among, and the numbers of all sections after it change.
//!
//! # Mend it
//!
//! Write sections with two marks: `## Known errors`. A text that has two titles may be two documents.

use super::accidental_heading::is_accident;
use super::merge_conflict::{conflicts, touch};
use super::quoted;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "second-title",
    Family::Markdown,
    Severity::Warning,
    include_str!("second_title.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let merging = conflicts(&document.text);
    let titles = document.body.headings.iter().filter(|heading| heading.level == 1);
    let mut titles =
        titles.filter(|heading| !touch(&merging, &heading.at) && !is_accident(document, heading));
    let (Some(first), Some(second)) = (titles.next(), titles.next()) else { return };
    let (at, text) = (second.at.clone(), &document.text);
    // A line of hyphens or equals signs below text is told of by itself where it is a slip.
    let marks = text[at.clone()].starts_with('#');
    let more = match titles.count() {
        0 => String::new(),
        more => format!(", as are {more} after it"),
    };
    let message = format!("“{}” is a second title{more}", quoted(&second.text));
    let finding = RULE.at(document.span(&at), message);
    let finding = finding.label(document.span(&first.at), "the title");
    let finding = finding.help("write sections with two marks: `##`");
    found.push(if marks && more.is_empty() {
        let here = document.span(&(at.start..at.start));
        finding.fix(Fix::offered("make it a section", here, "#"))
    } else {
        finding
    });
}
