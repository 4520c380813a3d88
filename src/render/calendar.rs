//! Reviews to come, for machines: the same facts as JSON and as a calendar, for the site and for
//! `clausebook review`.

use std::borrow::Cow;

use ics::components::Property;
use ics::parameters::Value;
use ics::properties::{Categories, Description, DtStart, Summary, Transp, URL};
use ics::{Event, ICalendar, escape_text};
use serde::Serialize;

use crate::entries::Due;
use crate::model::document::{Document, ReviewState};
use crate::model::settings::Settings;
use crate::model::value::{Date, Outcome};
use crate::text::floor_char;

/// Reviews to come.
#[derive(Debug, Serialize)]
pub struct Agenda<'a> {
    /// The day for which states and days are counted.
    pub as_of: Date,
    /// The reviews, the earliest first.
    pub reviews: Vec<Review<'a>>,
}

/// The next review of a document.
#[derive(Debug, Serialize)]
pub struct Review<'a> {
    /// The document's id.
    pub document: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The role that answers for it.
    pub owner: Option<&'a str>,
    /// Who reviewed it last.
    pub reviewer: Option<&'a str>,
    /// When that was.
    pub last: Option<Date>,
    /// Its outcome.
    pub outcome: Option<&'static str>,
    /// The day on which it is due.
    pub due: Date,
    /// Days until then; negative when it has passed.
    pub days: i64,
    /// How that stands.
    pub state: ReviewState,
    /// Address of the document's page from the top of the site, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip)]
    version: &'a str,
    /// The title of that role, as the readers may see it.
    #[serde(skip)]
    owner_title: Cow<'a, str>,
    #[serde(skip)]
    stamp: Date,
}

impl<'a> Review<'a> {
    /// The next review of a document; nothing where none is planned.
    pub fn new(document: &'a Document, settings: &Settings, today: Date) -> Option<Self> {
        let state = document.review_state(settings, today);
        let due = document.next_review(settings).filter(|_| state != ReviewState::None)?;
        let past = document.front.review.as_ref();
        let owner = document.front.owner.as_deref();
        Some(Review {
            document: &document.id,
            title: document.title(),
            owner,
            reviewer: past.and_then(|past| past.reviewer.as_deref()),
            last: past.and_then(|past| past.last),
            outcome: past.and_then(|past| past.outcome).map(Outcome::word),
            due,
            days: today.days_until(due),
            state,
            url: None,
            version: document.front.version.as_ref().map_or("", |version| &version.0),
            owner_title: owner.unwrap_or("none").into(),
            stamp: past.and_then(|past| past.last).or(document.effective()).unwrap_or(due),
        })
    }

    /// The same, its owner by title.
    #[must_use]
    pub fn of_owner(self, title: impl Into<Cow<'a, str>>) -> Self {
        Review { owner_title: title.into(), ..self }
    }
}

impl<'a> Agenda<'a> {
    /// Reviews in the order of their days.
    pub fn new(as_of: Date, mut reviews: Vec<Review<'a>>) -> Self {
        reviews.sort_by(|a, b| (a.due, a.document).cmp(&(b.due, b.document)));
        Agenda { as_of, reviews }
    }

    /// An all-day event for each review. An event keeps its name as long as the document keeps
    /// its due day, whoever builds the calendar and when. `base` is the address of the site.
    pub fn calendar(&self, title: &str, base: Option<&str>) -> Vec<u8> {
        let mut calendar = ICalendar::new("2.0", "-//clausebook//reviews//EN");
        let name = format!("Reviews, {title}");
        calendar.push(Property::new("X-WR-CALNAME", plain(&name)));
        for review in &self.reviews {
            calendar.add_event(event(review, base));
        }
        folded(&calendar.to_string()).into_bytes()
    }
}

/// Something that is due, as a calendar shows it.
pub struct Task<'a> {
    /// What it is.
    pub due: &'a Due,
    /// Who answers for it, as the readers may see it.
    pub owner: String,
    /// Its address on the site, where that is known.
    pub url: Option<String>,
}

/// What is due, for machines. The names are a contract.
#[derive(Serialize)]
pub struct Tasks<T> {
    /// The day for which days are counted.
    pub as_of: Date,
    /// What is due, the earliest first.
    pub due: T,
}

/// Something that is due, of `due.json` and of `due --format json`.
#[derive(Serialize)]
pub struct TaskRow<'a> {
    /// By when.
    pub due: Date,
    /// Days until then; negative when it has passed.
    pub days: i64,
    /// What sort of thing it is.
    pub kind: &'a str,
    /// The id of the document or of the entry.
    pub id: &'a str,
    /// What is to be done.
    pub what: &'a str,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The id of the document that it concerns, or that holds the entry.
    pub document: &'a str,
    /// A name of it that stays.
    pub uid: &'a str,
    /// Its address from the top of the site, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl<'a> TaskRow<'a> {
    /// A row as a command shows it.
    pub fn new(due: &'a Due, document: &'a str, today: Date) -> Self {
        TaskRow {
            due: due.day,
            days: today.days_until(due.day),
            kind: &due.kind,
            id: &due.id,
            what: &due.what,
            owner: due.owner.clone(),
            document,
            uid: &due.uid,
            url: None,
        }
    }
}

/// An all-day event for each thing that is due. An event keeps its name whatever its title and its day
/// become, so that a calendar that follows the feed moves it and does not show it twice.
pub fn tasks<'a>(title: &str, tasks: impl IntoIterator<Item = Task<'a>>) -> Vec<u8> {
    let mut calendar = ICalendar::new("2.0", "-//clausebook//due//EN");
    calendar.push(Property::new("X-WR-CALNAME", plain(&format!("Due, {title}"))));
    for Task { due, owner, url } in tasks {
        let stamp = format!("{}T000000Z", compact(due.day));
        let mut event = Event::new(due.uid.clone(), stamp);
        let mut start = DtStart::new(compact(due.day));
        start.add(Value::DATE);
        event.push(start);
        let named = if due.what.contains(&due.id) { String::new() } else { due.id.clone() + " " };
        event.push(Summary::new(plain(&format!("{named}{}", due.what))));
        event.push(Description::new(plain(&format!("{}. Owner: {owner}.", due.kind))));
        event.push(Categories::new(plain(&due.kind)));
        event.push(Transp::transparent());
        if let Some(url) = url {
            event.push(URL::new(url));
        }
        calendar.add_event(event);
    }
    folded(&calendar.to_string()).into_bytes()
}

/// Longest line in octets, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// The same calendar in lines of the length that the standard sets: the library does not count
/// the space with which a line goes on. No letter is parted.
fn folded(calendar: &str) -> String {
    let whole = calendar.replace("\r\n ", "");
    let mut out = String::with_capacity(calendar.len() + calendar.len() / 50);
    for line in whole.split_terminator("\r\n") {
        let (mut rest, mut room) = (line, LINE);
        while rest.len() > room {
            let (piece, more) = rest.split_at(floor_char(rest, room));
            out.push_str(piece);
            out.push_str("\r\n ");
            (rest, room) = (more, LINE - 1);
        }
        out.push_str(rest);
        out.push_str("\r\n");
    }
    out
}

/// Text of a property. RFC 5545 allows it no control characters, a line break apart.
fn plain(text: &str) -> String {
    let odd = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n');
    escape_text(text.replace(odd, " ")).into_owned()
}

fn event<'a>(review: &Review<'a>, base: Option<&str>) -> Event<'a> {
    let uid = format!("{}.{}@clausebook", review.document, review.due);
    let mut event = Event::new(uid, format!("{}T000000Z", compact(review.stamp)));
    let mut start = DtStart::new(compact(review.due));
    start.add(Value::DATE);
    event.push(start);
    let summary = format!("Review {} {}", review.document, review.title);
    event.push(Summary::new(plain(&summary)));
    let about = format!(
        "{} version {} is due for review. Owner: {}.",
        review.document, review.version, review.owner_title
    );
    event.push(Description::new(plain(&about)));
    event.push(Categories::new("Review"));
    event.push(Transp::transparent());
    if let (Some(base), Some(url)) = (base, &review.url) {
        event.push(URL::new(format!("{base}{url}")));
    }
    event
}

/// A day as calendars write it: `20270301`.
fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line as a reader of calendars takes it apart again: joined, then without escapes.
    fn summary(calendar: &str) -> String {
        let joined = calendar.replace("\r\n ", "");
        let line = joined.split("\r\n").find_map(|line| line.strip_prefix("SUMMARY:"));
        let mut letters = line.expect("a summary").chars();
        let mut text = String::new();
        while let Some(letter) = letters.next() {
            match (letter, letters.clone().next()) {
                ('\\', Some('n' | 'N')) => text.push('\n'),
                ('\\', Some(escaped)) => text.push(escaped),
                _ => {
                    text.push(letter);
                    continue;
                }
            }
            letters.next();
        }
        text
    }

    #[test]
    fn lines_are_as_long_as_the_standard_allows_and_part_no_letter() {
        let long = "Überprüfung der Störungsbehebung; ".repeat(12);
        let emoji = "🚒老虎, \\ ".repeat(40);
        for title in ["Short", long.trim(), emoji.trim(), &"a".repeat(500), &"é".repeat(300)] {
            for cut in 0..4 {
                let title = format!("{}{title}", "x".repeat(cut));
                let (day, state) = (Date::parse("2026-06-15").unwrap(), ReviewState::Current);
                let review = Review {
                    document: "PRC-INC-01",
                    title: &title,
                    owner: None,
                    reviewer: None,
                    last: None,
                    outcome: None,
                    due: day,
                    days: 0,
                    state,
                    url: None,
                    version: "1.0",
                    owner_title: "none".into(),
                    stamp: day,
                };
                let calendar = Agenda::new(day, vec![review]).calendar(&title, None);
                let calendar = String::from_utf8(calendar).unwrap();
                let lines: Vec<&str> = calendar.split_terminator("\r\n").collect();
                assert!(lines.iter().all(|line| line.len() <= 75), "{calendar}");
                assert!(!lines.iter().any(|line| line.contains(['\r', '\n'])), "{calendar}");
                assert_eq!(summary(&calendar), format!("Review PRC-INC-01 {title}"));
            }
        }
    }
}
