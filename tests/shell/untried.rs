//! A test that this machine cannot run says so where everybody reads it.

use std::io::Write as _;

/// Says that the test which calls this was not tried, and why. It is said on standard error itself:
/// what a macro prints is shown of tests that fail alone, and this one passes.
pub(crate) fn not_tried(why: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let _ = writeln!(std::io::stderr(), "\nNOT TRIED: {test}: {why}");
}
