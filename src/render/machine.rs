//! The same facts for machines: JSON, and a calendar.

use ics::components::Property;
use ics::parameters::Value;
use ics::properties::{Categories, Description, DtStart, Summary, Transp, URL};
use ics::{Event, ICalendar, escape_text};
use serde::Serialize;

use super::edition::Edition;
use super::view::reviews;
use crate::model::document::ReviewState;
use crate::model::value::Date;

#[derive(Serialize)]
struct Register<'a> {
    documents: Vec<Entry<'a>>,
}

/// A document of `register.json`. The names are a contract.
#[derive(Serialize)]
struct Entry<'a> {
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
    let entry = |number: &usize| {
        let document = edition.document(*number);
        let front = &document.front;
        Entry {
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
            url: edition.is_published(*number).then(|| edition.href("", *number, None)),
        }
    };
    lines(&Register { documents: edition.listed.iter().map(entry).collect() })
}

#[derive(Serialize)]
struct Reviews<'a> {
    as_of: Date,
    reviews: Vec<Review<'a>>,
}

/// A review of `reviews.json`.
#[derive(Serialize)]
struct Review<'a> {
    document: &'a str,
    title: &'a str,
    owner: Option<&'a str>,
    reviewer: Option<&'a str>,
    last: Option<Date>,
    outcome: Option<&'static str>,
    due: Date,
    days: i64,
    state: ReviewState,
    url: String,
}

/// `reviews.json`, the earliest first.
pub(super) fn reviews(edition: &Edition<'_>) -> serde_json::Result<Vec<u8>> {
    let due = reviews::due(edition, &edition.published);
    let review = |(day, number): (Date, usize)| {
        let document = edition.document(number);
        let past = document.front.review.as_ref();
        Review {
            document: &document.id,
            title: document.title(),
            owner: document.front.owner.as_deref(),
            reviewer: past.and_then(|past| past.reviewer.as_deref()),
            last: past.and_then(|past| past.last),
            outcome: past.and_then(|past| past.outcome).map(crate::model::value::Outcome::word),
            due: day,
            days: edition.today.days_until(day),
            state: edition.review_state(document),
            url: edition.href("", number, None),
        }
    };
    lines(&Reviews { as_of: edition.today, reviews: due.into_iter().map(review).collect() })
}

#[derive(Serialize)]
struct Raci<'a> {
    matrices: Vec<Matrix<'a>>,
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
    let mut matrices = Vec::new();
    for number in &edition.published {
        let document = edition.document(*number);
        for matrix in &document.matrices {
            let roles: Vec<String> = matrix
                .roles
                .iter()
                .map(|head| {
                    let name = edition.filled(document, &head.text);
                    let known = edition.roles.get(&name);
                    known.map_or(name, |item| item.entry.id.to_string())
                })
                .collect();
            let activity = |row: &crate::model::raci::Row| Activity {
                number: row.number,
                what: edition.filled(document, &row.activity.text),
                roles: row
                    .cells
                    .iter()
                    .zip(&roles)
                    .filter(|(cell, _)| !cell.letters.is_empty())
                    .map(|(cell, role)| Assigned {
                        role: role.clone(),
                        letters: cell.letters.iter().collect(),
                    })
                    .collect(),
                next: row.next.as_ref().map(|cell| cell.text.clone()),
            };
            matrices.push(Matrix {
                document: &document.id,
                section: &matrix.section,
                activities: matrix.rows.iter().map(activity).collect(),
                url: edition.href("", *number, Some(&matrix.section)),
            });
        }
    }
    lines(&Raci { matrices })
}

/// JSON with a line end at its end.
fn lines(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// `reviews.ics`: an all-day event for each review that is to come. An event keeps its name as
/// long as the document keeps its due day, whoever builds the calendar and when.
pub(super) fn calendar(edition: &Edition<'_>) -> Vec<u8> {
    let mut calendar = ICalendar::new("2.0", "-//clausebook//reviews//EN");
    let name = format!("Reviews, {}", edition.settings().title());
    calendar.push(Property::new("X-WR-CALNAME", escape_text(name)));
    for (day, number) in reviews::due(edition, &edition.published) {
        let document = edition.document(number);
        let stamp = document.front.review.as_ref().and_then(|review| review.last);
        let stamp = stamp.or(document.effective()).unwrap_or(day);
        let uid = format!("{}.{day}@clausebook", document.id);
        let mut event = Event::new(uid, format!("{}T000000Z", compact(stamp)));
        let mut start = DtStart::new(compact(day));
        start.add(Value::DATE);
        event.push(start);
        event.push(Summary::new(escape_text(format!(
            "Review {} {}",
            document.id,
            document.title()
        ))));
        let owner = document.front.owner.as_deref().map(|name| edition.role("", name).text);
        let about = format!(
            "{} version {} is due for review. Owner: {}.",
            document.id,
            document.front.version.as_ref().map_or("", |version| &version.0),
            owner.as_deref().unwrap_or("none")
        );
        event.push(Description::new(escape_text(about)));
        event.push(Categories::new("Review"));
        event.push(Transp::transparent());
        if let Some(base) = super::base(edition).filter(|base| base.starts_with("http")) {
            event.push(URL::new(format!("{base}{}", edition.href("", number, None))));
        }
        calendar.add_event(event);
    }
    calendar.to_string().into_bytes()
}

/// A day as calendars write it: `20270301`.
fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}
