//! An item of a list is shown with another number than it was given.
//!
//! # Why it matters
//!
//! In Markdown the first number of a list counts, and the others go on from it: `1.`, `3.`, `5.` are
//! shown as 1, 2, 3. Whoever is sent to step 5 by another text finds another step there, or none.
//!
//! # Mend it
//!
//! Give the items the numbers that they are to be shown with, without gaps; `1.` at each item counts
//! as well. What is to keep its own number begins a list of its own, below a line of text:
//!
//! ```markdown
//! 1. Record it
//! 2. Call the owner
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "list-number",
    Family::Markdown,
    Severity::Warning,
    include_str!("list_number.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for wrong in &document.body.renumbered {
        let Some((first, others)) = wrong.split_first() else { continue };
        let typed = &document.text[first.at.clone()];
        let message = format!("`{typed}` is shown as {}", first.shown);
        let finding = RULE.at(document.span(&first.at), message);
        let title = "write the numbers that are shown";
        let mut fix = Fix::offered(title, document.span(&first.at), first.shown.to_string());
        for one in others {
            fix = fix.and(document.span(&one.at), one.shown.to_string());
        }
        found.push(finding.help("a list counts on from its first number").fix(fix));
    }
}
