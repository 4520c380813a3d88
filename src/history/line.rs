//! The line of record by itself: which of its commits somebody means, and what the manual held then.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::repository::{Repository, Step};
use super::tree::CommitTree;
use super::{Commit, Edition, Unreadable};
use crate::model::value::Date;

/// The first-parent history of the branch that is checked out.
pub struct LineOfRecord {
    repository: Repository,
    /// The oldest first.
    steps: Vec<Step>,
    is_shallow: bool,
}

/// Why no commit of the line of record is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOnRecord {
    /// There is none of that name.
    Nothing(String),
    /// The beginning of a hash is that of several.
    Ambiguous(String),
    /// The repository knows it, but it is not on the line of record: what was typed, and the hash.
    Elsewhere(String, String),
    /// The day is before the first commit.
    Before {
        /// The day that was asked for.
        day: Date,
        /// The first commit.
        first: Arc<Commit>,
        /// Whether there are older ones, which the clone lacks.
        is_shallow: bool,
    },
    /// It cannot be read.
    Unreadable(Unreadable),
}

impl fmt::Display for NotOnRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotOnRecord::Nothing(typed) => write!(
                f,
                "`{typed}` is no commit, branch or tag of this repository, and no day (YYYY-MM-DD)"
            ),
            NotOnRecord::Ambiguous(typed) => {
                write!(f, "several commits begin with `{typed}`: type more of the hash")
            }
            NotOnRecord::Elsewhere(typed, id) => write!(
                f,
                "`{typed}` is commit {}, which is not on the line of record: the branch that is \
                 checked out, followed by the first parent of each commit. Commits of a merge \
                 request are work, their merge is the record",
                id.get(..10).unwrap_or(id)
            ),
            NotOnRecord::Before { day, first, is_shallow } => {
                let since = first.day.map_or_else(String::new, |day| format!(" of {day}"));
                let first = first.short();
                if *is_shallow {
                    write!(
                        f,
                        "what stood on {day} is not known: the clone is shallow and begins with \
                         commit {first}{since}. `git fetch --unshallow` brings the rest (in CI: \
                         `fetch-depth: 0`)"
                    )
                } else {
                    write!(f, "nothing was on record on {day}: the first commit is {first}{since}")
                }
            }
            NotOnRecord::Unreadable(why) => write!(f, "the repository cannot be read: {why}"),
        }
    }
}

impl std::error::Error for NotOnRecord {}

impl LineOfRecord {
    /// That of the repository around a folder; nothing where there is no repository.
    ///
    /// # Errors
    /// The repository cannot be read.
    pub fn of(root: &Path) -> Result<Option<Self>, Unreadable> {
        let Some(repository) = Repository::open(root)? else { return Ok(None) };
        let (steps, is_shallow) = repository.line_of_record()?;
        Ok(Some(LineOfRecord { repository, steps, is_shallow }))
    }

    /// Its commits, the oldest first.
    pub fn commits(&self) -> impl DoubleEndedIterator<Item = &Arc<Commit>> {
        self.steps.iter().map(|step| &step.commit)
    }

    /// The commit that is meant: a day, the version of one of these editions, a branch or tag, or the
    /// beginning of a hash, in this order.
    ///
    /// # Errors
    /// None is meant; the message says why.
    pub fn find(&self, typed: &str, editions: &[Edition]) -> Result<&Arc<Commit>, NotOnRecord> {
        let typed = typed.trim();
        if let Some(day) = Date::parse(typed) {
            return self.on(day);
        }
        if let Some(edition) = editions.iter().rfind(|one| one.version == typed) {
            let found = self.commits().find(|commit| commit.id == edition.approved.id);
            return found.ok_or_else(|| NotOnRecord::Nothing(typed.to_owned()));
        }
        let nothing = || NotOnRecord::Nothing(typed.to_owned());
        let named = self.repository.named(typed).map_err(NotOnRecord::Unreadable)?;
        if let Some(id) = named {
            let id = id.to_string();
            let found = self.commits().find(|commit| commit.id == id);
            return found.ok_or_else(|| NotOnRecord::Elsewhere(typed.to_owned(), id));
        }
        let prefix = typed.to_ascii_lowercase();
        if prefix.len() < LEAST_DIGITS || !prefix.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(nothing());
        }
        let mut found = self.commits().filter(|commit| commit.id.starts_with(&prefix));
        match (found.next(), found.next()) {
            (Some(commit), None) => Ok(commit),
            (Some(_), Some(_)) => Err(NotOnRecord::Ambiguous(typed.to_owned())),
            (None, _) if self.repository.has(&prefix).map_err(NotOnRecord::Unreadable)? => {
                Err(NotOnRecord::Elsewhere(typed.to_owned(), prefix))
            }
            (None, _) => Err(nothing()),
        }
    }

    /// The newest commit that was on record at the end of a day.
    fn on(&self, day: Date) -> Result<&Arc<Commit>, NotOnRecord> {
        let days: Vec<Option<Date>> = self.commits().map(|commit| commit.day).collect();
        let in_order = in_order(&days);
        let after = in_order.into_iter().find(|at| days[*at].is_some_and(|one| one > day));
        let count = after.unwrap_or(self.steps.len());
        let Some(last) = count.checked_sub(1) else {
            let Some(first) = self.steps.first() else {
                return Err(NotOnRecord::Unreadable(Unreadable::NoCommit));
            };
            let first = Arc::clone(&first.commit);
            return Err(NotOnRecord::Before { day, first, is_shallow: self.is_shallow });
        };
        Ok(&self.steps[last].commit)
    }

    /// What a commit of the line holds, as files that can be read.
    ///
    /// # Errors
    /// The objects cannot be read, or the commit is not on the line.
    pub fn tree(&self, commit: &Commit) -> Result<Arc<CommitTree>, Unreadable> {
        let step = self.steps.iter().find(|step| step.commit.id == commit.id);
        let step = step.ok_or_else(|| {
            Unreadable::Broken(format!("commit {} is not on the line of record", commit.short()))
        })?;
        Ok(Arc::new(CommitTree::new(self.repository.clone(), step.tree)))
    }
}

/// Fewer digits of a hash name nothing.
const LEAST_DIGITS: usize = 4;

/// The places of the days that stand in order: the longest series in which none is before another.
/// A clock that was wrong gives a day that is out of it. Of several such series it is the one whose
/// days lie closest together.
fn in_order(days: &[Option<Date>]) -> Vec<usize> {
    // By the length of a series the places at which one ends; each day of a list is before the last.
    let mut ends: Vec<Vec<usize>> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; days.len()];
    for (at, day) in days.iter().enumerate() {
        let Some(day) = day else { continue };
        let is_by_then = |end: usize| days[end].is_some_and(|end| end <= *day);
        let length = ends.partition_point(|list| list.last().is_some_and(|end| is_by_then(*end)));
        before[at] = length.checked_sub(1).map(|shorter| {
            let list = &ends[shorter];
            list[list.partition_point(|end| !is_by_then(*end))]
        });
        if length == ends.len() {
            ends.push(vec![at]);
        } else {
            ends[length].push(at);
        }
    }
    let mut series = Vec::with_capacity(ends.len());
    let mut next = ends.last().and_then(|list| list.last()).copied();
    while let Some(at) = next {
        series.push(at);
        next = before[at];
    }
    series.reverse();
    series
}

#[cfg(test)]
mod tests {
    use super::in_order;
    use crate::model::value::Date;

    #[test]
    fn a_clock_that_was_wrong_is_told_by_its_neighbours() {
        let of = |days: &[&str]| -> Vec<usize> {
            in_order(&days.iter().map(|day| Date::parse(day)).collect::<Vec<_>>())
        };
        assert_eq!(of(&["2026-01-01", "2026-01-01", "2026-01-02"]), [0, 1, 2]);
        assert_eq!(of(&["2026-01-01", "1970-01-01", "2026-01-02", "2026-01-03"]), [0, 2, 3]);
        assert_eq!(of(&["2026-01-01", "2099-01-01", "2026-01-02", "2026-01-03"]), [0, 2, 3]);
        assert_eq!(of(&["2026-01-01", "2026-01-02", "1970-01-01"]), [0, 1]);
        assert_eq!(of(&["", "2026-01-02", ""]), [1]);
        assert_eq!(of(&[]), [0; 0]);
    }
}
