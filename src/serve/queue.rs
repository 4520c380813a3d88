//! What browsers ask for, until a thread that has the manual answers it.
//!
//! The queue is open while the newest state of the manual can be shown. Between two states it is
//! closed and queries wait, so that nobody is handed a page that is known to be old.
//!
//! A page that takes long holds up nobody but those who want the same: a few workers are enough while
//! pages are quick, and more begin when a query has waited.

use std::collections::{BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

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
    /// There is such a page, but something keeps it from being made: the last good one may stand for
    /// it.
    Broken,
    /// Something keeps pages from being made, and whether there is such a page is not to be said: none
    /// of an earlier state may be shown.
    Withheld,
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

/// How many queries are answered at a time while all are quick.
const USUAL: usize = 3;
/// A query that has waited for so long is answered beside those.
const A_MOMENT: Duration = Duration::from_millis(500);
/// Longest time that somebody waits for an answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// A query that nobody has begun on.
struct Waiting {
    query: Query,
    asker: SyncSender<Delivered>,
    since: Instant,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<Waiting>,
    /// What is being answered: nothing is made twice at a time.
    begun: BTreeSet<Route>,
    version: u64,
    open: bool,
    over: bool,
}

impl Queue {
    /// A closed queue.
    pub fn new() -> Arc<Self> {
        Arc::new(Queue::default())
    }

    /// Lets [`Queue::attend`] answer from a state of the manual.
    pub fn open(&self, version: u64) {
        let mut line = self.line();
        (line.version, line.open, line.over) = (version, true, false);
        self.changed.notify_all();
    }

    /// Lets queries wait: a newer state is being read.
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
        while let Some((Waiting { query, asker, since }, version)) = self.next() {
            // A page that cannot be made for a mistake of ours is no reason to stop the preview;
            // the message of the panic has been shown.
            let result = catch_unwind(AssertUnwindSafe(|| result(state, &query)));
            let mut line = self.line();
            line.begun.remove(query.route());
            if line.open && line.version == version {
                drop(line);
                let result = result.unwrap_or(Answered::Page(Answer::Broken));
                // Whoever has gone away needs nothing.
                let _ = asker.try_send(Delivered { version, result });
            } else {
                line.waiting.push_front(Waiting { query, asker, since });
            }
            self.changed.notify_all();
        }
    }

    fn next(&self) -> Option<(Waiting, u64)> {
        let mut line = self.line();
        loop {
            if line.over {
                return None;
            }
            if let Some(next) = line.take() {
                return Some((next, line.version));
            }
            line = if line.open && !line.waiting.is_empty() {
                let waited = self.changed.wait_timeout(line, A_MOMENT / 2);
                waited.unwrap_or_else(PoisonError::into_inner).0
            } else {
                self.changed.wait(line).unwrap_or_else(PoisonError::into_inner)
            };
        }
    }

    /// Places a query.
    pub(super) fn query(&self, query: Query) -> Receiver<Delivered> {
        let (asker, delivery) = sync_channel(1);
        self.line().waiting.push_back(Waiting { query, asker, since: Instant::now() });
        self.changed.notify_one();
        delivery
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    /// The next query to be answered, if one is to be begun on now.
    fn take(&mut self) -> Option<Waiting> {
        // Whoever placed it has been told to try again.
        self.waiting.retain(|one| one.since.elapsed() < PATIENCE);
        let is_free = |one: &Waiting| !self.begun.contains(one.query.route());
        let next = self.waiting.iter().position(is_free).filter(|_| self.open)?;
        if self.begun.len() >= USUAL && self.waiting[next].since.elapsed() < A_MOMENT {
            return None;
        }
        let next = self.waiting.remove(next)?;
        self.begun.insert(next.query.route().to_owned());
        Some(next)
    }
}

impl Query {
    /// The page that has to be made for it.
    fn route(&self) -> &str {
        match self {
            Query::Page(route) | Query::Notes { at: route, .. } => route,
        }
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

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// A state in which pages whose names begin with `slow` are not made before a gate is open.
    #[derive(Default)]
    struct Gated {
        open: Mutex<bool>,
        opened: Condvar,
        begun: Mutex<Vec<Route>>,
    }

    impl ManualState for Gated {
        fn page(&self, route: &str) -> Answer {
            self.begun.lock().unwrap().push(route.to_owned());
            if route.starts_with("slow") {
                let open = self.open.lock().unwrap();
                drop(self.opened.wait_while(open, |open| !*open).unwrap());
            }
            Answer::Missing
        }

        fn notes(&self, _: &str) -> serde_json::Value {
            serde_json::Value::Null
        }
    }

    #[test]
    fn a_page_that_takes_long_holds_up_no_other() {
        let (queue, state) = (Queue::new(), Gated::default());
        queue.open(1);
        thread::scope(|scope| {
            for _ in 0..USUAL + 4 {
                scope.spawn(|| queue.attend(&state));
            }
            let ask = |route: &str| queue.query(Query::Page(route.to_owned()));
            let slow: Vec<_> = (0..=USUAL).map(|number| ask(&format!("slow{number}"))).collect();
            // Those who want the same wait for it, and take no worker away.
            let same: Vec<_> = (0..USUAL + 4).map(|_| ask("slow0")).collect();
            assert!(ask("quick").recv_timeout(PATIENCE).is_ok());
            let begun = state.begun.lock().unwrap().clone();
            assert_eq!(begun.iter().filter(|route| *route == "slow0").count(), 1);
            *state.open.lock().unwrap() = true;
            state.opened.notify_all();
            for one in slow.into_iter().chain(same) {
                assert!(one.recv_timeout(PATIENCE).is_ok());
            }
            queue.end();
        });
    }
}
