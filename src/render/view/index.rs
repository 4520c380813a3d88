//! The manual at a glance.

use serde::Serialize;

use super::clauses::{Counts, Group, OfStandard, Survey};
use super::due;
use super::{Chip, Link};
use crate::draw::ring::{self, Arc};
use crate::entries::Due;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::model::value::{Date, Kind, Status};
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::render::words::count;
use crate::text::phrase::Phrase;

/// How many documents have a status.
#[derive(Serialize)]
pub(in crate::render) struct StatusCount {
    /// The status.
    pub(in crate::render) status: Chip,
    /// How many.
    pub(in crate::render) count: usize,
    /// Where its part of the bar begins and how long it is, of 1000; nothing for those that are
    /// no longer live.
    pub(in crate::render) bar: Option<[usize; 2]>,
}

/// Documents of a kind.
#[derive(Serialize)]
pub(in crate::render) struct KindCount {
    pub(in crate::render) count: usize,
    pub(in crate::render) kind: String,
}

/// One of the documents that everybody seeks.
#[derive(Serialize)]
pub(in crate::render) struct Sought {
    pub(in crate::render) title: Link,
    pub(in crate::render) id: String,
}

/// A change.
#[derive(Serialize)]
pub(in crate::render) struct Change {
    pub(in crate::render) date: String,
    pub(in crate::render) title: Link,
    pub(in crate::render) summary: Phrase,
    pub(in crate::render) id: String,
    pub(in crate::render) version: String,
}

/// A decision that the organization still has to take.
#[derive(Serialize)]
pub(in crate::render) struct Decision {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Link,
    pub(in crate::render) what: String,
}

/// Coverage of the standards, as rings.
#[derive(Serialize)]
pub(in crate::render) struct Rings {
    /// How many clauses are in each state.
    pub(in crate::render) counts: Counts,
    /// One arc a clause.
    pub(in crate::render) ring: Vec<Arc>,
    /// A small ring for the clauses below each at the top.
    pub(in crate::render) groups: Vec<RingGroup>,
}

/// The clauses below one at the top, as a small ring.
#[derive(Serialize)]
pub(in crate::render) struct RingGroup {
    pub(in crate::render) number: String,
    pub(in crate::render) short: String,
    pub(in crate::render) counts: Counts,
    pub(in crate::render) ring: Vec<Arc>,
}

/// The page.
#[derive(Serialize)]
pub(in crate::render) struct Index {
    /// Coverage of the first standard; nothing where there is none.
    pub(in crate::render) coverage: Option<Rings>,
    /// One sentence.
    pub(in crate::render) lead: String,
    /// The documents that everybody seeks.
    pub(in crate::render) sought: Vec<Sought>,
    /// Documents by status.
    pub(in crate::render) statuses: Vec<StatusCount>,
    /// Documents by kind.
    pub(in crate::render) kinds: Vec<KindCount>,
    /// What is overdue, the earliest first, at most five.
    pub(in crate::render) overdue: Vec<due::Row>,
    /// How many are overdue, in words; nothing when none is.
    pub(in crate::render) overdue_count: Option<String>,
    /// What is due next, at most five.
    pub(in crate::render) next: Vec<due::Row>,
    /// What changed last, at most five.
    pub(in crate::render) changes: Vec<Change>,
    /// Decisions to be taken, at most ten.
    pub(in crate::render) decisions: Vec<Decision>,
    /// How many decisions there are, in words.
    pub(in crate::render) decision_count: String,
}

/// The first page.
pub(in crate::render) fn page(edition: &Edition<'_>, root: Root) -> Index {
    let due = edition.due();
    let split = due::overdue(edition);
    let some = |list: &[Due]| list.iter().take(5).map(|one| due::row(edition, root, one)).collect();
    let (decisions, total) = decisions(edition, root);
    let standard = Survey::new(edition, root).standards().into_iter().next();
    let answers = standard.as_ref().map_or_else(String::new, |one| format!(", to {}", one.title));
    Index {
        lead: format!(
            "How {} plans, delivers and improves its services{answers}.",
            edition.settings().organization_name()
        ),
        coverage: standard.as_ref().filter(|_| !edition.is_public()).map(rings),
        sought: sought(edition, root),
        statuses: statuses(edition),
        kinds: kinds(edition),
        overdue: some(&due[..split]),
        overdue_count: (split > 0).then(|| format!("{split} overdue")),
        next: some(&due[split..]),
        changes: changes(edition, root),
        decisions,
        decision_count: format!("{} to take", count(total, "decision", "decisions")),
    }
}

/// The rings of a standard.
fn rings(standard: &OfStandard) -> Rings {
    let states = |group: &Group| group.lines.iter().map(|line| line.state).collect::<Vec<_>>();
    let all: Vec<&'static str> = standard.groups.iter().flat_map(states).collect();
    let small = |group: &Group| RingGroup {
        number: group.number.clone(),
        short: group.short.clone(),
        counts: group.counts,
        ring: ring::arcs(&states(group), 34.0, 25.0),
    };
    Rings {
        counts: standard.counts,
        ring: ring::arcs(&all, 100.0, 80.0),
        groups: standard.groups.iter().map(small).collect(),
    }
}

/// Scope, policy, plan, catalogue, roles: the first of each that is published.
fn sought(edition: &Edition<'_>, root: Root) -> Vec<Sought> {
    let answers = |document: &Document, clause: &str| {
        document.front.clauses.iter().any(|one| {
            one.strip_prefix(clause).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    let wanted: [(Kind, &str); 4] = [
        (Kind::Scope, "4.3"),
        (Kind::Policy, "5.2"),
        (Kind::Plan, "6.3"),
        (Kind::Catalogue, "8.2.4"),
    ];
    let published = || edition.published.iter().copied();
    let mut found: Vec<DocumentNumber> = Vec::new();
    for (kind, clause) in wanted {
        let of_kind = || published().filter(|n| edition.document(*n).kind() == Some(kind));
        let best = of_kind().find(|n| answers(edition.document(*n), clause));
        found.extend(best.or_else(|| of_kind().next()));
    }
    found.extend(published().find(|n| !edition.document(*n).front.roles.is_empty()));
    found.dedup();
    let one = |number: DocumentNumber| {
        let document = edition.document(number);
        Sought {
            title: edition.link(root, number, document.title_phrase()),
            id: document.id.clone(),
        }
    };
    found.into_iter().map(one).collect()
}

fn statuses(edition: &Edition<'_>) -> Vec<StatusCount> {
    const ORDER: [Status; 5] =
        [Status::Approved, Status::InReview, Status::Draft, Status::Superseded, Status::Withdrawn];
    let of = |status, in_force: bool| {
        let all = edition.listed.iter().map(|number| edition.document(*number));
        all.filter(|one| one.status() == status && one.in_force(edition.today) == in_force).count()
    };
    let live = edition.listed.iter().filter(|n| edition.document(**n).is_live()).count().max(1);
    let mut counts = Vec::new();
    let mut from = 0;
    let mut add = |status: Chip, count: usize, is_live: bool| {
        let bar = is_live.then_some([from * 1000 / live, count * 1000 / live]);
        from += if is_live { count } else { 0 };
        if count > 0 {
            counts.push(StatusCount { status, count, bar });
        }
    };
    for status in ORDER {
        let is_live = !matches!(status, Status::Superseded | Status::Withdrawn);
        let chip = match status {
            Status::Approved => Chip::new("ok", "check", "Approved, in force"),
            Status::InReview => Chip::new("accent", "eye", "In review"),
            Status::Draft => Chip::new("draft", "pen", "Draft"),
            Status::Superseded => Chip::new("mute", "barred", "Superseded"),
            Status::Withdrawn => Chip::new("mute", "cross", "Withdrawn"),
        };
        add(chip, of(status, status == Status::Approved), is_live);
        if status == Status::Approved {
            let later = Chip::new("accent", "clock", "Approved, not yet in force");
            add(later, of(status, false), true);
        }
    }
    counts
}

fn kinds(edition: &Edition<'_>) -> Vec<KindCount> {
    let of = |kind| {
        let all = edition.listed.iter().map(|number| edition.document(*number));
        all.filter(|one| one.kind() == Some(kind) && one.is_live()).count()
    };
    let counted = Kind::ALL.into_iter().map(|kind| (kind, of(kind))).filter(|(_, n)| *n > 0);
    counted
        .map(|(kind, n)| {
            let plural = kind.plural();
            let one = plural.strip_suffix("statements").map(|_| "scope statement");
            let one = one.or((kind == Kind::Raci).then_some("RACI matrix"));
            let word = if n == 1 { one.unwrap_or(kind.word()) } else { plural };
            KindCount { count: n, kind: word.to_owned() }
        })
        .collect()
}

/// The latest revisions of the published documents.
fn changes(edition: &Edition<'_>, root: Root) -> Vec<Change> {
    let mut found: Vec<(Date, DocumentNumber)> = edition
        .published
        .iter()
        .filter_map(|number| {
            let newest = edition.document(*number).front.revisions.iter().map(|one| one.date).max();
            newest.map(|day| (day, *number))
        })
        .collect();
    found.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let change = |(day, number): &(Date, DocumentNumber)| {
        let document = edition.document(*number);
        let revision = document.front.revisions.iter().find(|one| one.date == *day)?;
        Some(Change {
            date: day.to_string(),
            title: edition.link(root, *number, document.title_phrase()),
            summary: revision.summary.phrase(),
            id: document.id.clone(),
            version: revision.version.to_string(),
        })
    };
    found.iter().take(5).filter_map(change).collect()
}

/// The first decisions to be taken, and how many there are; those of drafts count too, whether or
/// not the drafts are shown.
fn decisions(edition: &Edition<'_>, root: Root) -> (Vec<Decision>, usize) {
    let live = edition.listed.iter().filter(|number| edition.document(**number).is_live());
    let all = live.flat_map(|number| {
        let document = edition.document(*number);
        document.decisions.iter().filter_map(move |mark| Some((*number, mark.decision()?)))
    });
    let shown = all.clone().take(10).map(|(number, what)| Decision {
        id: edition.document(number).id.clone(),
        title: edition.link(root, number, edition.document(number).title_phrase()),
        what: what.to_owned(),
    });
    (shown.collect(), all.count())
}
