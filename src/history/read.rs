//! A repository to its history.

use std::path::Path;
use std::sync::Arc;

use gix_hash::ObjectId;

use super::changes::{Reader, Source};
use super::editions::editions;
use super::repository::{Repository, broken};
use super::{Extent, History, Unreadable};
use crate::model::value::Date;

/// Reads what the repository around a manual says; see [`History::read`].
pub(super) fn read(root: &Path, content: &[String], since: Option<Date>) -> History {
    let told = Repository::open(root).and_then(|repository| match repository {
        Some(repository) => history(&repository, content, since).map(Some),
        None => Ok(None),
    });
    match told {
        Ok(history) => history.unwrap_or_default(),
        Err(why) => History { extent: Extent::Unknown(why), ..History::default() },
    }
}

fn history(
    repository: &Repository,
    content: &[String],
    since: Option<Date>,
) -> Result<History, Unreadable> {
    let (steps, is_shallow) = repository.line_of_record()?;
    let first = steps.first().map(|step| Arc::clone(&step.commit));
    let head = steps.last().map(|step| Arc::clone(&step.commit));
    let source = Source { repository, content };
    let mut editions = editions(&source.changes(&steps)?, since);
    let mut reader = Reader::new(&source)?;
    for newest in editions.values_mut().filter_map(|all| all.last_mut()) {
        let blob = ObjectId::from_hex(newest.blob.as_bytes()).map_err(broken)?;
        newest.text = reader.text(&blob)?.map(Arc::from);
    }
    let extent = match first {
        Some(first) if is_shallow => Extent::Since(first),
        _ => Extent::Whole,
    };
    Ok(History { extent, head, editions })
}
