//! Targets of fragments that an author sets with HTML: `<a id="…">`, `<a name="…">`, and `id` on any
//! other element that may stand in a body.

use std::collections::BTreeMap;
use std::ops::Range;

use super::html::{self, ELEMENTS, Piece, Tag};
use super::markdown::Heading;

/// A target of fragments that is set with HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// What a fragment has to name.
    pub id: String,
    /// The attribute that says so, with its value.
    pub at: Range<usize>,
    /// What has that id already: then it is no target.
    pub taken_by: Option<Range<usize>>,
}

/// The anchors in the raw HTML of a body with these headings, in order. One that stands right
/// before the heading of its name, or in it, says nothing new and is left out.
pub(super) fn of_body(text: &str, html: &[Range<usize>], headings: &[Heading]) -> Vec<Anchor> {
    if html.is_empty() {
        return Vec::new();
    }
    let mut taken: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    for heading in headings {
        taken.insert(&heading.slug, heading.at.clone());
    }
    let mut anchors = Vec::new();
    for piece in html::of_body(text, html) {
        let Piece::Open(tag) = piece else { continue };
        let Some((at, value)) = anchor(text, &tag) else { continue };
        // A page is written piece by piece, and an attribute in two of them is in neither.
        let first = html.partition_point(|piece| piece.end < at.end);
        if html.get(first).is_none_or(|piece| piece.start > at.start) {
            continue;
        }
        let id = &text[value];
        match taken.get(id) {
            Some(other) if belongs(text, &at, other) => {}
            other => {
                anchors.push(Anchor {
                    id: id.to_owned(),
                    at: at.clone(),
                    taken_by: other.cloned(),
                });
            }
        }
        taken.entry(id).or_insert(at);
    }
    anchors
}

/// The attribute of a tag that makes a target of it, and its value.
fn anchor(text: &str, tag: &Tag) -> Option<(Range<usize>, Range<usize>)> {
    let name = text[tag.name.clone()].to_ascii_lowercase();
    if !ELEMENTS.contains(&name.as_str()) {
        return None;
    }
    let of = |key: &str| {
        tag.attributes.iter().find(|one| {
            text[one.name.clone()].eq_ignore_ascii_case(key) && is_id(&text[one.value.clone()])
        })
    };
    let found = of("id").or_else(|| of("name").filter(|_| name == "a"))?;
    let quote = text[found.value.end..].starts_with(['"', '\'']);
    Some((found.name.start..found.value.end + usize::from(quote), found.value.clone()))
}

/// Whether a value can be an id of the page that no part of the frame has.
fn is_id(value: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\"'<>&`=".contains(c);
    !value.is_empty()
        && !value.contains(odd)
        && !value.starts_with("fn.")
        && !value.starts_with("cb.")
}

/// Whether an anchor stands in a heading, or with nothing but its own closing tag before it.
fn belongs(text: &str, anchor: &Range<usize>, heading: &Range<usize>) -> bool {
    if heading.start <= anchor.start {
        return anchor.end <= heading.end;
    }
    let between = text[anchor.end..heading.start].split_once('>').map_or("", |(_, rest)| rest);
    let tag = between.trim_start().strip_prefix("</");
    let rest = tag.map_or(between, |tag| tag.split_once('>').map_or(tag, |(_, rest)| rest));
    rest.trim().is_empty()
}
