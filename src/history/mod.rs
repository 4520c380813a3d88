//! What the repository says of the documents: which texts were approved, by which commit, and what
//! came after.
//!
//! A station beside `source`, and the only door to the repository. Comes in: the folder of the
//! manual. Goes out: [`History`], a plain value; everything after it is a function of that value, so
//! that it is tested without a repository. Objects are read, nothing is written, and no program is
//! run: the libraries that are used here have no part that could.
//!
//! A document is its id, wherever its file lies. What counts is the **line of record**: the
//! first-parent history of the branch that is checked out. The commits of a merge request are work,
//! their merge is the record.

mod changes;
mod editions;
mod line;
mod places;
mod read;
mod repository;
mod tree;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::model::value::Date;

pub use changes::{Change, OldDocument};
pub use editions::editions;
pub use line::{LineOfRecord, NotOnRecord};
pub use places::{Gone, Places};
pub use tree::CommitTree;

/// What the repository says of the documents of a manual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// How much of it could be read.
    pub extent: Extent,
    /// The newest commit of the line of record.
    pub head: Option<Arc<Commit>>,
    /// The editions of each document, by its id, the oldest first.
    pub editions: BTreeMap<String, Vec<Edition>>,
    /// Where documents once lay, and what became of those that are gone.
    pub places: Places,
}

/// What is asked of a repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The content folders, from the top of the manual.
    pub content: Vec<String>,
    /// The day from which approvals count.
    pub since: Option<Date>,
    /// Of how many of the newest editions of a document the text is kept; one at least.
    pub texts: Texts,
    /// The hash of the commit up to which the line of record is read; all of it when absent.
    pub until: Option<String>,
}

/// Which editions of a document have their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// The newest ones: so many.
    Newest(usize),
    /// All of them.
    All,
}

impl Default for Texts {
    fn default() -> Self {
        Texts::Newest(1)
    }
}

impl Texts {
    /// How many of so many editions have none.
    pub fn without(self, editions: usize) -> usize {
        match self {
            Texts::Newest(count) => editions.saturating_sub(count.max(1)),
            Texts::All => 0,
        }
    }
}

/// How much of the line of record is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// What came after this commit, and not what came before: the clone is shallow.
    Since(Arc<Commit>),
    /// None of it.
    #[default]
    NoRepository,
    /// None of it, although there is a repository.
    Unknown(Unreadable),
}

/// Why a repository tells nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing has been committed yet.
    NoCommit,
    /// `.git` is a file that leads to a folder which does not lead back.
    LeadsElsewhere,
    /// References are kept in a format that no library reads yet.
    Reftable,
    /// It is a partial clone: objects are missing on purpose.
    Partial,
    /// An object or a file of the repository cannot be read: what is wrong.
    Broken(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::NoCommit => f.write_str("nothing has been committed yet"),
            Unreadable::LeadsElsewhere => {
                f.write_str("`.git` leads to a folder that is not of this working tree")
            }
            Unreadable::Reftable => {
                f.write_str("its references are kept as a reftable, which cannot be read yet")
            }
            Unreadable::Partial => {
                f.write_str("it is a partial clone, in which objects are missing")
            }
            Unreadable::Broken(why) => f.write_str(why),
        }
    }
}

/// A commit of the line of record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its hash, in hexadecimal digits.
    pub id: String,
    /// Who wrote it.
    pub author: Person,
    /// Who put it on record.
    pub committer: Person,
    /// The day on which it was committed, where its committer was; nothing where its time is none.
    pub day: Option<Date>,
}

/// How many digits of a hash are shown to people.
const SHORT: usize = 10;

impl Commit {
    /// The beginning of its hash, as people are shown it.
    pub fn short(&self) -> &str {
        self.id.get(..SHORT).unwrap_or(&self.id)
    }
}

/// A person as a commit names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name; may be empty.
    pub name: String,
    /// The address; may be empty.
    pub email: String,
}

/// A document at a version, as it was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its version, as it was written.
    pub version: String,
    /// The path at which it lay.
    pub path: String,
    /// The first day on which its readers could rely on it, as it says; nothing where it does not.
    pub first_day: Option<Date>,
    /// The commit that brought the approval.
    pub approved: Arc<Commit>,
    /// Checksum of its controlled text: see [`crate::model::controlled`].
    pub digest: String,
    /// The object that holds its text.
    pub blob: String,
    /// Its whole text, of those editions of which it was asked for ([`Question::texts`]).
    pub text: Option<Arc<str>>,
    /// The first commit that changed the controlled text and left the version as it was.
    pub altered: Option<Arc<Commit>>,
}

impl History {
    /// Reads what the repository around a manual says of the documents in its content folders.
    pub fn read(root: &Path, question: &Question) -> History {
        read::read(root, question)
    }

    /// The editions of a document, the oldest first.
    pub fn of(&self, id: &str) -> &[Edition] {
        self.editions.get(id).map_or(&[], Vec::as_slice)
    }

    /// The place of the edition of a document that is in force on a day, among [`History::of`]: the
    /// newest that was approved and whose first day has come.
    pub fn in_force(&self, id: &str, today: Date) -> Option<usize> {
        self.of(id).iter().rposition(|one| one.first_day.is_none_or(|day| day <= today))
    }

    /// The newest commit, without anything else being read: what tells whether there is news.
    pub fn newest(root: &Path) -> Option<String> {
        repository::newest(root)
    }
}
