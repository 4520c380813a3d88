//! How many old editions of a document are shown.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

/// How many editions of a document are shown besides the one in force: `last 3`, `all`, `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptEditions {
    /// Those before it: so many.
    Last(usize),
    /// Every one that the repository knows.
    All,
    /// None.
    None,
}

impl Default for KeptEditions {
    fn default() -> Self {
        KeptEditions::Last(3)
    }
}

impl KeptEditions {
    /// What it looks like, as a regular expression.
    pub const PATTERN: &str = r"^(last [1-9][0-9]{0,3}|all|none)$";

    /// Reads `last 3`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "all" => Some(KeptEditions::All),
            "none" => Some(KeptEditions::None),
            _ => {
                let count = text.strip_prefix("last ")?;
                let is_plain = count.bytes().all(|byte| byte.is_ascii_digit());
                let count =
                    count.parse().ok().filter(|count| is_plain && (1..=9999).contains(count));
                count.map(KeptEditions::Last)
            }
        }
    }

    /// The first of so many editions that is shown.
    pub fn first_of(self, editions: usize) -> usize {
        match self {
            KeptEditions::Last(count) => editions.saturating_sub(count),
            KeptEditions::All => 0,
            KeptEditions::None => editions,
        }
    }
}

impl<'de> Deserialize<'de> for KeptEditions {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        KeptEditions::parse(&text).ok_or_else(|| serde::de::Error::custom("not known"))
    }
}

impl JsonSchema for KeptEditions {
    fn schema_name() -> Cow<'static, str> {
        "KeptEditions".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": KeptEditions::PATTERN, "examples": ["last 3"] })
    }
}

#[cfg(test)]
mod tests {
    use super::KeptEditions;

    #[test]
    fn it_says_which_editions_are_shown() {
        let first = |text: &str| KeptEditions::parse(text).map(|kept| kept.first_of(5));
        assert_eq!([first("last 3"), first("all"), first("none")], [Some(2), Some(0), Some(5)]);
        assert_eq!(first("last 9"), Some(0));
        for wrong in ["last", "last 0", "last +3", "3", "All", "last 10000", "last  3"] {
            assert_eq!(first(wrong), None, "{wrong}");
        }
    }
}
