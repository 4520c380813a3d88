//! The text uses a value that is set nowhere.
//!
//! # Why it matters
//!
//! `{{ organization.name }}` is filled in when the page is made. A name that is not known leaves a
//! gap in the sentence, in the scope statement perhaps, and the reader sees braces where the
//! organization's name should be.
//!
//! # Mend it
//!
//! Use a name from `clausebook.yaml` or from the document's own front matter, or add it there:
//!
//! ```markdown
//! This manual holds for {{ organization.name }}; {{ owner }} answers for it.
//! ```
//!
//! A decision still to be taken is written `{{ decide: what has to be decided }}`.

use crate::check::markdown::converter_remains::is_shortcode;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::variables::{LONGEST, Variables};
use crate::parse::markdown::Mark;
use crate::text::near;

pub(super) const RULE: Rule = Rule::new(
    "undefined-variable",
    Family::Text,
    Severity::Error,
    include_str!("undefined_variable.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let settings = &manual.settings.checked;
    let variables = Variables::new(settings.node.clone(), &settings.value);
    for document in manual.library.documents.iter().filter(|one| !one.undefined.is_empty()) {
        let known = variables.names(&document.node);
        // What other generators fill in is told of as such.
        for mark in document.undefined.iter().filter(|mark| !is_shortcode(&mark.inner)) {
            let is_too_long = variables.is_too_long(&document.node, &mark.inner);
            found.push(if is_too_long {
                too_long(document, mark)
            } else {
                finding(document, mark, &known)
            });
        }
    }
}

fn too_long(document: &Document, mark: &Mark) -> Diagnostic {
    let message = format!("the value `{}` is longer than {LONGEST} bytes", mark.inner);
    RULE.at(document.span(&mark.at), message)
        .help("write the text where it belongs, and lead to it")
}

fn finding(document: &Document, mark: &Mark, known: &[String]) -> Diagnostic {
    let name = mark.inner.as_str();
    let inside = &document.text[mark.at.clone()];
    let start = inside.find(name).filter(|_| !name.is_empty()).map(|start| mark.at.start + start);
    let at = start.map_or(mark.at.clone(), |start| start..start + name.len());
    let at = document.span(&at);
    let finding = RULE.at(at, format!("there is no value `{name}`"));
    if name.starts_with("decide") {
        return finding.help("a decision to be taken is written `{{ decide: what }}`");
    }
    let finding = finding.help("add it to clausebook.yaml, or write the text itself");
    match near(name, known.iter().map(String::as_str)) {
        near if start.is_some() => finding.meant(near, at),
        near => finding.did_you_mean(near.map(|near| near.word)),
    }
}
