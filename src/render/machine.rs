//! The same facts for machines: JSON, and a calendar.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::calendar::{self, Agenda, Review, Task, TaskRow, Tasks};
use super::edition::Edition;
use super::routes::Root;
use super::view;
use crate::entries::types::Column;
use crate::entries::{Due, EntryRef};
use crate::model::document::{Document, ReviewState};
use crate::model::library::DocumentNumber;
use crate::model::raci;
use crate::model::value::Date;
use crate::parse::markdown::Cell;

#[derive(Serialize)]
struct Register<'a> {
    documents: Vec<RegisterRow<'a>>,
}

/// A document of `register.json`. The names are a contract.
#[derive(Serialize)]
struct RegisterRow<'a> {
    id: &'a str,
    title: &'a str,
    kind: Option<&'static str>,
    version: Option<&'a str>,
    status: &'static str,
    classification: &'static str,
    owner: Option<&'a str>,
    approver: Option<&'a str>,
    approved: Option<Date>,
    effective: Option<Date>,
    next_review: Option<Date>,
    review_state: ReviewState,
    clauses: Vec<&'a str>,
    url: Option<String>,
}

/// `register.json`.
pub(super) fn register(edition: &Edition<'_>) -> serde_json::Result<Vec<u8>> {
    let entry = |number: &DocumentNumber| {
        let document = edition.document(*number);
        let front = &document.front;
        RegisterRow {
            id: &document.id,
            title: document.title(),
            kind: front.kind.map(crate::model::value::Kind::word),
            version: front.version.as_ref().map(|version| version.0.as_str()),
            status: document.status().word(),
            classification: document.classification().word(),
            owner: front.owner.as_deref(),
            approver: front.approved.as_ref().map(|one| &*one.by),
            approved: front.approved.as_ref().map(|one| one.on),
            effective: document.effective(),
            next_review: document.next_review(edition.settings()),
            review_state: edition.review_state(document),
            clauses: front.clauses.iter().map(|clause| &**clause).collect(),
            url: edition.is_published(*number).then(|| edition.href(Root::TOP, *number, None)),
        }
    };
    lines(&Register { documents: edition.listed.iter().map(entry).collect() }, 0)
}

/// `reviews.json`, the earliest first.
pub(super) fn reviews(edition: &Edition<'_>) -> serde_json::Result<Vec<u8>> {
    lines(&agenda(edition), 0)
}

/// `reviews.ics`.
pub(super) fn calendar(edition: &Edition<'_>) -> Vec<u8> {
    let base = super::base(edition).filter(|base| base.starts_with("http"));
    agenda(edition).calendar(edition.settings().title(), base.as_deref())
}

/// The reviews of the documents that are published.
fn agenda<'a>(edition: &'a Edition<'_>) -> Agenda<'a> {
    let review = |number: &DocumentNumber| {
        let document = edition.document(*number);
        let mut review = Review::new(document, edition.settings(), edition.today)?;
        review.url = Some(edition.href(Root::TOP, *number, None));
        Some(match review.owner {
            Some(owner) => {
                review.of_owner(edition.role(Root::TOP, owner).text.plain().into_owned())
            }
            None => review,
        })
    };
    Agenda::new(edition.today, edition.published.iter().filter_map(review).collect())
}

#[derive(Serialize)]
struct Entries<E> {
    entries: E,
}

/// An entry of `entries.json`. The names are a contract.
#[derive(Serialize)]
struct Entry<'a> {
    register: &'a str,
    id: &'a str,
    document: &'a str,
    open: bool,
    due: Option<Date>,
    cells: BTreeMap<&'a str, String>,
    url: Option<String>,
}

/// `entries.json`: the entries of all registers.
pub(super) fn entries(edition: &Edition<'_>) -> serde_json::Result<Vec<u8>> {
    let registers = edition.entries.registers;
    let kept: Vec<usize> = edition.entries.kept().collect();
    let all = kept.iter().flat_map(|register| edition.entries.rows(*register));
    let entry = |at: &EntryRef| {
        let (of, entry) = (registers.of(at.register), registers.entry(*at));
        let columns = of.columns.iter().enumerate().filter(|(n, _)| entry.has(*n));
        let text = |n: usize, column: &Column| {
            let names = entry.names(n).iter();
            let names = names.map(|name| {
                edition.named_in_cell(Root::TOP, column, name).text.plain().into_owned()
            });
            let names: Vec<String> = names.collect();
            if names.is_empty() { entry.text(n).trim().to_owned() } else { names.join(", ") }
        };
        Entry {
            register: &of.name,
            id: &entry.id,
            document: &edition.document(registers.document(*at)).id,
            open: of.is_open(entry),
            due: of.due(entry),
            cells: columns.map(|(n, column)| (column.id.as_str(), text(n, column))).collect(),
            url: edition.entry_link(Root::TOP, *at).href,
        }
    };
    lines(&Entries { entries: Streamed(all.map(entry)) }, 0)
}

/// `due.json`, the earliest first.
pub(super) fn due(edition: &Edition<'_>) -> serde_json::Result<Vec<u8>> {
    let due = Streamed(edition.due().iter().map(|due| task(edition, due)));
    lines(&Tasks { as_of: edition.today, due }, 0)
}

/// Something that is due, as the readers may see it.
fn task<'e>(edition: &'e Edition<'_>, due: &'e Due) -> TaskRow<'e> {
    let shown = view::due::row(edition, Root::TOP, due);
    let row = TaskRow::new(due, &edition.document(due.document).id, edition.today);
    let owner = due.owner.as_ref().map(|_| shown.owner.text.plain().into_owned());
    TaskRow { owner, url: shown.title.href, ..row }
}

/// `due.ics`, of a role or of everybody.
pub(super) fn due_calendar(edition: &Edition<'_>, role: Option<usize>) -> Vec<u8> {
    let base = super::base(edition).filter(|base| base.starts_with("http"));
    let own = edition.due().iter();
    let own = own.filter(|due| role.is_none_or(|role| view::due::is_of_role(edition, due, role)));
    let task = |due| {
        let shown = view::due::row(edition, Root::TOP, due);
        let url = base.as_ref().zip(shown.title.href).map(|(base, url)| format!("{base}{url}"));
        Task { due, owner: shown.owner.text.plain().into_owned(), url }
    };
    let whose = role.map(|role| edition.roles.all[role].entry.title.phrase());
    let title = edition.settings().title();
    let title = match whose {
        Some(whose) => format!("{}, {title}", whose.plain()),
        None => title.to_owned(),
    };
    calendar::tasks(&title, own.map(task))
}

#[derive(Serialize)]
struct Raci<M> {
    matrices: M,
}

/// A long list that is written as it is made, and never held.
struct Streamed<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Streamed<I> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.clone())
    }
}

/// A matrix of `raci.json`.
#[derive(Serialize)]
struct Matrix<'a> {
    document: &'a str,
    section: &'a str,
    activities: Vec<Activity>,
    url: String,
}

/// An activity of a matrix.
#[derive(Serialize)]
struct Activity {
    number: usize,
    #[serde(rename = "activity")]
    what: String,
    roles: Vec<Assigned>,
    next: Option<String>,
}

/// What a role has to do with an activity.
#[derive(Serialize)]
struct Assigned {
    role: String,
    letters: String,
}

/// `raci.json`.
pub(super) fn raci(edition: &Edition<'_>) -> serde_json::Result<Vec<u8>> {
    let documents = || edition.published.iter().map(|number| edition.document(*number));
    let written: usize = documents().flat_map(|it| &it.matrices).map(|it| it.at.len()).sum();
    let matrices = edition.published.iter().flat_map(|number| {
        let document = edition.document(*number);
        document.matrices.iter().map(move |matrix| Matrix {
            document: &document.id,
            section: &matrix.section,
            activities: activities(edition, document, matrix),
            url: edition.href(Root::TOP, *number, Some(&matrix.section)),
        })
    });
    // This is the largest file of a site: one that grew by doubling would be held twice meanwhile.
    lines(&Raci { matrices: Streamed(matrices) }, written * 6)
}

fn activities(edition: &Edition<'_>, document: &Document, matrix: &raci::Matrix) -> Vec<Activity> {
    let role = |head: &Cell| {
        let name = edition.filled(document, &head.text);
        let known = edition.roles.get(&name);
        known.map_or_else(|| name.into_owned(), |item| item.entry.id.to_string())
    };
    let roles: Vec<String> = matrix.roles.iter().map(role).collect();
    let assigned = |(cell, role): (&raci::Assignment, &String)| Assigned {
        role: role.clone(),
        letters: cell.letters.iter().collect(),
    };
    let activity = |row: &raci::Row| Activity {
        number: row.number,
        what: edition.filled(document, &row.activity.text).into_owned(),
        roles: row
            .cells
            .iter()
            .zip(&roles)
            .filter(|(cell, _)| !cell.letters.is_empty())
            .map(assigned)
            .collect(),
        next: row.next.as_ref().map(|cell| cell.text.clone()),
    };
    matrix.rows.iter().map(activity).collect()
}

/// JSON with a line end at its end; `room` is how many bytes it may take, where that is known.
fn lines(value: &impl Serialize, room: usize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(room);
    serde_json::to_writer(&mut bytes, value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// `coverage.json`: the same as `coverage --format json`, counted from the documents that the readers
/// may see.
pub(super) fn coverage(edition: &Edition<'_>) -> Vec<u8> {
    edition.coverage_export().json().into_bytes()
}
