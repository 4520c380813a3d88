//! What is published: of each document the edition in force, and which old ones besides.

use std::sync::Arc;

use super::OldText;
use crate::history::Edition;
use crate::manual::{Ahead, End, Manual, Standing};
use crate::model::controlled::ControlledText;
use crate::model::document::Document;
use crate::model::value::{Classification, Status};

/// What is published of a manual otherwise than its files say, and besides them.
#[derive(Debug, Default)]
pub struct Plan {
    /// Texts that are shown in the place of those in the files.
    pub instead: Vec<Instead>,
    /// Documents that are shown as their files are, and of which something has to be said.
    pub(super) ahead: Vec<(String, Ahead)>,
    pub(super) kept: Vec<Chosen>,
    pub(super) ended: Vec<EndedText>,
}

/// The text of an edition that is shown in the place of the one in the file.
#[derive(Debug)]
pub struct Instead {
    /// The path of the file.
    pub path: String,
    /// The text, and the path at which it lay.
    pub text: OldText,
    pub(super) ahead: Ahead,
}

/// An old edition that is shown besides.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) id: String,
    pub(super) place: usize,
    pub(super) standing: Standing,
    pub(super) text: OldText,
    pub(super) blob: String,
    /// The classification of its document today, where there is one.
    pub(super) level: Classification,
    /// The last text of its document, where that is gone.
    pub(super) last: Option<OldText>,
}

/// A document without a page that had one.
#[derive(Debug)]
pub(super) struct EndedText {
    pub(super) id: String,
    pub(super) end: End,
    pub(super) text: OldText,
    pub(super) level: Classification,
    pub(super) last: Option<OldText>,
}

impl Plan {
    /// Decides; with `drafts` the texts of the files are shown, whatever is in force.
    pub fn of(manual: &Manual, drafts: bool) -> Plan {
        let mut plan = Plan::default();
        for (id, editions) in &manual.history.editions {
            match manual.library.by_id(id) {
                // Another one of nearly the same name, whose pages would lie in the same folder.
                Some(document) if document.id != *id => {}
                Some(document) if document.is_live() => {
                    plan.live(manual, document, editions, drafts);
                }
                document => plan.ended(manual, (id, editions), document),
            }
        }
        plan
    }

    /// Whether everything is published as the files are, and nothing besides.
    pub fn is_empty(&self) -> bool {
        let Plan { instead, ahead, kept, ended } = self;
        instead.is_empty() && ahead.is_empty() && kept.is_empty() && ended.is_empty()
    }

    /// A document that is used, or may come to be.
    fn live(&mut self, manual: &Manual, document: &Document, editions: &[Edition], drafts: bool) {
        let version = document.front.version.as_ref().map_or("", |version| &version.0);
        let is_in_force = document.in_force(manual.today);
        let shown = if is_in_force {
            editions.iter().rposition(|one| one.version == version)
        } else {
            manual.history.in_force(&document.id, manual.today)
        };
        let Some(place) = shown else {
            // An approval that is not on record yet; all that is on record came before it.
            if is_in_force {
                self.before(manual, document, editions, editions.len());
            }
            return;
        };
        let edition = &editions[place];
        let altered = is_in_force && is_altered(document, edition);
        if !is_in_force || altered {
            let ahead = Ahead {
                version: version.to_owned(),
                status: document.status(),
                first_day: document.first_day(),
                altered,
                is_shown: drafts,
                in_force: edition.version.clone(),
                classification: document.classification(),
            };
            self.moved_on(document, edition, ahead);
            if drafts {
                self.keep(document, editions, place, Standing::InForce);
            }
        }
        self.before(manual, document, editions, place);
    }

    /// A document of which the edition in force is another one than the file holds.
    fn moved_on(&mut self, document: &Document, edition: &Edition, mut ahead: Ahead) {
        let path = document.path.clone();
        match OldText::of(edition) {
            Some(text) if !ahead.is_shown => self.instead.push(Instead { path, text, ahead }),
            _ => {
                ahead.is_shown = true;
                self.ahead.push((path, ahead));
            }
        }
    }

    /// The editions before the one at a place.
    fn before(&mut self, manual: &Manual, document: &Document, editions: &[Edition], end: usize) {
        for place in manual.settings().kept().first_of(end)..end {
            let standing = match editions.get(place + 1) {
                Some(next) => by(next),
                None => Standing::Superseded(
                    document.front.version.as_ref().map_or_else(String::new, |one| one.0.clone()),
                    document.first_day(),
                ),
            };
            self.keep(document, editions, place, standing);
        }
    }

    fn keep(
        &mut self,
        document: &Document,
        editions: &[Edition],
        place: usize,
        standing: Standing,
    ) {
        let edition = &editions[place];
        let Some(text) = OldText::of(edition) else { return };
        self.kept.push(Chosen {
            id: document.id.clone(),
            place,
            standing,
            text,
            blob: edition.blob.clone(),
            level: document.classification(),
            last: None,
        });
    }

    /// A document that was superseded or withdrawn, or whose file is gone.
    fn ended(
        &mut self,
        manual: &Manual,
        (id, editions): (&str, &[Edition]),
        document: Option<&Document>,
    ) {
        let places = &manual.history.places;
        let gone = places.gone.get(id);
        let last = gone.and_then(|gone| {
            Some(OldText { path: gone.path.clone(), text: Arc::clone(gone.text.as_ref()?) })
        });
        let renamed = places.renamed(id).filter(|new| manual.library.by_id(new).is_some());
        let end = match (document.map(Document::status), renamed) {
            (Some(Status::Superseded), _) => End::Superseded,
            (Some(_), _) => End::Withdrawn,
            (None, Some(new)) => End::Renamed(new.to_owned()),
            (None, None) => End::Removed(gone.and_then(|gone| gone.commit.day)),
        };
        let level = document.map_or(Classification::Public, Document::classification);
        for place in manual.settings().kept().first_of(editions.len())..editions.len() {
            let Some(text) = OldText::of(&editions[place]) else { continue };
            self.kept.push(Chosen {
                id: id.to_owned(),
                place,
                standing: editions.get(place + 1).map_or(Standing::Last, by),
                text,
                blob: editions[place].blob.clone(),
                level,
                last: last.clone(),
            });
        }
        if let Some(text) = editions.last().and_then(OldText::of) {
            self.ended.push(EndedText { id: id.to_owned(), end, text, level, last });
        }
    }
}

fn by(next: &Edition) -> Standing {
    Standing::Superseded(next.version.clone(), next.first_day.or(next.approved.day))
}

/// Whether the text of a document is another one than was approved under its version.
fn is_altered(document: &Document, edition: &Edition) -> bool {
    if edition.text.as_ref().is_some_and(|text| *text == document.text) {
        return false;
    }
    let now = ControlledText::read(&document.text);
    now.is_some_and(|now| now.digest() != edition.digest)
}
