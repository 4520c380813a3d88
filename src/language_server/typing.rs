//! What is being typed at a place of a text, known from the text alone: while somebody types, it is
//! seldom a document that can be read.

use std::ops::Range;

use crate::parse::front_matter::{self, Layout};

/// What is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typing {
    /// A key of the front matter, below other keys.
    Key { above: Vec<String>, at: Range<usize> },
    /// A value of the front matter: the keys that lead to it.
    Value { path: Vec<String>, at: Range<usize> },
    /// What `[[` leads to; whether `]]` stands after it.
    Link { at: Range<usize>, closed: bool },
    /// The section of a link: what stands before `#`, empty for the document itself.
    Section { of: String, at: Range<usize> },
    /// The address of `[words](address)`.
    Address { at: Range<usize> },
    /// A cell in the head of a matrix.
    Head { at: Range<usize> },
    /// A topic that a heading says it covers.
    Topic { at: Range<usize> },
    /// The language of a fenced block.
    Language { at: Range<usize> },
    /// What a block `clausebook` shows.
    Block { at: Range<usize> },
    /// Anything else.
    Text,
}

/// What is being typed at a byte of a text.
pub(super) fn at(text: &str, offset: usize) -> Typing {
    match front_matter::split(text) {
        Layout::Both { yaml, .. } if yaml.start <= offset && offset <= yaml.end => {
            front(text, &yaml, offset)
        }
        _ => body(text, offset),
    }
}

/// The line of a byte up to it, and where the line begins.
fn line_before(text: &str, offset: usize) -> (usize, &str) {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    (start, &text[start..offset])
}

fn line_after(text: &str, offset: usize) -> &str {
    let rest = &text[offset..];
    rest[..rest.find('\n').unwrap_or(rest.len())].trim_end_matches('\r')
}

/// A key or a value of the front matter.
fn front(text: &str, yaml: &Range<usize>, offset: usize) -> Typing {
    let (start, before) = line_before(text, offset);
    let inner = before.trim_start_matches([' ', '-']);
    let indent = before.len() - inner.len();
    let mut path = above(&text[yaml.start..start.max(yaml.start)], column(before));
    // `{by: x, on: y}` on one line: what counts is the last brace that is open.
    if let Some(brace) = open_brace(inner) {
        let head = inner[..brace].split_once(':').filter(|(key, _)| !key.contains('{'));
        path.extend(head.map(|(key, _)| key.trim().to_owned()));
        let part = inner[brace + 1..].rsplit(',').next().unwrap_or_default();
        return pair(part, path, offset);
    }
    pair(&before[indent..], path, offset)
}

/// `key: value` up to the place where somebody types.
fn pair(part: &str, mut path: Vec<String>, offset: usize) -> Typing {
    let value = match part.split_once(':') {
        Some((key, value)) if value.is_empty() || value.starts_with([' ', '[']) => {
            path.push(key.trim().to_owned());
            value
        }
        // An item of a list of values.
        None if is_item_of_list(&path) => part,
        _ => {
            let typed = part.trim_start();
            return Typing::Key { above: path, at: offset - typed.len()..offset };
        }
    };
    let list = value.rfind(['[', ',']).filter(|_| value.trim_start().starts_with('['));
    let typed = list.map_or(value, |from| &value[from + 1..]).trim_start();
    let typed = typed.trim_start_matches(['"', '\'']);
    Typing::Value { path, at: offset - typed.len()..offset }
}

/// Fields that hold lists of plain values.
fn is_item_of_list(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(
        path.as_slice(),
        ["clauses" | "related" | "distribution"]
            | ["scope", _]
            | ["services", "customers" | "depends_on" | "run_by"]
            | ["other_parties", "provides" | "services" | "processes"]
            | ["terms", "also"]
    )
}

/// Where a flow map is open at the end of a line.
fn open_brace(line: &str) -> Option<usize> {
    let mut open = Vec::new();
    for (at, letter) in line.char_indices() {
        match letter {
            '{' => open.push(at),
            '}' => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

/// The column at which the words of a line begin; a sign of an item counts as space.
fn column(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '-']).len()
}

/// The keys under which a line of some column stands, from the lines before it.
fn above(before: &str, mut column: usize) -> Vec<String> {
    let mut keys = Vec::new();
    for line in before.lines().rev() {
        let inner = line.trim_start_matches([' ', '-']);
        let own = self::column(line);
        let is_list = line.trim_start().starts_with('-');
        let Some((key, value)) = inner.split_once(':') else { continue };
        let opens = value.trim().is_empty() || value.trim().starts_with('#');
        if opens && !is_list && own < column && !key.contains(' ') {
            keys.push(key.trim_matches(['"', '\'']).to_owned());
            column = own;
        }
        if column == 0 {
            break;
        }
    }
    keys.reverse();
    keys
}

/// What is being typed in a body.
fn body(text: &str, offset: usize) -> Typing {
    let (start, before) = line_before(text, offset);
    let after = line_after(text, offset);
    let from = |typed: &str| offset - typed.len()..offset;
    if let Some(language) = before.trim_start().strip_prefix("```") {
        return Typing::Language { at: from(language) };
    }
    if is_in_block(&text[..start]) {
        return Typing::Block { at: from(before.trim_start()) };
    }
    if let Some(typed) = after_last(before, "[[", "]]") {
        let closed = after.find("]]").is_some_and(|end| !after[..end].contains("[["));
        return match typed.split_once('#') {
            Some((of, section)) => Typing::Section { of: of.to_owned(), at: from(section) },
            None if typed.contains('|') => Typing::Text,
            None => Typing::Link { at: from(typed), closed },
        };
    }
    if let Some(typed) = after_last(before, "](", ")") {
        return match typed.split_once('#') {
            Some((of, section)) => Typing::Section { of: of.to_owned(), at: from(section) },
            None => Typing::Address { at: from(typed) },
        };
    }
    if before.starts_with('#')
        && let Some(typed) = after_last(before, "{", "}")
        && let Some(topics) = typed.rsplit(' ').next().and_then(|part| part.strip_prefix("covers="))
    {
        return Typing::Topic { at: from(topics.rsplit(',').next().unwrap_or_default()) };
    }
    let is_head = before.starts_with('|') && before[1..].contains('|');
    if is_head && is_under_raci(&text[..start]) {
        let typed = before.rsplit('|').next().unwrap_or_default().trim_start();
        return Typing::Head { at: from(typed) };
    }
    Typing::Text
}

/// What stands after the last `open` that no `close` follows.
fn after_last<'t>(line: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, typed) = line.rsplit_once(open)?;
    (!typed.contains(close)).then_some(typed)
}

/// Whether a block `clausebook` is open at the end of a text.
fn is_in_block(before: &str) -> bool {
    let fences = before.lines().filter_map(|line| line.trim_start().strip_prefix("```"));
    let mut open: Option<&str> = None;
    for fence in fences {
        open = if open.is_some() { None } else { Some(fence.trim()) };
    }
    open == Some("clausebook")
}

/// Whether the last lines of a text are a heading of a matrix and blank lines: what follows is the
/// head of its table.
fn is_under_raci(before: &str) -> bool {
    let mut lines = before.lines().rev();
    let last = lines.find(|line| !line.trim().is_empty());
    last.is_some_and(|line| {
        let heading = line.trim_start_matches('#');
        heading.len() < line.len() && heading.to_uppercase().contains("RACI")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is being typed where `§` stands.
    fn typing(text: &str) -> Typing {
        let offset = text.find('\u{a7}').unwrap();
        at(&text.replace('\u{a7}', ""), offset)
    }

    fn front(lines: &str) -> String {
        match typing(&format!("---\n{lines}\n---\n\nBody\n")) {
            Typing::Key { above, .. } => format!("key below {}", above.join(".")),
            Typing::Value { path, .. } => format!("value of {}", path.join(".")),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn front_matter_is_known_by_its_lines() {
        for (lines, wanted) in [
            ("\u{a7}", "key below "),
            ("id: A\nsta\u{a7}", "key below "),
            ("id: A\nstatus: \u{a7}", "value of status"),
            ("status: dr\u{a7}\nid: A", "value of status"),
            ("status:\u{a7}", "value of status"),
            ("clauses: [\"8.6.1\", \u{a7}]", "value of clauses"),
            ("clauses:\n  - \u{a7}", "value of clauses"),
            ("related:\n- A\n- \u{a7}", "value of related"),
            ("waivers: [{rule: \u{a7}}]", "value of waivers.rule"),
            ("waivers: [{rule: x}, {rule: \u{a7}}]", "value of waivers.rule"),
            ("approved: {by: \u{a7}}", "value of approved.by"),
            ("approved: {by: x, o\u{a7}", "key below approved"),
            ("approved:\n  \u{a7}", "key below approved"),
            ("approved:\n  by: \u{a7}", "value of approved.by"),
            ("waivers:\n  - rule: \u{a7}", "value of waivers.rule"),
            ("waivers:\n  - rule: x\n    unt\u{a7}", "key below waivers"),
            ("roles:\n  - {id: x, title: \u{a7}", "value of roles.title"),
            ("scope:\n  services:\n    - \u{a7}", "value of scope.services"),
            ("title: \"a \u{a7}\"", "value of title"),
        ] {
            assert_eq!(front(lines), wanted, "{lines}");
        }
    }

    #[test]
    fn a_body_is_known_by_its_line() {
        let body = |text: &str| typing(&format!("---\nid: A\n---\n\n{text}\n"));
        let closed = |text: &str| matches!(body(text), Typing::Link { closed: true, .. });
        assert!(closed("See [[PRC\u{a7}]]."));
        assert!(!closed("See [[PRC\u{a7} and [[X]]."));
        assert!(matches!(body("[[A]] and \u{a7}"), Typing::Text));
        assert!(matches!(body("[[A|words \u{a7}"), Typing::Text));
        assert!(matches!(body("[[A#st\u{a7}"), Typing::Section { of, .. } if of == "A"));
        assert!(matches!(body("[x](#st\u{a7}"), Typing::Section { of, .. } if of.is_empty()));
        assert!(matches!(body("[x](pol\u{a7}"), Typing::Address { .. }));
        assert!(matches!(body("## H {covers=a,b\u{a7}}"), Typing::Topic { at } if at.len() == 1));
        assert!(matches!(body("## X {.raci}\n\n| Activity | Inc\u{a7}"), Typing::Head { .. }));
        assert!(matches!(body("## X\n\n| Activity | Inc\u{a7}"), Typing::Text));
        assert!(matches!(body("```cla\u{a7}"), Typing::Language { .. }));
        assert!(matches!(body("```clausebook\nkp\u{a7}"), Typing::Block { .. }));
        assert!(matches!(body("```clausebook\nkpis\n```\n\nx\u{a7}"), Typing::Text));
    }
}
