//! A line of hyphens or equals signs below a paragraph turns the paragraph into a heading.
//!
//! # Why it matters
//!
//! `---` after a blank line is a rule across the page; right below text it makes a heading of the text.
//! A whole paragraph then stands in the contents, and what follows it becomes its section.
//!
//! # Mend it
//!
//! Leave a blank line above the hyphens where a rule is meant, and write headings with `#`:
//!
//! ```markdown
//! Calls are taken at any time.
//!
//! ---
//! ```

use super::merge_conflict::{conflicts, touch};
use super::quoted;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;
use crate::parse::markdown::Heading;

pub(super) const RULE: Rule = Rule::new(
    "accidental-heading",
    Family::Markdown,
    Severity::Warning,
    include_str!("accidental_heading.rs"),
    Check::Document(run),
);

/// What is longer is no heading that somebody meant.
const LONGEST: usize = 120;

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    let merging = conflicts(text);
    for heading in &document.body.headings {
        let typed = &text[heading.at.clone()];
        if !is_accident(document, heading) || touch(&merging, &heading.at) {
            continue;
        }
        let last = typed.rfind('\n').map_or(0, |end| end + 1);
        let underline = typed[last..].trim_start_matches([' ', '\t', '>']);
        let (words, row) = (heading.text.trim(), is_row(typed));
        let at = heading.at.start + last;
        let underline_at = document.span(&(heading.at.end - underline.len()..heading.at.end));
        let sign = if underline.starts_with('-') { "hyphens" } else { "equals signs" };
        let message = format!("this line of {sign} makes a heading of “{}”", quoted(words));
        let finding = RULE.at(underline_at, message);
        found.push(if row {
            finding.help("a delimiter row has bars: `|---|---|`")
        } else {
            let here = document.span(&(at..at));
            let lead = typed[last..typed.len() - underline.len()].trim_end();
            let finding =
                finding.help("leave a blank line above it, or write the heading with `##`");
            finding.fix(Fix::offered("leave a blank line above it", here, format!("{lead}\n")))
        });
    }
}

/// Whether a heading is underlined, and reads as anything else than a heading.
pub(super) fn is_accident(document: &Document, heading: &Heading) -> bool {
    let typed = &document.text[heading.at.clone()];
    let Some(last) = typed.rfind('\n').filter(|_| !typed.starts_with('#')) else { return false };
    let words = heading.text.trim();
    let sentence = words.ends_with(['.', ';', ':', ',']) && words.contains(' ');
    let lines = typed[..last].trim_end().lines().count();
    sentence || is_row(&typed[..last]) || lines > 1 || words.chars().count() > LONGEST
}

fn is_row(typed: &str) -> bool {
    let first = typed.lines().next().unwrap_or_default().trim();
    first.starts_with('|') && first.ends_with('|')
}
