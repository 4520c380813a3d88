//! The page of one clause: what it asks for, what evidences it here, what is missing.

use serde::Serialize;

use super::{Line, Piece, Survey, chip, tone};
use crate::coverage::{ClauseCoverage, Evidence, ItemCoverage, Reliability, State};
use crate::model::library::DocumentNumber;
use crate::model::value::{Date, Text};
use crate::render::routes::Root;
use crate::render::view::{Chip, Link, MOST};
use crate::render::words::capital;
use crate::standard::format::{Clause, Information, Mapping, Role};
use crate::standard::{ClauseRef, Standard};
use crate::text::phrase::Phrase;

/// Something that evidences an item.
#[derive(Serialize)]
pub(in crate::render) struct EvidenceRow {
    pub(in crate::render) document: Link,
    pub(in crate::render) title: Phrase,
    /// The section or record, in words.
    pub(in crate::render) what: Phrase,
    pub(in crate::render) standing: Chip,
}

/// An item that a clause asks for.
#[derive(Serialize)]
pub(in crate::render) struct ItemRow {
    pub(in crate::render) name: String,
    pub(in crate::render) chip: Chip,
    /// Kind of information and who can be it, in words.
    pub(in crate::render) kind: String,
    /// What it holds, in words.
    pub(in crate::render) holds: String,
    pub(in crate::render) reason: Vec<Piece>,
    pub(in crate::render) evidence: Vec<EvidenceRow>,
    /// How many more evidence it, and where they are.
    pub(in crate::render) more: Option<Link>,
}

/// A topic that a clause needs.
#[derive(Serialize)]
pub(in crate::render) struct TopicRow {
    pub(in crate::render) topic: String,
    pub(in crate::render) asks: String,
    pub(in crate::render) chip: Chip,
    pub(in crate::render) by: Vec<Link>,
}

/// A fact about a clause.
#[derive(Serialize)]
pub(in crate::render) struct Fact {
    pub(in crate::render) label: &'static str,
    pub(in crate::render) text: String,
}

/// The page of a clause.
#[derive(Serialize)]
pub(in crate::render) struct ClausePage {
    pub(in crate::render) number: String,
    pub(in crate::render) title: String,
    pub(in crate::render) standard: String,
    pub(in crate::render) summary: String,
    pub(in crate::render) wording: Option<String>,
    /// The clauses above it.
    pub(in crate::render) trail: Vec<Link>,
    /// Its state; nothing for a heading.
    pub(in crate::render) chip: Option<Chip>,
    pub(in crate::render) tone: &'static str,
    pub(in crate::render) reason: Vec<Piece>,
    pub(in crate::render) items: Vec<ItemRow>,
    pub(in crate::render) topics: Vec<TopicRow>,
    pub(in crate::render) customary: Vec<TopicRow>,
    /// What is missing, one a line.
    pub(in crate::render) missing: Vec<Vec<Piece>>,
    /// Roles that answer for the documents that claim it.
    pub(in crate::render) answers: Vec<Link>,
    pub(in crate::render) facts: Vec<Fact>,
    /// Clauses below it, or beside it.
    pub(in crate::render) neighbours: Vec<Line>,
}

impl Survey<'_> {
    /// The page of one clause.
    pub(in crate::render) fn clause(&self, at: &ClauseRef, clause: &Clause) -> ClausePage {
        let standard = &self.edition.standards().all[at.standard];
        let covered = self.by_clause.get(at).copied();
        let (topics, customary) = self.topics(at, covered);
        let items: Vec<ItemRow> = match covered {
            Some(covered) => covered.items.iter().map(|item| self.item(at, item)).collect(),
            None => Vec::new(),
        };
        let parent = clause.parent.as_deref().unwrap_or_default();
        let around = match clause.role {
            Role::Requirement => parent,
            _ => &*clause.number,
        };
        let neighbours = standard.below(around).filter(|one| one.number != clause.number);
        let neighbours = neighbours.filter_map(|one| {
            self.line(&ClauseRef { standard: at.standard, number: one.number.0.clone() })
        });
        ClausePage {
            number: self.name(at),
            title: clause.title.0.clone(),
            standard: standard.about.title.0.clone(),
            summary: clause.summary.0.clone(),
            wording: clause.wording.as_ref().map(|text| text.0.clone()),
            trail: self.breadcrumbs(at, standard, parent),
            chip: covered.map(|covered| chip(covered.state)),
            tone: covered.map_or("", |covered| tone(covered.state)),
            reason: self.pieces(&covered.map(ClauseCoverage::reason).unwrap_or_default()),
            missing: self.missing(covered, &items, &topics),
            items,
            topics,
            customary,
            answers: self.answers(covered),
            facts: facts(clause),
            neighbours: neighbours.collect(),
        }
    }

    fn breadcrumbs(&self, at: &ClauseRef, standard: &Standard, parent: &str) -> Vec<Link> {
        let mut trail = Vec::new();
        let mut next = standard.clause(parent);
        while let Some(above) = next {
            let clause = ClauseRef { standard: at.standard, number: above.number.0.clone() };
            let href = self.link(&clause).href;
            trail
                .insert(0, Link { text: format!("{} {}", above.number, above.title).into(), href });
            next = above.parent.as_deref().and_then(|parent| standard.clause(parent));
        }
        trail
    }

    fn item(&self, at: &ClauseRef, item: &ItemCoverage) -> ItemRow {
        let schema = self.edition.standards().schema(at);
        let known = schema
            .and_then(|schema| schema.content.items.iter().find(|one| *one.item == *item.item));
        let kinds: Vec<&str> =
            known.map(|one| one.kinds.iter().map(|k| k.word()).collect()).unwrap_or_default();
        let content: Vec<&str> =
            known.map(|one| one.content.iter().map(|c| &**c).collect()).unwrap_or_default();
        let kind = match item.information {
            Information::Retain => "A record, declared by the document that makes it".to_owned(),
            Information::None => "No documented information is asked for".to_owned(),
            _ => {
                format!("Documented information, kept up to date. Can be a {}", kinds.join(", a "))
            }
        };
        ItemRow {
            name: item.name.clone(),
            chip: chip(item.state),
            kind,
            holds: content.join("; "),
            reason: self.pieces(&item.reason()),
            more: rest(self.root, &self.name(at), item.evidence.len()),
            evidence: item.evidence.iter().take(MOST).map(|one| self.evidence(one)).collect(),
        }
    }

    pub(super) fn evidence(&self, one: &Evidence) -> EvidenceRow {
        let document = self.edition.document(one.document);
        let section = one
            .section
            .as_ref()
            .and_then(|slug| document.body.headings.iter().find(|heading| heading.slug == *slug));
        let what = match (&one.record, section) {
            (Some(name), _) => {
                let record = document.front.records.iter().find(|r| *r.name == **name);
                match record {
                    Some(record) => {
                        let [kept, held] = [&record.retention, &record.held_in].map(Text::phrase);
                        let (kept, held) = (kept.as_carried(), held.as_carried());
                        Phrase::carried(format!("Record “{name}”, kept {kept} in {held}"))
                    }
                    None => format!("Record “{name}”").into(),
                }
            }
            (None, Some(heading)) => {
                let heading = self.edition.phrase(document, &heading.text);
                Phrase::carried(format!("Section “{}”", heading.as_carried()))
            }
            (None, None) => capital(document.kind().map_or("document", |kind| kind.word())).into(),
        };
        EvidenceRow {
            document: self.edition.link(self.root, one.document, &document.id),
            title: document.title_phrase(),
            what,
            standing: standing(one.standing, document.next_review(self.edition.settings())),
        }
    }

    fn topics(
        &self,
        at: &ClauseRef,
        covered: Option<&ClauseCoverage>,
    ) -> (Vec<TopicRow>, Vec<TopicRow>) {
        let Some(schema) = self.edition.standards().schema(at) else {
            return (Vec::new(), Vec::new());
        };
        let mut rows = (Vec::new(), Vec::new());
        for topic in &schema.content.topics {
            let found = covered.and_then(|one| one.topics.iter().find(|t| t.topic == *topic.topic));
            let by = found.map(|one| one.by.as_slice()).unwrap_or_default();
            let state = match found {
                Some(one) if one.good => State::Documented,
                Some(one) if !one.by.is_empty() => State::Partial,
                _ => State::Gap,
            };
            let link = |(number, section): &(DocumentNumber, String)| {
                let document = self.edition.document(*number);
                let heading = document.body.headings.iter().find(|h| h.slug == *section);
                let name = heading.map_or(section.as_str(), |heading| heading.text.as_str());
                let name = self.edition.phrase(document, name);
                let there = self.edition.is_published(*number);
                Link {
                    text: Phrase::carried(format!("{}, {}", document.id, name.as_carried())),
                    href: there.then(|| self.edition.href(self.root, *number, Some(section))),
                }
            };
            let row = TopicRow {
                topic: capital(&topic.topic),
                asks: topic.asks.0.clone(),
                chip: topic_chip(state),
                by: by.iter().take(4).map(link).collect(),
            };
            match found {
                Some(_) => rows.0.push(row),
                None => rows.1.push(row),
            }
        }
        rows
    }

    fn missing(
        &self,
        covered: Option<&ClauseCoverage>,
        items: &[ItemRow],
        topics: &[TopicRow],
    ) -> Vec<Vec<Piece>> {
        let Some(covered) = covered.filter(|one| one.state != State::Documented) else {
            return Vec::new();
        };
        if covered.state == State::NotApplicable {
            return Vec::new();
        }
        let open = items.iter().filter(|item| !item.reason.is_empty());
        let mut missing: Vec<Vec<Piece>> = open.map(|item| item.reason.clone()).collect();
        let bare = topics.iter().filter(|topic| topic.by.is_empty());
        missing.extend(bare.map(|topic| self.pieces(&format!("{}: {}", topic.topic, topic.asks))));
        missing.dedup();
        missing
    }

    fn answers(&self, covered: Option<&ClauseCoverage>) -> Vec<Link> {
        let claims = covered.map(|one| one.claims.as_slice()).unwrap_or_default();
        let mut owners: Vec<&str> = claims
            .iter()
            .filter_map(|number| self.edition.document(*number).front.owner.as_deref())
            .collect();
        owners.sort_unstable();
        owners.dedup();
        owners.into_iter().take(6).map(|owner| self.edition.role(self.root, owner)).collect()
    }
}

/// The way to the documents of a clause that its page leaves out.
fn rest(root: Root, clause: &str, sum: usize) -> Option<Link> {
    let href = format!("{root}register/index.html#clause={clause}");
    (sum > MOST).then(|| Link { text: format!("{} more", sum - MOST).into(), href: Some(href) })
}

fn topic_chip(state: State) -> Chip {
    match state {
        State::Documented => Chip::new("ok", "check", "Covered"),
        State::Partial => Chip::new("warn", "half", "Not in force"),
        _ => Chip::new("bad", "gap", "Missing"),
    }
}

fn standing(standing: Reliability, due: Option<Date>) -> Chip {
    match standing {
        Reliability::Good => match due {
            Some(day) => Chip::new("ok", "check", format!("In force to {day}")),
            None => Chip::new("ok", "check", "In force"),
        },
        Reliability::Overdue(day) => Chip::new("bad", "triangle", format!("Review overdue, {day}")),
        Reliability::HalfReviewed(_) => Chip::new("warn", "half", "Review incomplete"),
        Reliability::ChangeNeeded(_) => Chip::new("bad", "triangle", "Change needed"),
        Reliability::Retired(_) => Chip::new("bad", "triangle", "Retired by review"),
        Reliability::NotFromTheTop => Chip::new("warn", "half", "Not by top management"),
        Reliability::UnknownApprover => Chip::new("warn", "half", "Approver unknown"),
        Reliability::NoHolder => Chip::new("warn", "half", "Approver has no holder"),
        Reliability::Changed(day) => {
            Chip::new("bad", "triangle", format!("Changed {day}, not approved"))
        }
        Reliability::Undecided => Chip::new("warn", "half", "Decisions open"),
        Reliability::NotYet(day) => Chip::new("accent", "clock", format!("In force from {day}")),
        Reliability::InReview => Chip::new("accent", "eye", "In review"),
        Reliability::Unapproved => Chip::new("warn", "half", "No approval"),
        Reliability::Draft => Chip::new("draft", "pen", "Draft"),
        Reliability::Placeholder => Chip::new("bad", "gap", "Placeholder text"),
    }
}

fn facts(clause: &Clause) -> Vec<Fact> {
    let list =
        |items: &[Text]| items.iter().map(|one| one.0.clone()).collect::<Vec<_>>().join(", ");
    let mapped = |mapping: &Mapping| {
        let partial = list(&mapping.partial);
        match (list(&mapping.direct), partial.is_empty()) {
            (direct, true) => direct,
            (direct, false) if direct.is_empty() => format!("{partial} (in part)"),
            (direct, false) => format!("{direct}; {partial} (in part)"),
        }
    };
    let optional =
        |text: &Option<Text>| text.as_ref().map(|text| text.0.clone()).unwrap_or_default();
    let information = match clause.information {
        Information::None => "None asked for",
        Information::Maintain => "Maintain",
        Information::Retain => "Retain",
        Information::Both => "Maintain and retain",
    };
    let confidence: Vec<String> = clause
        .confidence
        .iter()
        .map(|(what, grade)| format!("{}: {grade}", what.replace('_', " ")))
        .collect();
    let facts = [
        ("Kind of information", information.to_owned()),
        ("At planned intervals", optional(&clause.planned_intervals)),
        (
            "Applies",
            clause.conditional.as_ref().map(|when| when.words().0.clone()).unwrap_or_default(),
        ),
        ("Changed by", optional(&clause.amended_by)),
        ("ITIL 4", list(&clause.itil4)),
        ("ISO 9001:2015", mapped(&clause.iso9001_2015)),
        ("ISO/IEC 27001:2022", mapped(&clause.iso27001_2022)),
        ("Beware", optional(&clause.trap)),
        ("How far to trust these facts", confidence.join("; ")),
    ];
    let filled = facts.into_iter().filter(|(_, text)| !text.is_empty());
    filled.map(|(label, text)| Fact { label, text }).collect()
}
