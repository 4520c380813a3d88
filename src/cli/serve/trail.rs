//! Where documents have been, so that a browser which stands on an old address is led to the new
//! one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::compile::Compiled;
use crate::model::document::Document;

/// Addresses that no longer exist are forgotten beyond so many.
const GONE: usize = 1000;

/// Which document stood under an address when it was last seen there.
#[derive(Default)]
pub(super) struct Trail(Mutex<BTreeMap<String, Seen>>);

struct Seen {
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

impl Trail {
    /// Notes where every document stands, under its id.
    pub(super) fn note(&self, version: u64, compiled: &Compiled) {
        let mut trail = self.lock();
        for document in &compiled.library.documents {
            if let Some(seen) = trail.get_mut(&document.id) {
                seen.version = version;
                if seen.path != document.path {
                    seen.path.clone_from(&document.path);
                }
                seen.text = Arc::clone(&document.text);
            } else {
                let (path, text) = (document.path.clone(), Arc::clone(&document.text));
                trail.insert(document.id.clone(), Seen { version, path, text });
            }
        }
        let most = compiled.library.documents.len() + GONE;
        if trail.len() > most {
            let mut versions: Vec<u64> = trail.values().map(|seen| seen.version).collect();
            versions.sort_unstable();
            let from = versions[versions.len() - most];
            trail.retain(|_, seen| seen.version >= from.min(version));
        }
    }

    /// Follows the document that once had an id which none has now.
    pub(super) fn follow<'a>(&self, id: &str, compiled: &'a Compiled) -> Option<Trace<'a>> {
        let trail = self.lock();
        let seen = trail.get(id)?;
        let library = &compiled.library;
        if library.is_unread(&seen.path) {
            return Some(Trace::Unread(seen.path.clone()));
        }
        let mut documents = library.documents.iter();
        let there = documents.clone().find(|document| document.path == seen.path);
        let found = there.or_else(|| documents.find(|document| document.text == seen.text));
        found.filter(|document| document.id != id).map(Trace::Renamed)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
