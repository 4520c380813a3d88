//! A file's text to its parts: front matter as a tree of places, body as outline, links, tables.
//!
//! Says what is there, never what it means: whether a key exists or a link leads anywhere is the
//! business of `model` and `graph`. Never fails: what cannot be read is a [`Trouble`] of the
//! result, which a rule of `check` turns into a finding.

mod address;
mod alike;
mod anchors;
pub mod events;
mod flow;
mod guess;
pub mod front_matter;
pub mod html;
pub mod markdown;
mod quoted;
pub mod recover;
pub mod reopened;
mod slips;
mod terms;
pub mod yaml;

use std::ops::Range;

use crate::source::{ReadFault, SourceFile};
use front_matter::{FenceSlip, Layout};
use markdown::Body;
use recover::{Doubt, Recovered};
use yaml::{Node, Value};

pub use anchors::Anchor;

/// An event and its place in the body.
type Placed<'t> = (pulldown_cmark::Event<'t>, Range<usize>);

/// A document as it was written.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The front matter: always a map; what could be had of it where something is wrong.
    pub front: Node,
    /// The body.
    pub body: Body,
    /// Where the body begins; what stands before is front matter.
    pub body_at: Range<usize>,
    /// What is wrong with how the file is written.
    pub troubles: Vec<Trouble>,
    /// What is not certain of the front matter because of that.
    pub doubt: Doubt,
}

impl Parsed {
    /// Whether there is front matter, so that the file is meant as a document.
    pub fn has_front_matter(&self) -> bool {
        self.body_at.start > 0
    }
}

/// What is wrong with how a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It could not be read as text.
    Unreadable(ReadFault),
    /// It has no front matter.
    NoFrontMatter,
    /// A fence of the front matter is missing or written otherwise.
    Fence(FenceSlip),
    /// The front matter is no YAML, or YAML reads it otherwise than it was meant.
    Yaml(Box<yaml::Fault>),
}

/// Reads one document. What is right in a file is read, whatever else is wrong with it.
pub fn parse(file: &SourceFile) -> Parsed {
    let text = &*file.text;
    let unreadable = file.fault.clone().map(Trouble::Unreadable);
    let Layout::Both { yaml, body, slips } = front_matter::split(text) else {
        let doubt = Doubt { lost: true, ..Doubt::default() };
        let troubles = vec![unreadable.unwrap_or(Trouble::NoFrontMatter)];
        let front = Node { at: 0..0, value: Value::Map(Vec::new()) };
        let all = 0..text.len();
        return Parsed {
            front,
            body: markdown::read(text, all.clone()),
            body_at: all,
            troubles,
            doubt,
        };
    };
    let (front, slips, body_at) = front(text, yaml, body, slips);
    let Recovered { node, faults, mut doubt } = front;
    doubt.lost |= unreadable.is_some();
    let fences = slips.into_iter().map(Trouble::Fence);
    let troubles = unreadable
        .into_iter()
        .chain(fences)
        .chain(faults.into_iter().map(|fault| Trouble::Yaml(Box::new(fault))))
        .collect();
    let body = markdown::read(text, body_at.clone());
    Parsed { front: node, body, body_at, troubles, doubt }
}

/// The front matter. Where it cannot be read and a body begins in it, the fence that closes it is
/// missing, and the one that was found is a thematic break.
fn front(
    text: &str,
    yaml: Range<usize>,
    body: Range<usize>,
    mut slips: Vec<FenceSlip>,
) -> (Recovered, Vec<FenceSlip>, Range<usize>) {
    let whole = recover::read(text, yaml.clone());
    if whole.faults.is_empty() {
        return (whole, slips, body);
    }
    let Some(meant) = front_matter::early_end(text, yaml.clone()) else {
        return (whole, slips, body);
    };
    slips.retain(|slip| !matches!(slip, FenceSlip::Closing(_)));
    let before = text[..yaml.start].trim_end().len();
    let opened = text[..before].rfind('\n').map_or(0, |end| end + 1)..before;
    slips.push(FenceSlip::NotClosed { opened, meant });
    (recover::read(text, yaml.start..meant), slips, meant..text.len())
}
