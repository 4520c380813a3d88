//! What browsers ask for, until a thread that has the manual answers it.
//!
//! The queue is open while the newest state of the manual can be shown. Between two states it is
//! closed and queries wait, so that nobody is handed a page that is known to be old.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::render::site::{Page, Route};

/// One state of the manual, as pages.
pub trait ManualState: Sync {
    /// A file of the site.
    fn page(&self, route: &str) -> Answer;
    /// What its author should know when he looks at a page: JSON for the preview's script.
    fn notes(&self, route: &str) -> serde_json::Value;
}

/// What is to be shown under a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This.
    Page(Page),
    /// What stood here stands there now.
    Moved(Route),
    /// There is no such page.
    Missing,
    /// There is such a page, but something keeps it from being made.
    Broken,
}

/// What somebody waits for.
pub(super) enum Query {
    Page(Route),
    Notes { at: Route, uses: Vec<Route> },
}

/// What he gets.
pub(super) enum Answered {
    Page(Answer),
    /// The page, what it uses, and what is to be said about it.
    Notes {
        page: Answer,
        uses: Vec<Answer>,
        notes: serde_json::Value,
    },
}

/// The result, and the version of the manual that they are of.
pub(super) struct Delivered {
    pub(super) version: u64,
    pub(super) result: Answered,
}

/// The line of queries.
#[derive(Default)]
pub struct Queue {
    line: Mutex<Line>,
    changed: Condvar,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<(Query, SyncSender<Delivered>)>,
    version: u64,
    open: bool,
    over: bool,
}

impl Queue {
    /// A closed queue.
    pub fn new() -> Arc<Self> {
        Arc::new(Queue::default())
    }

    /// Lets a state of the manual be handed out by [`Queue::attend`].
    pub fn open(&self, version: u64) {
        let mut line = self.line();
        (line.version, line.open, line.over) = (version, true, false);
        self.changed.notify_all();
    }

    /// Lets queries wait: a newer state is on its way.
    pub fn close(&self) {
        self.line().open = false;
    }

    /// Has the workers stop: their state of the manual is about to go.
    pub fn end(&self) {
        let mut line = self.line();
        (line.open, line.over) = (false, true);
        self.changed.notify_all();
    }

    /// Lets workers begin on the next state.
    pub fn begin(&self) {
        self.line().over = false;
    }

    /// Answers queries from `state` until the queue's end: the work of one worker.
    pub fn attend(&self, state: &dyn ManualState) {
        while let Some((query, asker, version)) = self.next() {
            // A page that cannot be made for a mistake of ours is no reason to stop the preview;
            // the message of the panic has been shown.
            let result = catch_unwind(AssertUnwindSafe(|| result(state, &query)));
            let mut line = self.line();
            if line.open && line.version == version {
                drop(line);
                let result = result.unwrap_or(Answered::Page(Answer::Broken));
                // Whoever has gone away needs nothing.
                let _ = asker.try_send(Delivered { version, result });
            } else {
                line.waiting.push_front((query, asker));
                self.changed.notify_one();
            }
        }
    }

    fn next(&self) -> Option<(Query, SyncSender<Delivered>, u64)> {
        let mut line = self.line();
        loop {
            if line.over {
                return None;
            }
            if line.open
                && let Some((query, asker)) = line.waiting.pop_front()
            {
                return Some((query, asker, line.version));
            }
            line = self.changed.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Places a query.
    pub(super) fn query(&self, query: Query) -> Receiver<Delivered> {
        let (asker, delivery) = sync_channel(1);
        self.line().waiting.push_back((query, asker));
        self.changed.notify_one();
        delivery
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn result(state: &dyn ManualState, query: &Query) -> Answered {
    match query {
        Query::Page(route) => Answered::Page(state.page(route)),
        Query::Notes { at, uses } => Answered::Notes {
            page: state.page(at),
            uses: uses.iter().map(|route| state.page(route)).collect(),
            notes: state.notes(at),
        },
    }
}
