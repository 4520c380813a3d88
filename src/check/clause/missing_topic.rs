//! A clause is claimed, and something that it needs is nowhere in the documents that claim it.
//!
//! A topic is covered by a heading whose address is the topic or one of its other names, or that says
//! `{covers=escalation}`, and under which something stands. Several documents may share a clause: the
//! topic has to be in one of them. A document that is an item of documented information by itself (a
//! policy, a plan, a procedure) has to cover the topics of that item alone. A record is declared under
//! `records:`.
//!
//! The finding is a note in a draft, a warning in review and an error once the document is approved.
//!
//! # Why it matters
//!
//! This is what an auditor does at stage 1: clause in one hand, document in the other, looking for the
//! place where each thing that the clause asks for is said.
//!
//! # Mend it
//!
//! Write the section: the help says what belongs there. When the text has it under another name, mark
//! its heading: `## Handing on {covers=escalation}`. `clausebook explain 8.6.1` shows all topics of a
//! clause and where each is covered.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::entry;
use crate::check::markdown::hidden;
use crate::check::{Check, Family, Rule};
use crate::coverage::{ClauseCoverage, ItemCoverage, Lack, State, TopicCoverage};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::standard::format::{Information, Item};
use crate::standard::{Schema, facts};

pub(super) const RULE: Rule = Rule::new(
    "missing-topic",
    Family::Clause,
    Severity::Error,
    include_str!("missing_topic.rs"),
    Check::Manual(run),
);

/// A clause, what it needs, and the document at which to say what is missing.
struct Claim<'a> {
    manual: &'a Manual,
    clause: &'a ClauseCoverage,
    schema: &'a Schema,
    name: String,
    hidden: OnceCell<Vec<String>>,
}

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for clause in &manual.coverage.clauses {
        let Some(schema) = manual.standards.schema(&clause.clause) else { continue };
        if clause.claims.is_empty() || clause.state == State::NotApplicable {
            continue;
        }
        let name = manual.standards.name(&clause.clause);
        let claim = Claim { manual, clause, schema, name, hidden: OnceCell::new() };
        let mut said = BTreeSet::new();
        for (covered, item) in clause.items.iter().zip(&schema.content.items) {
            claim.item(covered, item, &mut said, found);
        }
        // What stands in a document that is not finished is not missing; it is not evidence yet.
        // A section that says too little has its own finding.
        let bare = |topic: &&TopicCoverage| {
            topic.by.is_empty() && topic.unfinished.is_none() && !claim.is_hollow(&topic.topic)
        };
        for topic in clause.topics.iter().filter(bare) {
            if said.insert(topic.topic.clone()) && !claim.is_hidden(&topic.topic) {
                found.push(claim.topic(claim.lead(), &topic.topic));
            }
        }
    }
}

impl Claim<'_> {
    /// The document that claims the clause and covers most of its topics.
    fn lead(&self) -> &Document {
        let mut covers: BTreeMap<DocumentNumber, usize> = BTreeMap::new();
        for (number, _) in self.clause.topics.iter().flat_map(|topic| &topic.by) {
            *covers.entry(*number).or_default() += 1;
        }
        let most = covers.into_iter().max_by_key(|(number, count)| (*count, Reverse(*number)));
        let number = most.map_or(self.clause.claims[0], |(number, _)| number);
        &self.manual.library.documents[number]
    }

    /// Whether a section covers a topic that a slip keeps out of its document's outline: a finding
    /// of its own tells of the slip.
    fn is_hidden(&self, topic: &str) -> bool {
        let documents = self.clause.claims.iter().map(|n| &self.manual.library.documents[*n]);
        let hidden = || documents.flat_map(|document| hidden(self.manual, document)).collect();
        let words = self.hidden.get_or_init(hidden);
        self.schema.topic(topic).is_some_and(|topic| words.iter().any(|word| topic.is_met_by(word)))
    }

    fn item(
        &self,
        covered: &ItemCoverage,
        item: &Item,
        said: &mut BTreeSet<String>,
        found: &mut Vec<Diagnostic>,
    ) {
        let best = covered.evidence.first();
        if best.is_none() || covered.unfinished.is_some() {
            said.extend(item.topics.iter().map(|topic| topic.0.clone()));
        }
        let Some(best) = best.filter(|_| covered.unfinished.is_none()) else {
            let hollow = item.topics.iter().any(|topic| self.is_hollow(topic));
            if covered.unfinished.is_none() && !hollow {
                found.push(self.absent(item));
            }
            return;
        };
        let document = &self.manual.library.documents[best.document];
        for lack in &best.lacks {
            match lack {
                Lack::FrontMatter => found.push(self.front_matter(best.document, item)),
                Lack::Topic(slug) => {
                    if said.insert(slug.clone()) && !self.is_hollow(slug) && !self.is_hidden(slug) {
                        found.push(self.topic(document, slug));
                    }
                }
            }
        }
    }

    /// Whether a section of a document that claims the clause is about a topic, and says too little.
    fn is_hollow(&self, topic: &str) -> bool {
        let Some(topic) = self.schema.topic(topic) else { return false };
        let documents = &self.manual.library.documents;
        let mut claims = self.clause.claims.iter();
        claims.any(|n| self.manual.coverage.hollow(topic, *n, &documents[*n]).is_some())
    }

    /// No document or record is the item.
    fn absent(&self, item: &Item) -> Diagnostic {
        let (what, help) = if item.information == Information::Retain {
            let help = format!(
                "declare it under `records:` of the document that makes it: \
                 {{name: {}, clause: \"{}\", item: {}, held_in: …, retention: …, owner: …}}",
                item.name, self.name, item.item
            );
            ("no record is", help)
        } else {
            let kinds: Vec<&str> = item.kinds.iter().map(|kind| kind.word()).collect();
            let kind = match kinds.join(" or ").as_str() {
                "" => String::new(),
                kinds => format!(" of kind {kinds}"),
            };
            let holds = match item.content_in_words().as_str() {
                "" => String::new(),
                content => format!(" and holds: {content}"),
            };
            ("no document is", format!("write a document{kind} that claims the clause{holds}"))
        };
        let message = format!("clause {} asks for “{}”, and {what} it", self.name, item.name);
        self.finding(self.lead(), message).help(help)
    }

    /// The facts of a document are not what the JSON Schema of an item asks for.
    fn front_matter(&self, number: DocumentNumber, item: &Item) -> Diagnostic {
        let document = &self.manual.library.documents[number];
        let topics = self.manual.coverage.topics_of(self.schema, number, document);
        let facts = facts::of(document, &topics);
        let errors =
            self.schema.validator(item).into_iter().flat_map(|one| one.iter_errors(&facts));
        let asks: Vec<String> = errors
            .map(|error| {
                let path: Vec<String> =
                    error.instance_path().iter().map(|p| p.to_string()).collect();
                match path.strip_prefix(&["front".to_owned()]).unwrap_or(&path).join(".").as_str() {
                    "" => error.to_string(),
                    place => format!("{place}: {error}"),
                }
            })
            .collect();
        let message =
            format!("clause {} asks more of the front matter of its “{}”", self.name, item.name);
        self.finding(document, message).help(asks.join("; "))
    }

    /// A document lacks a topic.
    fn topic(&self, document: &Document, topic: &str) -> Diagnostic {
        let shown = topic.replace('-', " ");
        let help = match self.schema.topic(topic) {
            Some(known) => format!(
                "{} Write it under a heading “{}”, or mark another with {{covers={topic}}}",
                known.asks,
                title_case(&shown)
            ),
            None => format!("see `clausebook explain {}`", self.name),
        };
        self.finding(
            document,
            format!("clause {} needs “{shown}”, and nothing covers it", self.name),
        )
        .help(help)
    }

    /// A finding at the entry of the clause, with a label at the document's outline.
    fn finding(&self, document: &Document, message: String) -> Diagnostic {
        let at = entry(self.manual, document, &self.clause.clause);
        let finding =
            RULE.by_status(document, at, message).note("claimed here").clause(self.name.clone());
        let mut sections = document.body.headings.iter().filter(|heading| heading.level > 1);
        match sections.next_back() {
            Some(last) => finding.label(document.span(&last.at), "the outline ends here"),
            None => finding,
        }
    }
}

impl Item {
    fn content_in_words(&self) -> String {
        let content: Vec<&str> = self.content.iter().map(|one| &**one).collect();
        content.join("; ")
    }
}

fn title_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
