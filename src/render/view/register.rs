//! The register: every document of the manual, in force or not.

use serde::Serialize;

use super::{Chip, Link, lists};
use crate::model::document::ReviewState;
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::render::words::kind_word;

/// A line of the register.
#[derive(Serialize)]
pub(in crate::render) struct Row {
    /// Its id.
    pub(in crate::render) id: String,
    /// Its title, with the way to its page.
    pub(in crate::render) title: Link,
    /// The document that took its place.
    pub(in crate::render) now: Option<Link>,
    /// Its kind.
    pub(in crate::render) kind: String,
    /// Its version.
    pub(in crate::render) version: String,
    /// Its status.
    pub(in crate::render) status: Chip,
    /// Its owner.
    pub(in crate::render) owner: Link,
    /// First day in force.
    pub(in crate::render) effective: Option<String>,
    /// Day of its next review.
    pub(in crate::render) next_review: Option<String>,
    /// How the review stands: nothing, `due` or `overdue`.
    pub(in crate::render) review: &'static str,
    /// Its clauses.
    pub(in crate::render) clauses: Vec<Link>,
    /// Whether it is neither superseded nor withdrawn.
    pub(in crate::render) live: bool,
}

/// The line of a document.
pub(in crate::render) fn row(edition: &Edition<'_>, root: Root, number: DocumentNumber) -> Row {
    let document = edition.document(number);
    let front = &document.front;
    let now = if document.is_live() { None } else { edition.successor(document) };
    let due = document.next_review(edition.settings()).filter(|_| document.is_live());
    Row {
        id: document.id.clone(),
        title: edition.listed_link(root, number),
        now: now.map(|new| edition.link(root, new, &edition.document(new).id)),
        kind: front.kind.map_or_else(String::new, kind_word),
        version: front.version.as_ref().map_or_else(String::new, ToString::to_string),
        status: edition.status(document, false),
        owner: lists::owner(edition, root, document),
        effective: document.effective().map(|day| day.to_string()),
        next_review: due.map(|day| day.to_string()),
        review: match edition.review_state(document) {
            ReviewState::Overdue => "overdue",
            ReviewState::DueSoon => "due",
            _ => "",
        },
        clauses: front.clauses.iter().map(|clause| edition.clause(root, clause)).collect(),
        live: document.is_live(),
    }
}
