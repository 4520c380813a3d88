//! How far an item or a clause is evidenced, and why it is not more.

use std::collections::BTreeSet;

use super::applicability::{applies_by, decided};
use super::claims::{Claimant, Survey};
use super::reason::Reason;
use super::reliability::Reliability;
use super::results::{ClauseCoverage, Evidence, ItemCoverage, State};
use crate::model::library::Library;
use crate::standard::Standards;
use crate::standard::format::Clause;

/// State and reason of an item, from its evidence: the complete ones before the others, and
/// none of what holds placeholder text.
pub(super) fn of_item(library: &Library, mut item: ItemCoverage) -> ItemCoverage {
    let evidence = &mut item.evidence;
    let open = |one: &&Evidence| one.standing == Reliability::Placeholder && one.lacks.is_empty();
    item.unfinished = evidence.iter().find(open).map(|one| one.document);
    evidence.retain(|one| one.standing != Reliability::Placeholder);
    evidence.sort_by_key(|one| (one.lacks.len(), one.standing, one.document));
    if evidence.iter().any(|one| one.lacks.is_empty()) {
        evidence.retain(|one| one.lacks.is_empty());
    }
    let Some(best) = item.evidence.first() else {
        let unfinished = item.unfinished.map(|number| library.documents[number].id.clone());
        item.why = Some(match unfinished {
            Some(id) => Reason::Unreliable(id, Reliability::Placeholder),
            None => Reason::Absent(item.information, item.name.clone()),
        });
        return item;
    };
    let id = library.documents[best.document].id.clone();
    (item.state, item.why) = if !best.lacks.is_empty() {
        (State::Partial, Some(Reason::Incomplete(id, best.lacks.clone())))
    } else if best.standing != Reliability::Good {
        (State::Partial, Some(Reason::Unreliable(id, best.standing)))
    } else {
        (State::Documented, None)
    };
    item
}

/// State of a clause and the reasons for it, from its items and topics.
pub(super) fn of_clause(
    survey: &Survey<'_>,
    coverage: &ClauseCoverage,
    all: &[Claimant<'_>],
    standards: &Standards,
    clause: &Clause,
) -> (State, Vec<Reason>) {
    let same = |name: &str| standards.find(name).is_some_and(|(at, _)| at == coverage.clause);
    let waived = survey.settings.not_applicable.iter().find(|one| same(&one.clause));
    if let Some((reason, by)) = waived.and_then(decided)
        && clause.is_wholly_conditional()
        && applies_by(clause, survey.library).is_none()
    {
        return (State::NotApplicable, vec![Reason::NotApplicable(reason.into(), by.into())]);
    }
    let mut reasons: Vec<Reason> = Vec::new();
    let open = coverage.items.iter().filter(|item| item.state != State::Documented);
    reasons.extend(open.filter_map(|item| item.why.clone()));
    let bare: Vec<String> = coverage
        .topics
        .iter()
        .filter(|topic| topic.by.is_empty() && topic.unfinished.is_none())
        .map(|topic| topic.topic.clone())
        .collect();
    if !bare.is_empty() {
        reasons.push(Reason::Uncovered(bare));
    }
    for topic in coverage.topics.iter().filter(|topic| !topic.good) {
        if let Some((number, _)) = topic.by.first()
            && let Some(one) = all.iter().find(|one| one.number == *number)
            && one.standing != Reliability::Good
        {
            reasons.push(unreliable(one));
        }
    }
    let unfinished = all.iter().filter(|one| one.standing == Reliability::Placeholder);
    reasons.extend(unfinished.map(unreliable));
    let mut seen = BTreeSet::new();
    reasons.retain(|reason| seen.insert(reason.clone()));
    let some = coverage.items.iter().any(|item| item.state != State::Gap)
        || coverage.topics.iter().any(|topic| !topic.by.is_empty());
    let whole = coverage.items.iter().all(|item| item.state == State::Documented)
        && coverage.topics.iter().all(|topic| topic.good);
    match (whole, some) {
        (true, _) => (State::Documented, Vec::new()),
        (_, true) => (State::Partial, reasons),
        _ => (State::Gap, reasons),
    }
}

fn unreliable(one: &Claimant<'_>) -> Reason {
    Reason::Unreliable(one.document.id.clone(), one.standing)
}
