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

use crate::check::{Check, Family, Rule};
use crate::coverage::State;
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::source::SETTINGS;
use crate::standard::format::Role;
use crate::text::{Span, is_one_slip, plain};

pub(super) const RULE: Rule = Rule::new(
    "clause-uncovered",
    Family::Clause,
    Severity::Warning,
    include_str!("clause_uncovered.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    // Which standards the manual answers to stands in a file that cannot be read, or a document that
    // claims clauses cannot: that is said.
    let lost = |one: &Document| one.lost || one.faulty.contains("clauses");
    if manual.settings.is_in_doubt("standards") || manual.library.documents.iter().any(lost) {
        return;
    }
    // A clause that nobody claims has no place in the text: the settings file stands for the
    // manual as a whole, or the first document where there is none.
    let settings = manual.sources.at_path(SETTINGS).map(|file| file.id);
    let first = || manual.library.documents.iter().next().map(|document| document.file);
    let Some(file) = settings.or_else(first) else { return };
    let claims = manual.library.documents.iter().flat_map(|document| &document.front.clauses);
    let wrong: Vec<&str> =
        claims.map(|name| &**name).filter(|name| is_wrong(manual, name)).collect();
    let open = manual.coverage.clauses.iter().filter(|clause| clause.claims.is_empty());
    for clause in open.filter(|clause| clause.state != State::NotApplicable) {
        let name = manual.standards.name(&clause.clause);
        // The claim that was probably meant for it has its own finding.
        if wrong.iter().any(|wrong| may_mean(wrong, &name)) {
            continue;
        }
        let message = format!("no document claims clause {name}, “{}”", clause.title);
        let finding = RULE
            .at(Span::start_of(file), message)
            .help(format!("`clausebook explain {name}` says what it asks for"))
            .clause(name);
        found.push(finding);
    }
}

/// Whether a claim names no clause that has requirements.
fn is_wrong(manual: &Manual, name: &str) -> bool {
    manual.standards.find(name).is_none_or(|(_, clause)| clause.role != Role::Requirement)
}

/// Whether a wrong claim was perhaps meant for a clause: it is one above it, or nearly its number.
fn may_mean(wrong: &str, clause: &str) -> bool {
    let bare = |name: &str| -> String {
        let name = name.rsplit(':').next().unwrap_or_default();
        let name = plain(name);
        name.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect()
    };
    let (wrong, clause) = (bare(wrong), bare(clause));
    let wrong = wrong.trim_matches('.');
    !wrong.is_empty()
        && (clause.starts_with(&format!("{wrong}."))
            || clause == wrong
            || is_one_slip(wrong, &clause)
            || wrong.replace('.', "") == clause.replace('.', ""))
}
