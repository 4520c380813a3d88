//! Word files as Markdown: the few parts of the format that text is in.
//!
//! Insertions are taken as accepted, deletions as done; what cannot be carried over is named in a note.
//! A package is opened within bounds, and nothing outside of it is asked.

mod parts;
mod text;

use std::fmt;

use super::Note;

pub(in crate::adopt) use parts::Package;

/// What a Word file holds.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// Its text, as Markdown.
    pub text: String,
    /// What a person should look at.
    pub notes: Vec<Note>,
    /// Its pictures: the names under which the text shows them, and their bytes.
    pub pictures: Vec<(String, Vec<u8>)>,
}

/// Why a Word file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is encrypted, or of the format before 2007.
    Compound,
    /// It is no package: what the reader says.
    NoPackage(String),
    /// It has no text, as a document has.
    NoDocument,
    /// A part of it cannot be read.
    Broken(String),
    /// It is more than is unpacked.
    TooLarge,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Compound => f.write_str(
                "it is protected by a password, or an old .doc: save it as .docx without one",
            ),
            Unreadable::NoPackage(why) => write!(f, "it is no Word file: {why}"),
            Unreadable::NoDocument => f.write_str("it is no Word file: it holds no document"),
            Unreadable::Broken(why) => write!(f, "a part of it cannot be read: {why}"),
            Unreadable::TooLarge => f.write_str("it unpacks to more than any document holds"),
        }
    }
}

/// Reads a Word file; its pictures go by names that begin with `name`.
///
/// # Errors
/// It is none, or holds more than is read.
pub fn read(bytes: &[u8], name: &str) -> Result<Read, Unreadable> {
    let package = Package::open(bytes)?;
    text::read(&package, name)
}

#[cfg(test)]
mod tests;
