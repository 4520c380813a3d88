//! A clause is declared not applicable that cannot be, or without a reason and a name.
//!
//! # Why it matters
//!
//! Requirements of clauses 4 to 10 cannot be excluded: there is no statement of applicability in
//! ISO/IEC 20000-1. Services can be left out, through the scope. A few clauses depend on a
//! condition (there is no internal supplier, say); where it does not hold, somebody with the
//! authority to say so has to have said so, and why.
//!
//! # Mend it
//!
//! Take the entry out of `not_applicable` and answer the clause; or, where the clause is conditional,
//! give `reason` and `approved_by`.

use super::unknown;
use crate::check::{Check, Family, Rule};
use crate::coverage::{applies_by, decided};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::source::SETTINGS;
use crate::standard::format::Role;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "clause-excluded",
    Family::Clause,
    Severity::Error,
    include_str!("clause_excluded.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let Some(file) = manual.sources.at_path(SETTINGS).map(|file| file.id) else { return };
    let node = &manual.settings.checked.node;
    for (n, entry) in manual.settings().not_applicable.iter().enumerate() {
        let number = n.to_string();
        let place =
            |key: &str| Span::new(file, node.nearest(["not_applicable", &number, key]).at.clone());
        let name = &*entry.clause;
        let Some((at, clause)) = manual.standards.find(name) else {
            found.push(unknown(&RULE, manual, name, place("clause")));
            continue;
        };
        let finding =
            |message: String| RULE.at(place("clause"), message).clause(manual.standards.name(&at));
        if !clause.is_wholly_conditional() {
            let help = match &clause.conditional {
                Some(when) => format!("it depends on a condition {}", when.words()),
                None => "every requirement applies; leave services out through the scope".into(),
            };
            let finding = finding(format!("clause {name} cannot be left out")).help(help);
            found.push(match clause.role {
                Role::Requirement => finding.note("a requirement"),
                _ => finding,
            });
        } else if let Some(party) = applies_by(clause, &manual.library) {
            let message = format!("clause {name} applies: `{}` is in the register", party.entry.id);
            let finding = finding(message).label(party.at("kind"), "by this party");
            found.push(finding.help("take the entry out, or the party, where it is none"));
        } else if decided(entry).is_none() {
            let message = format!("clause {name} is left out without a reason and a name");
            found.push(finding(message).help("give `reason` and `approved_by`"));
        }
    }
}
