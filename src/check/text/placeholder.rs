//! The text still holds a placeholder: `TODO`, `TBD`, `TBA`, `XXX`, `FIXME`, `???`, `lorem ipsum`,
//! `[insert …]`, `[Organisation]`, `[Date]`, a line to write on, or a sentence that is no more than
//! `To be defined`, in the more common languages.
//!
//! # Why it matters
//!
//! An approved document with a gap in it was approved unread; auditors search for these words
//! first. A document that holds one counts as evidence for nothing. In a draft this is a note, in
//! review a warning, in an approved document an error.
//!
//! # Mend it
//!
//! Write what holds. Where the organization still has to decide it, say so, and it is listed on
//! the first page of the site until it is decided:
//!
//! ```markdown
//! Records are kept for {{ decide: how long incident records are kept }}.
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "placeholder",
    Family::Text,
    Severity::Error,
    include_str!("placeholder.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if !document.is_live() {
        return;
    }
    for at in &document.placeholders {
        let typed = document.text[at.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let message = format!("`{typed}` stands for something that is still to be written");
        let finding = RULE.by_status(document, document.span(at), message);
        found.push(finding.help("write it, or `{{ decide: what has to be decided }}`"));
    }
}
