//! `{{ organization.name }}` and the like: values of `clausebook.yaml` and of a document's own
//! front matter that its text may use.
//!
//! There is no language here, only names: a path of keys to one plain value. A decision that the
//! organization has to take is written `{{ decide: … }}` and stays in sight.

use std::borrow::Cow;

use super::settings::Settings;
use crate::parse::markdown::{Mark, marks};
use crate::parse::yaml::{Node, Value};

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

    /// The value of a name: of the front matter first, then of the settings.
    pub fn get<'a>(&'a self, front: &'a Node, name: &str) -> Option<&'a str> {
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

/// Fills in the marks in the values of front matter, and says which marks were met. A decision
/// still to be taken stays readable: `[to decide: …]`.
pub fn expand(node: &mut Node, text: &str, variables: &Variables, met: &mut Vec<Mark>) {
    match &mut node.value {
        Value::Text(value) if value.contains("{{") => {
            met.extend(marks(text, node.at.clone()));
            *value = fill(value, |name| variables.get(&EMPTY, name)).into_owned();
        }
        Value::List(items) => {
            for item in items {
                expand(item, text, variables, met);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                expand(&mut entry.node, text, variables, met);
            }
        }
        Value::Text(_) | Value::Null => {}
    }
}

static EMPTY: Node = Node { at: 0..0, value: Value::Null };

/// Text with its marks replaced; a name without a value stays as it was typed.
pub fn fill<'a, 't>(text: &'t str, value: impl Fn(&str) -> Option<&'a str>) -> Cow<'t, str> {
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
                out.push_str("[to decide: ");
                out.push_str(what);
                out.push(']');
            }
            (None, Some(value)) => out.push_str(value),
            (None, None) => out.push_str(&text[mark.at.clone()]),
        }
        from = mark.at.end;
    }
    out.push_str(&text[from..]);
    out.into()
}
