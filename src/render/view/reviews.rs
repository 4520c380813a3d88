//! When each document is next looked at, and by whom.

use std::collections::BTreeSet;

use serde::Serialize;

use super::parts::{List, Parts};
use super::{Link, MOST, lists};
use crate::model::document::ReviewState;
use crate::model::library::DocumentNumber;
use crate::model::value::Date;
use crate::render::edition::Edition;
use crate::render::routes::{self, Root};
use crate::render::words::{count, until};

/// A review that is to come.
#[derive(Serialize)]
pub(in crate::render) struct Review {
    /// The document's id.
    pub(in crate::render) id: String,
    /// The document.
    pub(in crate::render) title: Link,
    /// Who answers for it.
    pub(in crate::render) owner: Link,
    /// The day.
    pub(in crate::render) due: String,
    /// How far off it is, in words.
    pub(in crate::render) when: String,
    /// Nothing, `due` or `overdue`.
    pub(in crate::render) state: &'static str,
    /// When it was last reviewed.
    pub(in crate::render) last: Option<String>,
    /// Its outcome.
    pub(in crate::render) outcome: Option<String>,
}

/// Reviews that belong together.
#[derive(Serialize)]
pub(in crate::render) struct Group {
    /// `Overdue`, or a month.
    pub(in crate::render) title: String,
    /// Whether they are overdue.
    pub(in crate::render) overdue: bool,
    /// How many, in words.
    pub(in crate::render) count: String,
    /// The reviews.
    pub(in crate::render) rows: Vec<Review>,
}

/// A month of the strip.
#[derive(Serialize)]
pub(in crate::render) struct Month {
    /// `Oct`.
    pub(in crate::render) name: &'static str,
    /// The year, where it begins.
    pub(in crate::render) year: Option<String>,
    /// How many reviews fall into it.
    pub(in crate::render) count: usize,
    /// Its bricks from below: nothing, `due` or `overdue`.
    pub(in crate::render) bricks: Vec<&'static str>,
    /// Whether it is this month.
    pub(in crate::render) now: bool,
}

/// The page.
#[derive(Serialize)]
pub(in crate::render) struct Reviews {
    /// The strip.
    pub(in crate::render) months: Vec<Month>,
    /// How many reviews a brick stands for.
    pub(in crate::render) per_brick: usize,
    /// Overdue ones, then a group a month.
    pub(in crate::render) groups: Vec<Group>,
    /// Documents that are in force and have no next review, or the first of them.
    pub(in crate::render) without: Vec<Link>,
    /// How many these are, in words.
    pub(in crate::render) without_count: String,
    /// Which part of the list it is, where the list has several.
    pub(in crate::render) parts: Option<Parts>,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Most bricks of a month; where there are more reviews, a brick stands for several.
const BRICKS: usize = 8;

/// The reviews of some documents, the earliest first.
pub(in crate::render) fn reviews(
    edition: &Edition<'_>,
    root: Root,
    numbers: &[DocumentNumber],
) -> Vec<Review> {
    due(edition, numbers)
        .into_iter()
        .map(|(day, number)| review(edition, root, day, number))
        .collect()
}

/// Documents with the days of their next reviews, the earliest first.
pub(in crate::render) fn due(
    edition: &Edition<'_>,
    numbers: &[DocumentNumber],
) -> Vec<(Date, DocumentNumber)> {
    let day = |number: &DocumentNumber| {
        let document = edition.document(*number);
        let state = edition.review_state(document);
        let day = document.next_review(edition.settings())?;
        (state != ReviewState::None).then_some((day, *number))
    };
    let mut found: Vec<(Date, DocumentNumber)> = numbers.iter().filter_map(day).collect();
    found.sort_by_key(|(day, _)| *day);
    found
}

/// One review.
pub(in crate::render) fn review(
    edition: &Edition<'_>,
    root: Root,
    day: Date,
    number: DocumentNumber,
) -> Review {
    let document = edition.document(number);
    let past = document.front.review.as_ref();
    Review {
        id: document.id.clone(),
        title: edition.link(root, number, document.title_phrase()),
        owner: lists::owner(edition, root, document),
        due: day.to_string(),
        when: until(edition.today, day),
        state: state(edition.review_state(document)),
        last: past.and_then(|review| review.last).map(|day| day.to_string()),
        outcome: past
            .and_then(|review| review.outcome)
            .map(|outcome| outcome.word().replace('-', " ")),
    }
}

/// The word of a state, as templates and style sheets know it.
pub(in crate::render) fn state(state: ReviewState) -> &'static str {
    match state {
        ReviewState::Overdue => "overdue",
        ReviewState::DueSoon => "due",
        _ => "",
    }
}

/// A part of the page of reviews.
pub(in crate::render) fn page(edition: &Edition<'_>, root: Root, part: usize) -> Reviews {
    let all = due(edition, &edition.published);
    let mut groups: Vec<Group> = Vec::new();
    for (day, number) in &all[routes::range(part, all.len())] {
        let overdue = *day < edition.today;
        let title = if overdue {
            "Overdue".to_owned()
        } else {
            format!("{} {}", MONTHS[month(*day) % 12], day.0.year())
        };
        if groups.last().is_none_or(|group| group.title != title) {
            groups.push(Group { title, overdue, count: String::new(), rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(review(edition, root, *day, *number));
        }
    }
    for group in &mut groups {
        group.count = count(group.rows.len(), "document", "documents");
    }
    let (months, per_brick) = strip(edition, &all);
    let with: BTreeSet<DocumentNumber> = all.iter().map(|(_, number)| *number).collect();
    let mut without: Vec<DocumentNumber> = edition.published.clone();
    without.retain(|number| edition.document(*number).is_approved() && !with.contains(number));
    let without_count = count(without.len(), "document", "documents");
    let without = without.into_iter().take(MOST);
    let without =
        without.map(|number| edition.link(root, number, edition.document(number).title_phrase()));
    Reviews {
        months,
        per_brick,
        groups,
        without: without.collect(),
        without_count,
        parts: Parts::new(root, List::Reviews.folder(), part, all.len()),
    }
}

/// A day's month, from 0, counted from the year 0 on.
fn month(day: Date) -> usize {
    let years = usize::try_from(day.0.year()).unwrap_or_default();
    years * 12 + usize::try_from(day.0.month()).unwrap_or(1) - 1
}

/// A year of months with their reviews, and how many reviews a brick stands for.
fn strip(edition: &Edition<'_>, all: &[(Date, DocumentNumber)]) -> (Vec<Month>, usize) {
    let now = month(edition.today);
    let first = all.first().map_or(now, |(day, _)| month(*day)).clamp(now.saturating_sub(2), now);
    let mut months: Vec<(usize, Vec<&'static str>)> =
        (first..now + 12).map(|month| (month, Vec::new())).collect();
    for (day, number) in all {
        // What is overdue for longer than the strip reaches back stands in its first month.
        let at = month(*day).max(first) - first;
        if let Some((_, states)) = months.get_mut(at) {
            states.push(state(edition.review_state(edition.document(*number))));
        }
    }
    let most = months.iter().map(|(_, states)| states.len()).max().unwrap_or_default();
    let per_brick = most.div_ceil(BRICKS).max(1);
    let made = months.into_iter().enumerate().map(|(n, (at, states))| Month {
        name: &MONTHS[at % 12][..3],
        year: (n == 0 || at % 12 == 0).then(|| (at / 12).to_string()),
        count: states.len(),
        bricks: states.iter().copied().step_by(per_brick).collect(),
        now: at == now,
    });
    (made.collect(), per_brick)
}
