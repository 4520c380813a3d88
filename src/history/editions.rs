//! Changes to editions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Edition;
use super::changes::{Change, OldDocument};
use crate::model::value::Date;

/// The editions of each document, by its id, from what the commits changed, the oldest first.
///
/// An edition begins with the commit by which a version of an id was first approved. A later commit
/// that changes its controlled text and leaves the version as it was has altered it; before the day
/// `since`, it takes the place of what was there.
pub fn editions(changes: &[Change], since: Option<Date>) -> BTreeMap<String, Vec<Edition>> {
    let mut at: BTreeMap<&str, Arc<OldDocument>> = BTreeMap::new();
    let mut found: BTreeMap<String, Vec<Edition>> = BTreeMap::new();
    for change in changes {
        // All that goes away first: a document that moves within a commit is in one place after it.
        let mut touched = BTreeSet::new();
        for (path, document) in &change.files {
            match document {
                Some(document) => at.insert(path, Arc::clone(document)),
                None => at.remove(path.as_str()),
            };
            if document.is_some() {
                touched.insert(path.as_str());
            }
        }
        for path in touched {
            let document = &at[path];
            if document.is_approved {
                let editions = found.entry(document.id.clone()).or_default();
                add(editions, path, document, change, is_early(change, since));
            }
        }
    }
    found
}

/// Whether a commit was made before approvals were held against the repository.
fn is_early(change: &Change, since: Option<Date>) -> bool {
    since.is_some_and(|since| change.commit.day.is_some_and(|day| day < since))
}

fn add(
    editions: &mut Vec<Edition>,
    path: &str,
    document: &OldDocument,
    change: &Change,
    is_early: bool,
) {
    let known = editions.iter().rposition(|one| one.version == document.version);
    if let Some(known) = known.map(|known| &mut editions[known])
        && !is_early
    {
        if known.altered.is_none() && known.digest != document.digest {
            known.altered = Some(Arc::clone(&change.commit));
        }
        return;
    }
    if let Some(known) = known {
        editions.remove(known);
    }
    editions.push(Edition {
        version: document.version.clone(),
        path: path.to_owned(),
        first_day: document.first_day,
        approved: Arc::clone(&change.commit),
        digest: document.digest.clone(),
        blob: document.blob.clone(),
        text: None,
        altered: None,
    });
}
