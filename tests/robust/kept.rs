//! The inputs that fuzzing kept, and those that once broke something, run through their targets.
//! `fuzz/` finds new ones; here nothing is searched for, so that this is quick and always the same.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::targets::TARGETS;

#[test]
fn kept_inputs_still_pass() {
    for (name, target) in TARGETS {
        let mut ran = 0;
        for folder in ["corpus", "cases"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder).join(name);
            for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
                if entry.file_type().is_file() {
                    let bytes = std::fs::read(entry.path()).expect("a kept input can be read");
                    let input = entry.path().display().to_string();
                    let passed = catch_unwind(AssertUnwindSafe(|| target(&bytes))).is_ok();
                    assert!(passed, "{input} fails");
                    ran += 1;
                }
            }
        }
        assert!(ran > 1, "{name} has no kept inputs");
    }
}
