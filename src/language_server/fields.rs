//! What the fields of front matter hold: names of what, or words out of a list.

use std::ops::Range;

use serde_json::Value as Json;

pub(super) use crate::model::fields::{Names, Scalar, names, scalars};
use crate::parse::yaml::{Node, Value};

/// The key of front matter at a byte, and the keys above it.
pub(super) fn key_at(node: &Node, offset: usize) -> Option<(Vec<&str>, Range<usize>)> {
    match &node.value {
        Value::Map(entries) => entries.iter().find_map(|entry| {
            if entry.key_at.start <= offset && offset <= entry.key_at.end {
                return Some((vec![&*entry.key], entry.key_at.clone()));
            }
            let (mut path, at) = key_at(&entry.node, offset)?;
            path.insert(0, &entry.key);
            Some((path, at))
        }),
        Value::List(items) => items.iter().find_map(|item| key_at(item, offset)),
        Value::Null | Value::Text(_) => None,
    }
}

/// The part of a JSON Schema that describes what stands at a path of keys.
pub(super) fn described<'s>(schema: &'s Json, path: &[&str]) -> Option<&'s Json> {
    let mut part = schema;
    for key in path {
        part = of_items(part).get("properties")?.get(key)?;
    }
    Some(part)
}

/// What a schema says of the items of a list, or the schema itself where it is of no list.
pub(super) fn of_items(schema: &Json) -> &Json {
    schema.get("items").unwrap_or(schema)
}

/// The words that a schema allows, each with what it means.
pub(super) fn words(schema: &Json) -> Vec<(&str, &str)> {
    let part = of_items(schema);
    let plain = part.get("enum").and_then(Json::as_array).into_iter().flatten();
    let plain = plain.filter_map(|word| Some((word.as_str()?, "")));
    let described = part.get("oneOf").and_then(Json::as_array).into_iter().flatten();
    let described = described.filter_map(|one| {
        let about = one.get("description").and_then(Json::as_str).unwrap_or_default();
        Some((one.get("const")?.as_str()?, about))
    });
    plain.chain(described).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::front::FrontMatter;
    use crate::model::schema::derived;

    #[test]
    fn every_field_that_names_something_is_one_of_the_schema() {
        let schema = derived::<FrontMatter>();
        for path in [
            vec!["related"],
            vec!["supersedes"],
            vec!["services", "agreement"],
            vec!["clauses"],
            vec!["records", "clause"],
            vec!["waivers", "rule"],
            vec!["inputs", "from"],
            vec!["outputs", "to"],
            vec!["owner"],
            vec!["records", "owner"],
            vec!["approved", "by"],
            vec!["review", "reviewer"],
            vec!["scope", "services"],
            vec!["scope", "other_parties"],
            vec!["services", "depends_on"],
            vec!["services", "run_by"],
            vec!["roles", "party"],
            vec!["effective"],
            vec!["revisions", "date"],
            vec!["waivers", "until"],
        ] {
            assert!(names(&path).is_some(), "{path:?}");
            assert!(described(&schema, &path).is_some(), "{path:?}");
        }
        assert_eq!(names(&["title"]), None);
    }

    #[test]
    fn the_schema_tells_the_words_of_a_field() {
        let schema = derived::<FrontMatter>();
        let status = words(described(&schema, &["status"]).unwrap());
        assert!(status.iter().any(|(word, about)| *word == "in-review" && !about.is_empty()));
        let outcome = words(described(&schema, &["review", "outcome"]).unwrap());
        assert!(outcome.iter().any(|(word, _)| *word == "confirmed"));
        assert!(words(described(&schema, &["title"]).unwrap()).is_empty());
    }
}
