//! The steps of a document's life, as changes to its front matter.
//!
//! Comes in: a document's text and what happened to it. Goes out: its new text, in which the keys that
//! the step is about are others and every other byte is as it was, or why the step cannot be taken.
//! Nothing is written here, and nothing is committed: the commit is the person's, and is what proves
//! who it was.

use std::fmt;

use crate::edit::keys::{put, put_first, remove, remove_below, scalar};
use crate::model::controlled::ControlledText;
use crate::model::document::Document;
use crate::model::value::{Date, Outcome, Status};

/// What happens to a document.
#[derive(Clone, Debug)]
pub enum Step {
    /// Its next version is begun.
    Draft {
        /// What changes, in a sentence, for the revision history.
        summary: String,
        /// Whether it is a new edition: 3.0 after 2.4, rather than 2.5.
        major: bool,
    },
    /// It is given to those who approve.
    Submit,
    /// It is approved.
    Approve {
        /// The role that approves.
        by: String,
        /// The first day on which it is in force; the day itself when absent.
        effective: Option<Date>,
    },
    /// It was reviewed.
    Confirm {
        /// The role that reviewed.
        by: String,
        /// What was looked at, in a sentence.
        reason: String,
        /// Its outcome.
        outcome: Outcome,
    },
    /// It is no longer valid.
    Withdraw {
        /// The role that decided it.
        by: String,
        /// Whether another document takes its place.
        superseded: bool,
    },
    /// It takes the place of another document.
    TakeThePlaceOf(String),
}

/// Why a step cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The document is in a state from which no such step leads.
    Status(Status),
    /// Its front matter cannot be read whole.
    Unreadable,
    /// It has no version that a next one could be counted from.
    NoVersion,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Status(Status::Draft) => f.write_str("it is a draft"),
            Refusal::Status(Status::InReview) => f.write_str("it is in review already"),
            Refusal::Status(Status::Approved) => f.write_str("it is approved already"),
            Refusal::Status(Status::Superseded) => {
                f.write_str("another document has taken its place")
            }
            Refusal::Status(Status::Withdrawn) => f.write_str("it has been withdrawn"),
            Refusal::Unreadable => {
                f.write_str("its front matter cannot be read: `clausebook check` says why")
            }
            Refusal::NoVersion => f.write_str("it has no version"),
        }
    }
}

/// The text of a document after a step that is taken `today`.
///
/// # Errors
/// The step cannot be taken; the answer says why.
pub fn after(document: &Document, step: &Step, today: Date) -> Result<String, Refusal> {
    let status = document.status();
    let may = match step {
        Step::Draft { .. } | Step::Confirm { .. } => status == Status::Approved,
        Step::Submit => status == Status::Draft,
        Step::Approve { .. } => matches!(status, Status::Draft | Status::InReview),
        Step::Withdraw { .. } => !matches!(status, Status::Superseded | Status::Withdrawn),
        Step::TakeThePlaceOf(_) => true,
    };
    if !may {
        return Err(Refusal::Status(status));
    }
    let text = &*document.text;
    let version = document.front.version.as_ref().map(|version| &*version.0);
    let new = match step {
        Step::Draft { summary, major } => {
            let version = next(document, *major).ok_or(Refusal::NoVersion)?;
            draft(document, &version, summary, today)
        }
        Step::Submit => put(text, &["status"], Status::InReview.word(), &STATUS),
        Step::Approve { by, effective } => approved(text, by, effective.unwrap_or(today), today),
        Step::Confirm { by, reason, outcome } => {
            let (reason, outcome) = (Some(&**reason), *outcome);
            reviewed(text, &Reviewed { by, reason, outcome, version }, today)
        }
        Step::Withdraw { by, superseded } => {
            let status = if *superseded { Status::Superseded } else { Status::Withdrawn };
            let review = Reviewed { by, reason: None, outcome: Outcome::Retired, version };
            put(text, &["status"], status.word(), &STATUS)
                .and_then(|text| reviewed(&text, &review, today))
        }
        Step::TakeThePlaceOf(old) => put(text, &["supersedes"], &scalar(old), &SUPERSEDES),
    };
    new.ok_or(Refusal::Unreadable)
}

/// The keys after which a new key comes, the nearest first.
const STATUS: [&str; 2] = ["version", "kind"];
const APPROVED: [&str; 4] = ["author", "owner", "classification", "status"];
const EFFECTIVE: [&str; 3] = ["approved", "owner", "status"];
const REVIEW: [&str; 4] = ["effective", "approved", "owner", "status"];
const SUPERSEDES: [&str; 3] = ["clauses", "review", "status"];
const REVISIONS: [&str; 4] = ["distribution", "retention", "review", "status"];

/// The version after that of a document.
fn next(document: &Document, major: bool) -> Option<String> {
    let version = &document.front.version.as_ref()?.0;
    let (first, rest) = version.split_once('.').unwrap_or((version, ""));
    let first: u64 = first.parse().ok()?;
    if major {
        return Some(format!("{}.0", first + 1));
    }
    let second = rest.split('.').next().unwrap_or_default();
    let second: u64 = if second.is_empty() { 0 } else { second.parse().ok()? };
    Some(format!("{first}.{}", second + 1))
}

/// The next version, begun: the approval of the one before is not its own.
fn draft(document: &Document, version: &str, summary: &str, today: Date) -> Option<String> {
    let front = &document.front;
    let author = front.author.as_deref().or(front.owner.as_deref()).unwrap_or_default();
    let author = if author.is_empty() { "" } else { &format!("author: {}, ", scalar(author)) };
    let summary = scalar(summary);
    let row = format!("{{version: \"{version}\", date: {today}, {author}summary: {summary}}}");
    let text = put(&document.text, &["version"], &format!("\"{version}\""), &["kind"])?;
    let text = put(&text, &["status"], Status::Draft.word(), &STATUS)?;
    let text = remove(&text, "approved")?;
    let text = remove(&text, "effective")?;
    put_first(&text, "revisions", &row, &REVISIONS)
}

/// The approval, and the checksum of what was approved.
fn approved(text: &str, by: &str, effective: Date, today: Date) -> Option<String> {
    let text = put(text, &["status"], Status::Approved.word(), &STATUS)?;
    let text = put(&text, &["approved", "by"], &scalar(by), &APPROVED)?;
    let text = put(&text, &["approved", "on"], &today.to_string(), &[])?;
    let text = put(&text, &["effective"], &effective.to_string(), &EFFECTIVE)?;
    let review = Reviewed { by, reason: None, outcome: Outcome::Confirmed, version: None };
    let text = reviewed(&text, &review, today)?;
    let digest = ControlledText::read(&text)?.digest();
    put(&text, &["approved", "digest"], &format!("\"sha256:{digest}\""), &[])
}

/// The result of a review.
struct Reviewed<'a> {
    by: &'a str,
    reason: Option<&'a str>,
    outcome: Outcome,
    /// The version that was reviewed, where another one may be in force by now.
    version: Option<&'a str>,
}

/// The record of a review of `today`.
fn reviewed(text: &str, review: &Reviewed<'_>, today: Date) -> Option<String> {
    let text = put(text, &["review", "last"], &today.to_string(), &REVIEW)?;
    let text = put(&text, &["review", "reviewer"], &scalar(review.by), &[])?;
    let text = put(&text, &["review", "outcome"], review.outcome.word(), &[])?;
    let text = match review.reason {
        Some(reason) => put(&text, &["review", "reason"], &scalar(reason), &[])?,
        None => remove_below(&text, "review", "reason")?,
    };
    match review.version {
        Some(version) => put(&text, &["review", "version"], &format!("\"{version}\""), &[]),
        None => remove_below(&text, "review", "version"),
    }
}
