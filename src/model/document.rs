//! One controlled document: front matter that has been understood, and its body.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::classified;
use super::front::{FrontMatter, Revision};
use super::generated::{self, Generated};
use super::nothing::is_nobody;
use super::placeholder;
use super::raci::{self, Matrix};
use super::schedule;
use super::schema;
use super::sentences::{self, Sentence};
use super::settings::Settings;
use super::value::{Classification, Date, Kind, Outcome, Status, Text};
use super::variables::{self, Filled, Met, Variables};
use super::violation::{Violation, Wrong};
use crate::parse::markdown::{Body, Fence, Mark};
use crate::parse::yaml::Node;
use crate::parse::{Parsed, Trouble};
use crate::source::SourceFile;
use crate::text::phrase::Phrase;
use crate::text::{FileId, Span, key};

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
    /// Who may read it.
    classification: Classification,
    /// Its front matter.
    pub front: FrontMatter,
    /// Places of the front matter's keys and values.
    pub node: Node,
    /// What the schema of its kind does not allow.
    pub violations: Vec<Violation>,
    /// Keys at the top of the front matter below which something is wrong.
    pub faulty: BTreeSet<String>,
    /// What is wrong with how the file is written.
    pub troubles: Vec<Trouble>,
    /// Keys whose value may be another one than was meant because of that.
    pub doubtful: BTreeSet<String>,
    /// Whether keys of the front matter may be missing because of that.
    pub lost: bool,
    /// Its body.
    pub body: Body,
    /// Where the body begins and ends.
    pub body_at: Range<usize>,
    /// Its RACI matrices.
    pub matrices: Vec<Matrix>,
    /// Its generated blocks, one for each block `clausebook`.
    pub generated: Vec<Option<Generated>>,
    /// All decisions that the organization still has to take, in front matter and body.
    pub decisions: Vec<Mark>,
    /// All `{{ … }}` that name nothing.
    pub undefined: Vec<Mark>,
    /// How much longer its values make it.
    pub filled: Filled,
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

impl Generated {
    /// Whether the filters let a document through.
    pub fn takes_document(&self, document: &Document) -> bool {
        let front = &document.front;
        self.takes("kind", front.kind.map(Kind::word))
            && self.takes("status", Some(document.status().word()))
            && self.takes("classification", Some(document.classification().word()))
            && self.takes("owner", front.owner.as_deref())
            && self.takes("document", Some(&document.id))
            && self
                .filter("clause")
                .is_none_or(|wanted| front.clauses.iter().any(|clause| **clause == *wanted))
    }
}

impl Document {
    /// Understands a parsed document.
    pub fn new(file: &SourceFile, parsed: Parsed, variables: &Variables) -> Self {
        let Parsed { mut front, body, body_at, troubles, doubt } = parsed;
        let met = variables::expand(&mut front, &file.text, variables);
        let Met { mut decisions, mut undefined, mut filled } = met;
        for mark in &body.marks {
            match variables.get(&front, &mark.inner) {
                _ if mark.decision().is_some() => decisions.push(mark.clone()),
                None => undefined.push(mark.clone()),
                Some(value) => filled.count(mark, value),
            }
        }
        let written = front.clone();
        let mut checked = schema::read_front_matter(front, &doubt);
        let classification = classified::level(
            &written,
            &file.text[..body_at.start],
            &checked.violations,
            (&troubles, &doubt),
        );
        // Whatever a value is to hold, it may be left to be decided.
        let open = |at: &Range<usize>| {
            decisions
                .iter()
                .chain(&undefined)
                .any(|mark| at.start <= mark.at.start && mark.at.end <= at.end)
        };
        // What is missing may stand where something cannot be read.
        let missing = |one: &Violation| {
            !troubles.is_empty() && one.path.is_empty() && matches!(one.what, Wrong::Missing(_))
        };
        checked.violations.retain(|one| !missing(one));
        checked.violations.retain(|one| {
            matches!(one.what, Wrong::Unknown { .. } | Wrong::Missing(_)) || !open(&one.at)
        });
        let id = checked.value.id.as_ref().map_or_else(|| file.path.clone(), |id| id.0.clone());
        let placeholders = placeholder::find(&file.text, &checked.node, &body, &decisions);
        Document {
            file: file.id,
            path: file.path.clone(),
            text: Arc::clone(&file.text),
            id,
            classification,
            front: checked.value,
            node: checked.node,
            violations: checked.violations,
            faulty: checked.faulty,
            troubles,
            doubtful: doubt.keys,
            lost: checked.lost,
            matrices: raci::matrices(&file.text, &body),
            generated: generated::of(&file.text, &body),
            sentences: sentences::of(&file.text, &body),
            body,
            body_at,
            decisions,
            undefined,
            filled,
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
        let diagrams = fences.filter(|one| one.word() == "mermaid");
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
            && self.troubles.is_empty()
    }

    /// Whether what stands at a place is still to be decided.
    pub fn is_open(&self, at: &Range<usize>) -> bool {
        self.decisions.iter().any(|mark| at.start <= mark.at.start && mark.at.end <= at.end)
    }

    /// Whether what stands at a place is still to be filled in or decided: that has its own finding.
    pub fn is_unfinished(&self, at: &Range<usize>) -> bool {
        let within = |one: &Range<usize>| at.start <= one.start && one.end <= at.end;
        self.is_open(at) || self.placeholders.iter().any(within)
    }

    /// Its title; the id when it has none.
    pub fn title(&self) -> &str {
        self.front.title.as_deref().unwrap_or(&self.id)
    }

    /// Its title, with the decisions in it.
    pub fn title_phrase(&self) -> Phrase {
        let title = self.front.title.as_ref().map(Text::phrase);
        title.unwrap_or_else(|| self.id.as_str().into())
    }

    /// Whether the author gave it an id that can be used.
    pub fn is_named(&self) -> bool {
        self.front.id.is_some()
    }

    /// Whether an id is made of its kind and the words of its title or of the name of its file, as
    /// `PRC-INC-01` is of the process “Incident management”.
    pub fn suits(&self, id: &str) -> bool {
        let mut parts = id.split('-');
        let (Some(kind), Some(letters)) = (parts.next(), parts.next()) else { return false };
        let letters = key(letters);
        let stem = self.path.rsplit('/').next().unwrap_or_default();
        let title = self.front.title.as_deref().unwrap_or_default();
        let of_kind = self.kind().is_none_or(|own| own.prefix().eq_ignore_ascii_case(kind));
        of_kind && [title, stem].iter().any(|words| abbreviates(&letters, &key(words)))
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

    /// Whether its classification is the one that stands in its front matter, or the default.
    pub fn says_its_classification(&self) -> bool {
        self.front.classification.unwrap_or_default() == self.classification
    }

    /// Its classification; the highest where it cannot be read.
    pub fn classification(&self) -> Classification {
        self.classification
    }

    /// Whether it is an old edition, which stands in no file.
    pub fn is_old(&self) -> bool {
        self.file == FileId::NONE
    }

    /// The same document for nobody below a classification, whatever it says itself.
    #[must_use]
    pub fn at_least(mut self, level: Classification) -> Self {
        self.classification = self.classification.max(level);
        self
    }

    /// The day that it names as its first in force: the effective date, or the day of approval.
    pub fn effective(&self) -> Option<Date> {
        self.front.effective.or_else(|| self.front.approved.as_ref().map(|approved| approved.on))
    }

    /// First day on which its readers can rely on it: nothing is in force before it was approved.
    pub fn first_day(&self) -> Option<Date> {
        self.effective().max(self.front.approved.as_ref().map(|approved| approved.on))
    }

    /// Whether it is in force on a day: approved by then, and effective.
    pub fn in_force(&self, today: Date) -> bool {
        self.is_approved() && self.first_day().is_none_or(|day| day <= today)
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
        let reviewer = review.reviewer.as_ref().filter(|reviewer| !is_nobody(reviewer));
        let unsettled = match (review.outcome, reviewer) {
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

/// Whether letters are the first of a word and others after it, in their order.
fn abbreviates(letters: &str, words: &str) -> bool {
    let words: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (0..words.len()).any(|start| {
        let text = words[start..].concat();
        let mut left = text.chars();
        letters.chars().next() == text.chars().next()
            && letters.chars().all(|letter| left.any(|one| one == letter))
    })
}
