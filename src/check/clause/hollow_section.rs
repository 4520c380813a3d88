//! A section is about something that a clause needs, and says too little of its own to cover it.
//!
//! A section counts when five different words stand in it, tables, diagrams and the sections below it
//! included. Sentences that stand in three or more sections of the manual do not count, nor do the
//! words of the heading make two sentences different. A mark such as `{covers=closure,escalation}`
//! names at most three topics, and wants five words for each.
//!
//! # Why it matters
//!
//! An auditor who opens the section finds a phrase that would fit anywhere, and no answer. Whether
//! a text is right, no program can tell; that nothing was said, it can.
//!
//! # Mend it
//!
//! Say who does what, when, and where it is recorded. Where one section truly answers more than three
//! topics, a table for example, say why in its mark:
//!
//! ```markdown
//! ## Case record {covers=nature,actions,results,source why=one-field-for-each}
//! ```

use std::collections::BTreeMap;

use crate::check::{Check, Family, Rule};
use crate::coverage::{ClauseCoverage, Lack, MOST_TOPICS, State, Worth};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::parse::markdown::Heading;

pub(super) const RULE: Rule = Rule::new(
    "hollow-section",
    Family::Clause,
    Severity::Warning,
    include_str!("hollow_section.rs"),
    Check::Manual(run),
);

/// Documents and headings that would cover what a clause lacks.
type Hollow = BTreeMap<(DocumentNumber, usize), (Worth, String)>;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let mut hollow = Hollow::new();
    for clause in &manual.coverage.clauses {
        if clause.state != State::NotApplicable {
            gather(manual, clause, &mut hollow);
        }
    }
    for ((number, heading), (worth, clause)) in hollow {
        let document = &manual.library.documents[number];
        let finding = finding(document, &document.body.headings[heading], worth);
        found.push(finding.clause(clause));
    }
}

/// The sections that would cover what the documents of a clause leave open.
fn gather(manual: &Manual, clause: &ClauseCoverage, hollow: &mut Hollow) {
    let Some(schema) = manual.standards.schema(&clause.clause) else { return };
    let mut look = |topic: &str, number: DocumentNumber| {
        let document = &manual.library.documents[number];
        let Some(topic) = schema.topic(topic) else { return };
        if let Some((heading, worth)) = manual.coverage.hollow(topic, number, document) {
            let name = || (worth, manual.standards.name(&clause.clause));
            hollow.entry((number, heading)).or_insert_with(name);
        }
    };
    for topic in clause.topics.iter().filter(|one| one.by.is_empty() && one.unfinished.is_none()) {
        clause.claims.iter().for_each(|number| look(&topic.topic, *number));
    }
    for best in clause.items.iter().filter_map(|item| item.evidence.first()) {
        best.lacks.iter().filter_map(Lack::topic).for_each(|topic| look(topic, best.document));
    }
}

fn finding(document: &Document, heading: &Heading, worth: Worth) -> Diagnostic {
    let name = &heading.text;
    let marked = heading.covers.len();
    let message = match worth {
        Worth::Copied(times) => {
            format!("“{name}” covers nothing: what stands there stands in {times} sections")
        }
        Worth::Says(_) if marked > MOST_TOPICS && heading.why.is_none() => format!(
            "“{name}” is marked to cover {marked} topics; no more than {MOST_TOPICS} count \
             unless it says why"
        ),
        Worth::Says(words) => {
            format!("“{name}” is marked to cover {marked} topics in {words} words")
        }
        Worth::Few(words) => {
            let different = if words == 1 { "word" } else { "different words" };
            format!("“{name}” covers nothing: it has {words} {different}")
        }
        Worth::Empty | Worth::Title => format!("“{name}” covers nothing"),
    };
    let help = match worth {
        Worth::Says(_) => {
            "give each topic a section of its own, or say why one is enough: \
             `{covers=… why=one-row-for-each}`"
        }
        _ => "say who does what, when, and where it is recorded",
    };
    let finding = RULE.at(document.span(&heading.at), message).help(help);
    let severity = if document.is_approved() { Severity::Warning } else { Severity::Note };
    Diagnostic { severity, ..finding }
}
