//! clausebook turns a git repository of Markdown into a controlled service management manual.
//!
//! Data flows one way. Each station takes what the one before made and makes a new type of it;
//! what an author did wrong travels along as data and becomes a finding, never a failure.
//!
//! 1. [`source`] reads the disk, once: [`source::Sources`].
//! 2. [`parse`] splits a file into front matter and body: [`parse::Parsed`], which always has what
//!    could be had of them, and beside it what is wrong.
//! 3. [`model`] understands them: [`model::document::Document`], all of them a
//!    [`model::library::Library`]. A value that was plainly meant otherwise is read as it was meant.
//! 4. [`standard`] reads the clauses that the manual answers to: [`standard::Standards`].
//! 5. [`entries`] reads the rows of registers (risks, audits, actions, …): [`entries::Registers`].
//! 6. [`coverage`] lays all of it beside what the clauses ask for: [`coverage::Coverage`].
//! 7. [`graph`] follows every link: [`graph::LinkGraph`].
//! 8. [`manual`] has all of this together: [`manual::Manual`].
//! 9. [`check`] runs the rules and judges what they find: [`check::Findings`].
//! 10. [`content`] makes of a body what its readers are told, as a tree: [`content::Content`].
//!     [`redline`] lays two such trees side by side.
//! 11. [`render`] makes pages of it all: [`render::site::Pages`]; [`draw`] makes its pictures,
//!     [`search`] its index.
//! 12. [`publish`] writes them to a folder; [`serve`] shows them to a browser, again and again
//!     whenever [`watch`] says that something has changed.
//!
//! [`compile`] is the only place that knows this order, [`report`] shows findings, and [`cli`] is
//! what a person at a terminal talks to.
//!
//! [`edit`] changes a text at spans and leaves the rest as it was, for commands that write documents or
//! mend them; [`mend`] takes the fixes that findings carry, looks again, and writes nothing, and
//! [`rename`] gives something another id in every place that names it.
//! [`adopt`] makes documents of what others have. [`language_server`] answers editors, from the same
//! stations. [`crash_context`] knows what a thread
//! is at, for the message of a crash. [`text`] and [`diag`] lie under all of them: where a thing stands,
//! and what is wrong with it. [`embedded`] is what the binary carries with it for every manual: schemas
//! and theme.

pub mod crash_context;
pub mod text;
pub mod diag;
pub mod source;
pub mod parse;
pub mod edit;
pub mod model;
pub mod standard;
pub mod entries;
pub mod coverage;
pub mod graph;
pub mod history;
pub mod manual;
pub mod check;
pub mod content;
pub mod archive;
pub mod words;
pub mod redline;
pub mod draw;
pub mod search;
pub mod embedded;
pub mod render;
pub mod compile;
pub mod life;
pub mod rename;
pub mod mend;
pub mod report;
pub mod publish;
pub mod serve;
pub mod watch;
pub mod language_server;
pub mod adopt;
pub mod cli;
