//! Who reads a document: what they find, and what things are called for them.

use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::text::phrase::Phrase;

/// Those who read a library, all of which they may know of. Documents are named by their numbers in it.
pub trait Reader {
    /// A document.
    fn document(&self, number: DocumentNumber) -> &Document;

    /// Why a document that may be named cannot be read; nothing when it can.
    fn why_not(&self, number: DocumentNumber) -> Option<String>;

    /// The value of a `{{ name }}`, as a phrase is carried.
    fn variable<'s>(&'s self, document: &'s Document, name: &str) -> Option<&'s str>;

    /// The words of a heading of a document, by its address.
    fn heading(&self, number: DocumentNumber, section: &str) -> Phrase;

    /// Whether what a document names, and the values that it uses, would make it too long: it shows
    /// what was typed.
    fn shows_what_was_typed(&self, number: DocumentNumber) -> bool;

    /// A role or a person.
    fn role(&self, name: &str) -> Name;

    /// A service.
    fn service(&self, name: &str) -> Name;

    /// The address at which the repository shows a file, where one is configured.
    fn source_of(&self, path: &str) -> Option<String>;
}

/// What something is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The words.
    pub words: Phrase,
    /// Whether these readers find it in a register.
    pub is_listed: bool,
}
