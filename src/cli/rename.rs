//! `rename`: another id for a document, a role or a service, in every place that names it.
//!
//! Nothing is written unless the whole manual passes `check` as it did before.

use std::sync::Arc;

use anyhow::{Result, bail};

use super::life::{Life, put};
use super::{ExitStatus, Session, args, say};
use crate::manual::Manual;
use crate::mend::Change;
use crate::rename::{Renamed, Renaming, followed, named, refusal, renamed, still_said};
use crate::text::nearest;
use crate::text::visible::one_line;

/// So many places are listed that say the old id in plain words.
const LISTED: usize = 20;

pub(super) fn run(args: &args::Rename, session: &mut Session) -> Result<ExitStatus> {
    let life = Life::open(session)?;
    let renaming = meant(&life.manual, args)?;
    let Renaming { what, old, new } = &renaming;
    if let Some(why) = refusal(&life.manual, &renaming) {
        bail!("the {} {old} cannot be called {}: {why}", what.word(), one_line(new));
    }
    let mut changes: Vec<Change> =
        renamed(&life.manual, &renaming).into_iter().map(change).collect();
    let (after, _) = life.after(&changes);
    // A heading that names it has another address now.
    for more in followed(&life.manual, &after, &renaming) {
        match changes.iter_mut().find(|change| change.path == more.path) {
            Some(change) => change.after = more.after.into(),
            None => changes.push(change(more)),
        }
    }
    life.refuse_errors(&changes, &|_| true)?;
    let status = put(&changes, args.dry_run, session)?;
    let (after, _) = life.after(&changes);
    tell(&after, old, session);
    Ok(status)
}

fn change(Renamed { path, before, after }: Renamed) -> Change {
    Change { path, before, after: Arc::from(after) }
}

/// What is meant by the id that was typed.
fn meant(manual: &Manual, args: &args::Rename) -> Result<Renaming> {
    let new = args.new.clone();
    match named(manual, &args.old).as_slice() {
        [(what, old)] => Ok(Renaming { what: *what, old: old.clone(), new }),
        [] => {
            let library = &manual.library;
            let documents = library.documents.iter().map(|document| document.id.as_str());
            let roles = library.roles().map(|role| role.entry.id.0.as_str());
            let services = library.services().map(|service| service.entry.id.0.as_str());
            let what = format!("there is no document, role or service `{}`", args.old);
            match nearest(&args.old, documents.chain(roles).chain(services)) {
                Some(near) => bail!("{what}: did you mean `{near}`?"),
                None => bail!("{what} in this manual"),
            }
        }
        several => {
            let words: Vec<&str> = several.iter().map(|(what, _)| what.word()).collect();
            bail!(
                "`{}` is the id of several things: a {}. Give one of them another id by hand",
                args.old,
                words.join(" and a ")
            )
        }
    }
}

/// Says where the old id is still said in plain words.
fn tell(after: &Manual, old: &str, session: &Session) {
    let places = still_said(after, old);
    if places.is_empty() {
        return;
    }
    let place = |(path, line): &(String, usize)| {
        format!("  {}:{line}", one_line(&session.shown(path.as_ref())))
    };
    let mut lines: Vec<String> = places.iter().take(LISTED).map(place).collect();
    if places.len() > LISTED {
        lines.push(format!("  and {} more", places.len() - LISTED));
    }
    say(&format!("{old} is still said in plain words, which stay:\n{}", lines.join("\n")));
}
