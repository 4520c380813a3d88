//! The first heading of a document says something else than its title.
//!
//! # Why it matters
//!
//! The page shows the title of the front matter, in the register and at its top. A heading that says
//! something else belongs to another document, or the title was copied along with a template; one
//! of the two is wrong, and the approval names only the title.
//!
//! # Mend it
//!
//! Write the same in both, or take the heading out: the page shows the title by itself.
//!
//! ```markdown
//! ---
//! title: Change management policy
//! ---
//!
//! # Change management policy
//! ```

use std::ops::Range;

use super::quoted;
use crate::check::reading::cut_value::cut;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "title-differs",
    Family::Markdown,
    Severity::Warning,
    include_str!("title_differs.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let (Some(title), Some(heading)) = (&document.front.title, document.body.headings.first())
    else {
        return;
    };
    let shown = without_id(&heading.text, &document.id);
    if heading.level > 1 || shown.contains("{{") || title.contains("{{") {
        return;
    }
    if letters(title).is_empty() || is_told(document) {
        return;
    }
    if letters(shown) == letters(without_id(title, &document.id)) {
        return;
    }
    let message =
        format!("this heading says “{}”, the title “{}”", quoted(&heading.text), quoted(title));
    let finding = RULE.at(document.span(&heading.at), message);
    let finding = finding.label(document.at(&["title"]), "the page shows this title");
    found.push(finding.help("write the same in both, or take the heading out"));
}

/// Whether the value of the title has a finding of its own: it is cut, or still to be written.
fn is_told(document: &Document) -> bool {
    let Some(title) = document.node.get("title") else { return false };
    let within = |at: &Range<usize>| title.at.start <= at.start && at.end <= title.at.end;
    cut(&document.text, &title.at).is_some() || document.placeholders.iter().any(within)
}

/// A heading may have the id before the title.
fn without_id<'t>(text: &'t str, id: &str) -> &'t str {
    text.trim().strip_prefix(id).unwrap_or(text)
}

/// The letters and digits of a text: what is compared.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
