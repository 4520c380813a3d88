//! What the fields of front matter name: documents, clauses, rules, entries of registers.

use std::ops::Range;

use super::register::Register;
use crate::parse::yaml::{Node, Value};

/// What a field names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// A document.
    Document,
    /// A clause.
    Clause,
    /// A rule.
    Rule,
    /// An entry of a register.
    Entry(Register),
    /// A document, a role or another party.
    Partner,
    /// A day.
    Day,
}

/// What the field at a path of keys names; numbers of items are left out of the path.
pub fn names(path: &[&str]) -> Option<Names> {
    Some(match path {
        ["related" | "supersedes"] | [_, "agreement"] => Names::Document,
        ["clauses"] | ["records", "clause"] => Names::Clause,
        ["waivers", "rule"] => Names::Rule,
        ["inputs", "from"] | ["outputs", "to"] => Names::Partner,
        ["owner" | "author" | "distribution"] | [_, "owner" | "author"] => {
            Names::Entry(Register::Roles)
        }
        ["approved", "by"] | ["review", "reviewer"] | ["roles", "deputy"] => {
            Names::Entry(Register::Roles)
        }
        ["scope" | "other_parties", "services"] | ["services", "depends_on"] => {
            Names::Entry(Register::Services)
        }
        ["services", "run_by"] | ["roles", "party"] | ["scope", "other_parties"] => {
            Names::Entry(Register::OtherParties)
        }
        ["effective"] | ["approved", "on"] | ["review", "last"] => Names::Day,
        ["revisions", "date"] | ["waivers", "until"] => Names::Day,
        _ => return None,
    })
}

/// A scalar of front matter: the keys that lead to it, without numbers of items, and itself.
pub struct Scalar<'n> {
    /// The keys.
    pub path: Vec<&'n str>,
    /// The text.
    pub text: &'n str,
    /// Where it stands.
    pub at: Range<usize>,
    /// Itself.
    pub node: &'n Node,
}

/// All scalars of front matter, in their order.
pub fn scalars(front: &Node) -> Vec<Scalar<'_>> {
    let mut found = Vec::new();
    gather(front, &mut Vec::new(), &mut found);
    found
}

fn gather<'n>(node: &'n Node, path: &mut Vec<&'n str>, found: &mut Vec<Scalar<'n>>) {
    match &node.value {
        Value::Null => {}
        Value::Text(text) => {
            found.push(Scalar { path: path.clone(), text, at: node.at.clone(), node });
        }
        Value::List(items) => items.iter().for_each(|item| gather(item, path, found)),
        Value::Map(entries) => {
            for entry in entries {
                path.push(&entry.key);
                gather(&entry.node, path, found);
                path.pop();
            }
        }
    }
}
