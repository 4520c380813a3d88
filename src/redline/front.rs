//! Front matter, key by key.

use std::collections::{BTreeMap, BTreeSet};

use super::vocabulary::{Style, Vocabulary};
use super::words;
use super::{Key, State};
use crate::model::controlled::ControlledText;
use crate::parse::yaml::{Entry, Node, Value};

/// What an entry of a list is called by, the first that it has.
const NAMES: [&str; 6] = ["id", "term", "name", "version", "rule", "title"];

/// The keys that differ, in the order in which they stand now; one that is gone after the one that it
/// stood behind.
pub(super) fn compare(old: &str, new: &str, vocabulary: &mut Vocabulary) -> Vec<Key> {
    let [old, new] = [old, new].map(|text| ControlledText::read(text).map(|read| read.front));
    let mut front = Front { vocabulary, path: Vec::new(), keys: Vec::new() };
    if old.is_some() || new.is_some() {
        front.node(old.as_ref(), new.as_ref());
    }
    front.keys
}

struct Front<'v> {
    vocabulary: &'v mut Vocabulary,
    path: Vec<String>,
    keys: Vec<Key>,
}

/// Something that goes by a name, before and now.
type Named<'n> = (&'n str, Option<&'n Node>, Option<&'n Node>);

impl Front<'_> {
    fn node(&mut self, old: Option<&Node>, new: Option<&Node>) {
        if let (Some(old), Some(new)) = (old, new) {
            if value(old) == value(new) {
                return;
            }
            if let (Some(old), Some(new)) = (entries(old), entries(new)) {
                for (name, old, new) in side_by_side(&old, &new) {
                    self.path.push(name.to_owned());
                    self.node(old, new);
                    self.path.pop();
                }
                return;
            }
        }
        self.value(old, new);
    }

    fn value(&mut self, old: Option<&Node>, new: Option<&Node>) {
        let [a, b] = [old, new].map(|node| {
            let mut words = Vec::new();
            let text = node.map(value).unwrap_or_default();
            words::add(&text, Style::PLAIN, self.vocabulary, &mut words);
            words
        });
        let state = match (old, new) {
            (_, None) => State::Removed,
            (None, _) => State::Added,
            _ => State::Changed,
        };
        let runs = words::compare(&a, &b, self.vocabulary);
        self.keys.push(Key { path: self.path.clone(), state, runs });
    }
}

/// What a node holds under names, where each has one of its own: a map, or a list of maps.
fn entries(node: &Node) -> Option<Vec<(&str, &Node)>> {
    match &node.value {
        Value::Map(entries) => {
            Some(entries.iter().map(|entry| (&*entry.key, &entry.node)).collect())
        }
        Value::List(items) => {
            let mut seen = BTreeSet::new();
            let named = items.iter().map(|item| {
                let name = NAMES.iter().find_map(|key| item.get(key)).and_then(Node::text)?;
                seen.insert(name).then_some((name, item))
            });
            named.collect()
        }
        Value::Null | Value::Text(_) => None,
    }
}

fn side_by_side<'n>(old: &[(&'n str, &'n Node)], new: &[(&'n str, &'n Node)]) -> Vec<Named<'n>> {
    let before: BTreeMap<&str, &Node> = old.iter().copied().collect();
    let now: BTreeMap<&str, &Node> = new.iter().copied().collect();
    // What is gone, by what it stood behind.
    let mut gone: BTreeMap<Option<&str>, Vec<Named<'n>>> = BTreeMap::new();
    let mut behind = None;
    for (name, node) in old {
        if now.contains_key(name) {
            behind = Some(*name);
        } else {
            gone.entry(behind).or_default().push((name, Some(node), None));
        }
    }
    let mut both = gone.remove(&None).unwrap_or_default();
    for (name, node) in new {
        both.push((name, before.get(name).copied(), Some(node)));
        both.extend(gone.remove(&Some(*name)).into_iter().flatten());
    }
    both
}

/// A value as text, in one line.
fn value(node: &Node) -> String {
    let inside = |node: &Node| match &node.value {
        Value::Map(_) => format!("{{{}}}", value(node)),
        Value::List(_) => format!("[{}]", value(node)),
        _ => value(node),
    };
    match &node.value {
        Value::Null => String::new(),
        Value::Text(text) => text.clone(),
        Value::List(items) => items.iter().map(inside).collect::<Vec<_>>().join(", "),
        Value::Map(entries) => {
            let entry = |entry: &Entry| format!("{}: {}", entry.key, inside(&entry.node));
            entries.iter().map(entry).collect::<Vec<_>>().join(", ")
        }
    }
}
