//! One controlled document: front matter that has been understood, and its body.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::front::{FrontMatter, Revision};
use super::placeholder;
use super::raci::{self, Matrix};
use super::schedule;
use super::schema::{self, Violation};
use super::sentences::{self, Sentence};
use super::settings::Settings;
use super::value::{Classification, Date, Kind, Outcome, Status};
use super::variables::{self, Variables};
use crate::parse::Parsed;
use crate::parse::markdown::{Body, Fence, Mark};
use crate::parse::yaml::Node;
use crate::source::SourceFile;
use crate::text::{FileId, Span};

/// A controlled document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file that it stands in.
    pub file: FileId,
    /// Path of that file from the top of the manual.
    pub path: String,
    /// The whole text of the file.
    pub text: Arc<str>,
    /// Its id; the path when the author gave none that can be used.
    pub id: String,
    /// Its front matter.
    pub front: FrontMatter,
    /// Places of the front matter's keys and values.
    pub node: Node,
    /// What the schema of its kind does not allow.
    pub violations: Vec<Violation>,
    /// Keys at the top of the front matter below which something is wrong.
    pub faulty: BTreeSet<String>,
    /// Its body.
    pub body: Body,
    /// Where the body begins and ends.
    pub body_at: Range<usize>,
    /// Its RACI matrices.
    pub matrices: Vec<Matrix>,
    /// All decisions that the organization still has to take, in front matter and body.
    pub decisions: Vec<Mark>,
    /// All `{{ … }}` that name nothing.
    pub undefined: Vec<Mark>,
    /// The sentences of its sections.
    pub sentences: Vec<Sentence>,
    /// Where it holds placeholder text.
    pub placeholders: Vec<Range<usize>>,
}

/// How a review stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    /// No next review is set, or the document is not in use.
    None,
    /// Not due for some time.
    Current,
    /// Due within the time that `review.due_soon` sets.
    DueSoon,
    /// Its day has passed.
    Overdue,
}

/// What the last review of a document leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// It does not say this: who reviewed, or what came of it.
    Incomplete(&'static str),
    /// The text has to change, and has not.
    Change,
    /// The document has to go, and has not.
    Retire,
}

impl Document {
    /// Understands a parsed document.
    pub fn new(file: &SourceFile, parsed: Parsed, variables: &Variables) -> Self {
        let Parsed { mut front, body, body_at } = parsed;
        let mut marks = Vec::new();
        variables::expand(&mut front, &file.text, variables, &mut marks);
        marks.extend(body.marks.iter().cloned());
        let (decisions, names): (Vec<_>, Vec<_>) =
            marks.into_iter().partition(|mark| mark.decision().is_some());
        let known = |mark: &Mark| variables.get(&front, &mark.inner).is_some();
        let undefined = names.into_iter().filter(|mark| !known(mark)).collect();
        let checked = schema::read_front_matter(front);
        let id = checked.value.id.as_ref().map_or_else(|| file.path.clone(), |id| id.0.clone());
        let placeholders = placeholder::find(&file.text, &checked.node, &body, &decisions);
        Document {
            file: file.id,
            path: file.path.clone(),
            text: Arc::clone(&file.text),
            id,
            front: checked.value,
            node: checked.node,
            violations: checked.violations,
            faulty: checked.faulty,
            matrices: raci::matrices(&file.text, &body),
            sentences: sentences::of(&file.text, &body),
            body,
            body_at,
            decisions,
            undefined,
            placeholders,
        }
    }

    /// A place in its file.
    pub fn span(&self, at: &Range<usize>) -> Span {
        Span::new(self.file, at.clone())
    }

    /// Its diagrams: where the source of each stands, and that source.
    pub fn diagrams(&self) -> impl Iterator<Item = (&Fence, &str)> {
        let fences = self.body.fences.iter();
        let diagrams = fences.filter(|one| one.info.split_whitespace().next() == Some("mermaid"));
        diagrams.map(|fence| (fence, &self.text[fence.content_at.clone()]))
    }

    /// The place of a value of the front matter, by keys and indices; of the nearest thing above
    /// it when it is absent.
    pub fn at(&self, path: &[&str]) -> Span {
        self.span(&self.node.nearest(path.iter().copied()).at)
    }

    /// The place of a key at the top of the front matter; of the first key when it is absent.
    pub fn key(&self, key: &str) -> Span {
        let first = || match &self.node.value {
            crate::parse::yaml::Value::Map(entries) => {
                entries.first().map_or(self.node.at.clone(), |entry| entry.key_at.clone())
            }
            _ => self.node.at.clone(),
        };
        self.span(&self.node.entry(key).map_or_else(first, |entry| entry.key_at.clone()))
    }

    /// Whether a key is absent by the author's will: neither there nor wrong.
    pub fn lacks(&self, key: &str) -> bool {
        self.node.entry(key).is_none_or(|entry| entry.node.value == crate::parse::yaml::Value::Null)
            && !self.faulty.contains(key)
    }

    /// Its title; the id when it has none.
    pub fn title(&self) -> &str {
        self.front.title.as_deref().unwrap_or(&self.id)
    }

    /// Whether the author gave it an id that can be used.
    pub fn is_named(&self) -> bool {
        self.front.id.is_some()
    }

    /// Its kind, where known.
    pub fn kind(&self) -> Option<Kind> {
        self.front.kind
    }

    /// Its status; a document that does not say is a draft.
    pub fn status(&self) -> Status {
        self.front.status.unwrap_or(Status::Draft)
    }

    /// Whether it is approved (today or from a later day).
    pub fn is_approved(&self) -> bool {
        self.status() == Status::Approved
    }

    /// Whether it can still be used or become usable: not superseded, not withdrawn.
    pub fn is_live(&self) -> bool {
        !matches!(self.status(), Status::Superseded | Status::Withdrawn)
    }

    /// Its classification.
    pub fn classification(&self) -> Classification {
        self.front.classification.unwrap_or_default()
    }

    /// First day in force: the effective date, or the day of approval.
    pub fn effective(&self) -> Option<Date> {
        self.front.effective.or_else(|| self.front.approved.as_ref().map(|approved| approved.on))
    }

    /// Whether it is in force on a day: approved, and effective by then.
    pub fn in_force(&self, today: Date) -> bool {
        self.is_approved() && self.effective().is_none_or(|day| day <= today)
    }

    /// The newest line of its history, where that was written after the approval.
    pub fn unapproved_revision(&self) -> Option<(usize, &Revision)> {
        let approval = self.front.approved.as_ref()?;
        let revisions = self.front.revisions.iter().enumerate().rev();
        let newest = revisions.max_by_key(|(_, revision)| revision.date)?;
        (newest.1.date > approval.on).then_some(newest)
    }

    /// The day of its last review, where that left something open. A change that was asked for is
    /// made by a later version that was approved, or by any version but the one that was reviewed.
    pub fn unsettled_review(&self) -> Option<(Date, Unsettled)> {
        let review = self.front.review.as_ref()?;
        let last = review.last?;
        let unsettled = match (review.outcome, &review.reviewer) {
            (None, None) => Unsettled::Incomplete("by whom and with what outcome"),
            (None, Some(_)) => Unsettled::Incomplete("with what outcome"),
            (Some(_), None) => Unsettled::Incomplete("by whom"),
            (Some(Outcome::Confirmed), _) => return None,
            (Some(Outcome::Retired), _) => Unsettled::Retire,
            (Some(Outcome::ChangeNeeded), _) => {
                let other = review.version.as_ref().zip(self.front.version.as_ref());
                let is_other = other.is_some_and(|(reviewed, own)| reviewed < own);
                let later = self.front.revisions.iter().any(|revision| revision.date > last);
                if is_other || later && self.unapproved_revision().is_none() {
                    return None;
                }
                Unsettled::Change
            }
        };
        Some((last, unsettled))
    }

    /// Day on which its next review is due.
    pub fn next_review(&self, settings: &Settings) -> Option<Date> {
        let review = self.front.review.as_ref()?;
        let every = review.every?;
        let start =
            self.front.approved.as_ref().map(|approved| approved.on).or(self.front.effective);
        schedule::next_review(settings.review.schedule, every, start, review.last)
    }

    /// How its review stands on a day. Only documents that are approved, or still being worked
    /// on, have reviews.
    pub fn review_state(&self, settings: &Settings, today: Date) -> ReviewState {
        match self.next_review(settings) {
            Some(due) if self.is_approved() => {
                if due < today {
                    ReviewState::Overdue
                } else if due <= today.plus(settings.due_soon()) {
                    ReviewState::DueSoon
                } else {
                    ReviewState::Current
                }
            }
            _ => ReviewState::None,
        }
    }
}
