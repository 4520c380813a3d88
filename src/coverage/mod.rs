//! Honest coverage: clause by clause, what is evidenced, by which document, section or record, and
//! how far that evidence can be relied on.
//!
//! A clause is *documented* when every item that it asks for, and every topic that it needs, is
//! evidenced by a document that is approved, in force, not overdue for review and complete;
//! *partial* when there is evidence that falls short of that; a *gap* when there is none. A
//! document that still holds placeholder text counts for nothing. *Not applicable* is only what
//! the standard makes depend on a condition, and the organization has decided so by name.
//!
//! Records count through the `records:` of a document, and stand as that document stands.
//!
//! Longer than most: what counts as evidence is one set of rules, read best in one place.

pub mod explain;
pub mod export;
mod memo;
mod reliability;
mod worth;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::model::document::Document;
use crate::model::front::OtherParty;
use crate::model::library::{DocumentNumber, Library};
use crate::model::settings::{NotApplicable, Settings};
use crate::model::value::{Date, Flag, Text};
use crate::standard::format::{Clause, Information, Item, Obligation, Topic};
use crate::standard::{ClauseRef, Schema, Standards, facts};

pub use memo::CoverageMemo;
use memo::Seen;
use reliability::PLACEHOLDER;
pub use reliability::Reliability;
use worth::Copied;
pub use worth::{FEWEST, MOST_TOPICS, Worth};

/// What a document lacks that fails the JSON Schema of an item.
pub const FRONT_MATTER: &str = "what its schema asks of the front matter";

/// Coverage of every requirement clause, in order.
#[derive(Debug, Default)]
pub struct Coverage {
    /// One a requirement clause.
    pub clauses: Vec<Arc<ClauseCoverage>>,
    /// What the sections of each document that claims a clause are worth, by its number.
    sections: Sections,
}

/// What the sections of documents are worth, by the document's number.
type Sections = BTreeMap<DocumentNumber, Vec<Worth>>;

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
    /// why it is not documented, in a sentence; empty when it is.
    pub reason: String,
    /// The documents that claim it (their numbers), whatever their state.
    pub claims: Vec<DocumentNumber>,
    /// The items that it asks for; of a clause that asks for none, the clause itself.
    pub items: Vec<ItemCoverage>,
    /// The topics that it needs.
    pub topics: Vec<TopicCoverage>,
}

impl ClauseCoverage {
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
    /// why it is not documented; empty when it is.
    pub reason: String,
    /// What evidences it, the best first.
    pub evidence: Vec<Evidence>,
    /// The document that would evidence it, did it not hold placeholder text.
    pub unfinished: Option<DocumentNumber>,
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
    /// Topics of the item that it does not cover.
    pub missing: Vec<String>,
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

/// A document as coverage sees it.
#[derive(Clone, Copy)]
struct Claimant<'a> {
    number: DocumentNumber,
    document: &'a Document,
    standing: Reliability,
    /// Whether top management approved it.
    top: bool,
}

/// What is known of a manual, by clause.
struct Survey<'a> {
    library: &'a Library,
    settings: &'a Settings,
    claims: BTreeMap<ClauseRef, Vec<Claimant<'a>>>,
    /// Document and index of each record that names a clause.
    records: BTreeMap<ClauseRef, Vec<(Claimant<'a>, usize)>>,
    copied: Copied,
    sections: Sections,
}

impl Coverage {
    /// Surveys a manual.
    pub fn new(library: &Library, standards: &Standards, settings: &Settings, today: Date) -> Self {
        let survey = Survey::new(library, standards, settings, today);
        let clauses = survey.clauses(standards, &BTreeMap::new());
        Coverage { clauses, sections: survey.sections }
    }

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
        let traced: std::collections::BTreeSet<DocumentNumber> =
            self.clauses.iter().flat_map(|clause| clause.claims.iter().copied()).collect();
        let live = |number: &DocumentNumber| library.documents[*number].is_live();
        library.documents.numbers().filter(move |n| !traced.contains(n)).filter(live)
    }
}

impl<'a> Survey<'a> {
    fn new(
        library: &'a Library,
        standards: &Standards,
        settings: &'a Settings,
        today: Date,
    ) -> Self {
        let mut survey = Survey {
            library,
            settings,
            claims: BTreeMap::new(),
            records: BTreeMap::new(),
            copied: Copied::in_library(library),
            sections: Sections::new(),
        };
        let find = |name: &Text| standards.find(name).map(|(at, _)| at);
        let found: Vec<_> = library
            .documents
            .par_numbers()
            .zip(library.documents.par_iter())
            .filter(|(_, document)| document.is_live())
            .map(|(number, document)| {
                let standing = Reliability::of(document, library, settings, today);
                let clauses: Vec<_> = document.front.clauses.iter().filter_map(find).collect();
                let records = document.front.records.iter().enumerate();
                let records = records.filter_map(|(n, record)| Some((find(&record.clause)?, n)));
                let top = approved_at_the_top(document, library);
                let claimant = Claimant { number, document, standing, top };
                let worth = (!clauses.is_empty()).then(|| worth::of(document, &survey.copied));
                (claimant, clauses, records.collect::<Vec<_>>(), worth)
            })
            .collect();
        for (claimant, clauses, records, worth) in found {
            survey.sections.extend(worth.map(|worth| (claimant.number, worth)));
            for at in clauses {
                let claims: &mut Vec<Claimant<'_>> = survey.claims.entry(at).or_default();
                if claims.last().is_none_or(|last| last.number != claimant.number) {
                    claims.push(claimant);
                }
            }
            for (at, n) in records {
                survey.records.entry(at).or_default().push((claimant, n));
            }
        }
        survey
    }

    /// Every requirement clause; as it was before, where that was found from the same.
    fn clauses(
        &self,
        standards: &Standards,
        before: &BTreeMap<ClauseRef, Seen>,
    ) -> Vec<Arc<ClauseCoverage>> {
        let requirements: Vec<_> = standards.requirements().collect();
        requirements
            .into_par_iter()
            .map(|(at, clause, schema)| {
                let before = self.before(&at, before.get(&at));
                before.unwrap_or_else(|| Arc::new(self.clause(standards, at, clause, schema)))
            })
            .collect()
    }

    fn clause(
        &self,
        standards: &Standards,
        at: ClauseRef,
        clause: &Clause,
        schema: Option<&Schema>,
    ) -> ClauseCoverage {
        let all = self.claims.get(&at).map(Vec::as_slice).unwrap_or_default();
        let fits = |one: &&Claimant<'_>| {
            let kinds = schema.map(|schema| schema.content.kinds.as_slice()).unwrap_or_default();
            let kind = one.document.kind();
            kinds.is_empty() || kind.is_none_or(|kind| kinds.contains(&kind))
        };
        let at_the_top = schema.is_some_and(Schema::wants_top_management);
        let all: Vec<Claimant<'_>> = all.iter().map(|one| one.judged(at_the_top)).collect();
        let claims: Vec<&Claimant<'_>> = all.iter().filter(fits).collect();
        let topics = schema.map(|schema| self.topics(schema, &claims)).unwrap_or_default();
        let items = match schema {
            Some(schema) if !schema.content.items.is_empty() => {
                let items = schema.content.items.iter();
                items.map(|item| self.item(&at, schema, item, &claims)).collect()
            }
            _ => vec![self.clause_itself(clause, &claims)],
        };
        let mut coverage = ClauseCoverage {
            title: clause.title.0.clone(),
            state: State::Gap,
            reason: String::new(),
            claims: all.iter().map(|one| one.number).collect(),
            items,
            topics,
            clause: at,
        };
        (coverage.state, coverage.reason) = self.judge(&coverage, &all, standards, clause);
        coverage
    }

    /// A clause that asks for no documented information: whatever claims it is its evidence.
    fn clause_itself(&self, clause: &Clause, claims: &[&Claimant<'_>]) -> ItemCoverage {
        let evidence = claims.iter().map(|one| Evidence {
            document: one.number,
            section: None,
            record: None,
            standing: one.standing,
            missing: Vec::new(),
        });
        let evidence = evidence.collect();
        self.judged(ItemCoverage {
            item: clause.number.0.clone(),
            name: "How the clause is met".into(),
            information: Information::None,
            obligation: Obligation::None,
            state: State::Gap,
            reason: String::new(),
            evidence,
            unfinished: None,
        })
    }

    fn item(
        &self,
        at: &ClauseRef,
        schema: &Schema,
        item: &Item,
        claims: &[&Claimant<'_>],
    ) -> ItemCoverage {
        let evidence = match item.information {
            Information::Retain => self.retained(at, schema, item, claims),
            _ => self.maintained(schema, item, claims),
        };
        self.judged(ItemCoverage {
            item: item.item.0.clone(),
            name: item.name.0.clone(),
            information: item.information,
            obligation: item.obligation,
            state: State::Gap,
            reason: String::new(),
            evidence,
            unfinished: None,
        })
    }

    /// Evidence of a record: what `records:` declare, and registers and reports that are it.
    fn retained(
        &self,
        at: &ClauseRef,
        schema: &Schema,
        item: &Item,
        claims: &[&Claimant<'_>],
    ) -> Vec<Evidence> {
        let declared = self.records.get(at).map(Vec::as_slice).unwrap_or_default();
        let records = declared
            .iter()
            .map(|(one, n)| (one, &one.document.front.records[*n]))
            .filter(|(_, record)| record.has_place() && record.lasts())
            .filter(|(_, record)| match &record.item {
                Some(named) => **named == *item.item,
                None => recognised(schema, &record.name) == Some(&*item.item),
            })
            .map(|(one, record)| Evidence {
                document: one.number,
                section: None,
                record: Some(record.name.0.clone()),
                standing: one.standing,
                missing: Vec::new(),
            });
        let documents = claims
            .iter()
            .filter(|one| one.document.kind().is_some_and(|kind| item.kinds.contains(&kind)))
            .filter(|one| recognised(schema, one.document.title()) == Some(&item.item))
            .map(|one| Evidence {
                document: one.number,
                section: None,
                record: None,
                standing: one.standing,
                missing: Vec::new(),
            });
        records.chain(documents).collect()
    }

    /// State and reason of an item, from its evidence: the complete ones before the others, and
    /// none of what holds placeholder text.
    fn judged(&self, mut item: ItemCoverage) -> ItemCoverage {
        let evidence = &mut item.evidence;
        let open =
            |one: &&Evidence| one.standing == Reliability::Placeholder && one.missing.is_empty();
        item.unfinished = evidence.iter().find(open).map(|one| one.document);
        evidence.retain(|one| one.standing != Reliability::Placeholder);
        evidence.sort_by_key(|one| (one.missing.len(), one.standing, one.document));
        if evidence.iter().any(|one| one.missing.is_empty()) {
            evidence.retain(|one| one.missing.is_empty());
        }
        let Some(best) = item.evidence.first() else {
            let unfinished = item.unfinished.map(|number| &self.library.documents[number].id);
            item.reason = match (item.information, unfinished) {
                (_, Some(id)) => format!("{id} {PLACEHOLDER}"),
                (Information::Retain, _) => {
                    format!("No record is declared for {}", lower_first(&item.name))
                }
                (Information::None, _) => "No document claims this clause".into(),
                _ => format!("No document is the {}", lower_first(&item.name)),
            };
            return item;
        };
        let id = &self.library.documents[best.document].id;
        if !best.missing.is_empty() {
            item.state = State::Partial;
            item.reason = format!("{id} does not cover {}", in_list(&best.missing));
        } else if let Some(words) = best.standing.in_words() {
            item.state = State::Partial;
            item.reason = format!("{id} {words}");
        } else {
            item.state = State::Documented;
        }
        item
    }

    fn judge(
        &self,
        coverage: &ClauseCoverage,
        all: &[Claimant<'_>],
        standards: &Standards,
        clause: &Clause,
    ) -> (State, String) {
        let same = |name: &str| standards.find(name).is_some_and(|(at, _)| at == coverage.clause);
        let waived = self.settings.not_applicable.iter().find(|one| same(&one.clause));
        if let Some((reason, by)) = waived.and_then(decided)
            && clause.is_wholly_conditional()
            && applies_by(clause, self.library).is_none()
        {
            return (State::NotApplicable, format!("{reason} (decided by {by})"));
        }
        let mut reasons: Vec<String> = Vec::new();
        let open = coverage.items.iter().filter(|item| item.state != State::Documented);
        reasons.extend(open.map(|item| match item.reason.strip_prefix("No ") {
            Some(rest) => format!("no {rest}"),
            None => item.reason.clone(),
        }));
        let bare: Vec<String> = coverage
            .topics
            .iter()
            .filter(|topic| topic.by.is_empty() && topic.unfinished.is_none())
            .map(|topic| topic.topic.clone())
            .collect();
        if !bare.is_empty() {
            reasons.push(format!("nothing covers {}", in_list(&bare)));
        }
        for topic in coverage.topics.iter().filter(|topic| !topic.good) {
            if let Some((number, _)) = topic.by.first()
                && let Some(one) = all.iter().find(|one| one.number == *number)
                && let Some(words) = one.standing.in_words()
            {
                reasons.push(format!("{} {words}", one.document.id));
            }
        }
        for one in all.iter().filter(|one| one.standing == Reliability::Placeholder) {
            reasons.extend(
                one.standing.in_words().map(|words| format!("{} {words}", one.document.id)),
            );
        }
        let mut seen = std::collections::BTreeSet::new();
        reasons.retain(|reason| seen.insert(reason.clone()));
        let some = coverage.items.iter().any(|item| item.state != State::Gap)
            || coverage.topics.iter().any(|topic| !topic.by.is_empty());
        let whole = coverage.items.iter().all(|item| item.state == State::Documented)
            && coverage.topics.iter().all(|topic| topic.good);
        match (whole, some) {
            (true, _) => (State::Documented, String::new()),
            (_, true) => (State::Partial, sentence(&reasons)),
            _ => (State::Gap, sentence(&reasons)),
        }
    }
}

impl Survey<'_> {
    /// Evidence of a document: those of the right kind, with the topics that they lack.
    fn maintained(&self, schema: &Schema, item: &Item, claims: &[&Claimant<'_>]) -> Vec<Evidence> {
        let fits = claims.iter().filter(|one| {
            item.kinds.is_empty()
                || one.document.kind().is_some_and(|kind| item.kinds.contains(&kind))
        });
        fits.filter_map(|one| {
            let mut sections = Vec::new();
            let mut missing = Vec::new();
            for slug in &item.topics {
                let met = schema
                    .topic(slug)
                    .and_then(|topic| section(&self.sections, one.number, one.document, topic));
                match met {
                    Some(section) => sections.push(section),
                    None => missing.push(slug.0.clone()),
                }
            }
            if !item.topics.is_empty() && sections.is_empty() {
                return None;
            }
            if let Some(validator) = schema.validator(item)
                && !validator.is_valid(&facts::of(
                    one.document,
                    &topics_of(&self.sections, schema, one.number, one.document),
                ))
            {
                missing.push(FRONT_MATTER.into());
            }
            let section = sections.into_iter().next();
            let (document, standing) = (one.number, one.standing);
            Some(Evidence { document, section, record: None, standing, missing })
        })
        .collect()
    }

    fn topics(&self, schema: &Schema, claims: &[&Claimant<'_>]) -> Vec<TopicCoverage> {
        schema
            .required()
            .map(|topic| {
                let mut by: Vec<(Reliability, DocumentNumber, String)> = Vec::new();
                let mut unfinished = None;
                for one in claims {
                    match section(&self.sections, one.number, one.document, topic) {
                        Some(_) if one.standing == Reliability::Placeholder => {
                            unfinished = unfinished.or(Some(one.number));
                        }
                        Some(section) => by.push((one.standing, one.number, section)),
                        None => {}
                    }
                }
                by.sort();
                let good = by.first().is_some_and(|(standing, ..)| *standing == Reliability::Good);
                let by = by.into_iter().map(|(_, number, section)| (number, section)).collect();
                TopicCoverage { topic: topic.topic.0.clone(), by, good, unfinished }
            })
            .collect()
    }
}

impl Coverage {
    /// The topics of a clause that a document covers.
    pub fn topics_of<'s>(
        &self,
        schema: &'s Schema,
        number: DocumentNumber,
        document: &Document,
    ) -> Vec<&'s str> {
        topics_of(&self.sections, schema, number, document)
    }

    /// The heading of a document that would cover a topic, did its section say more, with what it
    /// is worth.
    pub fn hollow(
        &self,
        topic: &Topic,
        number: DocumentNumber,
        document: &Document,
    ) -> Option<(usize, Worth)> {
        let worth = self.sections.get(&number)?;
        let hollow = |(n, _): &(usize, Reach)| !matches!(worth[*n], Worth::Empty | Worth::Title);
        let (n, _) = reaching(topic, document).find(hollow)?;
        Some((n, worth[n]))
    }
}

fn topics_of<'s>(
    sections: &Sections,
    schema: &'s Schema,
    number: DocumentNumber,
    document: &Document,
) -> Vec<&'s str> {
    let topics = schema.content.topics.iter();
    let covered = topics.filter(|topic| section(sections, number, document, topic).is_some());
    covered.map(|topic| &*topic.topic).collect()
}

/// Why a clause does not apply here, and who decided so: the entry says both, or it is none.
pub fn decided(entry: &NotApplicable) -> Option<(&str, &str)> {
    let said = |text: &'_ Option<Text>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let whole = said(&entry.reason) && said(&entry.approved_by);
    whole.then_some((entry.reason.as_deref()?, entry.approved_by.as_deref()?))
}

/// In what way a heading reaches for a topic.
#[derive(Clone, Copy)]
enum Reach {
    /// Its address is the topic.
    Address,
    /// Its mark names the topic, at this place among others.
    Mark(usize),
}

/// The headings that are about a topic, whatever stands below them.
fn reaching<'a>(
    topic: &'a Topic,
    document: &'a Document,
) -> impl Iterator<Item = (usize, Reach)> + 'a {
    let headings = document.body.headings.iter().enumerate();
    headings.filter_map(|(n, heading)| {
        if topic.is_met_in(document.kind(), &heading.slug) {
            return Some((n, Reach::Address));
        }
        let place = heading.covers.iter().position(|word| topic.is_met_by(word))?;
        Some((n, Reach::Mark(place)))
    })
}

/// The first section that covers a topic, and says something. One section covers few topics, unless
/// it says why it covers more; and the more it covers, the more it has to say.
fn section(
    sections: &Sections,
    number: DocumentNumber,
    document: &Document,
    topic: &Topic,
) -> Option<String> {
    let worth = sections.get(&number)?;
    let covers = |(n, reach): &(usize, Reach)| {
        let Worth::Says(words) = worth[*n] else { return false };
        let heading = &document.body.headings[*n];
        let most = if heading.why.is_some() { usize::MAX } else { MOST_TOPICS };
        let topics = heading.covers.len().min(most);
        match reach {
            Reach::Address => true,
            Reach::Mark(place) => *place < most && words >= FEWEST * topics,
        }
    };
    let (n, _) = reaching(topic, document).find(covers)?;
    Some(document.body.headings[n].slug.clone())
}

/// Whether a role that is marked as top management approved a document.
fn approved_at_the_top(document: &Document, library: &Library) -> bool {
    let approval = document.front.approved.as_ref();
    approval.is_some_and(|approval| {
        library.acts_as(&approval.by).any(|role| role.entry.top_management == Some(Flag(true)))
    })
}

/// The other party of the register by which a clause applies, whatever was decided.
pub fn applies_by<'l>(
    clause: &Clause,
    library: &'l Library,
) -> Option<crate::model::library::Item<'l, OtherParty>> {
    library.parties().find(|party| clause.applies_with.contains(&party.entry.kind))
}

/// The record item of a clause that a name stands for: the one with the longest word in the name.
fn recognised<'s>(schema: &'s Schema, name: &str) -> Option<&'s str> {
    let name = name.to_lowercase();
    let retained = schema.content.items.iter().filter(|i| i.information == Information::Retain);
    let named = retained.flat_map(|item| {
        let own = item.name.to_lowercase();
        let names = item.names.iter().map(|word| word.0.clone());
        names.chain(std::iter::once(own)).map(move |word| (word, item))
    });
    let (_, item) = named
        .filter(|(word, _)| name.contains(word.trim_end_matches('s')))
        .max_by_key(|(word, _)| word.len())?;
    Some(&item.item)
}

impl Schema {
    /// Whether top management has to approve the documents that claim the clause.
    pub fn wants_top_management(&self) -> bool {
        self.content.top_management == Some(Flag(true))
    }
}

impl Claimant<'_> {
    /// The same as a clause sees it that may want the approval of top management.
    fn judged(self, at_the_top: bool) -> Self {
        let lower = at_the_top && !self.top && self.standing < Reliability::NotFromTheTop;
        Claimant {
            standing: if lower { Reliability::NotFromTheTop } else { self.standing },
            ..self
        }
    }
}

impl Clause {
    /// Whether all of the clause depends on its condition, so that it can be declared not
    /// applicable as a whole. Some depend on it in part only, and their condition says so.
    pub fn is_wholly_conditional(&self) -> bool {
        self.conditional.as_ref().is_some_and(|when| !when.starts_with("in part only"))
    }
}

/// `a, b and c`, slugs made readable, at most four.
fn in_list(slugs: &[String]) -> String {
    let mut words: Vec<String> = slugs.iter().take(4).map(|slug| slug.replace('-', " ")).collect();
    if slugs.len() > 4 {
        words.push(format!("{} more", slugs.len() - 4));
    }
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The reasons as a sentence; the first three, since the clause's page lists all.
fn sentence(reasons: &[String]) -> String {
    let mut out = reasons.iter().take(3).cloned().collect::<Vec<_>>().join("; ");
    if reasons.len() > 3 {
        out.push_str("; and more");
    }
    let mut letters = out.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A name inside a sentence: `Major incident procedure` begins small there, `SMS scope` does not.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !text.chars().nth(1).is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}
