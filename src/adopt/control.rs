//! Control data of a foreign document, wherever it stands: in front matter, in tables of the body, in
//! bold or plain lines at its top.

use std::ops::Range;

use super::keys::{Field, Keys, folded};
use super::values;
use crate::model::value::Date;
use crate::parse::front_matter::{self, Layout};
use crate::parse::markdown::{self, Table};
use crate::parse::recover;
use crate::parse::yaml::{Node, Value};

/// Where a value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// In front matter.
    FrontMatter,
    /// In a table of the body.
    Table,
    /// In a line of the body, as `**Version:** 1.0`.
    Line,
}

impl From {
    /// Where, in words.
    pub fn words(self) -> &'static str {
        match self {
            From::FrontMatter => "front matter",
            From::Table => "a table",
            From::Line => "a line",
        }
    }
}

/// A value that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The field.
    pub field: Field,
    /// What was written.
    pub value: String,
    /// Where.
    pub from: From,
}

/// A line of a history of versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The version.
    pub version: String,
    /// The day.
    pub date: Date,
    /// Who wrote it.
    pub author: Option<String>,
    /// What changed.
    pub summary: String,
}

/// The control data of a document, and what is left of its text.
#[derive(Clone, Debug, Default)]
pub(super) struct Control {
    /// What was understood, in the order in which it was found; the first of a field counts.
    pub(super) known: Vec<Known>,
    /// What was not: name and value, as YAML.
    pub(super) unknown: Vec<(String, String)>,
    /// The history of versions, newest first.
    pub(super) revisions: Vec<Revision>,
    /// The text without all of this.
    pub(super) body: String,
}

impl Control {
    /// What stands in a field.
    pub(super) fn get(&self, field: Field) -> Option<&str> {
        let known = self.known.iter().find(|one| one.field == field);
        known.map(|one| one.value.as_str()).filter(|value| !value.trim().is_empty())
    }

    fn add(&mut self, keys: &Keys, name: &str, value: String, from: From) {
        match keys.find(name) {
            Some(field) if self.known.iter().all(|one| one.field != field) => {
                self.known.push(Known { field, value, from });
            }
            _ => self.unknown.push((name.trim().trim_end_matches(':').to_owned(), value)),
        }
    }
}

/// Reads the control data of a text.
pub(super) fn read(text: &str, keys: &Keys) -> Control {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut control = Control::default();
    let body = front(&text, keys, &mut control);
    let body = tables(&body, keys, &mut control);
    control.body = lines(&body, keys, &mut control);
    control
}

/// The front matter; what is left is the body.
fn front(text: &str, keys: &Keys, control: &mut Control) -> String {
    if let Some(rest) = text.strip_prefix("+++\n") {
        let Some(end) = rest.find("\n+++") else { return text.to_owned() };
        for line in rest[..end].lines() {
            let Some((name, value)) = line.split_once('=') else { continue };
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            control.add(keys, name.trim(), value, From::FrontMatter);
        }
        let after = &rest[end + 4..];
        return after[after.find('\n').map_or(after.len(), |at| at + 1)..].to_owned();
    }
    let (yaml, body) = match front_matter::split(text) {
        Layout::Both { yaml, body, .. } => (yaml, body),
        Layout::NoFrontMatter => return text.to_owned(),
    };
    let node = recover::read(text, yaml).node;
    if let Value::Map(entries) = &node.value {
        for entry in entries {
            if let Some(value) = plain(&entry.node) {
                control.add(keys, &entry.key, value, From::FrontMatter);
            } else {
                let shown = text[entry.node.at.clone()].to_owned();
                control.unknown.push((entry.key.to_string(), shown));
            }
        }
    }
    text[body].to_owned()
}

/// A value in one line; nothing for a map.
fn plain(node: &Node) -> Option<String> {
    match &node.value {
        Value::Null => Some(String::new()),
        Value::Text(text) => Some(text.clone()),
        Value::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(plain).collect();
            items.map(|items| items.join(", "))
        }
        Value::Map(_) => None,
    }
}

/// Tables of control data, and histories of versions; what is left is the body.
fn tables(body: &str, keys: &Keys, control: &mut Control) -> String {
    let read = markdown::read(body, 0..body.len());
    let mut gone: Vec<Range<usize>> = Vec::new();
    for table in &read.tables {
        if let Some(revisions) = history(table) {
            if control.revisions.is_empty() {
                control.revisions = revisions;
                gone.push(with_heading(body, &read, table));
            }
            continue;
        }
        let pairs = pairs(table);
        let known = pairs.iter().filter(|(name, _)| keys.find(name).is_some()).count();
        if known >= 2 && known * 2 >= pairs.len() {
            for (name, value) in pairs {
                control.add(keys, &name, value, From::Table);
            }
            gone.push(with_heading(body, &read, table));
        }
    }
    without(body, &gone)
}

/// The names and values of a table: side by side in two columns, or four, or one below the other.
fn pairs(table: &Table) -> Vec<(String, String)> {
    let text = |row: &[markdown::Cell], at: usize| row.get(at).map(|cell| bare(&cell.text));
    let mut found = Vec::new();
    let columns = table.head.len();
    if columns.is_multiple_of(2) && columns <= 4 {
        for row in std::iter::once(&table.head).chain(&table.rows) {
            for at in (0..columns).step_by(2) {
                let (name, value) = (text(row, at), text(row, at + 1));
                let name = name.unwrap_or_default();
                let is_head = std::ptr::eq(row, &raw const table.head)
                    && matches!(
                        folded(&name).as_str(),
                        "" | "field"
                            | "item"
                            | "property"
                            | "key"
                            | "attribute"
                            | "document control"
                    );
                if !name.is_empty() && !is_head {
                    found.push((name, value.unwrap_or_default()));
                }
            }
        }
        return found;
    }
    if let [row] = table.rows.as_slice() {
        let names = table.head.iter().map(|cell| bare(&cell.text));
        let values = (0..columns).map(|at| text(row, at).unwrap_or_default());
        return names.zip(values).filter(|(name, _)| !name.is_empty()).collect();
    }
    found
}

/// A cell without marks of emphasis at its ends.
fn bare(text: &str) -> String {
    text.trim().trim_matches(['*', '_']).trim().to_owned()
}

/// A history of versions: every row has a version and a day.
fn history(table: &Table) -> Option<Vec<Revision>> {
    let column = |names: &[&str]| {
        table.head.iter().position(|cell| names.contains(&folded(&cell.text).as_str()))
    };
    let version = column(&["version", "rev", "revision", "issue", "ver", "ausgabe", "version no"])?;
    let date = column(&["date", "on", "day", "datum", "fecha", "release date", "approval date"])?;
    let author = column(&[
        "author",
        "by",
        "who",
        "name",
        "changed by",
        "autor",
        "auteur",
        "editor",
        "prepared by",
    ]);
    let summary = column(&[
        "summary",
        "change",
        "changes",
        "description",
        "comment",
        "comments",
        "what changed",
        "description of change",
        "notes",
        "reason",
        "anderung",
        "anderungen",
        "beschreibung",
        "bemerkung",
        "modifications",
    ])?;
    let mut revisions = Vec::new();
    for row in &table.rows {
        let text = |at: usize| row.get(at).map(|cell| bare(&cell.text)).unwrap_or_default();
        if row.iter().all(|cell| cell.text.trim().is_empty()) {
            continue;
        }
        revisions.push(Revision {
            version: values::version(&text(version))?,
            date: values::date(&text(date))?,
            author: author.map(text).filter(|author| !author.is_empty()),
            summary: text(summary),
        });
    }
    // What further columns hold would be lost.
    if table.head.len() > 3 + usize::from(author.is_some()) || revisions.is_empty() {
        return None;
    }
    if revisions.iter().any(|one| one.summary.is_empty()) {
        return None;
    }
    revisions.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| compare(&b.version, &a.version)));
    Some(revisions)
}

fn compare(one: &str, other: &str) -> std::cmp::Ordering {
    let numbers = |text: &str| -> Vec<u64> {
        text.split('.').map(|part| part.parse().unwrap_or(0)).collect()
    };
    numbers(one).cmp(&numbers(other))
}

/// The range of a table, with the heading above it where the section holds nothing else and the
/// heading is one of control data.
fn with_heading(body: &str, read: &markdown::Body, table: &Table) -> Range<usize> {
    let Some(heading) = table.heading.map(|at| &read.headings[at]) else { return table.at.clone() };
    let next = read.headings.iter().find(|other| other.at.start > heading.at.start);
    let end = next.map_or(body.len(), |next| next.at.start);
    let before = body[heading.at.end..table.at.start].trim();
    let after = body.get(table.at.end..end).unwrap_or_default().trim();
    let is_control = matches!(
        folded(&heading.text).as_str(),
        "document control"
            | "document information"
            | "document details"
            | "control"
            | "metadata"
            | "revision history"
            | "document history"
            | "version history"
            | "change log"
            | "changelog"
            | "history"
            | "change history"
            | "dokumentenlenkung"
            | "dokumentinformationen"
            | "anderungshistorie"
            | "historie"
            | "historique"
            | "historial de cambios"
    );
    if before.is_empty() && after.is_empty() && is_control && heading.level > 1 {
        heading.at.start..table.at.end
    } else {
        table.at.clone()
    }
}

fn without(text: &str, gone: &[Range<usize>]) -> String {
    let mut gone = gone.to_vec();
    gone.sort_by_key(|range| range.start);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for range in gone.into_iter().filter(|range| !range.is_empty()) {
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Lines at the top such as `**Version:** 1.0`, up to the first that is something else after the
/// title; taken only where two of them are known.
fn lines(body: &str, keys: &Keys, control: &mut Control) -> String {
    let mut found: Vec<(Range<usize>, String, String)> = Vec::new();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let typed = line.trim();
        if typed.is_empty() || typed.starts_with("# ") || typed == "---" {
            continue;
        }
        let Some((name, value)) = pair(typed) else { break };
        if keys.find(&name).is_none() && found.is_empty() {
            break;
        }
        found.push((range, name, value));
    }
    let known = found.iter().filter(|(_, name, _)| keys.find(name).is_some()).count();
    if known < 2 || known * 2 < found.len() {
        return body.to_owned();
    }
    let gone: Vec<Range<usize>> = found.iter().map(|(range, ..)| range.clone()).collect();
    for (_, name, value) in found {
        control.add(keys, &name, value, From::Line);
    }
    without(body, &gone)
}

/// `**Version:** 1.0`, `- Version: 1.0`, `Version: 1.0  `.
fn pair(line: &str) -> Option<(String, String)> {
    let line = line.trim_start_matches(['-', '*', '+', '>']).trim_start();
    let (name, value) = line.split_once(':')?;
    let name = name.trim_matches(['*', '_', ' ', '`']);
    let value = value.trim_start_matches(['*', '_']).trim().trim_end_matches('\\').trim();
    let is_name = !name.is_empty()
        && name.chars().count() <= 40
        && !name.contains(['[', '<', '|', '.'])
        && !value.starts_with("//");
    is_name.then(|| (name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Control {
        read(text, &Keys::default())
    }

    #[test]
    fn control_data_is_found_wherever_it_stands() {
        let yaml = "---\ndoc_id: ISP-01\nowner: [A, B]\nweight: 3\n---\n\n# T\n\nBody\n";
        let toml = "+++\ndoc_id = \"ISP-01\"\nowner = 'A, B'\nweight = 3\n+++\n\n# T\n\nBody\n";
        let table = "# T\n\n## Document control\n\n| Field | Value |\n|---|---|\n| Document ID | \
            ISP-01 |\n| **Owner** | A, B |\n| Weight | 3 |\n\n## Rest\n\nBody\n";
        let across =
            "# T\n\n| Doc ID | Owner | Weight |\n|---|---|---|\n| ISP-01 | A, B | 3 |\n\nBody\n";
        let bold = "# T\n\n**Document ID:** ISP-01  \n**Owner:** A, B\nWeight: 3\n\nBody\n";
        for text in [yaml, toml, table, across, bold] {
            let control = of(text);
            assert_eq!(control.get(Field::Id), Some("ISP-01"), "{text}");
            assert_eq!(control.get(Field::Owner), Some("A, B"), "{text}");
            let unknown =
                control.unknown.iter().map(|(name, value)| (name.to_lowercase(), value.as_str()));
            assert_eq!(unknown.collect::<Vec<_>>(), [("weight".to_owned(), "3")], "{text}");
            assert!(control.body.contains("Body") && !control.body.contains("ISP-01"), "{text}");
        }
        assert!(!of(table).body.contains("Document control"));
    }

    #[test]
    fn what_is_no_control_data_stays_in_the_text() {
        let prose = "# T\n\nNote: read this first.\n\nVersion: see below.\n";
        assert_eq!(of(prose).body, prose);
        let table = "# T\n\n| Colour | Meaning |\n|---|---|\n| Red | bad |\n| Version | 2 |\n";
        assert_eq!(of(table).body, table);
    }

    #[test]
    fn a_history_is_read_whole_or_not_at_all() {
        let text = "# T\n\n## Revision history\n\n| Version | Date | Author | Changes |\n|---|---|---|---|\n\
            | v1.0 | 1 March 2025 | Ada | First |\n| 1.1 | 2026-01-05 | Bo | More |\n";
        let control = of(text);
        let versions: Vec<&str> =
            control.revisions.iter().map(|one| one.version.as_str()).collect();
        assert_eq!(versions, ["1.1", "1.0"]);
        assert_eq!(control.body.trim(), "# T");
        let odd = text.replace("1 March 2025", "03/04/2025");
        assert!(of(&odd).revisions.is_empty() && of(&odd).body.contains("03/04/2025"));
    }
}
