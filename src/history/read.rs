//! A repository to its history.

use std::path::Path;
use std::sync::Arc;

use gix_hash::ObjectId;

use super::changes::{Reader, Source};
use super::editions::editions;
use super::places::Places;
use super::repository::{Repository, broken};
use super::{Extent, History, Question, Unreadable};

/// Reads what the repository around a manual says; see [`History::read`].
pub(super) fn read(root: &Path, question: &Question) -> History {
    let told = Repository::open(root).and_then(|repository| match repository {
        Some(repository) => history(&repository, question).map(Some),
        None => Ok(None),
    });
    match told {
        Ok(history) => history.unwrap_or_default(),
        Err(why) => History { extent: Extent::Unknown(why), ..History::default() },
    }
}

fn history(repository: &Repository, question: &Question) -> Result<History, Unreadable> {
    let (mut steps, is_shallow) = repository.line_of_record()?;
    if let Some(until) = &question.until {
        let last = steps.iter().position(|step| step.commit.id == *until);
        let last = last.ok_or_else(|| broken("the commit is not on the line of record"))?;
        steps.truncate(last + 1);
    }
    let first = steps.first().map(|step| Arc::clone(&step.commit));
    let head = steps.last().map(|step| Arc::clone(&step.commit));
    let source = Source { repository, content: &question.content };
    let changes = source.changes(&steps)?;
    let mut editions = editions(&changes, question.since);
    let mut places = Places::of(&changes);
    let mut reader = Reader::new(&source)?;
    let mut text = |blob: &str| {
        let blob = ObjectId::from_hex(blob.as_bytes()).map_err(broken)?;
        Ok(reader.text(&blob)?.map(Arc::from))
    };
    for all in editions.values_mut() {
        let without = question.texts.without(all.len());
        for edition in &mut all[without..] {
            edition.text = text(&edition.blob)?;
        }
    }
    for gone in places.gone.values_mut() {
        gone.text = text(&gone.blob)?;
    }
    let extent = match first {
        Some(first) if is_shallow => Extent::Since(first),
        _ => Extent::Whole,
    };
    Ok(History { extent, head, editions, places })
}
