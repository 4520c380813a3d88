//! Document control: the block that says which version this is, who answers for it, and how its
//! review stands; and the marks of a text that is not in force.

use serde::Serialize;

use super::{Chip, Link};
use crate::model::document::{Document, ReviewState};
use crate::model::library::DocumentNumber;
use crate::model::value::{Status, Text};
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::render::words::{classification, count, until};
use crate::text::phrase::Phrase;

/// What stands over a text that is not in force.
#[derive(Serialize)]
pub(in crate::render) struct Draft {
    /// `Draft 2.2`.
    pub(in crate::render) label: String,
    /// What stands across the text.
    pub(in crate::render) mark: String,
    /// What is in force instead.
    pub(in crate::render) instead: Option<Link>,
    /// That in words.
    pub(in crate::render) words: String,
}

/// A banner.
#[derive(Serialize)]
pub(in crate::render) struct Banner {
    pub(in crate::render) tone: &'static str,
    pub(in crate::render) head: String,
    pub(in crate::render) text: String,
    pub(in crate::render) ask: Option<Link>,
    pub(in crate::render) after: String,
}

/// A cell of the control block.
#[derive(Serialize)]
pub(in crate::render) struct Cell {
    /// Its name in style sheets and scripts.
    pub(in crate::render) key: &'static str,
    pub(in crate::render) label: &'static str,
    pub(in crate::render) values: Vec<Value>,
    /// How far off the day is, in words; the script keeps it fresh.
    pub(in crate::render) when: Option<String>,
    /// A second line: who, when.
    pub(in crate::render) note: Option<Phrase>,
    /// Nothing, `none`, `due`, `overdue` or `draft`.
    pub(in crate::render) tone: &'static str,
}

/// A value of a cell.
#[derive(Serialize)]
pub(in crate::render) struct Value {
    pub(in crate::render) text: Phrase,
    pub(in crate::render) href: Option<String>,
    /// Nothing, `id` or `date`.
    pub(in crate::render) form: &'static str,
    /// What it is called, where the value is a number.
    pub(in crate::render) title: Option<String>,
}

/// The bar from the last review to the next.
#[derive(Serialize)]
pub(in crate::render) struct ReviewLine {
    /// `Reviewed 2026-03-01, confirmed`.
    pub(in crate::render) from: Phrase,
    /// `Due 2027-03-01`.
    pub(in crate::render) to: String,
    /// Where today is, of 1000.
    pub(in crate::render) today: usize,
    /// Where the due day is, of 1000.
    pub(in crate::render) due: usize,
    pub(in crate::render) state: &'static str,
}

pub(super) fn chips(edition: &Edition<'_>, document: &Document) -> Vec<Chip> {
    let mut chips = vec![edition.status(document, true)];
    match edition.review_state(document) {
        ReviewState::Overdue => chips.push(Chip::new("bad", "triangle", "Review overdue")),
        ReviewState::DueSoon => chips.push(Chip::new("warn", "clock", "Review due soon")),
        _ => {}
    }
    chips.push(classification(document.classification()));
    chips
}

/// The marks of a text that is not in force.
pub(super) fn draft(edition: &Edition<'_>, root: Root, document: &Document) -> Option<Draft> {
    if document.in_force(edition.today) {
        return None;
    }
    let version = document.front.version.as_ref().map_or("", |version| &version.0);
    let word = match document.status() {
        Status::InReview => "In review",
        Status::Approved => "Not yet in force",
        _ => "Draft",
    };
    let old = document.front.supersedes.as_deref();
    let old = old
        .and_then(|id| edition.by_id(id))
        .filter(|old| edition.is_published(*old) && edition.document(*old).in_force(edition.today));
    let instead = old.map(|old| edition.link(root, old, edition.document(old).id.as_str()));
    let old = old.map(|old| edition.document(old));
    let words = match (old, document.status(), document.effective()) {
        (Some(old), ..) => format!(
            "Do not work to this text. {} {} is in force{}.",
            old.id,
            old.front.version.as_ref().map_or("", |version| &version.0),
            old.effective().map_or_else(String::new, |day| format!(" since {day}"))
        ),
        (None, Status::Approved, Some(day)) => {
            format!("Do not work to this text before {day}, its first day in force.")
        }
        _ => "Do not work to this text. No version of it is in force.".to_owned(),
    };
    Some(Draft {
        label: format!("{word} {version}").trim().to_owned(),
        mark: format!("DRAFT {version}").trim().to_owned(),
        instead,
        words,
    })
}

pub(super) fn banner(edition: &Edition<'_>, root: Root, document: &Document) -> Option<Banner> {
    let day = document.next_review(edition.settings())?;
    let ask = || document.front.owner.as_ref().map(|name| edition.person(root, name));
    match edition.review_state(document) {
        ReviewState::Overdue => {
            let days = count(
                usize::try_from(day.days_until(edition.today)).unwrap_or_default(),
                "day",
                "days",
            );
            Some(Banner {
                tone: "bad",
                head: format!("The review of this document is {days} overdue."),
                text: format!("It was due on {day}. The text stays in force; ask"),
                ask: ask(),
                after: "before you rely on it in an audit.".to_owned(),
            })
        }
        ReviewState::DueSoon => Some(Banner {
            tone: "warn",
            head: format!("The review of this document is due {}.", until(edition.today, day)),
            text: format!("It is due on {day}. Tell"),
            ask: ask(),
            after: "what should change.".to_owned(),
        }),
        _ => None,
    }
}

/// The day of the next review, for the script that says when it has passed.
pub(super) fn due(edition: &Edition<'_>, document: &Document) -> Option<String> {
    let state = edition.review_state(document);
    let day = document.next_review(edition.settings())?;
    matches!(state, ReviewState::Current | ReviewState::DueSoon | ReviewState::Overdue)
        .then(|| day.to_string())
}

fn value(text: impl Into<Phrase>, form: &'static str) -> Value {
    Value { text: text.into(), href: None, form, title: None }
}

fn linked_value(link: Link, form: &'static str) -> Value {
    Value { text: link.text, href: link.href, form, title: None }
}

/// A cell; without a value it says so.
fn cell(key: &'static str, label: &'static str, values: Vec<Value>, none: &str) -> Cell {
    if values.is_empty() {
        return Cell {
            key,
            label,
            values: vec![value(none, "")],
            when: None,
            note: None,
            tone: "none",
        };
    }
    Cell { key, label, values, when: None, note: None, tone: "" }
}

/// The cells of the control block.
pub(super) fn cells(edition: &Edition<'_>, number: DocumentNumber, root: Root) -> Vec<Cell> {
    let document = edition.document(number);
    let front = &document.front;
    let role = |name: &Text| linked_value(edition.person(root, name), "");
    let mut cells = Vec::with_capacity(10);

    let owner = front.owner.as_ref();
    let mut first = cell("owner", "Owner", owner.map(role).into_iter().collect(), "none");
    first.note = owner.and_then(|name| edition.holder(name));
    cells.push(first);
    cells.push(approved(edition, root, document));
    cells.push(effective(edition, document));
    cells.push(next_review(edition, document));

    let author = front.author.as_ref().map(role);
    cells.push(cell("author", "Author", author.into_iter().collect(), "none"));
    let old = front.supersedes.as_deref().map(|id| edition.named(root, id));
    let old = old.map(|link| linked_value(link, "id")).into_iter().collect();
    cells.push(cell("supersedes", "Supersedes", old, "none"));
    let readers = front.distribution.iter().map(role).collect();
    cells.push(cell("distribution", "Distribution", readers, "none"));
    let kept = front.retention.iter().map(|kept| value(kept, "")).collect();
    cells.push(cell("retention", "Retention", kept, "none"));

    let clauses = front.clauses.iter().map(|clause| Value {
        title: edition.clause_title(clause).map(str::to_owned),
        ..linked_value(edition.clause(root, clause), "id")
    });
    cells.push(cell("clauses", "Clauses", clauses.collect(), "none"));
    let related = front.related.iter().map(|id| edition.named(root, id));
    let related = related.map(|link| linked_value(link, "id")).collect();
    cells.push(cell("related", "Related", related, "none"));
    cells
}

fn approved(edition: &Edition<'_>, root: Root, document: &Document) -> Cell {
    let approval = document.front.approved.as_ref().filter(|_| document.is_approved());
    let by = approval.map(|approval| linked_value(edition.person(root, &approval.by), ""));
    let mut cell = cell("approved", "Approved by", by.into_iter().collect(), "Not approved");
    cell.note = approval.map(|approval| approval.on.to_string().into());
    if approval.is_none() {
        cell.tone = "draft";
    }
    cell
}

fn effective(edition: &Edition<'_>, document: &Document) -> Cell {
    let day = document.effective().filter(|_| document.is_approved());
    let day = day.map(|day| value(day.to_string(), "date"));
    let mut cell = cell("effective", "Effective", day.into_iter().collect(), "Not in force");
    if !document.in_force(edition.today) {
        cell.tone = "draft";
        if document.is_approved() {
            cell.note = Some("not yet in force".into());
        }
    }
    cell
}

fn next_review(edition: &Edition<'_>, document: &Document) -> Cell {
    let day = document.next_review(edition.settings());
    let values = day.map(|day| value(day.to_string(), "date")).into_iter().collect();
    let mut cell = cell("next-review", "Next review", values, "none");
    let Some(day) = day else { return cell };
    let state = edition.review_state(document);
    let every = document.front.review.as_ref().and_then(|review| review.every);
    let every = every.map(|every| format!("every {every}").into());
    cell.when = (state != ReviewState::None).then(|| until(edition.today, day));
    cell.note = every;
    cell.tone = super::reviews::state(state);
    cell
}

pub(super) fn review_line(edition: &Edition<'_>, document: &Document) -> Option<ReviewLine> {
    let state = edition.review_state(document);
    let due = document.next_review(edition.settings()).filter(|_| state != ReviewState::None)?;
    let review = document.front.review.as_ref()?;
    let last = review.last.or(document.front.approved.as_ref().map(|one| one.on))?;
    let span = last.days_until(due).max(1);
    let passed = last.days_until(edition.today).max(0);
    let whole = span.max(passed);
    let part = |days: i64| usize::try_from(days * 1000 / whole).unwrap_or_default().min(1000);
    let mut from = match review.last {
        Some(_) => format!("Reviewed {last}"),
        None => format!("Approved {last}"),
    };
    if let (Some(_), Some(reviewer)) = (review.last, &review.reviewer) {
        from = format!("{from} by {}", edition.person(Root::TOP, reviewer).text.as_carried());
    }
    if let (Some(_), Some(outcome)) = (review.last, review.outcome) {
        from = format!("{from}, {}", outcome.word().replace('-', " "));
    }
    if let Some(reason) = review.reason.as_ref().filter(|_| review.last.is_some()) {
        from = format!("{from}: {}", reason.phrase().as_carried());
    }
    Some(ReviewLine {
        from: Phrase::carried(from),
        to: format!("Due {due}"),
        today: part(passed),
        due: part(span),
        state: super::reviews::state(state),
    })
}

/// One of each of the parts that a page rarely has, for the test of the themes' README.
#[cfg(test)]
pub(in crate::render) fn sample() -> impl Serialize {
    let draft =
        Draft { label: String::new(), mark: String::new(), instead: None, words: String::new() };
    let banner = Banner {
        tone: "",
        head: String::new(),
        text: String::new(),
        ask: None,
        after: String::new(),
    };
    (draft, banner)
}
