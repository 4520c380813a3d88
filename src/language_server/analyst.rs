//! Reads and checks states of a manual, the newest first, on a thread of its own, so that answers
//! never wait for rules.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, Sender};

use crate::check::Findings;
use crate::compile::{self, Inputs, Session};
use crate::manual::Manual;
use crate::render::{Options, rehearsed};

/// A state of a manual to be read.
pub(super) struct State {
    /// Its number: they are counted.
    pub(super) number: u64,
    /// What it is made from.
    pub(super) inputs: Inputs,
}

/// What became of a state.
pub(super) enum News {
    /// It has been read.
    Read(u64, Arc<Manual>),
    /// The rules have looked at it.
    Checked(u64, Arc<Findings>),
    /// It could not be read or checked: why.
    Failed(u64, String),
}

/// Works until nobody sends any more. Where `stop` is set, the rules give way to a newer state.
pub(super) fn work(states: &Receiver<State>, tell: &dyn Fn(News) -> bool, stop: &AtomicBool) {
    let options = Options::default();
    let mut session = Session::default();
    while let Ok(state) = states.recv() {
        let State { number, inputs } = states.try_iter().last().unwrap_or(state);
        stop.store(false, Ordering::Relaxed);
        let made = catch_unwind(AssertUnwindSafe(|| {
            let manual = Arc::new(compile::compile(inputs, &mut session));
            if !tell(News::Read(number, Arc::clone(&manual))) {
                return Ok(None);
            }
            let go_on = || !stop.load(Ordering::Relaxed);
            match compile::check_unless(&manual, &mut session, stop) {
                Some(found) => rehearsed(&manual, found, &options, &go_on),
                None => Ok(None),
            }
        }));
        let news = match made {
            Ok(Ok(Some(found))) => News::Checked(number, Arc::new(found)),
            Ok(Ok(None)) => continue,
            Ok(Err(error)) => News::Failed(number, format!("{error:#}")),
            Err(_) => {
                // What broke may have left half of something behind.
                session = Session::default();
                let why =
                    "clausebook broke; this is a mistake in clausebook, not in your documents";
                News::Failed(number, why.to_owned())
            }
        };
        if !tell(news) {
            return;
        }
    }
}

/// A thread that works on a manual, as those who ask see it.
pub(super) struct Analyst {
    states: Sender<State>,
    stop: Arc<AtomicBool>,
    given: u64,
}

impl Analyst {
    /// Puts one to work; what becomes of it goes to `tell`.
    pub(super) fn start(tell: impl Fn(News) -> bool + Send + 'static) -> Self {
        let (states, given) = crossbeam_channel::unbounded();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        std::thread::spawn(move || work(&given, &tell, &stopped));
        Analyst { states, stop, given: 0 }
    }

    /// Gives it a state, in the place of all before; the answer is its number.
    pub(super) fn give(&mut self, inputs: Inputs) -> u64 {
        self.given += 1;
        self.stop.store(true, Ordering::Relaxed);
        // It ends with the program alone.
        let _ = self.states.send(State { number: self.given, inputs });
        self.given
    }
}
