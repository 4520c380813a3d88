//! What each thread works on, so that a crash can say which document it was about, and a page
//! that does not end can be named.
//!
//! Nothing that is made depends on it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

thread_local! {
    static NOW: Cell<Option<String>> = const { Cell::new(None) };
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Does `work`, which is about `what`: the path of a document, or of a page.
pub fn with<T>(what: &str, work: impl FnOnce() -> T) -> T {
    // Put back even when the work ends in a panic.
    let _before = Before(NOW.replace(Some(what.to_owned())));
    #[cfg(debug_assertions)]
    on_purpose::strike(what);
    work()
}

struct Before(Option<String>);

impl Drop for Before {
    fn drop(&mut self) {
        NOW.set(self.0.take());
    }
}

/// What this thread works on.
pub fn current() -> Option<String> {
    let now = NOW.take();
    NOW.set(now.clone());
    now
}

/// Does the `work` of a library that breaks on some inputs; nothing when it does. What it was given
/// is then at fault, and a finding says so.
pub fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = CONTAINED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    CONTAINED.set(before);
    done
}

/// Whether a panic of this thread is one that nobody needs to be told of.
pub fn is_contained() -> bool {
    CONTAINED.get()
}

/// Untrusted work (the templates of a manual's own theme) that has begun and not ended, in the
/// order in which it began.
static UNTRUSTED: Mutex<Untrusted> = Mutex::new(Untrusted { next: 0, open: BTreeMap::new() });

struct Untrusted {
    next: u64,
    open: BTreeMap<u64, String>,
}

/// Does untrusted `work`, named `what`, which may never end.
pub fn with_untrusted<T>(what: impl Into<String>, work: impl FnOnce() -> T) -> T {
    let number = {
        let mut untrusted = UNTRUSTED.lock().unwrap_or_else(PoisonError::into_inner);
        untrusted.next += 1;
        let number = untrusted.next;
        untrusted.open.insert(number, what.into());
        number
    };
    let _open = Open(number);
    work()
}

struct Open(u64);

impl Drop for Open {
    fn drop(&mut self) {
        UNTRUSTED.lock().unwrap_or_else(PoisonError::into_inner).open.remove(&self.0);
    }
}

/// Number and name of the untrusted work that has been going on longest.
pub fn longest_running() -> Option<(u64, String)> {
    let untrusted = UNTRUSTED.lock().unwrap_or_else(PoisonError::into_inner);
    untrusted.open.first_key_value().map(|(number, what)| (*number, what.clone()))
}

/// A crash on purpose, so that a test can see what becomes of one. Not in a release.
#[cfg(debug_assertions)]
pub mod on_purpose {
    use std::sync::OnceLock;

    static AT: OnceLock<String> = OnceLock::new();

    /// Crash as soon as work on something begins whose name ends so.
    pub fn crash_at(what: String) {
        let _ = AT.set(what);
    }

    pub(super) fn strike(what: &str) {
        assert!(!AT.get().is_some_and(|at| what.ends_with(at.as_str())), "a crash on purpose");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_in_work_is_remembered_and_forgotten() {
        assert_eq!(current(), None);
        with("a.md", || {
            assert_eq!(current().as_deref(), Some("a.md"));
            let broken = catch_unwind(|| with("b.md", || panic!("on purpose")));
            assert!(broken.is_err());
            assert_eq!(current().as_deref(), Some("a.md"));
        });
        assert_eq!(current(), None);
    }

    #[test]
    fn what_breaks_in_a_library_stays_there() {
        assert_eq!(contained(|| 1), Some(1));
        assert_eq!(contained::<()>(|| panic!("on purpose")), None);
        assert!(!is_contained());
    }

    #[test]
    fn the_work_of_strangers_is_known_until_it_ends() {
        let named = with_untrusted("a.html", longest_running);
        assert_eq!(named.map(|(_, what)| what).as_deref(), Some("a.html"));
        assert_eq!(longest_running(), None);
    }
}
