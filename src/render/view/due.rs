//! Everything that somebody has to do by a day.

use serde::Serialize;

use super::Link;
use super::parts::Parts;
use crate::entries::Due;
use crate::render::edition::Edition;
use crate::render::routes::{self, Root};
use crate::render::words::{count, until};

/// The folder of the page.
pub(in crate::render) const FOLDER: &str = "due";

/// Something to be done.
#[derive(Serialize)]
pub(in crate::render) struct Row {
    /// The day.
    pub(in crate::render) due: String,
    /// How far off it is, in words.
    pub(in crate::render) when: String,
    /// Nothing, `due` or `overdue`.
    pub(in crate::render) state: &'static str,
    /// What sort of thing it is.
    pub(in crate::render) kind: String,
    /// The id of the document or of the entry.
    pub(in crate::render) id: String,
    /// What is to be done, with the way to it.
    pub(in crate::render) title: Link,
    /// Who answers for it.
    pub(in crate::render) owner: Link,
}

/// The page.
#[derive(Serialize)]
pub(in crate::render) struct Page {
    /// How much is overdue, and how much is to come, in words.
    pub(in crate::render) counts: String,
    /// The rows of this part.
    pub(in crate::render) rows: Vec<Row>,
    /// Which part of the list it is, where the list has several.
    pub(in crate::render) parts: Option<Parts>,
}

/// A part of the page.
pub(in crate::render) fn page(edition: &Edition<'_>, root: Root, part: usize) -> Page {
    let all = edition.due();
    let late = overdue(edition);
    let rows = all[routes::range(part, all.len())].iter();
    let late = if late > 0 { format!("{late} overdue, ") } else { String::new() };
    Page {
        counts: format!("{late}{} in all", count(all.len(), "thing to do", "things to do")),
        rows: rows.map(|due| row(edition, root, due)).collect(),
        parts: Parts::new(root, FOLDER, part, all.len()),
    }
}

/// How many are overdue.
pub(in crate::render) fn overdue(edition: &Edition<'_>) -> usize {
    edition.due().partition_point(|due| due.day < edition.today)
}

/// What is due of a role: its place among the roles.
pub(in crate::render) fn of_role(edition: &Edition<'_>, root: Root, role: usize) -> Vec<Row> {
    let own = edition.due().iter().filter(|due| is_of_role(edition, due, role));
    own.take(super::MOST).map(|due| row(edition, root, due)).collect()
}

/// Whether a role answers for something.
pub(in crate::render) fn is_of_role(edition: &Edition<'_>, due: &Due, role: usize) -> bool {
    due.owner.as_deref().is_some_and(|owner| edition.roles.find(owner) == Some(role))
}

/// One row.
pub(in crate::render) fn row(edition: &Edition<'_>, root: Root, due: &Due) -> Row {
    let href = match due.entry {
        Some(at) => edition.entry_link(root, at).href,
        None => Some(edition.href(root, due.document, None)),
    };
    let soon = edition.today.plus(edition.settings().due_soon());
    Row {
        due: due.day.to_string(),
        when: until(edition.today, due.day),
        state: match due.day {
            day if day < edition.today => "overdue",
            day if day <= soon => "due",
            _ => "",
        },
        kind: due.kind.clone(),
        id: due.id.clone(),
        title: Link { text: edition.said_of(due), href },
        owner: match &due.owner {
            Some(owner) => edition.role(root, owner),
            None => Link::plain("none"),
        },
    }
}
