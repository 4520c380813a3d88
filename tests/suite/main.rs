//! All integration tests, in one binary.
#![expect(clippy::disallowed_methods, reason = "tests read their cases and write to temp folders")]

mod standard;
mod support;

mod again;
mod broken;
mod check;
mod edges;
mod entries;
mod files;
mod history;
mod life;
mod lost;
mod places;
mod register;
mod rename;
mod sources;
#[path = "../shell/untried.rs"]
mod untried;
