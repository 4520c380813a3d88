//! Where documents have been, so that a browser which stands on an old address is led to the new
//! one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::manual::Manual;
use crate::model::document::Document;

/// Addresses that no longer exist are forgotten beyond so many.
const GONE: usize = 1000;

/// Which document stood under an address when it was last seen there.
#[derive(Default)]
pub(super) struct MovedDocuments(Mutex<Notes>);

#[derive(Default)]
struct Notes {
    seen: BTreeMap<String, Seen>,
    /// The documents that were noted last, in the order of their paths.
    last: Vec<Arc<Document>>,
}

struct Seen {
    /// The state of the manual in which it got this place and this text.
    version: u64,
    path: String,
    text: Arc<str>,
}

/// What became of the document that stood under an address.
pub(super) enum Trace<'a> {
    /// It has another id now.
    Renamed(&'a Document),
    /// Its file cannot be read as a document.
    Unread(String),
}

impl MovedDocuments {
    /// Notes where every document stands, under its id.
    pub(super) fn note(&self, version: u64, manual: &Manual) {
        let mut notes = self.lock();
        let documents = manual.library.documents.shared();
        let last = std::mem::replace(&mut notes.last, documents.to_vec());
        let mut last = last.iter().peekable();
        for document in documents {
            while last.next_if(|known| known.path < document.path).is_some() {}
            if last.next_if(|known| Arc::ptr_eq(known, document)).is_none() {
                let (path, text) = (document.path.clone(), Arc::clone(&document.text));
                notes.seen.insert(document.id.clone(), Seen { version, path, text });
            }
        }
        if notes.seen.len() > documents.len() + GONE {
            let is_gone = |id: &str| manual.library.by_id(id).is_none_or(|one| one.id != id);
            let gone = notes.seen.iter().filter(|(id, _)| is_gone(id));
            let mut gone: Vec<(u64, String)> =
                gone.map(|(id, seen)| (seen.version, id.clone())).collect();
            gone.sort_unstable();
            for (_, id) in gone.iter().take(gone.len().saturating_sub(GONE)) {
                notes.seen.remove(id);
            }
        }
    }

    /// Follows the document that once had an id which none has now.
    pub(super) fn follow<'a>(&self, id: &str, manual: &'a Manual) -> Option<Trace<'a>> {
        let notes = self.lock();
        let seen = notes.seen.get(id)?;
        let library = &manual.library;
        if library.is_unread(&seen.path) {
            return Some(Trace::Unread(seen.path.clone()));
        }
        let mut documents = library.documents.iter();
        let there = documents.clone().find(|document| document.path == seen.path);
        let found = there.or_else(|| documents.find(|document| document.text == seen.text));
        found.filter(|document| document.id != id).map(Trace::Renamed)
    }

    fn lock(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
