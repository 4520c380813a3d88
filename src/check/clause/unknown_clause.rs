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

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::standard::format::Role;
use crate::text::nearest;

pub(super) const RULE: Rule = Rule::new(
    "unknown-clause",
    Family::Clause,
    Severity::Error,
    include_str!("unknown_clause.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    for document in &manual.library.documents {
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

fn judge(manual: &Manual<'_>, name: &str, at: crate::text::Span) -> Option<Diagnostic> {
    let Some((clause, entry)) = manual.standards.find(name) else {
        let near = nearest(name, manual.standards.numbers());
        let finding = RULE.at(at, format!("there is no clause `{name}`")).did_you_mean(near);
        return (!manual.standards.all.is_empty()).then_some(finding);
    };
    if entry.role == Role::Requirement {
        return None;
    }
    let below = manual.standards.all[clause.standard].below(&clause.number);
    let below: Vec<String> = below.map(|one| format!("`{}` {}", one.number, one.title)).collect();
    let mut finding = RULE.at(at, format!("clause `{name}` has no requirements of its own"));
    // It is there; it only evidences nothing.
    finding.severity = Severity::Warning;
    Some(if below.is_empty() {
        finding.note("informative")
    } else {
        finding.note("a heading").help(format!("name one below it: {}", below.join(", ")))
    })
}
