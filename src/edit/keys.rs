//! One key of a front matter at a time: text in, text out, and every other byte as it was.

use std::ops::Range;

use super::Edits;
use crate::parse::front_matter::{self, Layout};
use crate::parse::recover;
use crate::parse::yaml::{Entry, Node, Value};

/// Gives a key a value, which is written as YAML. A key that is not there yet comes after the first
/// of the keys `after` that is, or at the end of its map. `path` names a key of the front matter, or
/// one of the map that such a key holds. Nothing where the front matter cannot be read.
pub fn put(text: &str, path: &[&str], value: &str, after: &[&str]) -> Option<String> {
    let front = front(text)?;
    let (key, above) = path.split_last()?;
    let mut map = &front;
    for (depth, above) in above.iter().enumerate() {
        match map.get(above) {
            Some(node) if matches!(node.value, Value::Map(_)) => map = node,
            // The map itself is not there yet.
            _ => return put(text, &path[..=depth], &format!("{{{key}: {value}}}"), after),
        }
    }
    let mut edits = Edits::of(text);
    if let Some(entry) = map.entry(key) {
        edits.set(Some(entry), value);
    } else {
        let (at, new) = place(text, map, &format!("{key}: {value}"), after)?;
        edits.replace(at..at, new);
    }
    Some(edits.applied())
}

/// Takes a key of the front matter out, by whole lines. A text without it stays as it is.
pub fn remove(text: &str, key: &str) -> Option<String> {
    let front = front(text)?;
    let mut edits = Edits::of(text);
    edits.remove(front.entry(key));
    Some(edits.applied())
}

/// Takes a key out of a map that a key of the front matter holds, where the map is written in braces.
pub fn remove_below(text: &str, key: &str, below: &str) -> Option<String> {
    let front = front(text)?;
    let Some(map) = front.get(key) else { return Some(text.to_owned()) };
    let Value::Map(entries) = &map.value else { return Some(text.to_owned()) };
    let Some(number) = entries.iter().position(|entry| &*entry.key == below) else {
        return Some(text.to_owned());
    };
    let mut edits = Edits::of(text);
    if !is_flow(text, map) {
        edits.remove(Some(&entries[number]));
        return Some(edits.applied());
    }
    let end = |entry: &Entry| entry.node.at.end.max(entry.key_at.end);
    let at = if let Some(before) = number.checked_sub(1) {
        end(&entries[before])..end(&entries[number])
    } else {
        let next = entries.get(1).map_or(map.at.end - 1, |next| next.key_at.start);
        entries[0].key_at.start..next
    };
    edits.replace(at, "");
    Some(edits.applied())
}

/// Puts an item at the top of a list of the front matter, which is begun where it is not there yet.
pub fn put_first(text: &str, key: &str, item: &str, after: &[&str]) -> Option<String> {
    let front = front(text)?;
    let list = front.get(key);
    let Some((list, first)) = list.and_then(|list| Some((list, list.item(0)?))) else {
        // An empty list may stand there as `[]`, or as nothing.
        let text = remove(text, key)?;
        let front = self::front(&text)?;
        let entry = format!("{key}:{}  - {item}", line_end(&text));
        let (at, new) = place(&text, &front, &entry, after)?;
        let mut edits = Edits::of(&text);
        edits.replace(at..at, new);
        return Some(edits.applied());
    };
    let mut edits = Edits::of(text);
    if is_flow(text, list) {
        edits.replace(first.at.start..first.at.start, format!("{item}, "));
    } else {
        let line = line_start(text, first.at.start);
        let dash = line + text[line..].find('-')?;
        edits.replace(line..line, format!("{}- {item}{}", &text[line..dash], line_end(text)));
    }
    Some(edits.applied())
}

/// Text as a YAML scalar that every reader takes for this text.
pub fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '(' | ')' | '/' | '.');
    let starts = text.starts_with(char::is_alphabetic) && !text.ends_with(' ');
    // What other readers of YAML take for a truth value, or for nothing.
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let is_word = words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if starts && !is_word && text.chars().all(plain) {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

/// The front matter of a text, where it can be read whole.
fn front(text: &str) -> Option<Node> {
    let Layout::Both { yaml, slips, .. } = front_matter::split(text) else { return None };
    let read = recover::read(text, yaml);
    (slips.is_empty() && read.faults.is_empty()).then_some(read.node)
}

/// Where a new entry of a map goes, and what is written there.
fn place(text: &str, map: &Node, entry: &str, after: &[&str]) -> Option<(usize, String)> {
    let Value::Map(entries) = &map.value else { return None };
    let known = after.iter().find_map(|key| map.entry(key)).or(entries.last());
    if is_flow(text, map) {
        return Some(match known {
            Some(known) => (known.node.at.end.max(known.key_at.end), format!(", {entry}")),
            None => (map.at.start + 1, entry.to_owned()),
        });
    }
    let known = known?;
    let end = known.node.at.end.max(known.key_at.end);
    let end = text[..end].trim_end().len();
    let (at, before) = match text[end..].find('\n') {
        Some(found) => (end + found + 1, ""),
        None => (text.len(), line_end(text)),
    };
    let indent = &text[line_start(text, known.key_at.start)..known.key_at.start];
    Some((at, format!("{before}{indent}{entry}{}", line_end(text))))
}

/// Whether a map or a list is written in brackets.
fn is_flow(text: &str, node: &Node) -> bool {
    let Range { start, .. } = node.at;
    text[start..].starts_with(['{', '['])
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// How lines of a text end.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\nid: A # own\n# a comment\nreview: {every: 12 months}\nkpis:\n  - {id: K}\nby:\n  who: x\n---\nText\n";

    #[test]
    fn a_key_changes_and_nothing_else() {
        let put = |path: &[&str], value: &str| put(TEXT, path, value, &["id"]).unwrap();
        assert_eq!(put(&["id"], "B"), TEXT.replace("id: A #", "id: B #"));
        assert_eq!(put(&["status"], "draft"), TEXT.replace("# own\n", "# own\nstatus: draft\n"));
        assert_eq!(
            put(&["review", "last"], "2026-01-01"),
            TEXT.replace("12 months}", "12 months, last: 2026-01-01}")
        );
        assert_eq!(put(&["review", "every"], "1 year"), TEXT.replace("12 months", "1 year"));
        assert_eq!(put(&["by", "who"], "y"), TEXT.replace("who: x", "who: y"));
        assert_eq!(put(&["by", "on"], "z"), TEXT.replace("who: x\n", "who: x\n  on: z\n"));
        let new = TEXT.replace("# own\n", "# own\napproved: {by: z}\n");
        assert_eq!(put(&["approved", "by"], "z"), new);
    }

    #[test]
    fn an_item_comes_first() {
        let first = |text: &str, key: &str| put_first(text, key, "{id: N}", &["by"]).unwrap();
        assert_eq!(first(TEXT, "kpis"), TEXT.replace("  - {id: K}", "  - {id: N}\n  - {id: K}"));
        let new = "  who: x\nrevisions:\n  - {id: N}\n---";
        assert_eq!(first(TEXT, "revisions"), TEXT.replace("  who: x\n---", new));
        // The body is not looked at, whatever it says.
        let body = TEXT.replace("Text\n", "revisions: \nText\n");
        let new = "  who: x\nrevisions:\n  - {id: N}\n---";
        assert_eq!(first(&body, "revisions"), body.replace("  who: x\n---", new));
        let empty = "---\nid: A\nkpis: []\n---\n";
        assert_eq!(first(empty, "kpis"), "---\nid: A\nkpis:\n  - {id: N}\n---\n");
        let flow = "---\nid: A\nkpis: [{id: K}]\n---\n";
        assert_eq!(first(flow, "kpis"), flow.replace("[{", "[{id: N}, {"));
        let windows = TEXT.replace('\n', "\r\n");
        let new = windows.replace("  - {id: K}", "  - {id: N}\r\n  - {id: K}");
        assert_eq!(first(&windows, "kpis"), new);
    }

    #[test]
    fn a_key_goes() {
        assert_eq!(remove(TEXT, "by").unwrap(), TEXT.replace("by:\n  who: x\n", ""));
        assert_eq!(remove(TEXT, "nothing").unwrap(), TEXT);
        let text = "---\nr: {a: 1, b: 2, c: 3}\n---\n";
        let left = |key| remove_below(text, "r", key).unwrap();
        assert_eq!(left("a"), "---\nr: {b: 2, c: 3}\n---\n");
        assert_eq!(left("b"), "---\nr: {a: 1, c: 3}\n---\n");
        assert_eq!(left("c"), "---\nr: {a: 1, b: 2}\n---\n");
    }

    #[test]
    fn what_cannot_be_read_is_not_changed() {
        assert_eq!(put("no front matter", &["id"], "A", &[]), None);
        assert_eq!(put("---\nid: [A\n---\n", &["id"], "A", &[]), None);
    }

    #[test]
    fn a_scalar_is_read_as_it_was_given() {
        for text in [
            "plain words",
            "blank ",
            "yes",
            "a: b",
            "it's \"so\"",
            "1.10",
            "- x",
            "# x",
            "a, b",
            "ü",
        ] {
            let whole = format!("---\nx: {{y: {}}}\n---\n", scalar(text));
            let read = front(&whole).expect("it can be read");
            assert_eq!(read.get("x").and_then(|x| x.get("y")).and_then(Node::text), Some(text));
        }
    }
}
