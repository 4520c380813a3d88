//! `lsp`: a language server for editors.
//!
//! What is asked and answered is [`crate::language_server`]'s business; here are its input, its output
//! and the manuals on the disk.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use lsp_server::Connection;

use super::guard::Guard;
use super::manual::{self, RepositoryMemo};
use super::serve::Day;
use super::{ExitStatus, Session, args, watchdog};
use crate::compile::Inputs;
use crate::language_server::{self, Ended, Files};
use crate::report::Stand;
use crate::source::Disk;

pub(super) fn run(args: args::Lsp, session: &mut Session, day: Day) -> Result<ExitStatus> {
    let args::Lsp { stdio: _, trust: _ } = args;
    watchdog::start();
    // Standard output is the editor's.
    session.out = Guard::new(Box::new(io::sink()), false);
    let (connection, threads) = Connection::stdio();
    let mut open = |folder: &Path| open(folder, session, day);
    let ended = language_server::serve(&connection, &mut open)?;
    drop(connection);
    if ended == Ended::Abruptly {
        // The thread that reads may wait for ever.
        return Ok(ExitStatus::Findings);
    }
    threads.join().context("cannot talk to the editor")?;
    Ok(ExitStatus::Clean)
}

/// The manual that a folder belongs to.
fn open(folder: &Path, session: &Session, day: Day) -> Result<Option<Box<dyn Files>>> {
    let Some(root) = manual::top(folder)? else { return Ok(None) };
    let root = std::path::absolute(&root).unwrap_or(root);
    let session = Session {
        start: root.clone(),
        root: root.clone(),
        stand: Stand::default(),
        today: session.today,
        out: Guard::new(Box::new(io::sink()), false),
        builtin_only: session.builtin_only,
        record: None,
        colour: false,
    };
    let disk = Disk::new(&root);
    Ok(Some(Box::new(OnDisk { session, disk, repository: RepositoryMemo::default(), day })))
}

/// A manual on the disk.
struct OnDisk {
    session: Session,
    disk: Disk,
    repository: RepositoryMemo,
    day: Day,
}

impl Files for OnDisk {
    fn tops(&self) -> Vec<PathBuf> {
        let root = &self.session.root;
        let mut tops = vec![root.clone()];
        tops.extend(root.canonicalize().ok().filter(|other| other != root));
        tops
    }

    fn read(&mut self) -> Result<Inputs> {
        if let Day::Todays(today) = self.day {
            self.session.today = today();
        }
        let sources = manual::read_again(&self.session, &mut self.disk)?;
        let history = self.repository.history(&sources, &self.session);
        Ok(Inputs { sources, history, today: self.session.today })
    }
}
