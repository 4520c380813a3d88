//! How far work has come: a bar on the terminal when it takes longer than half a second, and nothing
//! at all where standard error is no terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar moves.
const STEP: Duration = Duration::from_millis(100);
/// How wide it is.
const WIDTH: usize = 30;
/// Where nobody knows how much there is, a dot is added each time that the bar has moved so often.
const DOT: usize = 5;

/// Takes a bar away before something else is written, by those who do not wait for its end.
pub(super) fn clear() {
    if io::stderr().is_terminal() {
        let _ = write!(anstream::stderr(), "\r\x1b[2K");
    }
}

/// A bar, which goes away when this does.
pub(super) struct Progress {
    shared: Arc<Shared>,
    drawing: Option<JoinHandle<()>>,
}

struct Shared {
    what: &'static str,
    /// Nought while nobody knows.
    total: AtomicUsize,
    done: AtomicUsize,
    over: Mutex<bool>,
    wake: Condvar,
    /// Whether a line stands on the terminal that has to be taken away.
    drawn: AtomicBool,
}

impl Progress {
    /// Begins: `what` is done.
    pub(super) fn start(what: &'static str) -> Self {
        let (done, total) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (over, wake, drawn) = (Mutex::new(false), Condvar::new(), AtomicBool::new(false));
        let shared = Arc::new(Shared { what, total, done, over, wake, drawn });
        let wanted = io::stderr().is_terminal() && std::env::var_os("CI").is_none();
        let drawing = wanted.then(|| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || shared.draw(&mut anstream::stderr()))
        });
        Progress { shared, drawing }
    }

    /// Says how many times it is done.
    pub(super) fn of(&self, total: usize) {
        self.shared.total.store(total, Ordering::Relaxed);
    }

    /// One more is done.
    pub(super) fn step(&self) {
        self.shared.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *self.shared.over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.shared.wake.notify_all();
        if let Some(drawing) = self.drawing.take() {
            let _ = drawing.join();
        }
    }
}

impl Shared {
    /// Draws until it is over, then clears the line. A terminal that cannot be written to is not
    /// worth failing for.
    fn draw(&self, to: &mut dyn io::Write) {
        let mut wait = PATIENCE;
        let mut drawn = 0;
        loop {
            let over = self.over.lock().unwrap_or_else(PoisonError::into_inner);
            let rest = self.wake.wait_timeout_while(over, wait, |over| !*over);
            let over = rest.map_or(true, |(over, _)| *over);
            if over {
                break;
            }
            let (done, total) = (&self.done, self.total.load(Ordering::Relaxed));
            let line = match total {
                0 => format!("{} {}", self.what, ".".repeat(1 + drawn / DOT % WIDTH)),
                _ => line(self.what, done.load(Ordering::Relaxed), total),
            };
            drawn += 1;
            let _ = write!(to, "\r\x1b[2K{line}").and_then(|()| to.flush());
            self.drawn.store(true, Ordering::Relaxed);
            wait = STEP;
        }
        if self.drawn.load(Ordering::Relaxed) {
            let _ = write!(to, "\r\x1b[2K").and_then(|()| to.flush());
        }
    }
}

/// The bar as a line of text.
fn line(what: &str, done: usize, total: usize) -> String {
    let done = done.min(total);
    let full = done * WIDTH / total;
    let bar = format!("{}{}", "=".repeat(full), " ".repeat(WIDTH - full));
    format!("{what} [{bar}] {done} of {total}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_fills_from_nothing_to_all() {
        assert_eq!(line("w", 0, 60), format!("w [{}] 0 of 60", " ".repeat(30)));
        assert_eq!(line("w", 30, 60), format!("w [{}{}] 30 of 60", "=".repeat(15), " ".repeat(15)));
        assert_eq!(line("w", 61, 60), format!("w [{}] 60 of 60", "=".repeat(30)));
    }

    #[test]
    fn what_is_quick_draws_nothing() {
        let progress = Progress::start("w");
        progress.of(1);
        progress.step();
        let mut out = Vec::new();
        *progress.shared.over.lock().unwrap() = true;
        progress.shared.draw(&mut out);
        assert_eq!(out, b"");
    }
}
