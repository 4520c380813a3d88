//! YAML to a tree in which every key and value knows its place and stays the author's text.
//!
//! Built on the events of `granit-parser`. Scalars are not interpreted: `1.10`, `007` and `no`
//! are the text that was typed, and the schema of a field decides what it means. Hostile input
//! is bounded: depth, number of nodes and keys, and the copies that anchors make.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use crate::text::{fitted, floor_char};

/// Deepest nesting that is read; front matter needs four levels.
const MAX_DEPTH: usize = 32;
/// Most nodes of one file, copies made by anchors included.
const MAX_NODES: usize = 200_000;
/// Most bytes of text that anchors copy: a long text is multiplied as fast as many values are.
const MAX_COPIED: usize = 4 << 20;
/// Most keys of one map; front matter has three dozen.
const MAX_KEYS: usize = 1_000;

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Byte range in the whole file.
    pub at: Range<usize>,
    /// What stands there.
    pub value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: `key:`, `~` or `null`.
    Null,
    /// Text, as the author typed it; quotes and escapes resolved.
    Text(String),
    /// `[a, b]` or lines with `-`.
    List(Vec<Node>),
    /// Keys and values in the author's order; no key twice.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Box<str>,
    /// Byte range of the key.
    pub key_at: Range<usize>,
    /// The value.
    pub node: Node,
}

/// A fault of syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where the reader stumbled.
    pub at: Range<usize>,
    /// What it met, without a full stop.
    pub message: String,
    /// Where the thing that was never closed, or the first of two equal keys, stands.
    pub related: Option<(Range<usize>, String)>,
}

impl Node {
    /// The entry of a key, when this is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| *entry.key == *key),
            _ => None,
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// An item of a list.
    pub fn item(&self, index: usize) -> Option<&Node> {
        match &self.value {
            Value::List(items) => items.get(index),
            _ => None,
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The node at a path of keys and indices, or the nearest one above it that exists.
    pub fn nearest<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> &Node {
        let mut node = self;
        for step in path {
            let next = match &node.value {
                Value::Map(_) => node.get(step),
                Value::List(_) => step.parse().ok().and_then(|index| node.item(index)),
                _ => None,
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }
}

/// Reads the YAML in `range` of `text`; places are those of the whole `text`.
///
/// # Errors
/// The first fault of syntax: YAML gives a reader no safe place to go on from. A key that stands
/// twice is a fault too.
pub fn read(text: &str, range: Range<usize>) -> Result<Node, Fault> {
    let mut builder = Builder {
        base: range.start,
        nodes: 0,
        copied: 0,
        open: Vec::new(),
        anchors: HashMap::new(),
        root: None,
    };
    let source = &text[range.clone()];
    for event in Parser::new_from_str(source) {
        let (event, span) = match event {
            Ok(next) => next,
            Err(error) => {
                let offset = error.marker().byte_offset().unwrap_or(source.len());
                return Err(builder.stumble(text, range.start + offset, &error.to_string()));
            }
        };
        let at = span.byte_range().unwrap_or(0..0);
        let at = range.start + at.start..range.start + at.end;
        if let Event::DocumentStart(true, _) = event
            && builder.root.is_some()
        {
            return Err(Fault {
                at,
                message: "a second YAML document begins here".into(),
                related: None,
            });
        }
        builder.event(event, at)?;
    }
    let end = range.end;
    Ok(builder.root.unwrap_or(Node { at: end..end, value: Value::Null }))
}

/// A collection whose end has not been met yet.
struct Open {
    at: Range<usize>,
    flow: bool,
    anchor: usize,
    items: Items,
}

enum Items {
    List(Vec<Node>),
    Map(Vec<Entry>, Option<(String, Range<usize>)>),
}

struct Builder {
    base: usize,
    nodes: usize,
    copied: usize,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    root: Option<Node>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, at: Range<usize>) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                let null = plain && matches!(text.as_ref(), "" | "~" | "null");
                let value = if null { Value::Null } else { Value::Text(text.into_owned()) };
                self.add(Node { at, value }, anchor)
            }
            Event::SequenceStart(style, anchor, _) => {
                self.begin(at, style, anchor, Items::List(Vec::new()))
            }
            Event::MappingStart(style, anchor, _) => {
                self.begin(at, style, anchor, Items::Map(Vec::new(), None))
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(at),
            Event::Alias(id) => {
                let Some(node) = self.anchors.get(&id) else {
                    let message = "this alias stands inside the anchor that it names".into();
                    return Err(Fault { at, message, related: None });
                };
                let (nodes, bytes) = size(node);
                self.nodes += nodes;
                self.copied += bytes;
                if self.copied > MAX_COPIED {
                    let message = format!("anchors copy more than {} MiB", MAX_COPIED >> 20);
                    return Err(Fault { at, message, related: None });
                }
                let value = node.value.clone();
                self.add(Node { at, value }, 0)
            }
            _ => Ok(()),
        }
    }

    fn begin(
        &mut self,
        at: Range<usize>,
        style: StructureStyle,
        anchor: usize,
        items: Items,
    ) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            return Err(Fault { at, message, related: None });
        }
        self.open.push(Open { at, flow: style == StructureStyle::Flow, anchor, items });
        Ok(())
    }

    fn end(&mut self, at: Range<usize>) -> Result<(), Fault> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        // The end event of a block collection stands at the next token; its own last child says
        // where it really ends.
        let (last, value) = match open.items {
            Items::List(items) => {
                (items.last().map(|item| item.at.end), Value::List(fitted(items)))
            }
            Items::Map(entries, _) => {
                let last = entries.last().map(|entry| entry.node.at.end.max(entry.key_at.end));
                (last, Value::Map(fitted(entries)))
            }
        };
        let end = if open.flow { at.end } else { last.unwrap_or(open.at.end) };
        self.add(Node { at: open.at.start..end.max(open.at.start), value }, open.anchor)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Fault> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let message = format!("more than {MAX_NODES} values, copies by anchors counted");
            return Err(Fault { at: node.at, message, related: None });
        }
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.items) {
            None => self.root = Some(node),
            Some(Items::List(items)) => items.push(node),
            Some(Items::Map(entries, _)) if entries.len() >= MAX_KEYS => {
                let message = format!("more than {MAX_KEYS} keys in one map");
                return Err(Fault { at: node.at, message, related: None });
            }
            Some(Items::Map(entries, pending)) => {
                if let Some((key, key_at)) = pending.take() {
                    entries.push(Entry { key: key.into(), key_at, node });
                } else {
                    let (key, at) = key_of(node)?;
                    if let Some(first) = entries.iter().find(|entry| *entry.key == *key) {
                        return Err(Fault {
                            at,
                            message: format!("the key `{key}` stands twice"),
                            related: Some((first.key_at.clone(), "first here".into())),
                        });
                    }
                    *pending = Some((key, at));
                }
            }
        }
        Ok(())
    }

    /// The fault of a parser error: where it stumbled, and what was still open.
    fn stumble(&self, text: &str, offset: usize, message: &str) -> Fault {
        let letter = |offset: usize| {
            let start = floor_char(text, offset);
            start..start + text[start..].chars().next().map_or(0, char::len_utf8)
        };
        let unclosed = self.open.iter().rev().find(|open| open.flow);
        let related = unclosed.map(|open| {
            // The parser's mark may stand inside a letter where an odd anchor comes before.
            (letter(open.at.start.max(self.base)), "opened here and not closed".into())
        });
        Fault { at: letter(offset), message: plain(message), related }
    }
}

/// The message of the parser without its own line and column, which count from the wrong start.
fn plain(message: &str) -> String {
    let cut =
        message.find(" at char").or_else(|| message.find(" at byte")).unwrap_or(message.len());
    message[..cut].trim_end_matches([',', ':', '.', ' ']).to_owned()
}

fn key_of(node: Node) -> Result<(String, Range<usize>), Fault> {
    match node.value {
        Value::Text(text) => Ok((text, node.at)),
        _ => Err(Fault { at: node.at, message: "a key must be plain text".into(), related: None }),
    }
}

/// How many nodes there are in a node, and how many bytes of text.
fn size(node: &Node) -> (usize, usize) {
    let add = |(nodes, bytes): (usize, usize), more: &Node, key: usize| {
        let (of_more, text) = size(more);
        (nodes + of_more, bytes + text + key)
    };
    match &node.value {
        Value::Null => (1, 0),
        Value::Text(text) => (1, text.len()),
        Value::List(items) => items.iter().fold((1, 0), |sum, item| add(sum, item, 0)),
        Value::Map(entries) => {
            entries.iter().fold((1, 0), |sum, entry| add(sum, &entry.node, entry.key.len()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Result<Node, Fault> {
        read(text, 0..text.len())
    }

    #[test]
    fn scalars_stay_the_authors_text() {
        let text = "version: 1.10\nid: 007\nowner: no\nquoted: \"a\\tb\"\n";
        let node = whole(text).unwrap();
        let typed = |key: &str| node.get(key).and_then(Node::text);
        assert_eq!(typed("version"), Some("1.10"));
        assert_eq!(typed("id"), Some("007"));
        assert_eq!(typed("owner"), Some("no"));
        assert_eq!(typed("quoted"), Some("a\tb"));
    }

    #[test]
    fn places_are_bytes_after_accents_and_emoji() {
        let text = "title: Übergang 🚒\nreview: {every: 12 months}\r\n";
        let node = whole(text).unwrap();
        let every = node.nearest(["review", "every"]);
        assert_eq!(&text[every.at.clone()], "12 months");
        assert_eq!(&text[node.get("review").unwrap().at.clone()], "{every: 12 months}");
        assert_eq!(&text[node.get("title").unwrap().at.clone()], "Übergang 🚒");
    }

    #[test]
    fn an_unclosed_bracket_names_both_places() {
        let text = "clauses: [\"8.6.1\"\nowner: x\n";
        let fault = whole(text).unwrap_err();
        let (opened, _) = fault.related.expect("the opening bracket is known");
        assert_eq!(&text[opened], "[");
    }

    #[test]
    fn the_same_key_twice_names_the_first() {
        let text = "id: a\nid: b\n";
        let fault = whole(text).unwrap_err();
        assert_eq!(fault.message, "the key `id` stands twice");
        assert_eq!(fault.at, 6..8);
        assert_eq!(fault.related.unwrap().0, 0..2);
    }

    #[test]
    fn hostile_input_is_bounded() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for n in 1..12 {
            let refs = vec![format!("*a{}", n - 1); 10].join(",");
            bomb = format!("{bomb}a{n}: &a{n} [{refs}]\n");
        }
        assert!(whole(&bomb).unwrap_err().message.contains("values"));
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a, ".repeat(10_000));
        assert_eq!(whole(&long).unwrap_err().message, "anchors copy more than 4 MiB");
        let wide: Vec<String> = (0..100_000).map(|n| format!("k{n}: v\n")).collect();
        assert_eq!(whole(&wide.concat()).unwrap_err().message, "more than 1000 keys in one map");
        let deep = format!("a: {}{}", "[".repeat(5000), "]".repeat(5000));
        assert!(whole(&deep).is_err());
    }
}
