//! What a schema does not allow in a tree of values, and what would be right in its place.

use std::fmt;
use std::ops::Range;

use super::value::{Id, Interval, KeptEditions, Version};
use crate::text::nearest;

/// One thing in a tree of values that its schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The smallest thing that is wrong.
    pub at: Range<usize>,
    /// Keys and indices from the top, joined with `.`: `review.every`.
    pub path: String,
    /// What is wrong with it.
    pub what: Wrong,
    /// What was plainly meant; it is read on with.
    pub meant: Option<Meant>,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// This key is missing.
    Missing(String),
    /// The key is not one of these.
    Unknown {
        /// The key as typed.
        key: String,
        /// The keys that there are.
        known: Vec<String>,
        /// Those that stand beside it.
        beside: Vec<String>,
    },
    /// The value is not what the field holds.
    Value {
        /// The value as typed, when it is a scalar.
        found: Option<String>,
        /// What would be right.
        expected: Expected,
    },
    /// The value should be a date and is none.
    Date(String),
}

impl Violation {
    /// What is wrong, in words, and what would be right.
    pub fn in_words(&self) -> (String, Option<String>) {
        match &self.what {
            Wrong::Missing(key) => (format!("`{key}` is missing"), Some(format!("add `{key}: …`"))),
            Wrong::Unknown { key, known, .. } => {
                let near = nearest(key, known.iter().map(String::as_str));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known here: {}", known.join(", ")),
                };
                (format!("there is no key `{key}` here"), Some(help))
            }
            Wrong::Value { found: Some(found), expected } => {
                let near = nearest(found, expected.words().iter().map(String::as_str));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                (format!("`{found}` is not {expected}"), help)
            }
            Wrong::Value { found: None, expected } => (format!("this should be {expected}"), None),
            Wrong::Date(found) => {
                let help = "write the day as YYYY-MM-DD, for example 2026-03-15";
                (format!("`{found}` is no date"), Some(help.into()))
            }
        }
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A list.
    List,
    /// A group of keys with values.
    Group,
    /// Plain text.
    Text,
    /// One of these words.
    OneOf(Vec<String>),
    /// This word.
    Word(String),
    /// A length of time.
    Interval,
    /// How many old editions are shown.
    KeptEditions,
    /// A version.
    Version,
    /// An id.
    Id,
    /// Text of at most so many characters.
    AtMost(u64),
    /// Text of a form that its schema alone describes.
    Form,
    /// Something that has no words here.
    Other,
}

impl Expected {
    /// Text of the form that a regular expression describes.
    pub(super) fn of_pattern(pattern: &str) -> Self {
        match pattern {
            Interval::PATTERN => Expected::Interval,
            KeptEditions::PATTERN => Expected::KeptEditions,
            Version::PATTERN => Expected::Version,
            Id::PATTERN => Expected::Id,
            _ => Expected::Form,
        }
    }

    /// The words that are allowed, where there is a list.
    pub fn words(&self) -> &[String] {
        match self {
            Expected::OneOf(words) => words,
            _ => &[],
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Expected::List => "a list: [a, b], or one line each that begins with `- `",
            Expected::Group => "a group of `key: value` pairs",
            Expected::Text => "plain text",
            Expected::OneOf(words) => return write!(f, "one of {}", words.join(", ")),
            Expected::Word(word) => return write!(f, "`{word}`"),
            Expected::KeptEditions => "`last 3` or another number, `all` or `none`",
            Expected::Interval => "a length of time such as `12 months` or `30 days`",
            Expected::Version => "a version such as `2.1`: numbers with dots between",
            Expected::Id => {
                "an id: letters, digits, `-`, `_` and `.`, at most 64, not a name that Windows keeps"
            }
            Expected::AtMost(count) => return write!(f, "at most {count} characters"),
            Expected::Form => "text of another form",
            Expected::Other => "another value",
        })
    }
}

/// What was plainly meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The text to write in its place.
    pub text: String,
    /// Whether nothing else can have been meant.
    pub safe: bool,
}
