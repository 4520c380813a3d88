//! Words out of short lists: status, classification, outcome, direction.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a document stands in its life.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Status {
    /// Being written.
    Draft,
    /// Written, and being read by those who approve.
    InReview,
    /// Approved; in force from its effective date.
    Approved,
    /// Another document or version has taken its place.
    Superseded,
    /// No longer valid, and nothing took its place.
    Withdrawn,
}

impl Status {
    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::InReview => "in-review",
            Status::Approved => "approved",
            Status::Superseded => "superseded",
            Status::Withdrawn => "withdrawn",
        }
    }
}

/// Who may read a document; each level includes the readers of the next.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Classification {
    /// Everybody.
    Public,
    /// Everybody who works for the organization.
    #[default]
    Internal,
    /// Those who need it for their work.
    Confidential,
    /// Those who are named.
    Restricted,
}

impl Classification {
    /// All levels, the most open first.
    pub const ALL: [Classification; 4] = [
        Classification::Public,
        Classification::Internal,
        Classification::Confidential,
        Classification::Restricted,
    ];

    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Classification::Public => "public",
            Classification::Internal => "internal",
            Classification::Confidential => "confidential",
            Classification::Restricted => "restricted",
        }
    }
}

/// The outcome of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Outcome {
    /// Right as it stands.
    Confirmed,
    /// To be changed.
    ChangeNeeded,
    /// To be withdrawn.
    Retired,
}

impl Outcome {
    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Confirmed => "confirmed",
            Outcome::ChangeNeeded => "change-needed",
            Outcome::Retired => "retired",
        }
    }
}

/// Which way a measure should move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Within a range is best.
    Band,
    /// A figure to know, with no better or worse.
    Info,
}
