//! The page of an old edition, and what stands at the address of a document that is no longer there.

use serde::Serialize;

use super::control::{Cell, Draft, Value};
use super::document::{self, DocumentPage};
use super::editions::{Line, chip, editions};
use super::{Chip, Link};
use crate::manual::{End, Ended, Kept, Standing};
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::text::phrase::Phrase;

/// The page at the address of a document that has none any more.
#[derive(Serialize)]
pub(in crate::render) struct EndedPage {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Phrase,
    /// How it ended.
    pub(in crate::render) chip: Chip,
    /// That in a sentence.
    pub(in crate::render) words: String,
    /// What has taken its place.
    pub(in crate::render) successor: Option<Link>,
    /// Its editions, the newest first.
    pub(in crate::render) editions: Vec<Line>,
}

/// The page of an old edition.
pub(in crate::render) fn page(edition: &Edition<'_>, kept: &Kept, root: Root) -> DocumentPage {
    let mut page = document::page(edition, kept.number, root, [None, None]);
    let version = page.version.clone();
    let current = edition.by_id(&kept.id).filter(|number| edition.is_published(*number));
    let instead = current.map(|number| way(edition, root, number));
    page.chips.retain(|chip| chip.icon == "lock");
    page.chips.insert(0, chip(&kept.standing, edition.today));
    page.draft = (kept.standing != Standing::InForce).then(|| Draft {
        label: format!("Superseded {version}").trim().to_owned(),
        mark: format!("SUPERSEDED {version}").trim().to_owned(),
        words: format!("Do not work to this text. {}.", standing(edition, kept)),
        instead: instead.or_else(|| successor(edition, root, &kept.id)),
    });
    page.banner = None;
    page.review = None;
    page.due = None;
    page.linked.clear();
    page.contents.retain(|heading| heading.href != "#cb.linked");
    page.cells.retain(|cell| cell.key != "next-review");
    page.cells.extend(recorded(edition, kept));
    page
}

impl DocumentPage {
    /// What stands in the margin of a printed sheet of an old edition.
    pub(in crate::render) fn mark(&self) -> String {
        match &self.draft {
            Some(draft) => format!("{}, NOT IN FORCE", draft.mark),
            None => format!("Version {}, in force", self.version),
        }
    }
}

/// What has become of an edition, in words.
fn standing(edition: &Edition<'_>, kept: &Kept) -> String {
    match &kept.standing {
        Standing::InForce => "It is in force".to_owned(),
        Standing::Superseded(version, Some(day)) => {
            format!("It was superseded by version {version} on {day}")
        }
        Standing::Superseded(version, None) => format!("It was superseded by version {version}"),
        Standing::Last => match edition.ended().find(|one| one.id == kept.id) {
            Some(ended) => format!("It was the last version: {}", end(ended)),
            None => "It was the last version".to_owned(),
        },
    }
}

/// How a document ended, in words.
fn end(ended: &Ended) -> String {
    match &ended.end {
        End::Superseded => "the document was superseded".to_owned(),
        End::Withdrawn => "the document was withdrawn".to_owned(),
        End::Renamed(new) => format!("the document now has the id {new}"),
        End::Removed(Some(day)) => format!("the document was removed on {day}"),
        End::Removed(None) => "the document was removed".to_owned(),
    }
}

/// The commit that brought the approval of an edition.
fn recorded(edition: &Edition<'_>, kept: &Kept) -> Option<Cell> {
    let recorded = edition.recorded(kept).filter(|_| !edition.is_public())?;
    let commit = &recorded.approved;
    let text = commit.short().to_owned();
    let value = Value { text: text.into(), href: None, form: "id", title: None };
    Some(Cell {
        key: "commit",
        label: "Approved with commit",
        values: vec![value],
        when: None,
        note: commit.day.map(|day| day.to_string().into()),
        tone: "",
    })
}

/// What stands at the address of a document that is no longer there.
pub(in crate::render) fn ended(edition: &Edition<'_>, ended: &Ended, root: Root) -> EndedPage {
    let chip = match &ended.end {
        End::Superseded => Chip::new("mute", "barred", "Superseded"),
        End::Withdrawn => Chip::new("mute", "cross", "Withdrawn"),
        End::Renamed(_) => Chip::new("mute", "barred", "Renamed"),
        End::Removed(_) => Chip::new("mute", "cross", "Removed"),
    };
    EndedPage {
        id: ended.id.clone(),
        title: ended.title.clone(),
        chip,
        words: format!("Do not work to it: {}.", end(ended)),
        successor: successor(edition, root, &ended.id),
        editions: editions(edition, root, &ended.id),
    }
}

/// What has taken the place of a document.
fn successor(edition: &Edition<'_>, root: Root, id: &str) -> Option<Link> {
    let renamed = edition.ended().find(|one| one.id == id).and_then(|one| match &one.end {
        End::Renamed(new) => edition.by_id(new),
        _ => None,
    });
    let new = renamed.or_else(|| edition.successor_of(id));
    new.filter(|number| edition.is_published(*number)).map(|number| way(edition, root, number))
}

/// The way to the page of a document, by its id and version.
fn way(edition: &Edition<'_>, root: Root, number: DocumentNumber) -> Link {
    let document = edition.document(number);
    let version = document.front.version.as_ref().map_or("", |version| &version.0);
    edition.link(root, number, format!("{} {version}", document.id).trim())
}
