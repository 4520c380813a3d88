//! Clauses: how far each is evidenced, what it asks for, what a reader should do about it; and
//! the readiness page, which joins it all up for a stage 1 audit.

mod page;
mod readiness;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Chip, Link, MOST};
use crate::coverage::{ClauseCoverage, State};
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::render::words::capital;
use crate::standard::format::{Clause, Role};
use crate::standard::{ClauseRef, Standard};

/// How many clauses are in each state.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(in crate::render) struct Counts {
    pub(in crate::render) total: usize,
    pub(in crate::render) documented: usize,
    pub(in crate::render) partial: usize,
    pub(in crate::render) gap: usize,
    pub(in crate::render) not_applicable: usize,
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::render) struct Piece {
    pub(in crate::render) text: String,
    /// Where it leads: the id of a document.
    pub(in crate::render) href: Option<String>,
    /// Whether it may not be broken: an id, a day.
    pub(in crate::render) whole: bool,
}

/// A clause in a list.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct Line {
    pub(in crate::render) number: String,
    pub(in crate::render) title: String,
    pub(in crate::render) href: String,
    /// `documented`, `partial`, `gap` or `not-applicable`.
    pub(in crate::render) state: &'static str,
    pub(in crate::render) chip: Chip,
    /// why it is not documented.
    pub(in crate::render) reason: Vec<Piece>,
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
    /// Documents that trace to no clause, or the first of them.
    pub(in crate::render) untraced: Vec<Link>,
    /// How many more there are, and where.
    pub(in crate::render) untraced_more: Option<Link>,
}

/// The coverage as one edition shows it: documents that its readers may not see are not named.
pub(in crate::render) struct Survey<'a> {
    edition: &'a Edition<'a>,
    root: Root,
    by_clause: BTreeMap<&'a ClauseRef, &'a ClauseCoverage>,
}

impl<'a> Survey<'a> {
    /// Looks at the coverage from a page whose top is `root`.
    pub(in crate::render) fn new(edition: &'a Edition<'a>, root: Root) -> Self {
        let clauses = edition.coverage().clauses.iter();
        let by_clause = clauses.map(|one| (&one.clause, &**one)).collect();
        Survey { edition, root, by_clause }
    }

    fn name(&self, clause: &ClauseRef) -> String {
        self.edition.standards().name(clause)
    }

    fn link(&self, clause: &ClauseRef) -> Link {
        self.edition.clause(self.root, &self.name(clause))
    }

    /// All standards with their clauses.
    pub(in crate::render) fn standards(&self) -> Vec<OfStandard> {
        let all = self.edition.standards().all.iter().enumerate();
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
        let mut numbers: Vec<DocumentNumber> = covered.documents().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let shown = numbers.iter().take(6);
        let link =
            |n: &DocumentNumber| self.edition.link(self.root, *n, &self.edition.document(*n).id);
        Some(Line {
            number: self.name(clause),
            title: covered.title.clone(),
            href: self.link(clause).href.unwrap_or_default(),
            state: covered.state.word(),
            chip: chip(covered.state),
            reason: self.pieces(&covered.reason()),
            evidence: shown.map(link).collect(),
        })
    }

    /// A sentence, the documents that it names as links.
    fn pieces(&self, sentence: &str) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let plain = |pieces: &mut Vec<Piece>, text: &str| match pieces.last_mut() {
            Some(last) if !last.whole => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => pieces.push(Piece { text: text.to_owned(), href: None, whole: false }),
        };
        for word in sentence.split_inclusive(' ') {
            let core = word.trim_matches(|c: char| !c.is_alphanumeric());
            let number = self.edition.by_id(core);
            let is_day = core.len() == 10 && core.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            if !is_day && number.is_none() {
                plain(&mut pieces, word);
                continue;
            }
            let (before, after) = word.split_once(core).unwrap_or((word, ""));
            plain(&mut pieces, before);
            let href = number.and_then(|n| self.edition.link(self.root, n, core).href);
            pieces.push(Piece { text: core.to_owned(), href, whole: true });
            plain(&mut pieces, after);
        }
        pieces
    }

    /// The page of all clauses.
    pub(in crate::render) fn clauses(&self) -> Clauses {
        let link = |number: DocumentNumber| {
            self.edition.link(self.root, number, &self.edition.document(number).id)
        };
        let untraced: Vec<DocumentNumber> = self.edition.untraced().collect();
        let sum = untraced.len();
        let untraced_more = (sum > MOST).then(|| Link {
            text: format!("{} more", sum - MOST).into(),
            href: Some(format!("{}register/index.html", self.root)),
        });
        let untraced = untraced.into_iter().take(MOST).map(link).collect();
        Clauses { standards: self.standards(), untraced, untraced_more }
    }
}

/// A state as a chip.
pub(in crate::render) fn chip(state: State) -> Chip {
    match state {
        State::Documented => Chip::new("ok", "check", "Documented"),
        State::Partial => Chip::new("warn", "half", "Partial"),
        State::Gap => Chip::new("bad", "gap", "Gap"),
        State::NotApplicable => Chip::new("mute", "dash", "Not applicable"),
    }
}

fn tone(state: State) -> &'static str {
    match state {
        State::Documented => "ok",
        State::Partial => "warn",
        State::Gap => "bad",
        State::NotApplicable => "mute",
    }
}

fn counts<'s>(states: impl Iterator<Item = &'s str>) -> Counts {
    let mut counts = Counts::default();
    for state in states {
        counts.total += 1;
        match state {
            "documented" => counts.documented += 1,
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
        documented: a.documented + b.documented,
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
