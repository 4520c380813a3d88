//! The time for which a document's finding was accepted has run out.
//!
//! # Why it matters
//!
//! A waiver is a decision to live with a weakness until a day. When the day has passed, either the
//! weakness was mended and the waiver is left over, or nobody came back to it, and that is what
//! auditors look for (clause 10.1). The finding itself is reported again.
//!
//! # Mend it
//!
//! Mend what the waiver was for and take it out, or decide again, with a new reason and a new day:
//!
//! ```yaml
//! waivers:
//!   - {rule: missing-topic, until: 2026-12-31, reason: Waits for the new ticket tool}
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "waiver-expired",
    Family::Life,
    Severity::Warning,
    include_str!("waiver_expired.rs"),
    Check::Document(run),
);

fn run(document: &Document, scene: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for (number, waiver) in document.front.waivers.iter().enumerate() {
        if waiver.until < scene.today {
            let at = document.at(&["waivers", &number.to_string(), "until"]);
            let message = format!("the waiver of `{}` ran out on {}", waiver.rule, waiver.until);
            found.push(
                RULE.at(at, message).help("take it out, or decide again with a new day").timed(),
            );
        }
    }
}
