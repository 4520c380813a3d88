//! Items of a list whose marks are typed as characters, so that there is no list.
//!
//! # Why it matters
//!
//! `•`, `o` and `a)` come from word processors. In Markdown they are text: the items run together in
//! one paragraph, and a reader misses one of the steps or conditions. So do boxes, `(1)`, and lines
//! that begin with `-` or `1.` and no blank after it.
//!
//! # Mend it
//!
//! Begin an item with `-` and a blank, or with a number and a full stop:
//!
//! ```markdown
//! - Calls of users
//! - Alerts of the monitoring
//!
//! 1. Record it
//! 2. Call the owner
//! ```

use std::ops::Range;

use super::{in_prose, line, line_after, opens_line, quoted, signs, table_at};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "typed-list",
    Family::Markdown,
    Severity::Warning,
    include_str!("typed_list.rs"),
    Check::Document(run),
);

/// Signs that begin items and nothing else, and such as need a second line to be sure.
const SURE: [&str; 9] = ["•", "▪", "‣", "◦", "●", "○", "■", "\u{f0b7}", "\u{f0a7}"];
const MAYBE: [&str; 3] = ["·", "–", "—"];

/// Boxes and ticks, of which each item may have another.
const BOXES: [&str; 8] = ["☐", "☑", "☒", "□", "✓", "✔", "✗", "✘"];

/// Marks of one letter or sign that are looked for at the start of a line alone.
const LINES: [&str; 9] =
    ["\n-", "\n*", "\na) ", "\na. ", "\n(a) ", "\no ", "\no\t", "\n1.", "\n(1) "];

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    let body = &text[document.body_at.clone()];
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let special = !body.is_ascii();
    for (n, sign) in SURE.iter().chain(&MAYBE).chain(&BOXES).enumerate() {
        if special {
            let least = if n < SURE.len() { 1 } else { 2 };
            let sign_at = signs(document, sign.as_bytes());
            starts.extend(sign_at.filter(|at| is_item(document, *at)).map(|at| (at, least)));
        }
    }
    for sign in LINES {
        starts.extend(signs(document, sign.as_bytes()).filter_map(|at| {
            let at = at + 1;
            let after = text[at + sign.len() - 1..].chars().next()?;
            let opens = match sign {
                "\n-" | "\n1." => after.is_alphabetic(),
                // What a second one closes is emphasis.
                "\n*" => after.is_uppercase() && !text[at + 1..line(text, at).end].contains('*'),
                _ => true,
            };
            (opens && is_item(document, at)).then_some((at, 2))
        }));
    }
    starts.sort_unstable();
    let mut done = 0;
    for (at, least) in starts {
        if at >= done {
            let items = items(text, at);
            done = items.last().map_or(at + 1, |last| last.end.max(at + 1));
            if items.len() >= least {
                found.push(finding(document, &items));
            }
        }
    }
}

fn is_item(document: &Document, at: usize) -> bool {
    in_prose(document, at) && opens_line(&document.text, at) && table_at(document, at).is_none()
}

/// The items from one on, each from its mark to the end of its line.
fn items(text: &str, first: usize) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    items.push(first..line(text, first).end);
    let mark = mark(&text[items[0].clone()]).unwrap_or_default();
    while let Some(next) = line_after(text, items.last().unwrap_or(&(first..first))) {
        let typed = text[next.clone()].trim_start_matches([' ', '\t', '>']);
        let follows = if is_box(mark) {
            BOXES.iter().any(|mark| typed.starts_with(mark))
        } else {
            typed.starts_with(&successor(mark, items.len()))
        };
        if !follows || mark.is_empty() {
            break;
        }
        items.push(next.end - typed.len()..next.end);
    }
    items
}

/// The mark that an item begins with.
fn mark(item: &str) -> Option<&str> {
    let lines = LINES.iter().map(|mark| mark.trim_start_matches('\n'));
    let all = SURE.iter().chain(&MAYBE).chain(&BOXES).copied().chain(lines);
    all.into_iter().find(|mark| item.starts_with(mark))
}

fn is_box(mark: &str) -> bool {
    BOXES.contains(&mark)
}

/// Whether a mark counts: `a)`, `(1)`.
fn counts(mark: &str) -> bool {
    mark.contains(['a', '1'])
}

/// `c)` after `a)` and `b)`.
fn successor(mark: &str, count: usize) -> String {
    if mark.contains('1') {
        return mark.replacen('1', &(count + 1).to_string(), 1);
    }
    let letter =
        u8::try_from(count).map_or('z', |count| char::from(b'a'.saturating_add(count).min(b'z')));
    mark.replacen('a', &letter.to_string(), 1)
}

fn finding(document: &Document, items: &[Range<usize>]) -> Diagnostic {
    let text = &*document.text;
    let first = &items[0];
    let typed = &text[first.clone()];
    let mark = mark(typed).unwrap_or_default();
    let sign = mark.trim();
    let message = match sign {
        "-" | "*" => {
            format!("`{}` begins no item: a blank is missing after `{sign}`", quoted(typed))
        }
        "1." => format!("`{}` begins no item: a blank is missing after `1.`", quoted(typed)),
        _ => format!("`{sign}` begins no item of a list in Markdown: `{}`", quoted(typed)),
    };
    let finding =
        RULE.at(document.span(&(first.start..first.start + typed.trim_end().len())), message);
    let ordered = counts(mark);
    let finding =
        finding.help(if ordered { "number the items: `1.`" } else { "begin an item with `- `" });
    // A dash or a letter that opens a line of prose may be meant.
    let safe = SURE.contains(&mark) || matches!(sign, "-" | "*" | "1.");
    let written = |n: usize| if ordered { format!("{}. ", n + 1) } else { "- ".to_owned() };
    let edit = |n: usize| {
        let item = &items[n];
        if is_box(mark) {
            return document.span(&(item.start..item.start));
        }
        let typed = &text[item.clone()];
        let expected = successor(mark, n).len();
        let blank = typed[expected..].len() - typed[expected..].trim_start().len();
        document.span(&(item.start..item.start + expected + blank))
    };
    let mut fix = Fix { safe, ..Fix::safe("make them items of a list", edit(0), written(0)) };
    for n in 1..items.len() {
        fix = fix.and(edit(n), written(n));
    }
    finding.fix(fix)
}
