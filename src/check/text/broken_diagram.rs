//! A Mermaid diagram that cannot be drawn.
//!
//! # Why it matters
//!
//! A reader of the site would meet an empty box where the flow should be. Diagrams are drawn when the
//! site is built, so that they can be read without a network and without a script.
//!
//! # Mend it
//!
//! The finding points at the line at which the drawing fails. Brackets and quotes have to be closed:
//! `A[Report] --> B{Major?}`. The first line names the kind: `flowchart LR`, `sequenceDiagram`.
//!
//! A diagram that can be read and all the same cannot be drawn is rare. `check` finds it as `build`
//! does, because both draw it.

use crate::check::markdown::{conflicts, touch};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::draw::drawings::Drawings;
use crate::draw::mermaid::{self, Fault};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "broken-diagram",
    Family::Text,
    Severity::Error,
    include_str!("broken_diagram.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(wrong(document, |source| mermaid::check(source).err()));
}

/// What only shows when the diagrams of a document are drawn.
pub(crate) fn undrawn(document: &Document, drawings: &Drawings) -> Vec<Diagnostic> {
    wrong(document, |source| drawings.fault(source)).collect()
}

fn wrong(
    document: &Document,
    fault: impl Fn(&str) -> Option<Fault>,
) -> impl Iterator<Item = Diagnostic> {
    let merging = conflicts(&document.text);
    document.diagrams().filter_map(move |(fence, source)| {
        if touch(&merging, &fence.at) {
            return None;
        }
        let fault = fault(source)?;
        let mut start = fence.content_at.start;
        let mut lines = source.split_inclusive('\n');
        for line in lines.by_ref().take(fault.line.saturating_sub(1)) {
            start += line.len();
        }
        let line = lines.next().unwrap_or_default().trim_end();
        let lead = line.len() - line.trim_start().len();
        let at = document.span(&(start + lead..start + line.len().max(lead)));
        Some(RULE.at(at, format!("this diagram cannot be drawn: {}", fault.message)))
    })
}
