//! The manual as the line of record once held it, for `--as-of`.

use std::sync::Arc;

use anyhow::{Context as _, Result, bail};

use super::{Session, manual};
use crate::history::{Commit, CommitTree, Edition, LineOfRecord};
use crate::model::value::Date;
use crate::source::{Sources, read_tree, tree_settings};

/// A commit of the line of record, and what it holds.
pub(super) struct Record {
    /// The commit.
    pub(super) commit: Arc<Commit>,
    tree: Arc<CommitTree>,
}

impl Record {
    /// What stood where `typed` says: a day, a commit, a branch or a tag.
    pub(super) fn find(typed: &str, session: &Session) -> Result<Record> {
        Record::find_among(typed, "--as-of", &[], session)
    }

    /// The same, where the version of one of these editions may be meant as well; `option` is what it
    /// was typed for.
    pub(super) fn find_among(
        typed: &str,
        option: &str,
        editions: &[Edition],
        session: &Session,
    ) -> Result<Record> {
        let line = LineOfRecord::of(&session.root);
        let line = line.map_err(|why| anyhow::anyhow!("the repository cannot be read: {why}"))?;
        let Some(line) = line else {
            bail!(
                "there is no repository around the manual, so what stood on {typed} is not known"
            );
        };
        let commit = Arc::clone(line.find(typed, editions).with_context(|| option.to_owned())?);
        let tree = line.tree(&commit);
        let tree = tree.map_err(|why| anyhow::anyhow!("the repository cannot be read: {why}"))?;
        Ok(Record { commit, tree })
    }

    /// Goes there: the session reads the manual as it stood, and judges it for that day unless another
    /// one was asked for.
    pub(super) fn enter(typed: &str, today: Option<Date>, session: &mut Session) -> Result<()> {
        let record = Record::find(typed, session)?;
        session.today = match today.or_else(|| Date::parse(typed.trim())).or(record.commit.day) {
            Some(day) => day,
            None => bail!(
                "commit {} has no day that could be read: say with --today for which one it is judged",
                record.commit.short()
            ),
        };
        session.record = Some(record);
        Ok(())
    }

    /// The files of the manual.
    pub(super) fn read(&self) -> Result<Sources> {
        let settings = crate::model::settings(&tree_settings(&self.tree)?);
        read_tree(&self.tree, &manual::folders(&settings.checked.value))
    }
}
