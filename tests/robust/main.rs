//! Whatever is thrown at it: inputs kept from fuzzing, mutated documents, faults of the machine,
//! a hostile repository, and the same bytes everywhere. `tests/README.md` holds the table of all
//! faults, with the test that proves each.
#![expect(clippy::disallowed_methods, reason = "tests read and write the disk and run the program")]
#![expect(clippy::unwrap_used, reason = "`unwrap` is for tests, their helpers included")]

#[path = "../shell/deadline.rs"]
mod deadline;
mod diagram;
mod faults;
mod hostile;
mod kept;
mod much;
mod mutation;
mod reproducible;
#[path = "../shell/support.rs"]
mod support;
mod table;
#[expect(unreachable_pub, reason = "to libFuzzer it is a library")]
#[path = "../../fuzz/src/targets.rs"]
mod targets;
#[path = "../shell/untried.rs"]
mod untried;
