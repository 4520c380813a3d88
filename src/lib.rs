//! clausebook turns a git repository of Markdown into a controlled service management manual.
//!
//! Data flows one way. Each station takes what the one before made and makes a new type of it;
//! what an author did wrong travels along as data and becomes a finding, never a failure.
//!
//! 1. [`source`] reads the disk, once: [`source::Sources`].
//! 2. [`parse`] splits a file into front matter and body: [`parse::Parsed`].
//! 3. [`model`] understands them: [`model::document::Document`], all of them a
//!    [`model::library::Library`].
//! 4. [`graph`] follows every link: [`graph::LinkGraph`].
//! 5. [`check`] runs the rules: [`check::Findings`].
//! 6. [`render`] makes the pages: [`render::site::Site`].
//!
//! [`text`] and [`diag`] lie under all of them: where a thing stands, and what is wrong with it.

pub mod text;
pub mod diag;
pub mod source;
pub mod parse;
pub mod model;
pub mod graph;
pub mod check;
pub mod embedded;
pub mod render;
