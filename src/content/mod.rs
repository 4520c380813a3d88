//! What a document says to its readers: its body as a tree.
//!
//! Comes in: a document, its links as they were followed, and a [`Reader`]: what things are called. Goes out: [`Content`], a tree of [`Block`]s and [`Inline`]s in which
//! nothing is left to be looked up: links are resolved, variables filled in, decisions told from
//! words, headings numbered, matrices understood, generated blocks read, footnotes gathered. Names of
//! what readers may not know of are taken out of the document before (`render::visibility`).
//!
//! Nothing of the site is in it either: a link says what it leads to, not at which address. So
//! whatever shows a body is a small writer over the tree, which matches on two enums:
//!
//! - `render::html` writes the text of a page, and asks the edition for addresses;
//! - `render::text` writes what the search finds, section by section;
//! - [`lead()`] and [`contents`] read the one sentence under the title and the contents list;
//! - an outline is [`Content::headings`]; a comparison of two versions (a redline) walks two lists of
//!   blocks side by side, since all nodes can be compared; a paper (PDF, DOCX) turns each block into
//!   a paragraph style and each [`To::Section`] into a cross-reference, and takes the widths of
//!   tables from [`Fit`]. None of them needs Markdown, an edition or a template.
//!
//! A tree is made when somebody asks for it and dropped after: ten thousand of them are never held.

mod build;
mod headings;
mod lead;
mod links;
mod open;
mod reader;
mod tables;
mod tree;
mod words;

#[cfg(test)]
mod tests;

pub use build::content;
pub use lead::{ContentsLine, contents, lead};
pub use links::shown;
pub use reader::{Name, Reader};
pub use tree::{
    Alert, Align, Block, Content, Definition, Diagram, Fit, Heading, Inline, Item, Link, List,
    Markup, Matrix, Note, Picture, Reason, Table, To,
};
pub use words::{phrase, plain};
