//! A picture has no text that says what it shows.
//!
//! # Why it matters
//!
//! People who do not see the picture, on a screen reader, a slow line or a black-and-white print,
//! get nothing in its place. A picture that carries a part of a process is documented information,
//! and has to be usable by those who work by it (clause 7.5.3); public bodies are bound by law to
//! WCAG, whose first criterion this is.
//!
//! # Mend it
//!
//! Say in a sentence what a reader would take from the picture:
//!
//! ```markdown
//! ![An incident goes from report over triage to closure](pictures/incident-flow.png)
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::parse::markdown::Link;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "image-without-alt",
    Family::Links,
    Severity::Warning,
    include_str!("image_without_alt.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, image, _) in super::images(manual) {
        if image.text.trim().is_empty() {
            let message = format!("the picture `{}` has no alternative text", image.target);
            let finding = RULE.at(brackets(document, image), message);
            found.push(finding.help("say between the brackets what the picture shows"));
        }
    }
}

/// The empty brackets, where the text belongs.
fn brackets(document: &Document, image: &Link) -> Span {
    let typed = &document.text[image.at.clone()];
    let close = if image.wiki { None } else { typed.find(']') };
    let end = close.map_or(image.at.end, |close| image.at.start + close + 1);
    document.span(&(image.at.start..end))
}
