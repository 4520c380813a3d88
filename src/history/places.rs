//! Where documents once lay, and what became of those that are gone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Commit;
use super::changes::{Change, OldDocument};

/// Where documents lay in the course of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// By each path where a document lay and none of that id lies any more, the id of the last one.
    pub left: BTreeMap<String, String>,
    /// By its id, each document that is no longer anywhere.
    pub gone: BTreeMap<String, Gone>,
}

/// A document that is no longer anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The commit with which it went.
    pub commit: Arc<Commit>,
    /// The id that the file went by afterwards, where it was given another one.
    pub renamed: Option<String>,
    /// The path at which it lay last.
    pub path: String,
    /// The object that holds its last text.
    pub blob: String,
    /// That text; nothing where it cannot be read.
    pub text: Option<Arc<str>>,
}

impl Places {
    /// The places of all documents, from what the commits changed, the oldest first.
    pub fn of(changes: &[Change]) -> Self {
        let mut at: BTreeMap<&str, Arc<OldDocument>> = BTreeMap::new();
        let mut places = Places::default();
        for change in changes {
            let mut left = Vec::new();
            for (path, new) in &change.files {
                let old = match new {
                    Some(new) => at.insert(path, Arc::clone(new)),
                    None => at.remove(path.as_str()),
                };
                if let Some(old) = old
                    && new.as_ref().is_none_or(|new| new.id != old.id)
                {
                    left.push((path, old, new.as_ref().map(|new| new.id.clone())));
                }
            }
            for (path, new) in &change.files {
                if let Some(new) = new {
                    places.left.remove(path);
                    places.gone.remove(&new.id);
                }
            }
            if left.is_empty() {
                continue;
            }
            let there: BTreeSet<&str> = at.values().map(|document| &*document.id).collect();
            for (path, old, renamed) in left {
                if renamed.is_none() {
                    places.left.insert(path.clone(), old.id.clone());
                }
                if !there.contains(&*old.id) {
                    let gone = Gone {
                        commit: Arc::clone(&change.commit),
                        renamed,
                        path: path.clone(),
                        blob: old.blob.clone(),
                        text: None,
                    };
                    places.gone.insert(old.id.clone(), gone);
                }
            }
        }
        places
    }

    /// The id that a document goes by now that had another one, over as many names as it had.
    pub fn renamed<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        let mut at = id;
        // Two that swapped their names are both still there, so there is no way round in a circle;
        // the bound is for a history that is none.
        for _ in 0..self.gone.len() {
            match self.gone.get(at).map(|gone| gone.renamed.as_deref()) {
                Some(Some(next)) => at = next,
                Some(None) => return None,
                None => break,
            }
        }
        (at != id).then_some(at)
    }
}
