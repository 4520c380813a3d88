//! The facts of a document, as JSON: what the JSON Schema of an item is checked against.
//!
//! All values of front matter are text, as the author typed them. Counts are numbers.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{PatternOptions, Validator};
use serde_json::{Map, Value as Json, json};

use super::breadth::{self, NoSchema};
use crate::model::document::Document;
use crate::model::schema::to_json;
use crate::parse::yaml::{Node, Value};

/// The facts of a document; `topics` are the topics of one clause that it covers.
pub fn of(document: &Document, topics: &[&str]) -> Json {
    let outline: Vec<Json> = document
        .body
        .headings
        .iter()
        .map(|heading| {
            json!({
                "slug": heading.slug,
                "title": heading.text,
                "level": heading.level,
                "words": heading.words,
                "covers": heading.covers,
            })
        })
        .collect();
    let raci: Vec<Json> = document
        .matrices
        .iter()
        .map(|matrix| {
            let roles: Vec<&str> = matrix.roles.iter().map(|role| role.text.as_str()).collect();
            let rows: Vec<&str> =
                matrix.rows.iter().map(|row| row.activity.text.as_str()).collect();
            json!({ "section": matrix.section, "roles": roles, "activities": rows })
        })
        .collect();
    let front = to_json(&document.node);
    let list = |key: &str| front.get(key).cloned().unwrap_or_else(|| json!([]));
    let links: Vec<&str> = document.body.links.iter().map(|link| link.target.as_str()).collect();
    json!({
        "outline": outline,
        "topics": topics,
        "raci": raci,
        "kpis": list("kpis"),
        "records": list("records"),
        "links": links,
        "front": front,
    })
}

/// A JSON Schema written in YAML, with numbers and truth values where the keywords want them. What
/// a value is compared with stays text, as the facts are.
pub fn typed(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Text(text) => match text.as_str() {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            text => Json::from(text),
        },
        Value::List(items) => Json::Array(items.iter().map(typed).collect()),
        Value::Map(entries) => {
            let mut object = Map::new();
            for entry in entries {
                let value = match (&*entry.key, entry.node.text()) {
                    ("const" | "enum", _) => to_json(&entry.node),
                    (key, Some(text)) if is_count(key) => {
                        text.parse::<u64>().map_or_else(|_| Json::from(text), Json::from)
                    }
                    _ => typed(&entry.node),
                };
                object.insert(entry.key.to_string(), value);
            }
            Json::Object(object)
        }
    }
}

/// Keywords whose value is a number.
fn is_count(keyword: &str) -> bool {
    ["min", "max"].iter().any(|start| keyword.starts_with(start))
        || matches!(keyword, "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf")
}

/// Makes a schema ready. Patterns run in linear time, and nothing is ever fetched: a `$ref` that
/// leads elsewhere is an error, as is a schema whose parts are asked too often.
///
/// # Errors
/// Why it is no JSON Schema.
pub fn validator(schema: &Json) -> Result<Validator, NoSchema> {
    breadth::look(schema)?;
    let built = jsonschema::draft202012::options()
        .with_pattern_options(PatternOptions::regex().size_limit(1 << 20))
        .build(schema);
    built.map_err(|error| {
        let path = error.instance_path().iter().map(|step| step.to_string()).collect();
        let message = match error.kind() {
            ValidationErrorKind::Referencing(_) => {
                "a `$ref` leads to nothing in this schema, and nothing else is read".into()
            }
            _ => format!("this is no JSON Schema: {error}"),
        };
        NoSchema { path, message }
    })
}
