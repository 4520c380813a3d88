//! Where browsers' orders and the manual meet: orders wait in a line, clerks take them.
//!
//! The line is open while the newest state of the manual can be shown. Between two states it is
//! closed and orders wait, so that nobody is handed a page that is known to be old.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::render::site::{Page, Route};

/// One state of the manual, as pages.
pub trait Round: Sync {
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
pub(super) enum Order {
    Page(Route),
    Notes { at: Route, uses: Vec<Route> },
}

/// What he gets.
pub(super) enum Goods {
    Page(Answer),
    /// The page, what it uses, and what is to be said about it.
    Notes {
        page: Answer,
        uses: Vec<Answer>,
        notes: serde_json::Value,
    },
}

/// The goods, and the version of the manual that they are of.
pub(super) struct Delivery {
    pub(super) version: u64,
    pub(super) goods: Goods,
}

/// The line of orders.
#[derive(Default)]
pub struct Counter {
    line: Mutex<Line>,
    bell: Condvar,
}

#[derive(Default)]
struct Line {
    waiting: VecDeque<(Order, SyncSender<Delivery>)>,
    version: u64,
    open: bool,
    over: bool,
}

impl Counter {
    /// A closed counter.
    pub fn new() -> Arc<Self> {
        Arc::new(Counter::default())
    }

    /// Lets a state of the manual be handed out by [`Counter::attend`].
    pub fn open(&self, version: u64) {
        let mut line = self.line();
        (line.version, line.open, line.over) = (version, true, false);
        self.bell.notify_all();
    }

    /// Lets orders wait: a newer state is on its way.
    pub fn close(&self) {
        self.line().open = false;
    }

    /// Sends the clerks home: their state of the manual is about to go.
    pub fn end(&self) {
        let mut line = self.line();
        (line.open, line.over) = (false, true);
        self.bell.notify_all();
    }

    /// Lets clerks come in for the next state.
    pub fn begin(&self) {
        self.line().over = false;
    }

    /// Answers orders from `round` until the counter's end: the work of one clerk.
    pub fn attend(&self, round: &dyn Round) {
        while let Some((order, customer, version)) = self.next() {
            // A page that cannot be made for a mistake of ours is no reason to stop the preview;
            // the message of the panic has been shown.
            let goods = catch_unwind(AssertUnwindSafe(|| goods(round, &order)));
            let mut line = self.line();
            if line.open && line.version == version {
                drop(line);
                let goods = goods.unwrap_or(Goods::Page(Answer::Broken));
                // Whoever has gone away needs nothing.
                let _ = customer.try_send(Delivery { version, goods });
            } else {
                line.waiting.push_front((order, customer));
                self.bell.notify_one();
            }
        }
    }

    fn next(&self) -> Option<(Order, SyncSender<Delivery>, u64)> {
        let mut line = self.line();
        loop {
            if line.over {
                return None;
            }
            if line.open
                && let Some((order, customer)) = line.waiting.pop_front()
            {
                return Some((order, customer, line.version));
            }
            line = self.bell.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Places an order.
    pub(super) fn order(&self, order: Order) -> Receiver<Delivery> {
        let (customer, delivery) = sync_channel(1);
        self.line().waiting.push_back((order, customer));
        self.bell.notify_one();
        delivery
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn goods(round: &dyn Round, order: &Order) -> Goods {
    match order {
        Order::Page(route) => Goods::Page(round.page(route)),
        Order::Notes { at, uses } => Goods::Notes {
            page: round.page(at),
            uses: uses.iter().map(|route| round.page(route)).collect(),
            notes: round.notes(at),
        },
    }
}
