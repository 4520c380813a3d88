//! How often a JSON Schema can be asked about one value, counted before it is made ready.
//!
//! `anyOf` of twice the same `$ref`, twenty times over, is asked a million times, and whoever makes
//! it ready or lists what does not hold builds all of that. So every way from the top to a part is
//! counted first: no more than [`MOST`]. A `$ref` in a circle counts as deep as facts go.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value as Json};

/// Most ways into the parts of one schema; the largest built-in one has some dozens.
const MOST: u64 = 2_000;

/// How deep the facts of a document go, at most: lists and maps in the front matter, and what holds
/// them. Deeper down a schema may ask what it likes: nothing is there.
const DEEPEST: usize = 12;

/// Keywords whose schemas are asked about the same value.
const OF_SAME: [&str; 9] =
    ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "$ref"];

/// Keywords that give a schema another name or another base: what `$ref` means would depend on where
/// one comes from.
const RENAMING: [&str; 6] =
    ["$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor"];

/// Why something is no JSON Schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSchema {
    /// Keys and indices from the top of the schema to what is wrong.
    pub path: Vec<String>,
    /// What is wrong, without a full stop.
    pub message: String,
}

/// Looks a schema over.
///
/// # Errors
/// The place at which it becomes too broad, or where a `$ref` cannot be followed.
pub(super) fn look(schema: &Json) -> Result<(), NoSchema> {
    renamed(schema, &mut Vec::new())?;
    let mut walk = Walk { top: schema, known: HashMap::new(), open: HashSet::new() };
    walk.ways(schema, &mut Vec::new(), DEEPEST).map(|_| ())
}

/// Refuses keywords that make `$ref` mean something else. What a value is compared with is none.
fn renamed(part: &Json, path: &mut Vec<String>) -> Result<(), NoSchema> {
    for (step, below) in children(part) {
        if matches!(step.as_str(), "const" | "enum" | "examples" | "default") {
            continue;
        }
        path.push(step);
        let last = path.last().map(String::as_str).unwrap_or_default();
        let is_name = path.len() > 1 && is_map_of_schemas(&path[path.len() - 2]);
        if RENAMING.contains(&last) && !is_name {
            let message = format!("`{last}` is not followed here: lead to a part by `$ref` alone");
            return Err(NoSchema { path: path.clone(), message });
        }
        renamed(below, path)?;
        path.pop();
    }
    Ok(())
}

struct Walk<'a> {
    top: &'a Json,
    /// Ways into a part, asked about values that go so much deeper.
    known: HashMap<(*const Json, usize), u64>,
    /// Parts that are being counted.
    open: HashSet<(*const Json, usize)>,
}

impl<'a> Walk<'a> {
    /// How many ways lead into a part and what is below it.
    fn ways(
        &mut self,
        part: &'a Json,
        path: &mut Vec<String>,
        depth: usize,
    ) -> Result<u64, NoSchema> {
        let Json::Object(keywords) = part else { return Ok(1) };
        let key = (std::ptr::from_ref(part), depth);
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        if !self.open.insert(key) {
            let message = "this schema asks itself about the same value, without end".into();
            return Err(NoSchema { path: path.clone(), message });
        }
        let mut ways = 1_u64;
        for (keyword, value) in keywords {
            path.push(keyword.clone());
            ways = ways.saturating_add(self.of_keyword(keyword, value, path, depth)?);
            if ways > MOST {
                let message = format!(
                    "more than {MOST} ways lead from here to its parts; each is gone for every document"
                );
                return Err(NoSchema { path: path.clone(), message });
            }
            path.pop();
        }
        // What is left over is asked for once more, all that was asked before included.
        if keywords.keys().any(|keyword| keyword.starts_with("unevaluated")) {
            ways = ways.saturating_mul(2);
        }
        self.open.remove(&key);
        self.known.insert(key, ways);
        Ok(ways)
    }

    fn of_keyword(
        &mut self,
        keyword: &str,
        value: &'a Json,
        path: &mut Vec<String>,
        depth: usize,
    ) -> Result<u64, NoSchema> {
        if keyword == "$ref" {
            let leads_to = value.as_str().and_then(|pointer| self.followed(pointer));
            let Some((part, mut there)) = leads_to else {
                let message = "a `$ref` leads to nothing in this schema, and nothing else is read";
                return Err(NoSchema { path: path.clone(), message: message.into() });
            };
            return self.ways(part, &mut there, depth);
        }
        let below = match (OF_SAME.contains(&keyword), depth) {
            (true, _) => depth,
            (false, 0) => return Ok(0),
            (false, depth) => depth - 1,
        };
        let is_map = is_map_of_schemas(keyword);
        match (keyword, value) {
            ("$defs" | "definitions" | "const" | "enum" | "examples" | "default", _) => Ok(0),
            (_, Json::Object(parts)) if is_map => self.of_all(parts, path, below),
            (_, Json::Object(_)) => self.ways(value, path, below),
            (_, Json::Array(parts)) => {
                let mut ways = 0_u64;
                for (number, part) in parts.iter().enumerate().filter(|(_, one)| one.is_object()) {
                    path.push(number.to_string());
                    ways = ways.saturating_add(self.ways(part, path, below)?);
                    path.pop();
                }
                Ok(ways)
            }
            _ => Ok(0),
        }
    }

    fn of_all(
        &mut self,
        parts: &'a Map<String, Json>,
        path: &mut Vec<String>,
        depth: usize,
    ) -> Result<u64, NoSchema> {
        let mut ways = 0_u64;
        for (name, part) in parts {
            path.push(name.clone());
            ways = ways.saturating_add(self.ways(part, path, depth)?);
            path.pop();
        }
        Ok(ways)
    }

    /// The part to which `#/$defs/name` leads, and its path.
    fn followed(&self, pointer: &str) -> Option<(&'a Json, Vec<String>)> {
        let path = pointer.strip_prefix('#')?;
        // What is written with percent signs could be read in two ways.
        let part = (!path.contains('%')).then(|| self.top.pointer(path)).flatten()?;
        let steps = path.split('/').skip(1);
        Some((part, steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect()))
    }
}

/// Keywords that hold schemas by names.
fn is_map_of_schemas(keyword: &str) -> bool {
    matches!(
        keyword,
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions"
    )
}

fn children(part: &Json) -> Vec<(String, &Json)> {
    match part {
        Json::Object(parts) => parts.iter().map(|(name, below)| (name.clone(), below)).collect(),
        Json::Array(parts) => {
            parts.iter().enumerate().map(|(number, below)| (number.to_string(), below)).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A chain of parts, each of which asks the next in two places of a keyword.
    fn doubling(levels: usize, twice: impl Fn(Json) -> Json) -> Json {
        let mut parts = Map::new();
        for level in 0..levels {
            let next = json!({ "$ref": format!("#/$defs/a{}", level + 1) });
            parts.insert(format!("a{level}"), twice(next));
        }
        parts.insert(format!("a{levels}"), json!({ "type": "string" }));
        json!({ "$defs": parts, "$ref": "#/$defs/a0" })
    }

    #[test]
    fn branches_that_double_are_refused_before_anything_is_made() {
        let kinds: [fn(Json) -> Json; 5] = [
            |next| json!({ "anyOf": [next.clone(), next] }),
            |next| json!({ "oneOf": [next.clone(), next] }),
            |next| json!({ "if": next.clone(), "then": next }),
            |next| json!({ "properties": { "a": next.clone(), "b": next } }),
            |next| json!({ "allOf": [next], "unevaluatedProperties": false }),
        ];
        for twice in kinds {
            assert!(look(&doubling(4, twice)).is_ok());
            // Values are at most so deep, and so are ways that go down with them.
            let refused = look(&doubling(30, twice)).unwrap_err();
            assert!(refused.message.contains("ways"), "{refused:?}");
        }
    }

    #[test]
    fn a_circle_is_followed_as_deep_as_facts_go() {
        let once = json!({ "properties": { "a": { "$ref": "#" } } });
        assert!(look(&once).is_ok());
        let twice = json!({ "properties": { "a": { "$ref": "#" }, "b": { "$ref": "#" } } });
        assert!(look(&twice).unwrap_err().message.contains("ways"));
        let same = json!({ "anyOf": [{ "$ref": "#" }] });
        assert!(look(&same).unwrap_err().message.contains("without end"));
    }

    #[test]
    fn nothing_gives_a_part_another_name() {
        for keyword in RENAMING {
            let schema = json!({ "properties": { "a": { keyword: "x" } } });
            let refused = look(&schema).unwrap_err();
            assert_eq!(refused.path, ["properties", "a", keyword]);
        }
        assert!(look(&json!({ "properties": { "$id": { "type": "string" } } })).is_ok());
        assert!(look(&json!({ "$ref": "#/$defs/%61", "$defs": { "a": {} } })).is_err());
    }
}
