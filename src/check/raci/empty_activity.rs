//! A row of a RACI matrix without an activity, or an activity without a letter.
//!
//! # Why it matters
//!
//! Letters for nothing, or something that nobody does.
//!
//! # Mend it
//!
//! Say what is done, verb first, and who does it; or take the row out.
//!
//! ```markdown
//! | Activity           | Incident manager | Service desk |
//! |--------------------|------------------|--------------|
//! | Close the incident | A                | R            |
//! ```

use super::{activity, named, rows};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "empty-activity",
    Family::Raci,
    Severity::Error,
    include_str!("empty_activity.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in rows(document) {
        let at = activity(document, row);
        let bare = row.cells.iter().all(|c| c.letters.is_empty() && c.strange.is_none());
        if row.activity.text.is_empty() {
            let message = format!("row {} names no activity", row.number);
            found.push(RULE.at(at, message).help("say what is done, verb first"));
        } else if bare {
            let message = format!("nobody has a part in {}", named(row));
            found.push(RULE.at(at, message).help("give one role the A, and the R to who does it"));
        }
    }
}
