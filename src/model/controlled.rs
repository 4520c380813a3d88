//! The controlled text of a document: what an approval covers.
//!
//! It is the body and the front matter without its administrative keys. How the YAML is laid out,
//! its comments, a byte order mark and the kind of line ends do not count.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::value::Status;
use crate::parse::front_matter::{self, Layout};
use crate::parse::recover;
use crate::parse::yaml::{Entry, Node, Value};

/// Keys of the front matter that may change without a new approval: the record of reviews, findings
/// that are accepted, and pointers to other documents.
pub const ADMINISTRATIVE: [&str; 3] = ["review", "waivers", "related"];

/// The registers that come with the program.
pub const BUILTIN: [&str; 16] = [
    "actions",
    "audits",
    "complaints",
    "contracts",
    "findings",
    "improvements",
    "management-reviews",
    "measurements",
    "milestones",
    "objectives",
    "readings",
    "risks",
    "samples",
    "supplier-reviews",
    "tests",
    "training",
];

/// States in which the end of a document is told, which changes nothing of what was approved.
const ENDED: [Status; 2] = [Status::Superseded, Status::Withdrawn];

/// Front matter and body of a text, as they are compared.
#[derive(Clone, Debug)]
pub struct ControlledText<'t> {
    /// The whole front matter.
    pub front: Node,
    /// The body, as it stands in the file.
    pub body: &'t str,
}

impl<'t> ControlledText<'t> {
    /// Reads a document; nothing where it has no front matter.
    pub fn read(text: &'t str) -> Option<Self> {
        let Layout::Both { yaml, body, .. } = front_matter::split(text) else { return None };
        Some(ControlledText { front: recover::read(text, yaml).node, body: &text[body] })
    }

    /// Its entries that an approval covers, in the order in which they stand.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        let entries: &[Entry] = match &self.front.value {
            Value::Map(entries) => entries,
            _ => &[],
        };
        entries.iter().filter(|entry| is_covered(entry))
    }

    /// Its SHA-256, in hexadecimal digits.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let mut entries: Vec<&Entry> = self.entries().collect();
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        for entry in entries {
            add_entry(&mut hash, entry);
        }
        for line in lines(self.body) {
            hash.update(line);
            hash.update("\n");
        }
        HEXLOWER.encode(&hash.finalize())
    }
}

/// Whether an approval covers an entry of the front matter.
fn is_covered(entry: &Entry) -> bool {
    match &*entry.key {
        "status" => {
            entry.node.text().is_none_or(|text| ENDED.iter().all(|ended| ended.word() != text))
        }
        key => !ADMINISTRATIVE.contains(&key),
    }
}

/// The lines of a body without what ends them, without empty lines at its end, and without the rows of
/// registers: these are records, which change without a new approval.
pub fn lines(body: &str) -> impl Iterator<Item = &str> {
    placed_lines(body).map(|(_, line)| line)
}

/// The same lines, each with where it begins.
pub fn placed_lines(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut start, mut place) = (0, Place::default());
    let lines = body.trim_end().split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end())
    });
    lines.filter(move |(_, line)| place.is_covered(line))
}

/// The class of a heading by which its tables are registers: `{.risks}` for those that come with the
/// program, `{.register .visits}` for all others.
const REGISTER: &str = ".register";

/// Where a line of a body stands, as far as tables of registers go.
#[derive(Default)]
struct Place {
    /// Whether the heading above makes registers of its tables.
    declared: bool,
    /// Whether the head of a table has ended.
    in_rows: bool,
    /// What the open fence of a block of code is made of.
    fence: Option<char>,
}

impl Place {
    /// Whether an approval covers a line, the next one of its body.
    fn is_covered(&mut self, line: &str) -> bool {
        let text = line.trim_start();
        let sign = text.chars().next().filter(|sign| "`~".contains(*sign));
        if let Some(sign) =
            sign.filter(|sign| text.chars().take_while(|one| one == sign).count() > 2)
        {
            match self.fence {
                Some(open) if open == sign => self.fence = None,
                None => self.fence = Some(sign),
                Some(_) => {}
            }
        }
        if self.fence.is_some() {
            return true;
        }
        if text.starts_with('#') {
            (self.declared, self.in_rows) = (is_register(text), false);
        } else if !text.contains('|') {
            self.in_rows = false;
        } else if self.declared && self.in_rows {
            return false;
        } else if text.chars().all(|letter| "|-: ".contains(letter)) {
            self.in_rows = true;
        }
        true
    }
}

/// Whether a heading declares the tables under it to be registers.
fn is_register(heading: &str) -> bool {
    let Some((_, marks)) = heading.trim_end_matches(['}', ' ']).rsplit_once('{') else {
        return false;
    };
    let mut marks = marks.split_whitespace();
    marks.any(|mark| {
        mark == REGISTER || BUILTIN.iter().any(|name| mark.strip_prefix('.') == Some(name))
    })
}

/// Whether two entries of front matter say the same, wherever they stand and however they are laid
/// out.
pub fn is_same(one: &Entry, other: &Entry) -> bool {
    let [one, other] = [one, other].map(|entry| {
        let mut hash = Sha256::new();
        add_entry(&mut hash, entry);
        hash.finalize()
    });
    one == other
}

/// An entry at the top of the front matter. The checksum that an approval itself holds is not part of
/// what it covers.
fn add_entry(hash: &mut Sha256, entry: &Entry) {
    part(hash, &entry.key);
    match &entry.node.value {
        Value::Map(entries) if *entry.key == *"approved" => {
            let covered = entries.iter().filter(|entry| *entry.key != *"digest").cloned();
            let value = Value::Map(covered.collect());
            add(hash, &Node { at: entry.node.at.clone(), value });
        }
        _ => add(hash, &entry.node),
    }
}

fn add(hash: &mut Sha256, node: &Node) {
    match &node.value {
        Value::Null => hash.update("0"),
        Value::Text(text) => part(hash, text),
        Value::List(items) => {
            hash.update(format!("[{}", items.len()));
            for item in items {
                add(hash, item);
            }
        }
        Value::Map(entries) => {
            hash.update(format!("{{{}", entries.len()));
            let mut entries: Vec<&Entry> = entries.iter().collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            for entry in entries {
                part(hash, &entry.key);
                add(hash, &entry.node);
            }
        }
    }
}

/// A text with its length before it, so that two texts are never taken for one.
fn part(hash: &mut Sha256, text: &str) {
    hash.update(format!("\"{}:", text.len()));
    hash.update(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\nid: A\nstatus: approved\nowner: x\n---\n\n# A\n\nOne.\n";

    fn digest(text: &str) -> String {
        ControlledText::read(text).unwrap().digest()
    }

    #[test]
    fn layout_and_administrative_keys_do_not_count() {
        for same in [
            "---\n# a comment\nowner: \"x\"\nid: A\nstatus: approved\n---\n\n# A\n\nOne.\n",
            "\u{feff}---\r\nid: A\r\nstatus: approved\r\nowner: x\r\n---\r\n\r\n# A\r\n\r\nOne.\r\n",
            "---\nid: A\nstatus: approved\nowner: x\nreview: {last: 2026-01-01}\n---\n\n# A\n\nOne.\n\n",
            "---\nid: A\nstatus: approved\nowner: x\nrelated: [B]\nwaivers: []\n---\n\n# A\n\nOne.\n",
        ] {
            assert_eq!(digest(same), digest(TEXT), "{same}");
        }
    }

    #[test]
    fn everything_else_counts() {
        for other in [
            "---\nid: A\nstatus: approved\nowner: y\n---\n\n# A\n\nOne.\n",
            "---\nid: A\nstatus: approved\nowner: x\n---\n\n# A\n\nOne, two.\n",
            "---\nid: A\nstatus: approved\nowner: x\nkind: policy\n---\n\n# A\n\nOne.\n",
            "---\nid: A\nstatus: approved\nowner: [x]\n---\n\n# A\n\nOne.\n",
            "---\nid: A\nstatus: approved\nowner: x\n---\n\n# A\n\n    One.\n",
        ] {
            assert_ne!(digest(other), digest(TEXT), "{other}");
        }
    }

    #[test]
    fn rows_of_a_register_are_records() {
        let text = |class: &str, row: &str, after: &str| {
            format!(
                "---\nid: A\n---\n\n## Risks {{{class}}}\n\n| id | risk |\n|---|---|\n{row}\n{after}\n"
            )
        };
        let one = text(".risks", "| RSK-1 | Fire |", "## Rest\n\nWords.");
        let two = text(".risks", "| RSK-1 | Flood |\n| RSK-2 | Storm |", "## Rest\n\nWords.");
        assert_eq!(digest(&one), digest(&two));
        let own = |row| digest(&text(".register .visits", row, ""));
        assert_eq!(own("| 1 | a |"), own("| 2 | b |"));
        for (other, why) in [
            (text(".risks", "| RSK-1 | Fire |", "## Rest\n\nOther words."), "text beside it"),
            (
                text(".risks", "| RSK-1 | Fire |", "## Rest\n\n| a | b |\n|---|---|\n| c | d |"),
                "a table",
            ),
            (one.replace("| id | risk |", "| id | danger |"), "its head"),
            (one.replace("| RSK-1 | Fire |", "```\n| x |\n```"), "code"),
            (text(".wide", "| RSK-1 | Fire |", "## Rest\n\nWords."), "its declaration"),
        ] {
            assert_ne!(digest(&one), digest(&other), "{why}");
        }
        assert_ne!(
            digest(&text(".wide", "| a | b |", "")),
            digest(&text(".wide", "| c | d |", ""))
        );
    }
}
