//! An anchor set with HTML has the address of something else in the document.
//!
//! # Why it matters
//!
//! An address can lead to one place. A link that was to lead to the anchor opens the page somewhere
//! else, and the reader takes what stands there for what was meant.
//!
//! # Mend it
//!
//! Give the anchor an id of its own. A heading can be given one without HTML:
//!
//! ```markdown
//! ## Scope of the agreement {#agreement-scope}
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "taken-anchor",
    Family::Links,
    Severity::Warning,
    include_str!("taken_anchor.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for anchor in &document.body.anchors {
        let Some(other) = &anchor.taken_by else { continue };
        let message = format!("`#{}` leads to something else in this document", anchor.id);
        let finding = RULE.at(document.span(&anchor.at), message);
        found.push(
            finding
                .label(document.span(other), "it leads here")
                .help("give it another id, and change the links that were to lead to it"),
        );
    }
}
