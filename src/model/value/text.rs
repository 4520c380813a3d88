//! Ids, plain text, yes and no: what the author typed, never a number or a date.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::phrase::{self, Phrase};
use crate::text::unportable;

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

    /// Whether a text is one: the same as the pattern says.
    pub fn is_one(text: &str) -> bool {
        let letter = |byte: &u8| byte.is_ascii_alphanumeric();
        let bytes = text.as_bytes();
        let ends = bytes.first().is_some_and(letter) && bytes.last().is_some_and(letter);
        let is_page = text.eq_ignore_ascii_case("index.html");
        ends && bytes.len() <= 64
            && unportable(text).is_none()
            && !is_page
            && bytes.iter().all(|byte| letter(byte) || b"._-".contains(byte))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        Ok(Id(phrase::plain(&text).into_owned()))
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

/// Plain text: exactly what the author typed, never a number, a date or a truth value. A decision
/// that is still to be taken stands in it in brackets, and is told from words by its phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub String, Option<Box<Phrase>>);

impl Text {
    /// Whether something in it is still to be decided.
    pub fn is_open(&self) -> bool {
        self.1.is_some()
    }

    /// It, with the decisions in it told from words.
    pub fn phrase(&self) -> Phrase {
        self.1.as_deref().cloned().unwrap_or_else(|| self.0.as_str().into())
    }
}

impl From<&Text> for Phrase {
    fn from(text: &Text) -> Self {
        text.phrase()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text(text.to_owned(), None)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
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
        let text = String::deserialize(from)?;
        if !text.contains(phrase::OPEN) {
            return Ok(Text(text, None));
        }
        let phrase = Phrase::carried(text);
        Ok(Text(phrase.plain().into_owned(), Some(Box::new(phrase))))
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
