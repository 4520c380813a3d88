//! Standards and what rests on them: the shipped catalogue against the facts, several standards
//! side by side, coverage, matrices, and the places at which the rules point.

mod coverage;
mod evidence;
mod facts;
mod hints;
mod honesty;
mod matrices;
mod several;
mod spans;
mod standing;

use clausebook::compile::{Inputs, Session, check, compile};
use clausebook::coverage::{ClauseCoverage, State};
use clausebook::diag::Diagnostic;
use clausebook::manual::Manual;
use clausebook::model::value::Date;
use clausebook::source::Sources;

/// The day for which these manuals are judged.
const TODAY: &str = "2026-06-15";

/// A manual from memory, read and checked.
fn compiled<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Manual {
    let files = files.into_iter().map(|(path, text)| (path, text.as_bytes()));
    read(Sources::from_memory(files))
}

fn read(sources: Sources) -> Manual {
    let today = Date::parse(TODAY).expect("a date");
    compile(Inputs::new(sources, today), &mut Session::default())
}

/// The coverage of a clause, by the name that a document would write.
fn clause<'a>(manual: &'a Manual, name: &str) -> &'a ClauseCoverage {
    let (at, _) = manual.standards.find(name).expect("a clause of this name");
    manual.coverage.clause(&at).expect("a requirement")
}

/// The state of every clause, by name.
fn states(manual: &Manual) -> Vec<(String, State)> {
    let clauses = manual.coverage.clauses.iter();
    clauses.map(|one| (manual.standards.name(&one.clause), one.state)).collect()
}

/// The findings of a rule.
fn found(manual: &Manual, code: &str) -> Vec<Diagnostic> {
    all_found(manual).into_iter().filter(|finding| finding.code.0 == code).collect()
}

/// All findings.
fn all_found(manual: &Manual) -> Vec<Diagnostic> {
    check(manual, &mut Session::default()).standing
}

/// What the author typed at the place of a finding.
fn typed<'a>(manual: &'a Manual, finding: &Diagnostic) -> &'a str {
    &manual.sources.file(finding.at.file).text[finding.at.range()]
}

/// Front matter of a document, drafts and approved ones alike, with more lines below it.
fn front(id: &str, kind: &str, status: &str, more: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: The {kind} {id}\nkind: {kind}\nversion: \"1.0\"\nstatus: {status}\n\
         owner: service-director\nauthor: process-office\n\
         approved: {{by: service-board, on: 2026-02-02}}\neffective: 2026-02-02\n\
         review: {{every: 12 months, last: 2026-02-02, reviewer: desk, outcome: confirmed}}\n\
         revisions: [{{version: \"1.0\", date: 2026-01-20, summary: First version}}]\n\
         {more}---\n\n# The {kind} {id}\n\n"
    )
}
