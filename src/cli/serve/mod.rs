//! `serve`: the manual in a browser while it is written.
//!
//! Three things that do not know each other, and a loop that does: [`crate::watch`] says that
//! something has changed, [`crate::compile`] makes the manual anew, [`crate::serve`] shows it.
//! While the loop waits, clerks print the pages that browsers ask for, each when it is first asked
//! for.

mod notes;
mod screen;
mod shop;
mod trail;

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::manual;
use super::{ExitStatus, Session, args, say};
use crate::compile::{self, Inputs};
use crate::model::value::Date;
use crate::render::Options;
use crate::serve::{Board, Counter, Port, Server};
use crate::source::Sources;
use crate::watch::{Watch, Woken};
use screen::Screen;
use shop::Shop;
use trail::Trail;

/// The port that is taken when none is named: the number of the standard.
const PORT: u16 = 20_000;
/// How many pages are printed at a time.
const CLERKS: usize = 3;
/// The day is looked up this often when `--today` does not say it.
const A_WHILE: Duration = Duration::from_secs(30);

/// Where the day comes from.
#[derive(Clone, Copy)]
pub(super) enum Day {
    /// From `--today`.
    Fixed,
    /// From the clock.
    Todays(fn() -> Date),
}

pub(super) fn run(args: &args::Serve, session: &mut Session, day: Day) -> Result<ExitStatus> {
    let mut sources = manual::read(session)?;
    let port = args.port.map_or(Port::From(PORT), Port::Only);
    let server = Server::bind(args.host.as_deref(), port)?;
    if args.port.is_none() && server.port() != PORT {
        say(&format!("port {PORT} is in use by another program; taking {}", server.port()));
    }
    if server.is_open() {
        say(&format!(
            "warning: everybody who can reach {} can read the manual, drafts and all",
            args.host.as_deref().unwrap_or_default()
        ));
    }
    let options = Options {
        drafts: args.drafts || args.audience.is_none(),
        audience: args.audience,
        ..Options::default()
    };
    let desk = Desk {
        options,
        with_editor: !server.is_open(),
        watch: Watch::new(&session.root, args.poll.map(|seconds| seconds.0))?,
        screen: Screen::new(server.url(), std::io::stdout().is_terminal()),
        counter: Counter::new(),
        board: Arc::new(Board::default()),
        trail: Trail::default(),
        version: 0,
    };
    server.start(Arc::clone(&desk.counter), Arc::clone(&desk.board))?;
    let mut desk = desk;
    loop {
        sources = desk.round(sources, session, day)?;
    }
}

/// The loop's things.
struct Desk {
    options: Options,
    /// Whether findings lead into an editor: those of a browser on this machine.
    with_editor: bool,
    watch: Watch,
    screen: Screen,
    counter: Arc<Counter>,
    board: Arc<Board>,
    trail: Trail,
    version: u64,
}

/// Sends the clerks home, however the round ends.
struct Closing<'a>(&'a Counter);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Desk {
    /// Shows one state of the manual, until there is another one.
    fn round(&mut self, sources: Sources, session: &mut Session, day: Day) -> Result<Sources> {
        let compiled = compile::compile(Inputs { sources, today: session.today });
        let shop = Shop::new(&compiled, &self.options, &self.trail, self.with_editor)?;
        self.version += 1;
        let (counter, version) = (Arc::clone(&self.counter), self.version);
        counter.begin();
        let content = compiled.settings.checked.value.content();
        let folders: Vec<String> =
            content.into_iter().chain(manual::BESIDE.map(str::to_owned)).collect();
        let next = thread::scope(|scope| {
            let closing = Closing(&counter);
            for _ in 0..CLERKS {
                scope.spawn(|| counter.attend(&shop));
            }
            counter.open(version);
            self.board.tell();
            self.watch.follow(&folders);
            self.screen.show(&shop, self.watch.trouble(), session)?;
            shop.remember(version);
            let next = loop {
                match self.changed(&shop, session, day)? {
                    Some(next) => break next,
                    None => counter.open(version),
                }
            };
            drop(closing);
            Ok(next)
        });
        next
    }

    /// Waits for a change. The answer is the new state, or nothing when there is none after all.
    fn changed(
        &mut self,
        shop: &Shop<'_>,
        session: &mut Session,
        day: Day,
    ) -> Result<Option<Sources>> {
        let woken = self.watch.wait(A_WHILE);
        if woken == Woken::Changed {
            // Whoever asks from now on gets what has been saved.
            self.counter.close();
            self.watch.settle();
        }
        let read = manual::read(session);
        let new_day = match day {
            Day::Todays(today) => session.today != std::mem::replace(&mut session.today, today()),
            Day::Fixed => false,
        };
        match read {
            Ok(new) if woken == Woken::Look && !new_day && same(&new, shop.sources()) => {}
            Ok(new) => return Ok(Some(new)),
            Err(error) => {
                // A checkout may be half-way through: what is shown stays until it can be read.
                if shop.fail(format!("{error:#}")) {
                    self.board.tell();
                    self.screen.show(shop, self.watch.trouble(), session)?;
                }
            }
        }
        Ok(None)
    }
}

/// Whether two states of the disk are the same.
fn same(new: &Sources, old: &Sources) -> bool {
    let files = |sources: &Sources| {
        sources.files.iter().map(|file| (file.path.clone(), file.text.clone())).collect::<Vec<_>>()
    };
    let on_disk = files(old).into_iter().filter(|(path, _)| new.at_path(path).is_some());
    new.assets == old.assets && files(new).into_iter().eq(on_disk)
}
