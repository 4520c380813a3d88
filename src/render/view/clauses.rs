//! Clauses: how far each is evidenced, what it asks for, what a reader should do about it; and
//! the readiness page, which joins it all up for a stage 1 audit.
//!
//! Longer than most: the pages of the clauses tell one story, from overview to evidence.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Chip, Link};
use crate::coverage::{ClauseCoverage, Evidence, ItemCoverage, Standing, State};
use crate::model::document::ReviewState;
use crate::render::edition::{Edition, capital, count};
use crate::standard::format::{Clause, Information, Mapping, Obligation, Role};
use crate::standard::{ClauseRef, Standard};

/// How many clauses are in each state.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(in crate::render) struct Counts {
    pub(in crate::render) total: usize,
    pub(in crate::render) conform: usize,
    pub(in crate::render) partial: usize,
    pub(in crate::render) gap: usize,
    pub(in crate::render) not_applicable: usize,
}

/// A clause in a list.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct Line {
    pub(in crate::render) number: String,
    pub(in crate::render) title: String,
    pub(in crate::render) href: String,
    /// `conform`, `partial`, `gap` or `not-applicable`.
    pub(in crate::render) state: &'static str,
    pub(in crate::render) chip: Chip,
    /// Why it is not conform.
    pub(in crate::render) reason: String,
    /// What evidences it: documents, each once.
    pub(in crate::render) evidence: Vec<Link>,
}

/// The clauses below one at the top: 4 to 10.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct Group {
    pub(in crate::render) number: String,
    pub(in crate::render) title: String,
    /// One word for small room.
    pub(in crate::render) short: String,
    pub(in crate::render) counts: Counts,
    pub(in crate::render) lines: Vec<Line>,
}

/// A standard with its groups.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct OfStandard {
    pub(in crate::render) title: String,
    pub(in crate::render) subject: String,
    pub(in crate::render) caution: String,
    pub(in crate::render) counts: Counts,
    pub(in crate::render) groups: Vec<Group>,
}

/// The page of all clauses.
#[derive(Serialize)]
pub(in crate::render) struct Clauses {
    pub(in crate::render) standards: Vec<OfStandard>,
    /// Documents that trace to no clause.
    pub(in crate::render) untraced: Vec<Link>,
}

/// Something that evidences an item.
#[derive(Serialize)]
pub(in crate::render) struct EvidenceRow {
    pub(in crate::render) document: Link,
    pub(in crate::render) title: String,
    /// The section or record, in words.
    pub(in crate::render) what: String,
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
    pub(in crate::render) reason: String,
    pub(in crate::render) evidence: Vec<EvidenceRow>,
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
    pub(in crate::render) reason: String,
    pub(in crate::render) items: Vec<ItemRow>,
    pub(in crate::render) topics: Vec<TopicRow>,
    pub(in crate::render) customary: Vec<TopicRow>,
    /// What is missing, one a line.
    pub(in crate::render) missing: Vec<String>,
    /// Roles that answer for the documents that claim it.
    pub(in crate::render) answers: Vec<Link>,
    pub(in crate::render) facts: Vec<Fact>,
    /// Clauses below it, or beside it.
    pub(in crate::render) neighbours: Vec<Line>,
}

/// Something that an auditor would raise.
#[derive(Serialize)]
pub(in crate::render) struct Raise {
    /// `Major` or `Minor`.
    pub(in crate::render) grade: Chip,
    pub(in crate::render) clause: Link,
    pub(in crate::render) text: String,
}

/// An item of mandatory documented information.
#[derive(Serialize)]
pub(in crate::render) struct Mandatory {
    pub(in crate::render) clause: Link,
    pub(in crate::render) name: String,
    pub(in crate::render) kind: String,
    pub(in crate::render) obligation: &'static str,
    pub(in crate::render) document: Option<Link>,
    pub(in crate::render) what: String,
    pub(in crate::render) version: String,
    pub(in crate::render) approved: String,
    pub(in crate::render) review: String,
    pub(in crate::render) chip: Chip,
}

/// The readiness page.
#[derive(Serialize)]
pub(in crate::render) struct Readiness {
    pub(in crate::render) verdict: String,
    pub(in crate::render) chip: Chip,
    pub(in crate::render) counts: Counts,
    pub(in crate::render) raises: Vec<Raise>,
    pub(in crate::render) items: Vec<Mandatory>,
    pub(in crate::render) item_count: String,
}

/// The coverage as one edition shows it: documents that its readers may not see are not named.
pub(in crate::render) struct Survey<'a> {
    edition: &'a Edition<'a>,
    root: &'a str,
    by_clause: BTreeMap<&'a ClauseRef, &'a ClauseCoverage>,
}

impl<'a> Survey<'a> {
    /// Looks at the coverage from a page whose top is `root`.
    pub(in crate::render) fn new(edition: &'a Edition<'a>, root: &'a str) -> Self {
        let clauses = edition.manual.coverage.clauses.iter();
        let by_clause = clauses.map(|one| (&one.clause, one)).collect();
        Survey { edition, root, by_clause }
    }

    fn name(&self, clause: &ClauseRef) -> String {
        self.edition.manual.standards.name(clause)
    }

    fn link(&self, clause: &ClauseRef) -> Link {
        self.edition.clause(self.root, &self.name(clause))
    }

    /// All standards with their clauses.
    pub(in crate::render) fn standards(&self) -> Vec<OfStandard> {
        let all = self.edition.manual.standards.all.iter().enumerate();
        all.map(|(index, standard)| {
            let groups: Vec<Group> = standard
                .clauses
                .iter()
                .filter(|clause| clause.parent.as_ref().is_none_or(|parent| &**parent == "null"))
                .map(|top| self.group(index, standard, top))
                .filter(|group| group.counts.total > 0)
                .collect();
            let text = |text: &Option<crate::model::value::Text>| {
                text.as_ref().map(|text| text.0.clone()).unwrap_or_default()
            };
            OfStandard {
                title: standard.about.title.0.clone(),
                subject: text(&standard.about.subject),
                caution: text(&standard.about.caution),
                counts: groups.iter().map(|group| group.counts).fold(Counts::default(), added),
                groups,
            }
        })
        .collect()
    }

    fn group(&self, index: usize, standard: &Standard, top: &Clause) -> Group {
        let prefix = format!("{}.", top.number);
        let inside = |clause: &&Clause| {
            clause.role == Role::Requirement
                && (clause.number == top.number || clause.number.starts_with(&prefix))
        };
        let lines: Vec<Line> = standard
            .clauses
            .iter()
            .filter(inside)
            .filter_map(|clause| {
                self.line(&ClauseRef { standard: index, number: clause.number.0.clone() })
            })
            .collect();
        Group {
            number: top.number.0.clone(),
            title: top.title.0.clone(),
            short: short(&top.title),
            counts: counts(lines.iter().map(|line| line.state)),
            lines,
        }
    }

    fn line(&self, clause: &ClauseRef) -> Option<Line> {
        let covered = self.by_clause.get(clause)?;
        let mut numbers: Vec<usize> =
            covered.documents().filter(|number| self.edition.is_visible(*number)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let shown = numbers.iter().take(6);
        let link = |n: &usize| self.edition.link(self.root, *n, &self.edition.document(*n).id);
        Some(Line {
            number: self.name(clause),
            title: covered.title.clone(),
            href: self.link(clause).href.unwrap_or_default(),
            state: covered.state.word(),
            chip: chip(covered.state),
            reason: self.reason(covered),
            evidence: shown.map(link).collect(),
        })
    }

    /// The reason, unless it could name a document that the readers may not see.
    fn reason(&self, covered: &ClauseCoverage) -> String {
        let hidden = covered.documents().any(|number| !self.edition.is_visible(number));
        match (hidden, covered.state) {
            (true, State::Partial | State::Gap) => "Evidence is incomplete".to_owned(),
            _ => covered.reason.clone(),
        }
    }

    /// The page of all clauses.
    pub(in crate::render) fn clauses(&self) -> Clauses {
        let manual = self.edition.manual;
        let untraced = manual.coverage.untraced(manual.library);
        let untraced = untraced.filter(|number| self.edition.is_visible(*number));
        let link =
            |number: usize| self.edition.link(self.root, number, &self.edition.document(number).id);
        Clauses { standards: self.standards(), untraced: untraced.map(link).collect() }
    }

    /// The page of one clause.
    pub(in crate::render) fn clause(&self, at: &ClauseRef, clause: &Clause) -> ClausePage {
        let standard = &self.edition.manual.standards.all[at.standard];
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
            trail: self.trail(at, standard, parent),
            chip: covered.map(|covered| chip(covered.state)),
            tone: covered.map_or("", |covered| tone(covered.state)),
            reason: covered.map(|covered| self.reason(covered)).unwrap_or_default(),
            missing: Self::missing(covered, &items, &topics),
            items,
            topics,
            customary,
            answers: self.answers(covered),
            facts: facts(clause),
            neighbours: neighbours.collect(),
        }
    }

    fn trail(&self, at: &ClauseRef, standard: &Standard, parent: &str) -> Vec<Link> {
        let mut trail = Vec::new();
        let mut next = standard.clause(parent);
        while let Some(above) = next {
            let clause = ClauseRef { standard: at.standard, number: above.number.0.clone() };
            let href = self.link(&clause).href;
            trail.insert(0, Link { text: format!("{} {}", above.number, above.title), href });
            next = above.parent.as_deref().and_then(|parent| standard.clause(parent));
        }
        trail
    }

    fn item(&self, at: &ClauseRef, item: &ItemCoverage) -> ItemRow {
        let schema = self.edition.manual.standards.schema(at);
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
        let visible = item.evidence.iter().filter(|one| self.edition.is_visible(one.document));
        ItemRow {
            name: item.name.clone(),
            chip: chip(item.state),
            kind,
            holds: content.join("; "),
            reason: if self.hides(item) { String::new() } else { item.reason.clone() },
            evidence: visible.map(|one| self.evidence(one)).collect(),
        }
    }

    fn hides(&self, item: &ItemCoverage) -> bool {
        item.evidence.iter().any(|one| !self.edition.is_visible(one.document))
    }

    fn evidence(&self, one: &Evidence) -> EvidenceRow {
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
                        format!("Record “{name}”, kept {} in {}", record.retention, record.held_in)
                    }
                    None => format!("Record “{name}”"),
                }
            }
            (None, Some(heading)) => format!("Section “{}”", heading.text),
            (None, None) => capital(document.kind().map_or("document", |kind| kind.word())),
        };
        EvidenceRow {
            document: self.edition.link(self.root, one.document, &document.id),
            title: document.title().to_owned(),
            what,
            standing: standing(one.standing, document.next_review(self.edition.settings())),
        }
    }

    fn topics(
        &self,
        at: &ClauseRef,
        covered: Option<&ClauseCoverage>,
    ) -> (Vec<TopicRow>, Vec<TopicRow>) {
        let Some(schema) = self.edition.manual.standards.schema(at) else {
            return (Vec::new(), Vec::new());
        };
        let mut rows = (Vec::new(), Vec::new());
        for topic in &schema.content.topics {
            let found = covered.and_then(|one| one.topics.iter().find(|t| t.topic == *topic.topic));
            let by = found.map(|one| one.by.as_slice()).unwrap_or_default();
            let state = match found {
                Some(one) if one.good => State::Conform,
                Some(one) if !one.by.is_empty() => State::Partial,
                _ => State::Gap,
            };
            let link = |(number, section): &(usize, String)| {
                let document = self.edition.document(*number);
                let heading = document.body.headings.iter().find(|h| h.slug == *section);
                let name = heading.map_or(section.as_str(), |heading| heading.text.as_str());
                let there = self.edition.is_published(*number);
                Link {
                    text: format!("{}, {name}", document.id),
                    href: there.then(|| self.edition.href(self.root, *number, Some(section))),
                }
            };
            let visible = by.iter().filter(|(number, _)| self.edition.is_visible(*number));
            let row = TopicRow {
                topic: capital(&topic.topic),
                asks: topic.asks.0.clone(),
                chip: topic_chip(state),
                by: visible.take(4).map(link).collect(),
            };
            match found {
                Some(_) => rows.0.push(row),
                None => rows.1.push(row),
            }
        }
        rows
    }

    fn missing(
        covered: Option<&ClauseCoverage>,
        items: &[ItemRow],
        topics: &[TopicRow],
    ) -> Vec<String> {
        let Some(covered) = covered.filter(|one| one.state != State::Conform) else {
            return Vec::new();
        };
        if covered.state == State::NotApplicable {
            return Vec::new();
        }
        let open = items.iter().filter(|item| !item.reason.is_empty());
        let mut missing: Vec<String> = open.map(|item| item.reason.clone()).collect();
        let bare = topics.iter().filter(|topic| topic.by.is_empty());
        missing.extend(bare.map(|topic| format!("{}: {}", topic.topic, topic.asks)));
        missing.dedup();
        missing
    }

    fn answers(&self, covered: Option<&ClauseCoverage>) -> Vec<Link> {
        let claims = covered.map(|one| one.claims.as_slice()).unwrap_or_default();
        let mut owners: Vec<&str> = claims
            .iter()
            .filter(|number| self.edition.is_visible(**number))
            .filter_map(|number| self.edition.document(*number).front.owner.as_deref())
            .collect();
        owners.sort_unstable();
        owners.dedup();
        owners.into_iter().take(6).map(|owner| self.edition.role(self.root, owner)).collect()
    }

    /// The readiness page.
    pub(in crate::render) fn readiness(&self) -> Readiness {
        let mut raises = Vec::new();
        let mut items = Vec::new();
        for covered in &self.edition.manual.coverage.clauses {
            let clause = self.link(&covered.clause);
            let grade = match covered.state {
                State::Conform | State::NotApplicable => None,
                State::Gap => Some(Chip::new("bad", "gap", "Major")),
                State::Partial => Some(Chip::new("warn", "half", "Minor")),
            };
            if let Some(grade) = grade {
                let text = format!("{}. {}", covered.title, self.reason(covered));
                raises.push(Raise { grade, clause: clause.clone(), text });
            }
            let asked = covered.items.iter().filter(|i| i.obligation != Obligation::None);
            items.extend(asked.map(|item| self.mandatory(&clause, item)));
        }
        raises.sort_by_key(|raise| raise.grade.tone);
        let counts = counts(self.edition.manual.coverage.clauses.iter().map(|c| c.state.word()));
        let (verdict, chip) = match (counts.gap, counts.partial) {
            (0, 0) => (
                "Every requirement clause is evidenced by documents in force.".to_owned(),
                Chip::new("ok", "check", "Ready for stage 1"),
            ),
            (0, partial) => (
                format!("{} only in part evidenced.", count(partial, "clause is", "clauses are")),
                Chip::new("warn", "half", "Nearly ready"),
            ),
            (gap, _) => (
                format!("{} without evidence.", count(gap, "clause is", "clauses are")),
                Chip::new("bad", "gap", "Not ready"),
            ),
        };
        let item_count = count(items.len(), "item", "items");
        Readiness { verdict, chip, counts, raises, items, item_count }
    }

    fn mandatory(&self, clause: &Link, item: &ItemCoverage) -> Mandatory {
        let best = item.evidence.iter().find(|one| self.edition.is_visible(one.document));
        let document = best.map(|one| self.edition.document(one.document));
        let front = document.map(|document| &document.front);
        let review = document.map(|document| {
            let due = document.next_review(self.edition.settings());
            let due = due.map_or("none planned".to_owned(), |day| day.to_string());
            match self.edition.review_state(document) {
                ReviewState::Overdue => format!("overdue since {due}"),
                _ => due,
            }
        });
        let version = front.and_then(|front| front.version.as_ref());
        let approved = front.and_then(|front| front.approved.as_ref());
        Mandatory {
            clause: clause.clone(),
            name: item.name.clone(),
            kind: match item.information {
                Information::Retain => "record".to_owned(),
                _ => "document".to_owned(),
            },
            obligation: item.obligation.word(),
            document: best.map(|one| {
                let id = &self.edition.document(one.document).id;
                self.edition.link(self.root, one.document, id)
            }),
            what: best.map(|one| self.evidence(one).what).unwrap_or_default(),
            version: version.map_or_else(String::new, ToString::to_string),
            approved: approved.map_or_else(String::new, |approved| approved.on.to_string()),
            review: review.unwrap_or_default(),
            chip: chip(item.state),
        }
    }
}

/// A state as a chip.
pub(in crate::render) fn chip(state: State) -> Chip {
    match state {
        State::Conform => Chip::new("ok", "check", "Conform"),
        State::Partial => Chip::new("warn", "half", "Partial"),
        State::Gap => Chip::new("bad", "gap", "Gap"),
        State::NotApplicable => Chip::new("mute", "dash", "Not applicable"),
    }
}

fn topic_chip(state: State) -> Chip {
    match state {
        State::Conform => Chip::new("ok", "check", "Covered"),
        State::Partial => Chip::new("warn", "half", "Not in force"),
        _ => Chip::new("bad", "gap", "Missing"),
    }
}

fn tone(state: State) -> &'static str {
    match state {
        State::Conform => "ok",
        State::Partial => "warn",
        State::Gap => "bad",
        State::NotApplicable => "mute",
    }
}

fn standing(standing: Standing, due: Option<crate::model::value::Date>) -> Chip {
    match standing {
        Standing::Good => match due {
            Some(day) => Chip::new("ok", "check", format!("In force to {day}")),
            None => Chip::new("ok", "check", "In force"),
        },
        Standing::Overdue(day) => Chip::new("bad", "triangle", format!("Review overdue, {day}")),
        Standing::Undecided => Chip::new("warn", "half", "Decisions open"),
        Standing::NotYet(day) => Chip::new("accent", "clock", format!("In force from {day}")),
        Standing::InReview => Chip::new("accent", "eye", "In review"),
        Standing::Draft => Chip::new("draft", "pen", "Draft"),
        Standing::Placeholder => Chip::new("bad", "gap", "Placeholder text"),
    }
}

fn counts<'s>(states: impl Iterator<Item = &'s str>) -> Counts {
    let mut counts = Counts::default();
    for state in states {
        counts.total += 1;
        match state {
            "conform" => counts.conform += 1,
            "partial" => counts.partial += 1,
            "gap" => counts.gap += 1,
            _ => counts.not_applicable += 1,
        }
    }
    counts
}

fn added(a: Counts, b: Counts) -> Counts {
    Counts {
        total: a.total + b.total,
        conform: a.conform + b.conform,
        partial: a.partial + b.partial,
        gap: a.gap + b.gap,
        not_applicable: a.not_applicable + b.not_applicable,
    }
}

/// The first telling word of a title: `Context of the organization` is `Context`.
fn short(title: &str) -> String {
    let last = title.split_whitespace().last().unwrap_or_default();
    match title.split_whitespace().next() {
        Some(first) if first.len() > 3 && title.contains(" of ") => first.to_owned(),
        _ if title.split_whitespace().count() <= 2 => capital(last),
        Some(first) => first.to_owned(),
        None => String::new(),
    }
}

fn facts(clause: &Clause) -> Vec<Fact> {
    let list = |items: &[crate::model::value::Text]| {
        items.iter().map(|one| one.0.clone()).collect::<Vec<_>>().join(", ")
    };
    let mapped = |mapping: &Mapping| {
        let partial = list(&mapping.partial);
        match (list(&mapping.direct), partial.is_empty()) {
            (direct, true) => direct,
            (direct, false) if direct.is_empty() => format!("{partial} (in part)"),
            (direct, false) => format!("{direct}; {partial} (in part)"),
        }
    };
    let optional = |text: &Option<crate::model::value::Text>| {
        text.as_ref().map(|text| text.0.clone()).unwrap_or_default()
    };
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
        ("Applies", optional(&clause.conditional)),
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
