//! `check --fix`: writes what mending changes, file by file, or shows it as a patch.
//!
//! A file is written beside itself and then takes its own place in one step, so that nobody meets
//! half of it. One that has changed since it was read, or that is reached through a symbolic link,
//! is left alone and named.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::manual::{self, Part};
use super::{ExitStatus, Session, say, write};
use crate::mend::{Mended, Take, mend};
use crate::report::plural;
use crate::source::{SETTINGS, SourceFile};
use crate::text::visible::one_line;

/// Mends the manual in memory, as far as the part of it reaches that `paths` name. Only documents in
/// the content folders and `clausebook.yaml` are changed.
pub(super) fn mended(take: Take, paths: &[PathBuf], session: &Session) -> Result<Mended> {
    let sources = manual::read(session)?;
    let part = Part::new(paths, session, &sources)?;
    let content = crate::model::settings(&sources).checked.value.content();
    let may = |file: &SourceFile| {
        let is_ours = |path: &str| {
            path == SETTINGS || content.iter().any(|folder| manual::is_in(path, folder))
        };
        is_ours(&file.path) && part.has(&file.path)
    };
    Ok(mend(manual::inputs(sources, session), take, &may))
}

/// Shows what would change, as a patch.
pub(super) fn show(mended: &Mended, session: &mut Session) -> Result<ExitStatus> {
    for change in &mended.changes {
        write::show(change, session)?;
    }
    session.out.flush()?;
    if mended.changes.is_empty() {
        say("there is nothing to mend");
        return Ok(ExitStatus::Clean);
    }
    say(&format!("{}: without --dry-run they are made", counts(mended)));
    Ok(ExitStatus::Findings)
}

/// Writes what has changed, and says it.
pub(super) fn write(mended: &Mended, session: &Session) -> Result<()> {
    let mut left = Vec::new();
    for change in &mended.changes {
        let full = session.root.join(&change.path);
        let why = write::in_the_way(&session.root, change)
            .with_context(|| format!("cannot read {}", full.display()))?;
        match why {
            Some(why) => left.push((change, why)),
            None => {
                write::replace(&session.root, Path::new(&change.path), change.after.as_bytes())?;
            }
        }
    }
    let is_left = |path: &str| left.iter().any(|(change, _)| change.path == path);
    for one in mended.taken.iter().filter(|one| !is_left(&one.path)) {
        let path = session.shown(one.path.as_ref());
        let text = format!("mended {path}:{}: {}: {}", one.line, one.code, one.title);
        say(&one_line(&text));
    }
    for (change, why) in left {
        say(&one_line(&format!("left {} as it is: it {why}", session.shown(change.path.as_ref()))));
    }
    if mended.changes.is_empty() {
        say("there is nothing to mend");
    }
    Ok(())
}

fn counts(mended: &Mended) -> String {
    let (fixes, files) = (mended.taken.len(), mended.changes.len());
    let fixes = if fixes == 1 { "1 fix".to_owned() } else { format!("{fixes} fixes") };
    format!("{fixes} in {}", plural(files, "file"))
}
