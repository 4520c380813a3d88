//! Lists or quotations stand within each other more than a hundred deep.
//!
//! # Why it matters
//!
//! Nobody can follow such a text, and no page can show it: what stands deeper is shown beside what
//! holds it, as if it were no part of it. It is nearly always the remains of a conversion, or a line of
//! `>>>>` or `- - - -` that was meant as a rule.
//!
//! # Mend it
//!
//! Take the marks out, or write what was meant:
//!
//! ```markdown
//! ---
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::parse::markdown::DEEPEST;

pub(super) const RULE: Rule = Rule::new(
    "deep-nesting",
    Family::Markdown,
    Severity::Error,
    include_str!("deep_nesting.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let Some(at) = document.body.too_deep else { return };
    let end = at + document.text[at..].chars().next().map_or(0, char::len_utf8);
    let message = format!("this stands within more than {DEEPEST} lists, quotations or marks");
    found.push(RULE.at(document.span(&(at..end)), message).help("take the marks out"));
}
