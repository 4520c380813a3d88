//! `{{ organization.name }}` and the like: values of `clausebook.yaml` and of a document's own
//! front matter that its text may use.
//!
//! There is no language here, only names: a path of keys to one plain value. A decision that the
//! organization has to take is written `{{ decide: … }}` and stays in sight.

use std::borrow::Cow;

use super::settings::Settings;
use crate::parse::markdown::{Mark, marks};
use crate::parse::yaml::{Node, Value};
use crate::text::phrase::{self, Phrase};
use crate::text::without_controls;

/// The longest value that a text may use by its name, in bytes.
pub const LONGEST: usize = 1_000;

/// Most bytes that values may add to the front matter of one document.
const MOST_IN_FRONT: usize = 256 << 10;

/// The values of `clausebook.yaml`.
#[derive(Clone, Debug)]
pub struct Variables {
    settings: Node,
    defaults: Vec<(&'static str, String)>,
}

impl Variables {
    /// The values of a settings file, and the defaults of those that it leaves out.
    pub fn new(node: Node, settings: &Settings) -> Self {
        let defaults = vec![
            ("organization.name", settings.organization_name().to_owned()),
            ("site.title", settings.title().to_owned()),
            ("site.language", settings.language().to_owned()),
        ];
        Variables { settings: node, defaults }
    }

    /// The value of a name: of the front matter first, then of the settings. One that is longer than
    /// [`LONGEST`] is not used.
    pub fn get<'a>(&'a self, front: &'a Node, name: &str) -> Option<&'a str> {
        self.any(front, name).filter(|value| value.len() <= LONGEST)
    }

    /// Whether a name has a value that is too long to be used.
    pub fn is_too_long(&self, front: &Node, name: &str) -> bool {
        self.any(front, name).is_some_and(|value| value.len() > LONGEST)
    }

    fn any<'a>(&'a self, front: &'a Node, name: &str) -> Option<&'a str> {
        let own = scalar(front, name).or_else(|| scalar(&self.settings, name));
        own.or_else(|| {
            let default = self.defaults.iter().find(|(key, _)| *key == name);
            default.map(|(_, value)| value.as_str())
        })
    }

    /// All names that a document may use.
    pub fn names(&self, front: &Node) -> Vec<String> {
        let mut names = Vec::new();
        scalars(front, "", &mut names);
        scalars(&self.settings, "", &mut names);
        names.extend(self.defaults.iter().map(|(key, _)| (*key).to_owned()));
        names.sort();
        names.dedup();
        names
    }
}

fn scalar<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    name.split('.').try_fold(node, |node, key| node.get(key))?.text()
}

fn scalars(node: &Node, path: &str, names: &mut Vec<String>) {
    let Value::Map(entries) = &node.value else { return };
    for entry in entries {
        let name =
            if path.is_empty() { entry.key.to_string() } else { format!("{path}.{}", entry.key) };
        match &entry.node.value {
            Value::Text(_) => names.push(name),
            _ => scalars(&entry.node, &name, names),
        }
    }
}

/// The marks of front matter that stay.
#[derive(Debug, Default)]
pub struct Met {
    /// Decisions still to be taken.
    pub decisions: Vec<Mark>,
    /// Names without a value.
    pub undefined: Vec<Mark>,
    /// What values add.
    pub filled: Filled,
}

/// How much longer values make a text.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// So many bytes, all of them together.
    pub bytes: usize,
    /// The length of the longest value.
    pub longest: usize,
    /// The mark that it fills.
    pub at: std::ops::Range<usize>,
}

impl Filled {
    /// Counts a value that fills a mark.
    pub fn count(&mut self, mark: &Mark, value: &str) {
        self.bytes = self.bytes.saturating_add(value.len());
        if value.len() > self.longest {
            (self.longest, self.at) = (value.len(), mark.at.clone());
        }
    }
}

/// Fills in the marks in the values of front matter, and says which stay. A value with a decision that
/// is still to be taken is left as a phrase is carried; control characters, which are no text, are
/// replaced. A value that has marks itself is no value for others.
pub fn expand(front: &mut Node, text: &str, variables: &Variables) -> Met {
    let mut met = Met::default();
    if any_text(front, &|value| has_marks(value) || has_controls(value)) {
        let mut own = front.clone();
        without_marks(&mut own);
        expand_in(front, text, &|name| variables.get(&own, name), &mut met);
    }
    met
}

fn has_marks(value: &str) -> bool {
    value.contains("{{")
}

fn has_controls(value: &str) -> bool {
    matches!(without_controls(value), Cow::Owned(_))
}

fn any_text(node: &Node, is_one: &impl Fn(&str) -> bool) -> bool {
    match &node.value {
        Value::Text(value) => is_one(value),
        Value::List(items) => items.iter().any(|item| any_text(item, is_one)),
        Value::Map(entries) => entries.iter().any(|entry| any_text(&entry.node, is_one)),
        Value::Null => false,
    }
}

fn without_marks(node: &mut Node) {
    match &mut node.value {
        Value::Text(value) if has_marks(value) => node.value = Value::Null,
        Value::List(items) => items.iter_mut().for_each(without_marks),
        Value::Map(entries) => entries.iter_mut().for_each(|one| without_marks(&mut one.node)),
        Value::Text(_) | Value::Null => {}
    }
}

fn expand_in<'a>(
    node: &mut Node,
    text: &str,
    value_of: &impl Fn(&str) -> Option<&'a str>,
    met: &mut Met,
) {
    match &mut node.value {
        Value::Text(value) if has_controls(value) && !has_marks(value) => {
            *value = without_controls(value).into_owned();
        }
        Value::Text(value) if has_marks(value) => {
            for mark in marks(text, node.at.clone()) {
                match value_of(&mark.inner) {
                    _ if mark.decision().is_some() => met.decisions.push(mark),
                    None => met.undefined.push(mark),
                    Some(value) => met.filled.count(&mark, value),
                }
            }
            // What is left as it was typed has a finding, like a page with too many values.
            if met.filled.bytes <= MOST_IN_FRONT {
                *value = carried(&without_controls(value), value_of).into_owned();
            } else {
                met.filled.bytes = usize::MAX;
            }
        }
        Value::List(items) => {
            for item in items {
                expand_in(item, text, value_of, met);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                expand_in(&mut entry.node, text, value_of, met);
            }
        }
        Value::Text(_) | Value::Null => {}
    }
}

/// Text with its marks replaced, as plain text.
pub fn fill<'a, 't>(text: &'t str, value: impl Fn(&str) -> Option<&'a str>) -> Cow<'t, str> {
    if !has_marks(text) {
        return without_controls(text);
    }
    phrase::plain(&carried(&without_controls(text), value)).into_owned().into()
}

/// Text with its marks replaced, with the decisions in it.
pub fn phrase<'a>(text: &str, value: impl Fn(&str) -> Option<&'a str>) -> Phrase {
    Phrase::carried(carried(&without_controls(text), value))
}

/// Text with its marks replaced, as a phrase is carried; a name without a value stays as it was typed.
fn carried<'a, 't>(text: &'t str, value: impl Fn(&str) -> Option<&'a str>) -> Cow<'t, str> {
    let marks = marks(text, 0..text.len());
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for mark in marks {
        out.push_str(&text[from..mark.at.start]);
        match (mark.decision(), value(&mark.inner)) {
            (Some(what), _) => {
                out.push(phrase::OPEN);
                out.push_str(what);
                out.push(phrase::CLOSE);
            }
            (None, Some(value)) => out.push_str(value),
            (None, None) => out.push_str(&text[mark.at.clone()]),
        }
        from = mark.at.end;
    }
    out.push_str(&text[from..]);
    out.into()
}
