//! A clause number that the standard does not have, or that only groups others.
//!
//! # Why it matters
//!
//! A document that claims a clause which does not exist evidences nothing, and an auditor who meets one
//! wrong number trusts none. Numbers of the 2011 edition and of ISO/IEC 27001 are the usual cause.
//!
//! A number that only groups others is a warning: it is there, and evidences nothing.
//!
//! # Mend it
//!
//! Look the number up with `clausebook explain 8.6`. Name a requirement clause, the lowest level that
//! has its own requirements: `"8.5.1.2"`, not `"8.5.1"`. Quote it, so that editors leave it alone.

use super::unknown;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::standard::ClauseRef;
use crate::standard::format::Role;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "unknown-clause",
    Family::Clause,
    Severity::Error,
    include_str!("unknown_clause.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for document in manual.library.documents.iter().filter(|document| document.is_live()) {
        let front = &document.front;
        for (n, name) in front.clauses.iter().enumerate() {
            found.extend(judge(manual, name, document.at(&["clauses", &n.to_string()])));
        }
        for (n, record) in front.records.iter().enumerate() {
            let at = document.at(&["records", &n.to_string(), "clause"]);
            found.extend(judge(manual, &record.clause, at));
        }
    }
}

fn judge(manual: &Manual, name: &str, at: Span) -> Option<Diagnostic> {
    let Some((clause, entry)) = manual.standards.find(name) else {
        return (!manual.standards.all.is_empty()).then(|| unknown(&RULE, manual, name, at));
    };
    let below = manual.standards.all[clause.standard].below(&clause.number);
    let below: Vec<String> = below
        .map(|one| {
            let number = ClauseRef { number: one.number.0.clone(), ..clause.clone() };
            format!("`{}` {}", manual.standards.name(&number), one.title)
        })
        .collect();
    let finding = RULE.at(at, format!("clause `{name}` has no requirements of its own"));
    let (note, help) = match entry.role {
        Role::Requirement => return None,
        Role::Heading if !below.is_empty() => {
            ("a heading", format!("name one below it: {}", below.join(", ")))
        }
        Role::Heading => ("a heading", "take it out: there is nothing to evidence".to_owned()),
        Role::Informative => {
            ("informative", "take it out: there is nothing to evidence".to_owned())
        }
    };
    // It is there; it only evidences nothing.
    let mut finding = finding.note(note).help(help);
    finding.severity = Severity::Warning;
    Some(finding)
}
