//! Something that is usual for a clause, and not asked for, is nowhere in the manual.
//!
//! # Why it matters
//!
//! Nobody may fail a manual for these. They are what good practitioners write all the same, and a
//! reader may look for them.
//!
//! # Mend it
//!
//! Nothing needs mending. This rule is off until `rules: {customary-topic: note}` switches it on.

use super::entry;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::standard::format::Strength;

pub(super) const RULE: Rule = Rule::new(
    "customary-topic",
    Family::Clause,
    Severity::Note,
    include_str!("customary_topic.rs"),
    Check::Manual(run),
)
.on_request();

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for clause in &manual.coverage.clauses {
        let Some(schema) = manual.standards.schema(&clause.clause) else { continue };
        let documents: Vec<_> =
            clause.claims.iter().map(|n| &manual.library.documents[*n]).collect();
        let Some(first) = documents.first() else { continue };
        let claims = clause.claims.iter().zip(&documents);
        let covered: Vec<&str> =
            claims.flat_map(|(n, one)| manual.coverage.topics_of(schema, *n, one)).collect();
        let usual = schema.content.topics.iter().filter(|t| t.strength == Strength::Customary);
        let open: Vec<String> = usual
            .filter(|topic| !covered.contains(&&*topic.topic))
            .map(|topic| topic.topic.replace('-', " "))
            .collect();
        if !open.is_empty() {
            let name = manual.standards.name(&clause.clause);
            let message =
                format!("usual for clause {name}, and not asked for: {}", open.join(", "));
            found.push(RULE.at(entry(manual, first, &clause.clause), message).clause(name));
        }
    }
}
