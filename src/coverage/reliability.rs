//! How far a document can be relied on.

use crate::model::document::{Document, ReviewState, Unsettled};
use crate::model::library::Library;
use crate::model::nothing::is_nobody;
use crate::model::settings::Settings;
use crate::model::value::{Date, Status};

/// How far a document can be relied on, on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reliability {
    /// Approved, in force, reviewed, nothing left open.
    Good,
    /// Its review was due on this day.
    Overdue(Date),
    /// It was reviewed on this day, and does not say by whom or with what outcome.
    HalfReviewed(Date),
    /// The review of this day asked for a change that was not made.
    ChangeNeeded(Date),
    /// The review of this day retired it.
    Retired(Date),
    /// A decision in it is still to be taken.
    Undecided,
    /// Top management has to approve it, and did not.
    NotFromTheTop,
    /// The one who approved it is no role of the register.
    UnknownApprover,
    /// Nobody holds the role that approved it.
    NoHolder,
    /// Its text is of this day, and the approval is older.
    Changed(Date),
    /// It says that it is approved, and not by whom.
    Unapproved,
    /// Approved, and in force from this day.
    NotYet(Date),
    /// Being read by those who approve.
    InReview,
    /// Being written.
    Draft,
    /// It holds placeholder text, and counts for nothing.
    Placeholder,
}

impl Reliability {
    /// How a document stands on a day.
    pub fn of(document: &Document, library: &Library, settings: &Settings, today: Date) -> Self {
        if !document.placeholders.is_empty() {
            return Reliability::Placeholder;
        }
        match document.status() {
            Status::Draft => return Reliability::Draft,
            Status::InReview => return Reliability::InReview,
            _ => {}
        }
        let approval = document.front.approved.as_ref();
        let Some(approval) = approval.filter(|approval| !is_nobody(&approval.by)) else {
            return Reliability::Unapproved;
        };
        if let Some(day) = document.first_day().filter(|day| *day > today) {
            return Reliability::NotYet(day);
        }
        if let Some((_, revision)) = document.unapproved_revision() {
            return Reliability::Changed(revision.date);
        }
        if library.has_roles() && library.acts_as(&approval.by).next().is_none() {
            return Reliability::UnknownApprover;
        }
        if library.has_roles() && !library.acts_as(&approval.by).any(|role| role.entry.is_held()) {
            return Reliability::NoHolder;
        }
        if !document.decisions.is_empty() {
            return Reliability::Undecided;
        }
        match document.unsettled_review() {
            Some((day, Unsettled::Retire)) => return Reliability::Retired(day),
            Some((day, Unsettled::Change)) => return Reliability::ChangeNeeded(day),
            Some((day, Unsettled::Incomplete(_))) => return Reliability::HalfReviewed(day),
            None => {}
        }
        match document.next_review(settings) {
            Some(due) if document.review_state(settings, today) == ReviewState::Overdue => {
                Reliability::Overdue(due)
            }
            _ => Reliability::Good,
        }
    }

    /// What is wrong with a document of this standing, after its name; nothing when it is good.
    pub fn in_words(self) -> Option<String> {
        Some(match self {
            Reliability::Good => return None,
            Reliability::Overdue(day) => format!("was due for review on {day}"),
            Reliability::HalfReviewed(day) => {
                format!("was reviewed on {day} without a reviewer or an outcome")
            }
            Reliability::ChangeNeeded(day) => {
                format!("needs a change, by its review of {day}, that was not made")
            }
            Reliability::Retired(day) => format!("was retired by its review of {day}"),
            Reliability::Undecided => "holds decisions that are still to be taken".into(),
            Reliability::UnknownApprover => {
                "was approved by somebody who is no role of the register".into()
            }
            Reliability::NoHolder => "was approved by a role that nobody holds".into(),
            Reliability::NotFromTheTop => "was not approved by top management".into(),
            Reliability::Changed(day) => format!("was changed on {day}, after its approval"),
            Reliability::NotYet(day) => format!("is in force from {day} only"),
            Reliability::InReview => "is still in review".into(),
            Reliability::Unapproved => "does not say who approved it".into(),
            Reliability::Draft => "is a draft".into(),
            Reliability::Placeholder => "holds placeholder text and counts for nothing".into(),
        })
    }
}
