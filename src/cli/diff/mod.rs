//! `diff`: what differs between two states of a document, or of the whole manual.
//!
//! Without `--from` the old state of each document is its edition in force, without `--to` the new one
//! is the working tree.

mod show;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use serde::Serialize;

use super::record::Record;
use super::{ExitStatus, Session, args, manual, say};
use crate::archive::{self, OldText, WholeReader};
use crate::compile::{self, Inputs};
use crate::history::{Edition, Extent, LineOfRecord};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::redline::{Redline, Side, State, redline};
use crate::source::Origin as _;
use crate::text::nearest;

pub(super) fn run(args: &args::Diff, session: &mut Session) -> Result<ExitStatus> {
    let mut now = manual::compile(session)?;
    let states = States::open(args, &mut now, session)?;
    let changes = match &args.id {
        Some(id) => vec![states.one(id, &now, args)?],
        None => states.all(&now),
    };
    let changes: Vec<Change> = changes.into_iter().filter(Change::differs).collect();
    let whole = Difference { from: states.from.clone(), to: states.to.clone(), documents: changes };
    show::show(&whole, args.format, session)?;
    if whole.documents.is_empty() {
        say(&format!("nothing differs between {} and {}", whole.from, whole.to));
        return Ok(ExitStatus::Clean);
    }
    Ok(ExitStatus::Findings)
}

/// What differs, document by document.
#[derive(Serialize)]
struct Difference {
    /// What the old state is, in words.
    from: String,
    /// What the new one is.
    to: String,
    documents: Vec<Change>,
}

/// What became of a document.
#[derive(Serialize)]
struct Change {
    id: String,
    title: String,
    state: State,
    /// Its id before, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<String>,
    /// Where it lies, or lay where it is gone.
    path: String,
    /// Where it lay, where that is elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<String>,
    /// Its versions, before and now.
    from: Option<String>,
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redline: Option<Redline>,
}

impl Change {
    fn differs(&self) -> bool {
        self.state != State::Same || self.was.is_some() || self.moved_from.is_some()
    }
}

/// A document in one of the states.
type Found<'m> = (&'m Manual, DocumentNumber);

/// The two states.
struct States {
    from: String,
    to: String,
    /// The manual of the old state; the editions in force where it was not asked for.
    old: Option<Manual>,
    /// The manual of the new state; the working tree where it was not asked for.
    new: Option<Manual>,
    /// The editions in force, kept behind the documents of the working tree, by their ids.
    in_force: BTreeMap<String, DocumentNumber>,
}

impl States {
    fn open(args: &args::Diff, now: &mut Manual, session: &Session) -> Result<States> {
        let editions = match &args.id {
            Some(id) => now.history.of(own_id(now, id)).to_vec(),
            None => Vec::new(),
        };
        let state = |typed: &Option<String>, option: &'static str| match typed {
            Some(typed) => at(Typed { typed, option }, args, &editions, now, session).map(Some),
            None => Ok(None),
        };
        let old = state(&args.from, "--from")?;
        let new = state(&args.to, "--to")?;
        let in_force = if old.is_none() { in_force(args, now, session)? } else { BTreeMap::new() };
        let words = |state: &Option<(String, Manual)>, otherwise: &str| {
            state.as_ref().map_or_else(|| otherwise.to_owned(), |(words, _)| words.clone())
        };
        Ok(States {
            from: words(&old, "the editions in force"),
            to: words(&new, "the working tree"),
            old: old.map(|(_, manual)| manual),
            new: new.map(|(_, manual)| manual),
            in_force,
        })
    }

    fn before<'m>(&'m self, id: &str, now: &'m Manual) -> Option<Found<'m>> {
        match &self.old {
            Some(old) => Some((old, old.library.number_by_id(id)?)),
            None => Some((now, *self.in_force.get(id)?)),
        }
    }

    fn after<'m>(&'m self, id: &str, now: &'m Manual) -> Option<Found<'m>> {
        let new = self.new.as_ref().unwrap_or(now);
        Some((new, new.library.number_by_id(id)?))
    }

    /// What became of one document.
    fn one(&self, typed: &str, now: &Manual, args: &args::Diff) -> Result<Change> {
        let id = own_id(now, typed);
        let gone = now.history.places.gone.iter();
        let mut was = gone.filter(|(_, gone)| gone.renamed.as_deref() == Some(id));
        let renamed = || was.find_map(|(was, _)| self.before(was, now));
        let old = self.before(id, now).or_else(renamed);
        let new = self.after(id, now);
        if old.is_none() && new.is_none() {
            let ids = now.library.documents.iter().map(|document| document.id.as_str());
            match nearest(typed, ids) {
                Some(near) => bail!("there is no document `{typed}`: did you mean `{near}`?"),
                None => bail!("there is no document `{typed}` in either state of the manual"),
            }
        }
        if old.is_none() && args.from.is_none() {
            bail!("{}", why_no_edition(id, now));
        }
        Ok(change(old, new))
    }

    /// What became of each.
    fn all(&self, now: &Manual) -> Vec<Change> {
        let new = self.new.as_ref().unwrap_or(now);
        let mut ids: BTreeSet<&str> = named(new).collect();
        match &self.old {
            Some(old) => ids.extend(named(old)),
            None => ids.extend(self.in_force.keys().map(String::as_str)),
        }
        let renamed: BTreeMap<&str, &str> = ids
            .iter()
            .filter(|id| self.after(id, now).is_none())
            .filter_map(|id| Some((now.history.places.renamed(id)?, *id)))
            .filter(|(id, _)| self.before(id, now).is_none())
            .collect();
        let is_told = |id: &&&str| !renamed.values().any(|was| was == *id);
        let change = |id: &&str| {
            let was = renamed.get(id).copied().unwrap_or(id);
            change(self.before(was, now), self.after(id, now))
        };
        ids.iter().filter(is_told).map(change).collect()
    }
}

/// The ids of all documents that have one.
fn named(manual: &Manual) -> impl Iterator<Item = &str> {
    let documents = manual.library.documents.iter().filter(|document| document.is_named());
    documents.map(|document| document.id.as_str())
}

/// An id as its document has it, whatever the letter case in which it was typed.
fn own_id<'a>(manual: &'a Manual, typed: &'a str) -> &'a str {
    manual.library.by_id(typed).map_or(typed, |document| document.id.as_str())
}

/// A state that was typed, and the option for which it was.
#[derive(Clone, Copy)]
struct Typed<'a> {
    typed: &'a str,
    option: &'static str,
}

/// The manual at a version, a day or a commit, and what that is in words.
fn at(
    Typed { typed, option }: Typed<'_>,
    args: &args::Diff,
    editions: &[Edition],
    now: &Manual,
    session: &Session,
) -> Result<(String, Manual)> {
    let record = Record::find_among(typed, option, editions, session);
    let record = record.map_err(|error| {
        let Some(id) = args.id.as_ref().filter(|_| is_version(typed)) else { return error };
        anyhow::anyhow!("{}", why_no_version(own_id(now, id), typed, now))
    })?;
    let commit = &record.commit;
    let day = commit.day.map(|day| format!(", {day}")).unwrap_or_default();
    let words = format!("{typed} (commit {}{day})", commit.short());
    let sources = record.read()?.restricted(session.builtin_only);
    let today = commit.day.unwrap_or(session.today);
    let inputs = Inputs { sources, history: Arc::clone(&now.history), today };
    Ok((words, compile::compile(inputs, &mut compile::Session::default())))
}

fn is_version(typed: &str) -> bool {
    typed.contains('.') && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// What is known of a version that there is not.
fn why_no_version(id: &str, typed: &str, now: &Manual) -> String {
    let versions: Vec<&str> = now.history.of(id).iter().map(|one| &*one.version).collect();
    let known = match &now.history.extent {
        Extent::Whole if versions.is_empty() => {
            "none of its versions was approved on record".into()
        }
        Extent::Since(first) => format!(
            "the clone is shallow and begins with commit {}: known are {}. `git fetch --unshallow` \
             brings the rest (in CI: `fetch-depth: 0`)",
            first.short(),
            if versions.is_empty() { "none".to_owned() } else { versions.join(", ") }
        ),
        Extent::Whole => format!("there are {}", versions.join(", ")),
        Extent::NoRepository => "there is no repository around the manual".into(),
        Extent::Unknown(why) => format!("the repository cannot be read: {why}"),
    };
    format!("{id} has no version {typed} on record: {known}")
}

fn why_no_edition(id: &str, now: &Manual) -> String {
    let why = match &now.history.extent {
        Extent::Whole => "no version of it is in force on record".to_owned(),
        Extent::Since(first) => format!(
            "the clone is shallow and begins with commit {}: `git fetch --unshallow` brings the rest \
             (in CI: `fetch-depth: 0`)",
            first.short()
        ),
        Extent::NoRepository => "there is no repository around the manual".to_owned(),
        Extent::Unknown(why) => format!("the repository cannot be read: {why}"),
    };
    format!("there is no edition of {id} to compare with: {why}. --from names a commit or a day")
}

/// Reads the editions in force, of one document or of all.
fn in_force(
    args: &args::Diff,
    now: &mut Manual,
    session: &Session,
) -> Result<BTreeMap<String, DocumentNumber>> {
    if args.id.is_none() {
        match &now.history.extent {
            Extent::NoRepository => bail!(
                "there is no repository around the manual: what is in force \
                 is not known"
            ),
            Extent::Unknown(why) => bail!("the repository cannot be read: {why}"),
            Extent::Whole | Extent::Since(_) => {}
        }
    }
    let wanted = args.id.as_ref().map(|id| own_id(now, id).to_owned());
    let mut ids = Vec::new();
    let mut texts = Vec::new();
    for (id, editions) in &now.history.editions {
        if wanted.as_ref().is_some_and(|wanted| wanted != id) {
            continue;
        }
        let Some(place) = now.history.in_force(id, session.today) else { continue };
        let edition = &editions[place];
        let text = match &edition.text {
            Some(text) => Arc::clone(text),
            None => text_of(edition, session)?,
        };
        ids.push(id.clone());
        texts.push(OldText { path: edition.path.clone(), text });
    }
    Ok(ids.into_iter().zip(archive::keep(now, &texts)).collect())
}

/// The text of an edition, from its commit.
fn text_of(edition: &Edition, session: &Session) -> Result<Arc<str>> {
    let cannot =
        |why: crate::history::Unreadable| anyhow::anyhow!("the repository cannot be read: {why}");
    let line = LineOfRecord::of(&session.root).map_err(cannot)?;
    let line = line.context("there is no repository around the manual")?;
    let tree = line.tree(&edition.approved).map_err(cannot)?;
    let text = String::from_utf8_lossy(&tree.bytes(&edition.path)?).into_owned();
    Ok(Arc::from(text))
}

/// What became of a document that is in one of the states at least.
fn change(old: Option<Found<'_>>, new: Option<Found<'_>>) -> Change {
    let [before, after] =
        [old, new].map(|it| it.map(|(manual, number)| &manual.library.documents[number]));
    let shown = after.or(before);
    let version = |document: &Document| document.front.version.as_ref().map(ToString::to_string);
    let redline = match (old, new) {
        (Some(old), Some(new)) => Some(compare(old, new)).filter(|redline| !redline.is_empty()),
        _ => None,
    };
    Change {
        id: shown.map_or_else(String::new, |document| document.id.clone()),
        title: shown.map_or_else(String::new, |document| document.title().to_owned()),
        state: match (before, after) {
            (None, _) => State::Added,
            (_, None) => State::Removed,
            _ if redline.is_some() => State::Changed,
            _ => State::Same,
        },
        was: before.zip(after).filter(|(a, b)| a.id != b.id).map(|(a, _)| a.id.clone()),
        path: shown.map_or_else(String::new, |document| document.path.clone()),
        moved_from: before
            .zip(after)
            .filter(|(a, b)| a.path != b.path)
            .map(|(a, _)| a.path.clone()),
        from: before.and_then(version),
        to: after.and_then(version),
        redline,
    }
}

fn compare((old, a): Found<'_>, (new, b): Found<'_>) -> Redline {
    let [before, after] = [old, new].map(WholeReader::new);
    let (before, after) = (archive::content(old, a, &before), archive::content(new, b, &after));
    let old_name = |number: DocumentNumber| old.library.documents[number].id.clone();
    let new_name = |number: DocumentNumber| new.library.documents[number].id.clone();
    redline(
        Side { text: &old.library.documents[a].text, body: &before, name: &old_name },
        Side { text: &new.library.documents[b].text, body: &after, name: &new_name },
    )
}
