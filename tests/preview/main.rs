//! The preview: what its server says to good and bad clients, and whether it shows what a fresh
//! build would.
#![expect(clippy::disallowed_methods, reason = "tests write manuals and run the program")]

#[path = "../shell/deadline.rs"]
mod deadline;
mod live;
mod manners;
mod process;
mod series;
mod support;
mod system;
#[path = "../shell/untried.rs"]
mod untried;
