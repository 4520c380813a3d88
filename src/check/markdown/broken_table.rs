//! Lines that look like a table and are none.
//!
//! # Why it matters
//!
//! The page shows the bars and hyphens as text, one line running into the next. A matrix that is no
//! table is not checked either, and rows after a blank line are missing from their table.
//!
//! # Mend it
//!
//! A table stands between blank lines and has none inside. Its second line is the delimiter row, with
//! as many columns as the head:
//!
//! ```markdown
//! Targets are these:
//!
//! | Severity | Target |
//! |---|---|
//! | P1 | 4 hours |
//! ```

use std::ops::Range;

use super::merge_conflict::{conflicts, hold};
use super::{
    in_heading, in_prose, lead, line, line_after, line_before, opens_line, quoted, signs, table_at,
};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;
use crate::parse::markdown::Table;

pub(super) const RULE: Rule = Rule::new(
    "broken-table",
    Family::Markdown,
    Severity::Error,
    include_str!("broken_table.rs"),
    Check::Document(run),
);

/// Consecutive lines of which each begins with a bar, or has one and is near a delimiter row.
struct Lines<'d> {
    document: &'d Document,
    all: Vec<Range<usize>>,
}

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let merging = conflicts(&document.text);
    let mut done = 0;
    for at in signs(document, b"|") {
        if at < done {
            continue;
        }
        if let Some(table) = table_at(document, at) {
            done = table.at.end;
            continue;
        }
        if !in_prose(document, at) {
            continue;
        }
        if in_heading(document, at) || hold(&merging, at) {
            continue;
        }
        let line = line(&document.text, at);
        done = line.end;
        let bare = &document.text[line.clone()][lead(&document.text[line.clone()])..];
        if !opens_line(&document.text, at) && !is_delimiter(bare) {
            continue;
        }
        let lines = Lines::around(document, line);
        done = lines.all.last().map_or(done, |last| last.end);
        found.extend(lines.finding());
    }
}

impl<'d> Lines<'d> {
    fn around(document: &'d Document, first: Range<usize>) -> Self {
        let text = &*document.text;
        let mut all = vec![first];
        // A head without a bar at its start is met at its delimiter row.
        if is_delimiter(bare(text, &all[0]))
            && let Some(head) =
                line_before(text, &all[0]).filter(|line| text[line.clone()].contains('|'))
            && table_at(document, head.start).is_none()
        {
            all.insert(0, head);
        }
        while let Some(next) = line_after(text, &all[all.len() - 1]) {
            let typed = bare(text, &next);
            if !typed.contains('|') || table_at(document, next.end).is_some() {
                break;
            }
            all.push(next);
        }
        Lines { document, all }
    }

    fn finding(&self) -> Option<Diagnostic> {
        let text = &*self.document.text;
        let bars = self.all.iter().map(|line| text[line.clone()].matches('|').count()).max();
        if self.all.len() == 1 && bars < Some(2) || text[self.all[0].clone()].contains("-+-") {
            return None;
        }
        // A grid table of another program is told of by itself.
        let grid =
            |line: Option<Range<usize>>| line.is_some_and(|line| is_border(bare(text, &line)));
        let last = &self.all[self.all.len() - 1];
        if grid(line_before(text, &self.all[0])) || grid(line_after(text, last)) {
            return None;
        }
        let delimiter = self.all.iter().position(|line| is_delimiter(bare(text, line)));
        let finding = match delimiter {
            Some(0) => {
                self.at("this delimiter row has no head above it").help("write the head above it")
            }
            Some(n) => self.delimited(n),
            None if !self.is_meant() => return None,
            None => self.bare(),
        };
        Some(finding)
    }

    /// Whether lines without a delimiter row were meant as rows. In `|x| is the absolute value.`
    /// the bars are signs of the text.
    fn is_meant(&self) -> bool {
        let row = |line: &Range<usize>| {
            let row = bare(&self.document.text, line).trim_end();
            let (opens, closes) = (row.starts_with("| "), row.ends_with('|'));
            if self.all.len() == 1 {
                opens && closes
                    || self
                        .above()
                        .is_some_and(|above| closes || opens && columns(row) == above.head.len())
            } else {
                opens || closes
            }
        };
        self.all.iter().any(row)
    }

    /// The table that a blank line parts these lines from.
    fn above(&self) -> Option<&'d Table> {
        let text = &*self.document.text;
        let first = &self.all[0];
        let before = text[..first.start].trim_end_matches([' ', '\t', '>', '\n', '\r']).len();
        let above = before.checked_sub(1).and_then(|at| table_at(self.document, at));
        let quoted = |at: usize| text[line(text, at)].matches('>').count();
        above.filter(|table| {
            !table.at.contains(&first.start) && quoted(table.at.start) == quoted(first.start)
        })
    }

    fn at(&self, message: impl Into<String>) -> Diagnostic {
        self.at_line(0, message)
    }

    fn at_line(&self, n: usize, message: impl Into<String>) -> Diagnostic {
        let text = &*self.document.text;
        let line = self.all[n].clone();
        let start = line.start + lead(&text[line.clone()]);
        let end = line.start + text[line.clone()].trim_end().len();
        RULE.at(self.document.span(&(start..end.max(start))), message)
    }

    /// There is a delimiter row, and something is wrong with it, or stands above the head.
    fn delimited(&self, n: usize) -> Diagnostic {
        let text = &*self.document.text;
        let head = columns(bare(text, &self.all[n - 1]));
        let row = bare(text, &self.all[n]);
        let start = self.all[n].end - row.len();
        let span = self.document.span(&(start..start + row.trim_end().len()));
        let wanted = format!("|{}", "---|".repeat(head));
        let plain = row.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '));
        if !plain {
            let finding = self.at_line(n, format!("`{}` is no delimiter row", quoted(row)));
            let fix = Fix::safe(format!("write `{wanted}`"), span, wanted.clone());
            return finding.help(format!("write it with hyphens and bars: `{wanted}`")).fix(fix);
        }
        if columns(row) != head {
            let message = format!(
                "this delimiter row has {} and the head above it {}, so there is no table",
                count(columns(row)),
                count(head)
            );
            let fix = Fix::safe(format!("write `{wanted}`"), span, wanted.clone());
            return self.at_line(n, message).help(format!("write `{wanted}`")).fix(fix);
        }
        if n > 1 {
            let help = "a table has one head, right above its delimiter row";
            return self
                .at("two rows stand above the delimiter row, so there is no table")
                .help(help);
        }
        let help = "a table has a head, a delimiter row `|---|---|`, and as many columns in both";
        self.at("these lines look like a table and are none").help(help)
    }

    /// There is no delimiter row.
    fn bare(&self) -> Diagnostic {
        let text = &*self.document.text;
        let first = &self.all[0];
        let before = text[..first.start].trim_end_matches([' ', '\t', '>', '\n', '\r']).len();
        if let Some(above) = self.above() {
            let rows = if self.all.len() == 1 { "this row" } else { "these rows" };
            let finding = self
                .at(format!("a blank line cuts {rows} off from the table above"))
                .label(
                    self.document
                        .span(&above.head.first().map_or(above.at.clone(), |cell| cell.at.clone())),
                    "its head",
                )
                .help("take the blank line out");
            let gap = line(text, before).end..first.start.saturating_sub(1);
            if gap.end > gap.start && columns(bare(text, first)) == above.head.len() {
                return finding.fix(Fix::safe(
                    "take the blank line out",
                    self.document.span(&gap),
                    "",
                ));
            }
            return finding;
        }
        if self.all.len() == 1 {
            let message = format!("`{}` is no table", quoted(bare(text, first)));
            let help = "a table has a head and a delimiter row: `|---|---|`; a plain bar is `\\|`";
            return self.at(message).help(help);
        }
        let head = bare(text, first);
        let wanted = format!("|{}", "---|".repeat(columns(head)));
        let finding = self.at("this table has no delimiter row below its head, so it is none");
        let finding = finding.help(format!("write `{wanted}` below the head"));
        let mark = &text[first.start..first.end - head.len()];
        let at = self.document.span(&(first.end..first.end));
        finding.fix(Fix::safe(format!("write `{wanted}`"), at, format!("\n{mark}{wanted}")))
    }
}

/// A line without white space and signs of quotations at its beginning.
fn bare<'t>(text: &'t str, line: &Range<usize>) -> &'t str {
    let line = &text[line.clone()];
    &line[lead(line)..]
}

/// Whether a line is the border of a grid table.
fn is_border(line: &str) -> bool {
    line.starts_with("+-") || line.starts_with("+=")
}

/// How many cells a line has.
fn columns(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    let mut escaped = false;
    let bars = row.bytes().filter(|byte| {
        let bar = *byte == b'|' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        bar
    });
    bars.count() + 1
}

fn count(columns: usize) -> String {
    if columns == 1 { "1 column".into() } else { format!("{columns} columns") }
}

/// Whether a line was meant as a delimiter row: hyphens, or what Word makes of them, and bars.
fn is_delimiter(line: &str) -> bool {
    let dash = |sign: char| matches!(sign, '-' | '–' | '—' | '‐' | '−' | '=' | '_');
    line.contains('|')
        && line.chars().filter(|sign| dash(*sign)).count() >= 2
        && line.chars().all(|sign| dash(sign) || matches!(sign, '|' | ':' | ' ' | '\t' | '+' | '.'))
}
