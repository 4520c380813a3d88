//! A bound for the templates of a manual's own theme, which may come from a stranger: one that
//! never ends, or fills the memory, ends the build with a message. An earlier site stays
//! as it was, since a build changes it in one step, at its end.

use std::time::Duration;

use crate::crash_context;

/// How long one page may take to be drawn: a thousand times what any has been seen to take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a look is taken: memory fills within a second or two.
const LOOK: Duration = Duration::from_millis(50);
/// How much memory the program may hold while such a template is at work.
const MEMORY: u64 = 3 << 30;

/// Watches from now on, as long as the program runs.
pub(super) fn start() {
    let patience = less("CLAUSEBOOK_PATIENCE_MS").map_or(PATIENCE, Duration::from_millis);
    let most = less("CLAUSEBOOK_MEMORY_MB").map_or(MEMORY, |mb| mb << 20);
    let watch = move || {
        let (mut eldest, mut seen) = (0, 0);
        loop {
            std::thread::sleep(LOOK);
            let Some((number, what)) = crash_context::longest_running() else { continue };
            seen = if number == eldest { seen + 1 } else { 0 };
            eldest = number;
            if LOOK * seen > patience {
                end(&format!("{what} does not come to an end: no page may take {patience:?}"));
            }
            if memory().is_some_and(|bytes| bytes > most) {
                end(&format!("{what} takes more than {} MiB of memory", most >> 20));
            }
        }
    };
    // Where no thread can be had, there is no bound: better than no site.
    let _ = std::thread::Builder::new().name("watch".into()).spawn(watch);
}

/// Ends the program: a thread that runs wild in a template cannot be called back.
#[expect(clippy::exit, reason = "the other threads never come to an end")]
fn end(why: &str) {
    super::progress::clear();
    super::say(&format!(
        "error: {why}. Look for a loop in it that is too large.\n\
         nothing was published; an earlier site is as it was"
    ));
    std::process::exit(2);
}

/// The memory that the program holds, where the system says so in a file.
fn memory() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = pages.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// A smaller bound, for a test. Not in a release.
fn less(name: &str) -> Option<u64> {
    if cfg!(debug_assertions) { std::env::var(name).ok()?.parse().ok() } else { None }
}
