//! Front matter against its JSON Schema: the schema of each kind, derived from the types of
//! [`super::front`], and every violation of a file with its place.
//!
//! The same machinery reads `clausebook.yaml`, whose types are in [`Settings`](super::settings::Settings).
//!
//! Longer than most: one way from a tree of values to a type, violations included.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, Validator};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use super::front::FrontMatter;
use super::meant;
use super::register::Register;
use super::value::{Date, Kind};
use super::violation::{Expected, Violation, Wrong};
use crate::parse::recover::Doubt;
use crate::parse::yaml::{Entry, Node, Value};

/// A tree of values read into a type, and what was wrong with it.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The typed value; parts that were wrong are absent.
    pub value: T,
    /// The tree that it was read from, without the list items that were wrong: index `n` of a
    /// list here is index `n` of the typed list.
    pub node: Node,
    /// All violations, in the order of their places.
    pub violations: Vec<Violation>,
    /// The keys at the top below which something was wrong: a check of absence leaves them alone.
    pub faulty: BTreeSet<String>,
    /// Whether keys may be missing because of a fault of the text.
    pub lost: bool,
}

/// The JSON Schema (2020-12) of a kind's front matter, as an editor reads it.
pub fn of_kind(kind: Kind) -> Json {
    let mut schema = derived::<FrontMatter>();
    let Some(properties) = schema.get_mut("properties").and_then(Json::as_object_mut) else {
        return schema;
    };
    properties.retain(|key, _| belongs(key, kind));
    if let Some(of_kind) = properties.get_mut("kind") {
        of_kind["const"] = Json::from(kind.word());
        of_kind.as_object_mut().map(|object| object.shift_remove("oneOf"));
    }
    schema["title"] = Json::from(format!("Front matter of a document of kind {}", kind.word()));
    if kind == Kind::Scope
        && let Some(required) = schema.get_mut("required").and_then(Json::as_array_mut)
    {
        required.push("scope".into());
    }
    schema
}

/// The JSON Schema of a type, as `schemars` derives it, nulls taken out: an empty value is an
/// absent one.
pub fn derived<T: JsonSchema>() -> Json {
    let generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let schema: Schema = generator.into_root_schema_for::<T>();
    let mut json = schema.to_value();
    without_nulls(&mut json);
    json
}

/// Keys that belong to some kinds alone.
fn belongs(key: &str, kind: Kind) -> bool {
    match Register::of_key(key) {
        Some(register) => register.kinds().contains(&kind),
        None => key != "scope" || kind == Kind::Scope,
    }
}

/// Takes `null` out of every list of types, `default` and formats of numbers out of all: our
/// values are text.
fn without_nulls(json: &mut Json) {
    match json {
        Json::Object(object) => {
            object.shift_remove("default");
            if let Some(Json::Array(types)) = object.get_mut("type") {
                types.retain(|one| one != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    object.insert("type".into(), one);
                }
            }
            if let Some(Json::Array(any)) = object.get_mut("anyOf") {
                any.retain(|one| one.get("type").is_none_or(|kind| kind != "null"));
                if any.len() == 1
                    && let Some(Json::Object(only)) = any.pop()
                {
                    object.shift_remove("anyOf");
                    for (key, value) in only {
                        object.entry(key).or_insert(value);
                    }
                }
            }
            object.values_mut().for_each(without_nulls);
        }
        Json::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

/// A schema ready to check with, and its text, which knows the keys that there are.
pub struct Shape {
    json: Json,
    validator: Validator,
}

impl Shape {
    /// Makes a schema ready.
    ///
    /// # Panics
    /// The schema is no JSON Schema; ours are derived, and a test compiles each.
    pub fn new(json: Json) -> Self {
        let validator = jsonschema::draft202012::options()
            .with_format("date", |text: &str| Date::parse(text).is_some())
            .should_validate_formats(true)
            .build(&json)
            .expect("a derived schema is a JSON Schema");
        Shape { json, validator }
    }

    /// The keys that may stand at a path. Our schemas have no references, so a path into a value
    /// is a path into its schema.
    fn keys(&self, path: &[String]) -> Vec<String> {
        let mut schema = &self.json;
        for step in path {
            let next = schema.get("properties").and_then(|keys| keys.get(step));
            match next.or_else(|| schema.get("items")) {
                Some(next) => schema = next,
                None => return Vec::new(),
            }
        }
        let properties = schema.get("properties").and_then(Json::as_object);
        properties.into_iter().flat_map(|keys| keys.keys().cloned()).collect()
    }
}

/// Checks front matter and reads it. The kind decides which schema holds; a document without a
/// usable kind is checked against what all kinds share.
pub fn read_front_matter(node: Node, doubt: &Doubt) -> Checked<FrontMatter> {
    static KINDS: OnceLock<BTreeMap<Kind, Shape>> = OnceLock::new();
    static ANY: OnceLock<Shape> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| {
        Kind::ALL.into_iter().map(|kind| (kind, Shape::new(of_kind(kind)))).collect()
    });
    read(node, doubt, |node| match node.get("kind").and_then(Node::text).and_then(Kind::parse) {
        Some(kind) => &kinds[&kind],
        None => ANY.get_or_init(|| Shape::new(derived::<FrontMatter>())),
    })
}

/// Checks a tree against the schema that it asks for, and reads it into a type. Where it is plain
/// what was meant, that is read; what may be the consequence of a fault is left out.
pub fn read<'s, T: DeserializeOwned + Default>(
    mut node: Node,
    doubt: &Doubt,
    schema: impl Fn(&Node) -> &'s Shape,
) -> Checked<T> {
    let json = to_json(&node);
    let sure = doubt.keys.is_empty() && !doubt.lost;
    if sure
        && schema(&node).validator.is_valid(&json)
        && let Ok(value) = serde_json::from_value(json)
    {
        let (violations, faulty) = (Vec::new(), BTreeSet::new());
        return Checked { value, node, violations, faulty, lost: false };
    }
    let mut found = found(&node, schema(&node));
    let mut mended: Vec<Violation> = Vec::new();
    for _ in 0..ROUNDS {
        let with_meant = mend(&mut node, &found.violations, &schema);
        if with_meant.is_empty() {
            break;
        }
        mended.extend(with_meant);
        found = self::found(&node, schema(&node));
    }
    let mut violations = found.violations;
    violations.extend(mended);
    violations.retain(|one| !in_doubt(one, doubt));
    violations.sort_by_key(|violation| (violation.at.start, violation.at.end));
    violations.dedup();
    let wrong = found.wrong.iter().filter_map(|path| path.first().cloned());
    let faulty = wrong.chain(doubt.keys.iter().cloned()).collect();
    let (value, node) = what_is_left(&node, &found.wrong);
    Checked { value, node, violations, faulty, lost: doubt.lost }
}

/// So many times what was meant is put in: a kind that was meant shows which fields there are.
const ROUNDS: usize = 3;
/// Most violations of one file for which it is asked what was meant.
const MOST_MEANT: usize = 20;

/// Whether a violation may be the consequence of a fault of the text.
fn in_doubt(violation: &Violation, doubt: &Doubt) -> bool {
    let first = violation.path.split('.').next().unwrap_or_default();
    match &violation.what {
        Wrong::Missing(key) if first.is_empty() => doubt.lost || doubt.keys.contains(key),
        Wrong::Unknown { key, .. } if first.is_empty() => doubt.keys.contains(key),
        _ => doubt.keys.contains(first),
    }
}

/// All that a schema does not allow in a tree.
fn found(node: &Node, schema: &Shape) -> Collected {
    let json = to_json(node);
    let mut found = Collected::default();
    for error in schema.validator.iter_errors(&json) {
        let path: Vec<String> = error.instance_path().iter().map(|step| step.to_string()).collect();
        let keys = schema.keys(&path);
        let place = Place { root: node, path: &path, keys: &keys };
        collect(&place, error.kind(), error.instance(), &mut found);
    }
    found
}

/// Puts what was plainly meant into a tree, and tells what was wrong there.
fn mend<'s>(
    node: &mut Node,
    violations: &[Violation],
    schema: &impl Fn(&Node) -> &'s Shape,
) -> Vec<Violation> {
    let mut mended = Vec::new();
    for violation in violations.iter().take(MOST_MEANT) {
        for meant in meant::candidates(&violation.what) {
            let mut tree = node.clone();
            let done = put(&mut tree, violation, &meant.text);
            if done && !is_wrong(&tree, violation, schema(&tree)) {
                *node = tree;
                mended.push(Violation { meant: Some(meant), ..violation.clone() });
                break;
            }
        }
    }
    mended
}

/// Whether something is still wrong at the place of a violation.
fn is_wrong(tree: &Node, violation: &Violation, schema: &Shape) -> bool {
    let Wrong::Unknown { key, .. } = &violation.what else {
        return found(tree, schema).violations.iter().any(|one| one.path == violation.path);
    };
    let same = |what: &Wrong| matches!(what, Wrong::Unknown { key: other, .. } if other == key);
    found(tree, schema).violations.iter().any(|one| one.path == violation.path && same(&one.what))
}

/// Puts text in the place of a value, or a key in the place of a key; not where the key stands
/// already.
fn put(tree: &mut Node, violation: &Violation, text: &str) -> bool {
    let mut node = tree;
    for step in violation.path.split('.').filter(|step| !step.is_empty()) {
        let next = match &mut node.value {
            Value::Map(entries) => {
                entries.iter_mut().find(|entry| *entry.key == *step).map(|entry| &mut entry.node)
            }
            Value::List(items) => step.parse::<usize>().ok().and_then(|at| items.get_mut(at)),
            _ => None,
        };
        let Some(next) = next else { return false };
        node = next;
    }
    let Wrong::Unknown { key, .. } = &violation.what else {
        node.value = Value::Text(text.to_owned());
        return true;
    };
    let Value::Map(entries) = &mut node.value else { return false };
    if entries.iter().any(|entry| *entry.key == *text) {
        return false;
    }
    let Some(entry) = entries.iter_mut().find(|entry| *entry.key == **key) else { return false };
    entry.key = text.into();
    if let (Value::Null, Some((_, value))) = (&entry.node.value, meant::split(key)) {
        entry.node = Node { at: entry.key_at.clone(), value: Value::Text(value.to_owned()) };
    }
    true
}

/// The typed value of a tree without what is wrong in it, and the tree that it was read from. Where
/// a part was wrong that an entry of a list cannot be without, the entry goes; else the whole field.
fn what_is_left<T: DeserializeOwned + Default>(
    node: &Node,
    wrong: &BTreeSet<Vec<String>>,
) -> (T, Node) {
    let is_index = |step: &String| step.bytes().all(|byte| byte.is_ascii_digit());
    let cut = |to: &dyn Fn(&[String]) -> usize| -> BTreeSet<Vec<String>> {
        wrong.iter().map(|path| path[..to(path)].to_vec()).collect()
    };
    let entry = |path: &[String]| path.iter().rposition(is_index).map(|index| index + 1);
    let entries = cut(&|path| entry(path).unwrap_or(path.len()));
    let entries_and_fields = cut(&|path| entry(path).unwrap_or(path.len().min(1)));
    let fields = cut(&|path| path.len().min(1));
    for paths in [wrong.clone(), entries, entries_and_fields, fields] {
        let left = without(node, &paths, &mut Vec::new());
        if let Ok(value) = serde_json::from_value(to_json(&left)) {
            return (value, left);
        }
    }
    (T::default(), Node { at: node.at.clone(), value: Value::Map(Vec::new()) })
}

#[derive(Default)]
struct Collected {
    violations: Vec<Violation>,
    /// Paths of what has to be left out before the tree can be read.
    wrong: BTreeSet<Vec<String>>,
}

/// Where in a tree something is wrong, and which keys may stand there.
struct Place<'a> {
    root: &'a Node,
    path: &'a [String],
    keys: &'a [String],
}

fn collect(place: &Place<'_>, kind: &ValidationErrorKind, instance: &Json, found: &mut Collected) {
    let path = place.path;
    let node = place.root.nearest(path.iter().map(String::as_str));
    let at = node.at.clone();
    let shown = path.join(".");
    let mut add = |at: Range<usize>, what| {
        found.violations.push(Violation { at, path: shown.clone(), what, meant: None });
    };
    match kind {
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default().to_owned();
            // `key:` without a value is there, and empty: the key is the place to write at.
            let at = node.entry(&key).map_or_else(|| first_key(node), |entry| entry.key_at.clone());
            add(at, Wrong::Missing(key.clone()));
            found.wrong.insert(if path.is_empty() { vec![key] } else { path.to_vec() });
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            for key in unexpected {
                let at = node.entry(key).map_or(at.clone(), |entry| entry.key_at.clone());
                let beside = place.keys.iter().filter(|key| node.entry(key).is_some());
                let (known, beside) = (place.keys.to_vec(), beside.cloned().collect());
                add(at, Wrong::Unknown { key: key.clone(), known, beside });
                found.wrong.insert([path, std::slice::from_ref(key)].concat());
            }
        }
        ValidationErrorKind::Format { format } if format == "date" => {
            add(at, Wrong::Date(instance.as_str().unwrap_or_default().to_owned()));
            found.wrong.insert(path.to_vec());
        }
        other => {
            let scalar = instance.as_str().map(str::to_owned);
            add(at, Wrong::Value { found: scalar, expected: expected(other) });
            found.wrong.insert(path.to_vec());
        }
    }
}

/// The place of a map's first key: where a reader looks for what is missing from it.
fn first_key(node: &Node) -> Range<usize> {
    match &node.value {
        Value::Map(entries) => {
            entries.first().map_or(node.at.clone(), |entry| entry.key_at.clone())
        }
        _ => node.at.clone(),
    }
}

/// What would be right.
fn expected(kind: &ValidationErrorKind) -> Expected {
    let words = |json: &Json| -> Vec<String> {
        json.as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
    };
    match kind {
        ValidationErrorKind::Type { kind: TypeKind::Single(JsonType::Array) } => Expected::List,
        ValidationErrorKind::Type { kind: TypeKind::Single(JsonType::Object) } => Expected::Group,
        ValidationErrorKind::Type { .. } => Expected::Text,
        ValidationErrorKind::Enum { options } => Expected::OneOf(words(options)),
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            let allowed = context.iter().flatten().flat_map(|error| match error.kind() {
                ValidationErrorKind::Constant { expected_value } => {
                    expected_value.as_str().map(str::to_owned).into_iter().collect()
                }
                ValidationErrorKind::Enum { options } => words(options),
                _ => Vec::new(),
            });
            Expected::OneOf(allowed.collect())
        }
        ValidationErrorKind::MaxLength { limit } => Expected::AtMost(*limit),
        ValidationErrorKind::Pattern { pattern } => Expected::of_pattern(pattern),
        ValidationErrorKind::Constant { expected_value } => {
            Expected::Word(expected_value.as_str().unwrap_or_default().to_owned())
        }
        _ => Expected::Other,
    }
}

/// The tree without the values at `paths`.
fn without(node: &Node, paths: &BTreeSet<Vec<String>>, here: &mut Vec<String>) -> Node {
    let mut keep = |step: String, node: &Node| {
        here.push(step);
        let kept = (!paths.contains(here)).then(|| without(node, paths, here));
        here.pop();
        kept
    };
    let value = match &node.value {
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .filter_map(|entry| {
                    let node = keep(entry.key.to_string(), &entry.node)?;
                    Some(Entry { node, ..entry.clone() })
                })
                .collect(),
        ),
        Value::List(items) => Value::List(
            items.iter().enumerate().filter_map(|(n, item)| keep(n.to_string(), item)).collect(),
        ),
        other => other.clone(),
    };
    Node { at: node.at.clone(), value }
}

/// The tree as JSON: scalars are text, empty values are left out.
pub fn to_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Text(text) => Json::from(text.as_str()),
        Value::List(items) => Json::Array(
            items
                .iter()
                .map(to_json)
                .map(|one| if one.is_null() { "".into() } else { one })
                .collect(),
        ),
        Value::Map(entries) => {
            let mut object = Map::new();
            for entry in entries {
                let value = to_json(&entry.node);
                if !value.is_null() {
                    object.insert(entry.key.to_string(), value);
                }
            }
            Json::Object(object)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::yaml;

    fn check(text: &str) -> Vec<(String, Wrong)> {
        let node = yaml::read(text, 0..text.len()).unwrap();
        let checked = read_front_matter(node, &Doubt::default());
        checked.violations.into_iter().map(|v| (text[v.at].to_owned(), v.what)).collect()
    }

    const GOOD: &str =
        "id: 007\ntitle: 2026\nkind: process\nversion: 1.10\nstatus: draft\nowner: no\n";

    #[test]
    fn plain_text_stays_text() {
        let node = yaml::read(GOOD, 0..GOOD.len()).unwrap();
        let checked = read_front_matter(node, &Doubt::default());
        assert_eq!(checked.violations, []);
        let front = checked.value;
        assert_eq!(front.version.unwrap().0, "1.10");
        assert_eq!(front.id.unwrap().0, "007");
        assert_eq!(front.owner.unwrap().0, "no");
    }

    #[test]
    fn every_violation_is_found_at_its_place() {
        let text = "id: A-1\nkind: proces\nversion: [1]\nstatus: draft\nowner: x\nefective: 2026-01-01\n\
                    effective: 2025-13-45\nreview: {every: often}\nkpis:\n- {id: K, name: N}\n- {id: L}\n";
        let found = check(text);
        let places: Vec<_> = found.iter().map(|(at, _)| at.as_str()).collect();
        assert_eq!(
            places,
            ["id", "proces", "[1]", "efective", "2025-13-45", "often", "id"],
            "{found:#?}"
        );
        assert_eq!(found[0].1, Wrong::Missing("title".into()));
        assert_eq!(found[4].1, Wrong::Date("2025-13-45".into()));
    }

    #[test]
    fn what_is_right_is_kept_beside_what_is_wrong() {
        let text = format!("{GOOD}kpis:\n- {{id: L}}\n- {{id: K, name: N}}\neffective: soon\n");
        let node = yaml::read(&text, 0..text.len()).unwrap();
        let checked = read_front_matter(node, &Doubt::default());
        assert_eq!(checked.value.kpis.len(), 1);
        assert_eq!(checked.value.kpis[0].name.0, "N");
        assert_eq!(&text[checked.node.nearest(["kpis", "0", "name"]).at.clone()], "N");
        assert!(checked.value.effective.is_none());
        assert!(checked.faulty.contains("effective"));
    }

    #[test]
    fn an_entry_without_what_it_needs_goes_alone() {
        let text = format!(
            "{GOOD}revisions:\n- {{version: 2, date: 2026-13-01, summary: S}}\n\
             - {{version: 1, date: 2026-01-01, summary: T}}\napproved: {{by: x, on: soon}}\n"
        );
        let node = yaml::read(&text, 0..text.len()).unwrap();
        let checked = read_front_matter(node, &Doubt::default());
        assert_eq!(checked.value.revisions.len(), 1);
        assert_eq!(&text[checked.node.nearest(["revisions", "0", "summary"]).at.clone()], "T");
        assert!(checked.value.approved.is_none());
        assert_eq!(checked.value.id.unwrap().0, "007");
    }
}
