//! A requirement clause that no document claims.
//!
//! # Why it matters
//!
//! Every requirement of clauses 4 to 10 applies to every organization that wants to conform. A
//! clause that no document claims is the first thing that an auditor writes down.
//!
//! # Mend it
//!
//! Claim it under `clauses:` of the document that answers it, or write that document:
//! `clausebook new process "Problem management" --clause 8.6.3`. `clausebook explain 8.6.3` says what
//! it has to hold.

use crate::check::{Check, Family, Manual, Rule};
use crate::coverage::State;
use crate::diag::{Diagnostic, Severity};
use crate::source::SETTINGS;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "clause-uncovered",
    Family::Clause,
    Severity::Warning,
    include_str!("clause_uncovered.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    // Which standards the manual answers to stands in a file that cannot be read: that is said.
    if manual.settings.trouble.is_some() {
        return;
    }
    // A clause that nobody claims has no place in the text: the settings file stands for the
    // manual as a whole, or the first document where there is none.
    let settings = manual.sources.at_path(SETTINGS).map(|file| file.id);
    let first = || manual.library.documents.get(0).map(|document| document.file);
    let Some(file) = settings.or_else(first) else { return };
    let open = manual.coverage.clauses.iter().filter(|clause| clause.claims.is_empty());
    for clause in open.filter(|clause| clause.state != State::NotApplicable) {
        let name = manual.standards.name(&clause.clause);
        let message = format!("no document claims clause {name}, “{}”", clause.title);
        let finding = RULE
            .at(Span::start_of(file), message)
            .help(format!("`clausebook explain {name}` says what it asks for"))
            .clause(name);
        found.push(finding);
    }
}
