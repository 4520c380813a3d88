//! YAML to a tree in which every key and value knows its place and stays the author's text.
//!
//! Built on the events of `granit-parser`. Scalars are not interpreted: `1.10`, `007` and `no`
//! are the text that was typed, and the schema of a field decides what it means. Hostile input
//! is bounded: depth, number of nodes and keys, and the copies that anchors make.
//!
//! Longer than most: one pass over the events, with what is told of them on the way.

use std::collections::{BTreeMap, HashMap};
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

/// Something in a text that YAML does not allow, or reads otherwise than it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The smallest thing that is wrong.
    pub at: Range<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// A few words under the place; empty when the message says it all.
    pub note: &'static str,
    /// What to write instead.
    pub help: Option<String>,
    /// Another place that matters, such as the first of two equal keys.
    pub related: Option<(Range<usize>, String)>,
    /// How it is mended.
    pub repair: Option<Repair>,
}

/// How a fault is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What it does, in a few words.
    pub title: String,
    /// What takes the place of what.
    pub edits: Vec<(Range<usize>, String)>,
    /// Whether it is plainly what the author meant.
    pub safe: bool,
}

impl Fault {
    /// A fault at a place.
    pub fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        let message = message.into();
        Fault { at, message, note: "", help: None, related: None, repair: None }
    }
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
/// The first fault. [`super::recover`] tells all of them, and reads on.
pub fn read(text: &str, range: Range<usize>) -> Result<Node, Box<Fault>> {
    match parse(text, range) {
        Ok((node, faults)) => faults.into_iter().next().map_or(Ok(node), |one| Err(Box::new(one))),
        Err(Stop::Syntax(fault) | Stop::Bound(fault)) => Err(fault),
    }
}

/// Why nothing more can be read.
pub(super) enum Stop {
    /// What stands there is no YAML.
    Syntax(Box<Fault>),
    /// It is more than anybody writes.
    Bound(Box<Fault>),
}

/// The tree of the YAML in a range, with the faults that did not keep it from being read.
pub(super) fn parse(text: &str, range: Range<usize>) -> Result<(Node, Vec<Fault>), Stop> {
    let mut builder = Builder {
        text,
        base: range.start,
        nodes: 0,
        copied: 0,
        open: Vec::new(),
        anchors: HashMap::new(),
        named: BTreeMap::new(),
        faults: Vec::new(),
        root: None,
    };
    let source = &text[range.clone()];
    for event in Parser::new_from_str(source) {
        let (event, span) = match event {
            Ok(next) => next,
            Err(error) => {
                let offset = error.marker().byte_offset().unwrap_or(source.len());
                let stumbled = builder.stumble(range.start + offset, &error.to_string());
                return Err(Stop::Syntax(Box::new(stumbled)));
            }
        };
        let at = span.byte_range().unwrap_or(0..0);
        let at = range.start + at.start..range.start + at.end;
        if let Event::DocumentStart(true, _) = event
            && builder.root.is_some()
        {
            return Err(Stop::Syntax(Box::new(Fault::new(
                at,
                "a second YAML document begins here",
            ))));
        }
        builder.event(event, at)?;
    }
    let end = range.end;
    let root = builder.root.unwrap_or(Node { at: end..end, value: Value::Null });
    for at in builder.named.values() {
        builder.faults.extend(swallowed(text, range.start, at, '&'));
    }
    Ok((root, builder.faults))
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

struct Builder<'t> {
    text: &'t str,
    base: usize,
    nodes: usize,
    copied: usize,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    /// Values with an anchor that nothing has named yet.
    named: BTreeMap<usize, Range<usize>>,
    faults: Vec<Fault>,
    root: Option<Node>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, at: Range<usize>) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if tag.is_some() {
                    self.faults.extend(swallowed(self.text, self.base, &at, '!'));
                }
                if anchor > 0 {
                    self.named.insert(anchor, at.clone());
                }
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
                self.named.remove(&id);
                let Some(node) = self.anchors.get(&id) else {
                    let message = "this alias stands inside the anchor that it names";
                    return Err(Stop::Syntax(Box::new(Fault::new(at, message))));
                };
                let (nodes, bytes) = size(node);
                self.nodes += nodes;
                self.copied += bytes;
                if self.copied > MAX_COPIED {
                    return Err(Stop::Bound(Box::new(Fault::new(
                        at,
                        format!("anchors copy more than {} MiB", MAX_COPIED >> 20),
                    ))));
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
    ) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Stop::Bound(Box::new(Fault::new(
                at,
                format!("nested deeper than {MAX_DEPTH} levels"),
            ))));
        }
        self.open.push(Open { at, flow: style == StructureStyle::Flow, anchor, items });
        Ok(())
    }

    fn end(&mut self, at: Range<usize>) -> Result<(), Stop> {
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

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Stop::Bound(Box::new(Fault::new(
                node.at,
                format!("more than {MAX_NODES} values, copies by anchors counted"),
            ))));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let flow = self.open.last().is_some_and(|open| open.flow);
        match self.open.last_mut().map(|open| &mut open.items) {
            None => self.root = Some(node),
            Some(Items::List(items)) => items.push(node),
            Some(Items::Map(entries, _)) if entries.len() >= MAX_KEYS => {
                return Err(Stop::Bound(Box::new(Fault::new(
                    node.at,
                    format!("more than {MAX_KEYS} keys in one map"),
                ))));
            }
            Some(Items::Map(entries, pending)) => {
                let Some((key, key_at)) = pending.take() else {
                    *pending = Some(key_of(node)?);
                    return Ok(());
                };
                let mut entry = Entry { key: key.into(), key_at, node };
                if flow && entry.node.value == Value::Null {
                    self.faults.extend(run_together(self.text, &mut entry));
                }
                match entries.iter().find(|one| one.key == entry.key) {
                    Some(first) => self.faults.push(twice(self.text, first, &entry)),
                    None => entries.push(entry),
                }
            }
        }
        Ok(())
    }

    /// The fault of a parser error: where it stumbled, and what was still open.
    fn stumble(&self, offset: usize, message: &str) -> Fault {
        let letter = |offset: usize| {
            let start = floor_char(self.text, offset);
            start..start + self.text[start..].chars().next().map_or(0, char::len_utf8)
        };
        let unclosed = self.open.iter().rev().find(|open| open.flow);
        let related = unclosed.map(|open| {
            // The parser's mark may stand inside a letter where an odd anchor comes before.
            (letter(open.at.start.max(self.base)), "opened here and not closed".into())
        });
        Fault { related, ..Fault::new(letter(offset), plain(message)) }
    }
}

/// The word before a value that its sign takes away from it: `! urgent`, `&co`.
fn swallowed(text: &str, base: usize, at: &Range<usize>, sign: char) -> Option<Fault> {
    let line = base + text.get(base..at.start)?.rfind('\n').map_or(0, |end| end + 1);
    let start = match text.get(at.start..at.end) {
        Some(value) if value.starts_with(sign) => at.start,
        _ => {
            let last = line + text.get(line..at.start)?.rfind(sign)?;
            last - (last - line - text[line..last].trim_end_matches(sign).len())
        }
    };
    let end = start + text.get(start..at.end.max(start))?.trim_end().len();
    let written = super::quoted::quoted(&text[start..end]);
    let message = format!(
        "`{sign}` at the start of a value has a meaning of its own in YAML: put the value in quotes"
    );
    let title = "put the value in quotes".to_owned();
    let repair = Repair { title, edits: vec![(start..end, written.clone())], safe: true };
    Some(Fault {
        help: Some(format!("write `{written}`")),
        repair: Some(repair),
        ..Fault::new(start..start + 1, message)
    })
}

/// A name and a value that have run together in braces: `{by:sms-manager}`, `{every 12 months}`.
fn run_together(text: &str, entry: &mut Entry) -> Option<Fault> {
    let typed = text.get(entry.key_at.clone()).filter(|typed| **typed == *entry.key)?;
    let (name, value) = typed.split_once(':').or_else(|| typed.split_once(' '))?;
    let value = value.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if value.is_empty() || name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let written = format!("{name}: {value}");
    let message = if typed[name.len()..].starts_with(':') {
        format!("a space is missing after `{name}:`")
    } else {
        format!("there is no `:` after `{name}`")
    };
    let at = entry.key_at.clone();
    let value_at = at.end - value.len()..at.end;
    let title = format!("write `{written}`");
    let fault = Fault {
        help: Some(title.clone()),
        repair: Some(Repair { title, edits: vec![(at.clone(), written)], safe: true }),
        ..Fault::new(at.clone(), message)
    };
    entry.key_at = at.start..at.start + name.len();
    entry.node = Node { at: value_at, value: Value::Text(value.to_owned()) };
    entry.key = name.into();
    Some(fault)
}

/// A key that stands twice in a map: the second of two entries.
pub(super) fn twice(text: &str, first: &Entry, second: &Entry) -> Fault {
    let same = first.node.value == second.node.value;
    let start = text[..second.key_at.start].rfind('\n').map_or(0, |end| end + 1);
    let end = second.node.at.end.max(second.key_at.end);
    let end = text[end..].find('\n').map_or(text.len(), |rest| end + rest + 1);
    let alone = text[start..second.key_at.start].trim().is_empty();
    let repair = alone.then(|| Repair {
        title: format!("take the second `{}` out", second.key),
        edits: vec![(start..end, String::new())],
        safe: same,
    });
    Fault {
        note: "the second time",
        help: Some("take one of the two out".to_owned()),
        related: Some((first.key_at.clone(), "first here".to_owned())),
        repair,
        ..Fault::new(second.key_at.clone(), format!("`{}` stands twice", second.key))
    }
}

/// The message of the parser without its own line and column, which count from the wrong start.
fn plain(message: &str) -> String {
    let cut =
        message.find(" at char").or_else(|| message.find(" at byte")).unwrap_or(message.len());
    message[..cut].trim_end_matches([',', ':', '.', ' ']).to_owned()
}

fn key_of(node: Node) -> Result<(String, Range<usize>), Stop> {
    match node.value {
        Value::Text(text) => Ok((text, node.at)),
        _ => Err(Stop::Syntax(Box::new(Fault::new(node.at, "a key must be plain text")))),
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

    fn whole(text: &str) -> Result<Node, Box<Fault>> {
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
        assert_eq!(fault.message, "`id` stands twice");
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
