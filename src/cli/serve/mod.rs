//! `serve`: the manual in a browser while it is written.
//!
//! Three things that do not know each other, and a loop that does: [`crate::watch`] says that
//! something has changed, [`crate::compile`] makes the manual anew, [`crate::serve`] shows it.
//! While the loop waits, clerks print the pages that browsers ask for, each when it is asked for.

mod notes;
mod screen;
mod state;
mod moved;

use std::io::IsTerminal as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::manual::{self, RepositoryMemo};
use super::{ExitStatus, Session, args, say};
use crate::check::Findings;
use crate::compile::{self, Inputs};
use crate::model::value::Date;
use crate::render::visibility::VisibleManual;
use crate::render::{Options, Printer};
use crate::serve::{Board, Port, Queue, Server};
use crate::source::{Disk, Sources};
use crate::watch::{Watch, Woken};
use moved::MovedDocuments;
use screen::Screen;
use state::{LateFindings, PreviewState, lock};

/// The port that is taken when none is named: the number of the standard.
const PORT: u16 = 20_000;
/// How many pages may be printed at a time, when some of them take long.
const WORKERS: usize = 8;
/// The day is looked up this often when `--today` does not say it.
const A_WHILE: Duration = Duration::from_secs(30);

/// Files that could not be read are tried again this often.
const AGAIN: Duration = Duration::from_secs(1);

/// Where the day comes from.
#[derive(Clone, Copy)]
pub(super) enum Day {
    /// From `--today`.
    Fixed,
    /// From the clock.
    Todays(fn() -> Date),
}

pub(super) fn run(args: &args::Serve, session: &mut Session, day: Day) -> Result<ExitStatus> {
    // A page that never ends would keep the next state from being shown.
    super::watchdog::start();
    let mut disk = Disk::new(&session.root);
    let mut sources = manual::read_again(session, &mut disk)?;
    let port = args.port.map_or(Port::From(PORT), Port::Only);
    let server = Server::bind(args.host.as_deref(), &args.allow_hosts, port)?;
    if args.port.is_none() && server.port() != PORT {
        say(&format!("port {PORT} is in use by another program; taking {}", server.port()));
    }
    if server.is_open() {
        say(&format!(
            "warning: everybody who can reach {} can read the manual, drafts and all",
            args.host.as_deref().unwrap_or_default()
        ));
    }
    let shown = Shown {
        options: Options {
            drafts: args.drafts || args.audience.is_none(),
            audience: args.audience,
            ..Options::default()
        },
        with_editor: !server.is_open(),
        moved: MovedDocuments::default(),
        queue: Queue::new(),
        board: Arc::new(Board::default()),
    };
    let mut preview = Preview {
        watch: Watch::new(&session.root, args.poll.map(|seconds| seconds.0))?,
        disk,
        repository: RepositoryMemo::default(),
        screen: Screen::new(server.url(), std::io::stdout().is_terminal()),
        day,
        version: 0,
    };
    let url = server.url();
    server.start(Arc::clone(&shown.queue), Arc::clone(&shown.board))?;
    if args.open
        && let Err(error) = open::that_detached(&url)
    {
        say(&format!("warning: no browser could be started ({error}); open {url} yourself"));
    }
    let mut memory = compile::Session::default();
    loop {
        sources = preview.round(&shown, sources, &mut memory, session)?;
    }
}

/// What stays the same from one state of the manual to the next.
struct Shown {
    options: Options,
    /// Whether findings lead into an editor: those of a browser on this machine.
    with_editor: bool,
    moved: MovedDocuments,
    queue: Arc<Queue>,
    board: Arc<Board>,
}

/// Where the author sits: what he does comes in here, and how the manual stands is told him.
struct Preview {
    watch: Watch,
    disk: Disk,
    repository: RepositoryMemo,
    screen: Screen,
    day: Day,
    version: u64,
}

/// Ends a round, however it comes about: nobody is left waiting.
struct Closing<'a> {
    queue: &'a Queue,
    found: &'a LateFindings,
    stop: &'a AtomicBool,
}

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.queue.end();
        let _ = self.found.set(Findings::default());
    }
}

impl Preview {
    /// Shows one state of the manual, until there is another one.
    fn round(
        &mut self,
        shown: &Shown,
        sources: Sources,
        memory: &mut compile::Session,
        session: &mut Session,
    ) -> Result<Sources> {
        let history = self.repository.history(&sources, session);
        let inputs = Inputs { sources, history, today: session.today };
        let manual = compile::compile(inputs, memory);
        let published = compile::published(manual, shown.options.drafts, memory);
        let manual = &published.working;
        let found = LateFindings::new();
        let wait = || found.wait();
        let visible = VisibleManual::new(published.shown(), &shown.options);
        let printer = Printer::new(&visible, &wait)?;
        let state = PreviewState::new(shown, manual, &found, printer);
        let (state, stop, checked) = (&state, &AtomicBool::new(false), &Mutex::new(None));
        let (memory, bell) = (&Mutex::new(memory), &self.watch.bell());
        self.version += 1;
        shown.queue.begin();
        thread::scope(|scope| {
            let _closing = Closing { queue: &shown.queue, found: &found, stop };
            for _ in 0..WORKERS {
                scope.spawn(|| shown.queue.attend(state));
            }
            shown.queue.open(self.version);
            shown.board.tell();
            // The rules are at work while the next change is waited for, and give way to it.
            let check = || {
                scope.spawn(|| {
                    let check = || state.check(&mut lock(memory), stop);
                    *lock(checked) = Some(catch_unwind(AssertUnwindSafe(check)));
                    bell.ring();
                });
            };
            check();
            let folders = manual::folders(manual.settings());
            self.watch.follow(&folders);
            shown.moved.note(self.version, manual);
            loop {
                let outcome = lock(checked).take();
                match outcome {
                    Some(Ok(true)) => self.screen.show(state, self.watch.trouble(), session)?,
                    Some(Ok(false)) => {
                        // They gave way to a change that was none, or cannot be read yet.
                        stop.store(false, Ordering::Relaxed);
                        check();
                    }
                    Some(Err(panic)) => resume_unwind(panic),
                    None => {}
                }
                match self.next(state, stop, session)? {
                    Some(next) => return Ok(next),
                    None => shown.queue.open(self.version),
                }
            }
        })
    }

    /// Waits for a change. The answer is the new state, or nothing when there is none after all.
    fn next(
        &mut self,
        state: &PreviewState<'_>,
        stop: &AtomicBool,
        session: &mut Session,
    ) -> Result<Option<Sources>> {
        let shown = state.shown;
        let failed = state.failure().is_some();
        let woken = self.watch.wait(if failed { AGAIN } else { A_WHILE });
        if woken == Woken::Rung {
            return Ok(None);
        }
        if woken == Woken::Changed {
            // Whoever asks from now on gets what has been saved.
            shown.queue.close();
            stop.store(true, Ordering::Relaxed);
            self.watch.settle();
        }
        let before = session.today;
        if let Day::Todays(today) = self.day {
            session.today = today();
        }
        match manual::read_again(session, &mut self.disk) {
            Ok(_)
                if woken == Woken::Look
                    && session.today == before
                    && !failed
                    && !self.disk.has_changed() =>
            {
                Ok(None)
            }
            Ok(new) => Ok(Some(new)),
            Err(error) => {
                // A checkout may be half-way through: what is shown stays until it can be read.
                // While the rules are at work, the screen is drawn when they are done.
                if state.fail(format!("{error:#}")) && state.found().is_some() {
                    shown.board.tell();
                    self.screen.show(state, self.watch.trouble(), session)?;
                }
                Ok(None)
            }
        }
    }
}
