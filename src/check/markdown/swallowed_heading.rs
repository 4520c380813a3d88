//! A block of code, a comment or a folded part that is not closed runs over a heading.
//!
//! # Why it matters
//!
//! Everything down to the next mark of the same kind, or to the end of the document, is shown as
//! code, or not at all. The sections in it are missing from the contents, and no link leads to them.
//!
//! # Mend it
//!
//! Close the block on a line of its own, with at least as many marks as it was opened with:
//!
//! ````markdown
//! ```clausebook
//! kpis
//! ```
//!
//! ## Records
//! ````

use std::ops::Range;

use memchr::memmem;

use super::{line, line_after, line_before, quoted};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "swallowed-heading",
    Family::Markdown,
    Severity::Error,
    include_str!("swallowed_heading.rs"),
    Check::Document(run),
);

/// Info strings of blocks in which no line begins with `#`.
const OURS: [&str; 2] = ["clausebook", "mermaid"];

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    let blocks = document.body.code.iter().map(|run| run.range());
    found.extend(blocks.filter_map(|at| fence(document, &at)));
    if document.body.html.is_empty() {
        return;
    }
    let body = &text.as_bytes()[..document.body_at.end];
    let mut from = document.body_at.start;
    while let Some(open) = memmem::find(&body[from..], b"<!--").map(|at| from + at) {
        let close = memmem::find(&body[open..], b"-->").map_or(body.len(), |at| open + at);
        from = close.max(open + 4);
        let unclosed = close == body.len()
            || text.get(open + 4..close).is_some_and(|inner| inner.contains("<!--"));
        if unclosed && is_html(document, open) {
            let heading = heading_in(text, &(open..close), 1);
            let what = "this comment is not closed";
            found.extend(heading.map(|at| {
                swallows(document, &(open..open + 4), what, &at, "write `-->` where it ends")
            }));
        }
    }
    details(document, found);
}

/// The blocks of code that swallow headings.
pub(super) fn blocks(document: &Document) -> impl Iterator<Item = Range<usize>> {
    let blocks = document.body.code.iter().map(|run| run.range());
    blocks.filter(|at| fence(document, at).is_some())
}

fn is_html(document: &Document, at: usize) -> bool {
    let html = &document.body.html;
    let n = html.partition_point(|range| range.end <= at);
    html.get(n).is_some_and(|range| range.start <= at)
}

/// A fenced block that is not closed, or not where it was meant to be.
fn fence(document: &Document, at: &Range<usize>) -> Option<Diagnostic> {
    let text = &*document.text;
    let typed = &text[at.clone()];
    let sign = typed.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let marks = typed.len() - typed.trim_start_matches(sign).len();
    let first_end = typed.find('\n')?;
    let info = typed[marks..first_end].trim();
    let last =
        typed[typed.rfind('\n').map_or(0, |end| end + 1)..].trim_start_matches([' ', '\t', '>']);
    let closed = count(last, sign) >= marks && last.trim_matches([sign, ' ', '>', '\t']).is_empty();
    let inner = at.start + first_end + 1..at.end - if closed { last.len() } else { 0 };
    let ours = info.split_whitespace().next().is_some_and(|word| OURS.contains(&word));
    let level = if closed { 2 } else { 1 };
    let heading = heading_in(text, &inner, level)?;
    let before = &text[inner.start..heading.start];
    let after = &text[heading.end..inner.end];
    let looks_closed = |line: &str| {
        let line = line.trim_start_matches([' ', '>']);
        count(line, sign) >= 2 && line.trim_matches([sign, ' ']).is_empty()
    };
    // A fence that opens inside was meant to open: the block before it was meant to be closed.
    let opens_again = after.lines().any(|line| {
        let line = line.trim_start_matches([' ', '>']);
        count(line, sign) >= marks && !line.trim_matches([sign, ' ']).is_empty()
    });
    let opening = at.start..at.start + first_end;
    let help = format!("close it where it ends, with {marks} marks on a line of their own");
    let short = before.lines().find(|line| looks_closed(line)).filter(|_| marks > 2);
    if short.is_some_and(|line| count(line.trim_start_matches([' ', '>']), sign) < marks) {
        let what = format!("this block is opened with {marks} marks and closed with fewer");
        return Some(swallows(document, &opening, &what, &heading, &help));
    }
    let blank = |line: Option<Range<usize>>| {
        line.is_none_or(|line| text[line].trim_matches([' ', '>']).is_empty())
    };
    let its_line = line(text, heading.start);
    let stands_alone = its_line.start > inner.start
        && blank(line_before(text, &its_line))
        && (its_line.end + 1 >= inner.end || blank(line_after(text, &its_line)));
    let meant = !closed || ours || (opens_again && stands_alone);
    meant.then(|| swallows(document, &opening, "this block is not closed", &heading, &help))
}

/// Parts between `<details>` and `</details>` of which one has no end.
fn details(document: &Document, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    let mut open: Vec<usize> = Vec::new();
    for range in &document.body.html {
        let typed = text[range.clone()].to_ascii_lowercase();
        for (at, _) in typed.match_indices("<details") {
            open.push(range.start + at);
        }
        for _ in typed.matches("</details") {
            open.pop();
        }
    }
    if let Some(at) = open.first().copied() {
        let mut headings = document.body.headings.iter();
        if let Some(heading) = headings.find(|heading| heading.at.start > at) {
            let help = "write `</details>` where it ends";
            let what = "this folded part is not closed";
            found.push(swallows(document, &(at..at + 8), what, &heading.at, help));
        }
    }
}

fn swallows(
    document: &Document,
    at: &Range<usize>,
    what: &str,
    heading: &Range<usize>,
    help: &str,
) -> Diagnostic {
    let name = quoted(document.text[heading.clone()].trim_start_matches(['#', ' ']));
    let finding = RULE.at(document.span(at), format!("{what} and swallows the section “{name}”"));
    finding.label(document.span(heading), "it runs over this heading").help(help)
}

fn count(line: &str, sign: char) -> usize {
    line.len() - line.trim_start_matches(sign).len()
}

/// The first line in a range that reads as a heading of at least this level.
fn heading_in(text: &str, range: &Range<usize>, least: usize) -> Option<Range<usize>> {
    let mut start = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        let lead = line.len() - line.trim_start_matches([' ', '>']).len();
        let typed = line[lead..].trim_end();
        let marks = count(typed, '#');
        let is_heading = (least..=6).contains(&marks)
            && lead < 4
            && typed[marks..].strip_prefix(' ').is_some_and(|rest| !rest.trim().is_empty());
        if is_heading {
            return Some(start + lead..start + lead + typed.len());
        }
        start += line.len();
    }
    None
}
