//! A heading with nothing under it.
//!
//! # Why it matters
//!
//! An empty section says that something is regulated and then does not say how. It counts for no
//! topic of any clause.
//!
//! # Mend it
//!
//! Write the section, or take the heading out. What is still to be decided can stand there as such:
//! `{{ decide: how an incident is handed on }}`.

use crate::check::markdown::{conflicts, touch};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::parse::markdown::Heading;

pub(super) const RULE: Rule = Rule::new(
    "empty-section",
    Family::Clause,
    Severity::Warning,
    include_str!("empty_section.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if !document.is_live() {
        return;
    }
    let all = &document.body.headings;
    let merging = conflicts(&document.text);
    // The marks of a merge may have made a heading of what stands there.
    let merged = |n: usize, heading: &Heading| {
        let next = all.get(n + 1).map_or(heading.at.end, |next| next.at.end);
        touch(&merging, &(heading.at.start..next))
    };
    let headings = all.iter().enumerate();
    // A heading of the first level is the title of the document.
    let empty = |(n, _): &(usize, _)| document.body.is_empty_section(*n);
    for (n, heading) in headings.filter(|(_, one)| one.level > 1).filter(empty) {
        if merged(n, heading) {
            continue;
        }
        let message = format!("nothing stands under “{}”", heading.text);
        found.push(RULE.at(document.span(&heading.at), message));
    }
}
