//! `draft`, `submit`, `approve`, `confirm`, `withdraw`: the steps of a document's life.
//!
//! Each changes the keys of front matter that it is about and shows what it changed. Nothing is
//! written that `check` would then call an error, and nothing is committed: the commit is the
//! person's.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};

use super::{ExitStatus, Session, args, manual, say, write};
use crate::check::Findings;
use crate::compile::{self, Inputs};
use crate::diag::{Code, Severity};
use crate::life::{self, Step};
use crate::manual::Manual;
use crate::mend::Change;
use crate::model::document::Document;
use crate::model::value::Outcome;
use crate::text::nearest;
use crate::text::visible::one_line;

/// `draft`: begins the next version.
pub(super) fn draft(args: &args::Draft, session: &mut Session) -> Result<ExitStatus> {
    let step = Step::Draft { summary: args.summary.clone(), major: args.major };
    Life::open(session)?.take(&[(args.id.clone(), step)], args.dry_run, session)
}

/// `submit`: gives it to those who approve.
pub(super) fn submit(args: &args::Submit, session: &mut Session) -> Result<ExitStatus> {
    let steps: Vec<_> = args.ids.iter().map(|id| (id.clone(), Step::Submit)).collect();
    Life::open(session)?.take(&steps, args.dry_run, session)
}

/// `approve`.
pub(super) fn approve(args: &args::Approve, session: &mut Session) -> Result<ExitStatus> {
    let life = Life::open(session)?;
    let by = life.role(&args.by)?;
    let step = Step::Approve { by, effective: args.effective };
    let steps: Vec<_> = args.ids.iter().map(|id| (id.clone(), step.clone())).collect();
    life.take(&steps, args.dry_run, session)
}

/// `confirm`: the outcome of a review.
pub(super) fn confirm(args: &args::Confirm, session: &mut Session) -> Result<ExitStatus> {
    let life = Life::open(session)?;
    let by = life.role(&args.by)?;
    ensure!(
        args.reason.is_none() || args.ids.len() == 1,
        "each review has a reason of its own: leave --reason out, and it is asked for, document by \
         document"
    );
    let outcome = if args.change_needed { Outcome::ChangeNeeded } else { Outcome::Confirmed };
    let mut steps = Vec::new();
    for id in &args.ids {
        let reason = match &args.reason {
            Some(reason) => reason.clone(),
            None => asked(life.document(id)?)?,
        };
        steps.push((id.clone(), Step::Confirm { by: by.clone(), reason, outcome }));
    }
    life.take(&steps, args.dry_run, session)
}

/// `withdraw`: the end of its life.
pub(super) fn withdraw(args: &args::Withdraw, session: &mut Session) -> Result<ExitStatus> {
    let life = Life::open(session)?;
    let by = life.role(&args.by)?;
    let superseded = args.superseded_by.is_some();
    let mut steps = vec![(args.id.clone(), Step::Withdraw { by, superseded })];
    if let Some(new) = &args.superseded_by {
        let old = life.document(&args.id)?.id.clone();
        steps.push((new.clone(), Step::TakeThePlaceOf(old)));
    }
    life.take(&steps, args.dry_run, session)
}

/// Asks what a review looked at, on standard error; the answer is a line of standard input.
fn asked(document: &Document) -> Result<String> {
    eprint(&format!("{} {}: what was looked at? ", document.id, document.title()));
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read the reason")?;
    let reason = line.trim();
    ensure!(
        !reason.is_empty(),
        "no reason was given for {}: a review says what was looked at",
        document.id
    );
    Ok(reason.to_owned())
}

/// Says something without ending the line.
fn eprint(text: &str) {
    let mut err = std::io::stderr();
    // A question that nobody can read is not worth failing for.
    let _ = write!(err, "{}", one_line(text)).and_then(|()| err.flush());
}

/// A manual whose documents take steps.
pub(super) struct Life {
    inputs: Inputs,
    pub(super) manual: Manual,
    findings: Findings,
}

impl Life {
    pub(super) fn open(session: &Session) -> Result<Life> {
        let inputs = manual::inputs(manual::read(session)?, session);
        let mut memory = compile::Session::default();
        let manual = compile::compile(inputs.clone(), &mut memory);
        let findings = compile::check(&manual, &mut memory);
        Ok(Life { inputs, manual, findings })
    }

    fn document(&self, id: &str) -> Result<&Document> {
        if let Some(document) = self.manual.library.by_id(id) {
            return Ok(document);
        }
        let ids = self.manual.library.documents.iter().map(|document| document.id.as_str());
        match nearest(id, ids) {
            Some(near) => bail!("there is no document `{id}`: did you mean `{near}`?"),
            None => bail!("there is no document `{id}` in this manual"),
        }
    }

    /// The id of a role of the register.
    fn role(&self, name: &str) -> Result<String> {
        let library = &self.manual.library;
        if let Some(role) = library.role(name) {
            return Ok(role.entry.id.0.clone());
        }
        let roles = library.roles().map(|role| role.entry.id.0.as_str());
        match nearest(name, roles) {
            Some(near) => bail!("there is no role `{name}`: did you mean `{near}`?"),
            None => bail!("there is no role `{name}` in a register of this manual"),
        }
    }

    /// Takes the steps, all of them or none.
    fn take(
        self,
        steps: &[(String, Step)],
        dry_run: bool,
        session: &mut Session,
    ) -> Result<ExitStatus> {
        let mut changes: Vec<Change> = Vec::new();
        for (id, step) in steps {
            let document = self.document(id)?;
            let after = life::after(document, step, session.today);
            let after = after.map_err(|why| anyhow::anyhow!("{}: {why}", document.id))?;
            let path = document.path.clone();
            ensure!(
                !changes.iter().any(|change| change.path == path),
                "{} is named twice",
                document.id
            );
            let before = Arc::clone(&document.text);
            changes.push(Change { path, before, after: after.into() });
        }
        let touched: BTreeSet<&str> = changes.iter().map(|change| &*change.path).collect();
        self.refuse_errors(&changes, &|path| touched.contains(path))?;
        put(&changes, dry_run, session)
    }

    /// The manual as it would be after changes.
    pub(super) fn after(&self, changes: &[Change]) -> (Manual, compile::Session) {
        let texts = changes.iter().map(|change| (change.path.clone(), change.after.to_string()));
        let sources = self.inputs.sources.clone().with_texts(texts);
        let inputs = Inputs { sources, ..self.inputs.clone() };
        let mut memory = compile::Session::default();
        (compile::compile(inputs, &mut memory), memory)
    }

    /// Refuses changes that would bring errors into some files.
    pub(super) fn refuse_errors(
        &self,
        changes: &[Change],
        counts: &dyn Fn(&str) -> bool,
    ) -> Result<()> {
        let (manual, mut memory) = self.after(changes);
        let findings = compile::check(&manual, &mut memory);
        let before = errors(&self.manual, &self.findings);
        let new = errors(&manual, &findings).into_iter().filter(|((path, code), (count, _))| {
            let known = before.get(&(path.clone(), *code)).map_or(0, |(count, _)| *count);
            counts(path) && *count > known
        });
        let new: Vec<String> =
            new.map(|((path, code), (_, message))| format!("{path}: {code}: {message}")).collect();
        ensure!(
            new.is_empty(),
            "nothing was written, since `check` would then find:\n  {}",
            new.iter().map(|line| one_line(line)).collect::<Vec<_>>().join("\n  ")
        );
        Ok(())
    }
}

/// Shows changes, and writes them unless that is not wanted: all of them, or none where a file is in
/// the way.
pub(super) fn put(changes: &[Change], dry_run: bool, session: &mut Session) -> Result<ExitStatus> {
    for change in changes {
        write::show(change, session)?;
    }
    session.out.flush()?;
    if dry_run {
        say("nothing was written: without --dry-run it is");
        return Ok(ExitStatus::Clean);
    }
    for change in changes {
        let path = session.shown(change.path.as_ref());
        if let Some(why) = write::in_the_way(&session.root, change)? {
            bail!("{} is left as it is: it {why}", one_line(&path));
        }
    }
    for (number, change) in changes.iter().enumerate() {
        let written =
            write::replace(&session.root, Path::new(&change.path), change.after.as_bytes());
        if let Err(error) = written {
            // All of them, or none: what was written before it goes back.
            for done in &changes[..number] {
                write::replace(&session.root, Path::new(&done.path), done.before.as_bytes())?;
            }
            return Err(error);
        }
    }
    say("written, and not committed: the commit is what proves who it was");
    Ok(ExitStatus::Clean)
}

/// Errors by file and rule: how many there are, and what the first says.
fn errors(manual: &Manual, findings: &Findings) -> BTreeMap<(String, Code), (usize, String)> {
    let mut found = BTreeMap::new();
    for one in findings.standing.iter().filter(|one| one.severity == Severity::Error) {
        let path = manual.sources.file(one.at.file).path.clone();
        let entry = found.entry((path, one.code)).or_insert_with(|| (0, one.message.clone()));
        entry.0 += 1;
    }
    found
}
