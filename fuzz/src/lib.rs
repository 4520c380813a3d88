//! The fuzzing targets as a library for the entries of libFuzzer in `fuzz_targets/`.

mod targets;

pub use targets::*;

/// Has libFuzzer take note of panics, but of those in a library that the program contains.
pub fn take_note_of_panics() {
    std::panic::set_hook(Box::new(|info| {
        if !clausebook::crash_context::is_contained() {
            eprintln!("{info}\n{}", std::backtrace::Backtrace::force_capture());
            std::process::abort();
        }
    }));
}
