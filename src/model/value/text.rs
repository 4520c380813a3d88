//! Ids, plain text, yes and no: what the author typed, never a number or a date.

use std::borrow::Cow;
use std::fmt;

use crate::text::phrase::Phrase;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

/// A document's or another thing's id: letters, digits, `-`, `_` and `.`, at most 64.
///
/// It becomes the name of a folder of the site, so names that Windows keeps for itself are not
/// ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(pub String);

impl Id {
    /// What it looks like, as a regular expression.
    pub const PATTERN: &str = "^(?!(?i:(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\.|$)|index\\.html$))[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$";
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Id)
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "number"],
            "pattern": Id::PATTERN,
            "examples": ["PRC-INC-01"]
        })
    }
}

/// The longest text that a value may be, in characters: some pages. Many of them stand on pages of
/// other documents, and some on every page.
const LONGEST: u32 = 10_000;

/// Plain text: exactly what the author typed, never a number, a date or a truth value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(pub String);

impl Text {
    /// It, with the decisions in it told from words.
    pub fn phrase(&self) -> Phrase {
        self.0.as_str().into()
    }
}

impl std::ops::Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Text)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // `title: 2026` or `owner: no` is text to us, whatever an editor's YAML reader makes of it.
        json_schema!({ "type": ["string", "number", "boolean"], "maxLength": LONGEST })
    }
}

/// Yes or no, written `true` or `false`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag(pub bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        text.parse().map(Flag).map_err(|_| serde::de::Error::custom("neither true nor false"))
    }
}

impl JsonSchema for Flag {
    fn schema_name() -> Cow<'static, str> {
        "Flag".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Text to us, a truth value to an editor's YAML reader.
        json_schema!({ "enum": ["true", "false", true, false] })
    }
}
