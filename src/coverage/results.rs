//! What coverage says of a manual: clause by clause, item by item, topic by topic.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::reason::{Lack, Reason, sentence};
use super::reliability::Reliability;
use super::sections::Sections;
use super::worth::Worth;
use crate::model::document::Document;
use crate::model::library::{DocumentNumber, Library};
use crate::standard::format::{Information, Obligation, Topic};
use crate::standard::{ClauseRef, Schema};

/// Coverage of every requirement clause, in order.
#[derive(Debug, Default)]
pub struct Coverage {
    /// One a requirement clause.
    pub clauses: Vec<Arc<ClauseCoverage>>,
    /// What the sections of each document that claims a clause are worth.
    pub(super) sections: Sections,
}

/// How far a clause, or an item of it, is evidenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Everything that it asks for is evidenced by what is in force.
    Documented,
    /// There is evidence: a draft, lapsed, or incomplete.
    Partial,
    /// There is none.
    Gap,
    /// Its condition does not hold here.
    NotApplicable,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            State::Documented => "documented",
            State::Partial => "partial",
            State::Gap => "gap",
            State::NotApplicable => "not-applicable",
        }
    }
}

/// Coverage of one clause.
#[derive(Debug)]
pub struct ClauseCoverage {
    /// The clause.
    pub clause: ClauseRef,
    /// Its title.
    pub title: String,
    /// How far it is evidenced.
    pub state: State,
    /// Why it is not documented; empty when it is.
    pub why: Vec<Reason>,
    /// The documents that claim it (their numbers), whatever their state.
    pub claims: Vec<DocumentNumber>,
    /// The items that it asks for; of a clause that asks for none, the clause itself.
    pub items: Vec<ItemCoverage>,
    /// The topics that it needs.
    pub topics: Vec<TopicCoverage>,
}

impl ClauseCoverage {
    /// Why it is not documented, in a sentence; empty when it is.
    pub fn reason(&self) -> String {
        sentence(&self.why)
    }

    /// Every document that the clause's state depends on (their numbers), some of them twice.
    pub fn documents(&self) -> impl Iterator<Item = DocumentNumber> + '_ {
        let evidence = self.items.iter().flat_map(|item| &item.evidence);
        evidence.map(|one| one.document).chain(self.claims.iter().copied())
    }
}

/// Coverage of an item of documented information.
#[derive(Debug)]
pub struct ItemCoverage {
    /// Its id in the standard's files; that of the clause itself is its number.
    pub item: String,
    /// Its name.
    pub name: String,
    /// Whether it is maintained or retained.
    pub information: Information,
    /// How the standard asks for it.
    pub obligation: Obligation,
    /// How far it is evidenced.
    pub state: State,
    /// Why it is not documented.
    pub why: Option<Reason>,
    /// What evidences it, the best first.
    pub evidence: Vec<Evidence>,
    /// The document that would evidence it, did it not hold placeholder text.
    pub unfinished: Option<DocumentNumber>,
}

impl ItemCoverage {
    /// Why it is not documented, in a sentence; empty when it is.
    pub fn reason(&self) -> String {
        self.why.as_ref().map(Reason::sentence).unwrap_or_default()
    }
}

/// A document, a section of it or a record that evidences an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The document's number.
    pub document: DocumentNumber,
    /// Slug of the section, where it is one.
    pub section: Option<String>,
    /// Name of the record, where it is one.
    pub record: Option<String>,
    /// How far it can be relied on.
    pub standing: Reliability,
    /// What of the item it does not cover.
    pub lacks: Vec<Lack>,
}

/// Coverage of a topic that a clause needs.
#[derive(Debug)]
pub struct TopicCoverage {
    /// The topic.
    pub topic: String,
    /// Where it is covered: document and section, documents in good standing first.
    pub by: Vec<(DocumentNumber, String)>,
    /// Whether one of them is in good standing.
    pub good: bool,
    /// The document that would cover it, did it not hold placeholder text.
    pub unfinished: Option<DocumentNumber>,
}

impl Coverage {
    /// Coverage of a clause.
    pub fn clause(&self, clause: &ClauseRef) -> Option<&ClauseCoverage> {
        self.clauses.iter().find(|one| one.clause == *clause).map(|one| &**one)
    }

    /// How many clauses are in a state.
    pub fn count(&self, state: State) -> usize {
        self.clauses.iter().filter(|clause| clause.state == state).count()
    }

    /// Documents that trace to no clause, by number.
    pub fn untraced<'a>(
        &'a self,
        library: &'a Library,
    ) -> impl Iterator<Item = DocumentNumber> + 'a {
        let traced: BTreeSet<DocumentNumber> =
            self.clauses.iter().flat_map(|clause| clause.claims.iter().copied()).collect();
        let live = |number: &DocumentNumber| library.documents[*number].is_live();
        library.documents.numbers().filter(move |n| !traced.contains(n)).filter(live)
    }

    /// The topics of a clause that a document covers.
    pub fn topics_of<'s>(
        &self,
        schema: &'s Schema,
        number: DocumentNumber,
        document: &Document,
    ) -> Vec<&'s str> {
        self.sections.topics_of(schema, number, document)
    }

    /// The heading of a document that would cover a topic, did its section say more, with what it
    /// is worth.
    pub fn hollow(
        &self,
        topic: &Topic,
        number: DocumentNumber,
        document: &Document,
    ) -> Option<(usize, Worth)> {
        self.sections.hollow(topic, number, document)
    }
}
