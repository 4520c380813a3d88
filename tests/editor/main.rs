//! The language server: asked in memory, and by an editor that is started for it.
#![expect(clippy::disallowed_methods, reason = "tests write to temp folders and start an editor")]

mod answers;
mod client;
mod manners;
mod neovim;
#[path = "../shell/deadline.rs"]
mod deadline;
#[path = "../shell/untried.rs"]
mod untried;
