//! A record is held nowhere, or for so short a time that nobody can look at it.
//!
//! # Why it matters
//!
//! Records are evidence: an auditor, or a customer with a complaint, asks for them months later
//! (clause 7.5.3). What is held nowhere, or thrown away within the week, cannot be shown,
//! and evidences nothing.
//!
//! # Mend it
//!
//! Say in which system or folder it is kept, and for how long:
//!
//! ```yaml
//! records:
//!   - {name: Incidents, clause: "8.6.1", held_in: ITSM tool, retention: 3 years, owner: desk}
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "unkept-record",
    Family::Process,
    Severity::Warning,
    include_str!("unkept_record.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for (n, record) in document.front.records.iter().enumerate().filter(|_| document.is_live()) {
        let number = n.to_string();
        let at = |field: &str| document.at(&["records", &number, field]);
        if !record.has_place() {
            let message = format!("“{}” is held nowhere: `{}`", record.name, record.held_in);
            let finding = RULE.at(at("held_in"), message);
            found.push(finding.help("name the system or the folder in which it is kept"));
        } else if !record.lasts() {
            let message =
                format!("“{}” is kept for no longer than {}", record.name, record.retention);
            let finding = RULE.at(at("retention"), message);
            found.push(finding.help("keep it until it has been looked at: `retention: 3 years`"));
        }
    }
}
