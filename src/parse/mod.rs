//! A file's text to its parts: front matter as a tree of places, body as outline, links, tables.
//!
//! Says what is there, never what it means: whether a key exists or a link leads anywhere is the
//! business of `model` and `graph`. Never fails: what cannot be read is a [`Trouble`] of the
//! result, which a rule of `check` turns into a finding.

mod address;
mod anchors;
pub mod events;
pub mod front_matter;
pub mod html;
pub mod markdown;
mod terms;
pub mod yaml;

use std::ops::Range;

use crate::source::{ReadFault, SourceFile};
use front_matter::Layout;
use markdown::Body;
use yaml::Node;

pub use anchors::Anchor;

/// A document as it was written.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The front matter: always a map.
    pub front: Node,
    /// The body.
    pub body: Body,
    /// Where the body begins; what stands before is front matter.
    pub body_at: Range<usize>,
}

/// Why a file is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It could not be read as text.
    Unreadable(ReadFault),
    /// No front matter: neither fence nor closing fence where they must be.
    NoFrontMatter(Layout),
    /// The front matter is no YAML.
    Yaml(yaml::Fault),
}

/// Reads one document.
///
/// # Errors
/// Why it is none. One trouble a file: nothing sensible can be said of the rest.
pub fn parse(file: &SourceFile) -> Result<Parsed, Trouble> {
    if let Some(fault) = &file.fault {
        return Err(Trouble::Unreadable(fault.clone()));
    }
    let text = &*file.text;
    let (yaml_at, body_at) = match front_matter::split(text) {
        Layout::Both { yaml, body } => (yaml, body),
        other => return Err(Trouble::NoFrontMatter(other)),
    };
    let front = yaml::read(text, yaml_at.clone()).map_err(Trouble::Yaml)?;
    let front = as_map(front, yaml_at).map_err(Trouble::Yaml)?;
    let body = markdown::read(text, body_at.clone());
    Ok(Parsed { front, body, body_at })
}

/// The node as a map: an empty file is an empty map, anything else is a fault.
///
/// # Errors
/// The front matter is a list or plain text.
pub fn as_map(node: Node, at: Range<usize>) -> Result<Node, yaml::Fault> {
    match node.value {
        yaml::Value::Map(_) => Ok(node),
        yaml::Value::Null => Ok(Node { at, value: yaml::Value::Map(Vec::new()) }),
        _ => Err(yaml::Fault {
            at: node.at,
            message: "expected `key: value` lines".into(),
            related: None,
        }),
    }
}
