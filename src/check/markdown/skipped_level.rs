//! A heading skips a level: `####` right below `##`.
//!
//! # Why it matters
//!
//! The page moves it up, so that no level is missing for those who listen to it. What it was meant to
//! belong to is then not certain; often a heading between them was lost.
//!
//! # Mend it
//!
//! Use one mark more than the heading above: `### Known errors` below `## Records`.

use super::quoted;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "skipped-level",
    Family::Markdown,
    Severity::Note,
    include_str!("skipped_level.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for two in document.body.headings.windows(2) {
        let (above, heading) = (&two[0], &two[1]);
        if heading.level > above.level + 1 {
            let message = format!(
                "“{}” has level {} right below level {}",
                quoted(&heading.text),
                heading.level,
                above.level
            );
            let finding = RULE.at(document.span(&heading.at), message);
            let finding = finding.label(document.span(&above.at), "the heading above");
            found.push(finding.help(format!("write `{}`", "#".repeat(above.level as usize + 1))));
        }
    }
}
