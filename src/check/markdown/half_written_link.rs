//! A link that is only half written, or in the wrong order, and so is shown as text.
//!
//! # Why it matters
//!
//! The page shows the brackets, and nothing can be opened. A reader takes the brackets for a slip
//! and does not learn that there is a document behind them; what the two documents have to do with
//! each other is known to nobody else either.
//!
//! # Mend it
//!
//! Write two brackets on each side, or the text in square and the address in round ones, with
//! nothing between them. An address with blanks goes between `<` and `>`:
//!
//! ```markdown
//! [[PRC-INC-01]], [the targets](targets.md#p1), [the plan](<our plan.md>)
//! ```

use std::ops::Range;

use memchr::memchr_iter;

use super::{in_prose, in_word, is_address, is_escaped, near, quoted, table_at};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "half-written-link",
    Family::Markdown,
    Severity::Warning,
    include_str!("half_written_link.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    for link in document.body.links.iter().filter(|link| link.wiki) {
        let (start, end) = (link.at.start, link.at.end);
        if link.target.contains(['[', ']']) {
            let finding = one(document, link.at.clone(), "has single brackets between double ones");
            found.push(finding.help("write two brackets on both sides of each id: `[[POL-01]]`"));
            continue;
        }
        if text[..start].ends_with('[')
            && text[end..].starts_with(']')
            && !in_word(text, start - 1)
            && !text[end + 1..].starts_with(['(', '['])
            && !is_escaped(text, start - 1)
        {
            let finding = one(document, start - 1..end + 1, "has a bracket too many on each side");
            found.push(fixed(document, finding, start - 1..end + 1, &text[link.at.clone()], true));
        }
    }
    let mut done = 0;
    let body = &text.as_bytes()[document.body_at.clone()];
    for at in memchr_iter(b'[', body).map(|at| document.body_at.start + at) {
        if at < done || !in_prose(document, at) || is_escaped(text, at) {
            continue;
        }
        let rest = &text[at..end_of(document, at)];
        let finding = if rest.starts_with("[[") {
            done = at + 2;
            wiki(document, at, rest)
        } else {
            inline(document, at, rest)
        };
        found.extend(finding);
    }
}

/// The end of the line, or of the cell.
fn end_of(document: &Document, at: usize) -> usize {
    let end = near(&document.text, at).end;
    let cell = table_at(document, at).and_then(|_| document.text[at..end].find('|'));
    cell.map_or(end, |bar| at + bar)
}

fn one(document: &Document, at: Range<usize>, what: &str) -> Diagnostic {
    let typed = quoted(&document.text[at.clone()]);
    RULE.at(document.span(&at), format!("`{typed}` is no link: it {what}"))
}

fn fixed(
    document: &Document,
    finding: Diagnostic,
    at: Range<usize>,
    written: &str,
    safe: bool,
) -> Diagnostic {
    let title = format!("write `{}`", quoted(written));
    let fix = Fix { safe, ..Fix::safe(title.clone(), document.span(&at), written) };
    finding.help(title).fix(fix)
}

/// `[[X` and `[[X]`.
fn wiki(document: &Document, at: usize, rest: &str) -> Option<Diagnostic> {
    let text = &*document.text;
    let inner = &rest[2..];
    if !in_word(text, at) && inner.trim_start().starts_with("]]") {
        let length = 4 + inner.len() - inner.trim_start().len();
        let finding = one(document, at..at + length, "names nothing");
        return Some(finding.help("write the id that it leads to: `[[POL-01]]`"));
    }
    if in_word(text, at) || !inner.trim_start().starts_with(char::is_alphanumeric) {
        return None;
    }
    let cell_ends = table_at(document, at).is_some() && text[at + rest.len()..].starts_with('|');
    match inner.find([']', '[']) {
        Some(close) if inner[close..].starts_with(']') && !inner[close..].starts_with("]]") => {
            let target = &inner[..close];
            if target.bytes().all(|byte| byte.is_ascii_digit())
                || inner[close + 1..].starts_with('(')
            {
                return None;
            }
            let all = at..at + 2 + close + 1;
            let finding = one(document, all.clone(), "needs two brackets at its end");
            Some(fixed(document, finding, all, &format!("[[{target}]]"), true))
        }
        Some(close) if inner[close..].starts_with("]]") => None,
        // The bar of a table cut it: that is told of by itself.
        _ if cell_ends && text[at + rest.len()..near(text, at).end].contains("]]") => None,
        _ => {
            let word = inner.split([' ', '\t', ',', ';', '|', '[']).next().unwrap_or_default();
            let word = word.trim_end_matches(['.', ':', ')', '!', '?']);
            let all = at..at + 2 + word.len();
            if word.is_empty() {
                return None;
            }
            let finding = one(document, all.clone(), "has no brackets at its end");
            Some(fixed(document, finding, all, &format!("[[{word}]]"), false))
        }
    }
}

/// `[X]]`, `(text)[url]`, `[text] (url)`, `[text](my file.md)` and `[text](url`.
fn inline(document: &Document, at: usize, rest: &str) -> Option<Diagnostic> {
    let text = &*document.text;
    let close = rest[1..].find([']', '['])? + 1;
    if !rest[close..].starts_with(']') {
        return None;
    }
    let (inner, after) = (&rest[1..close], &rest[close + 1..]);
    let line = near(text, at);
    if after.starts_with(']') {
        let is_word = !inner.is_empty() && !inner.contains(' ') && inner.contains('-');
        let opened = text[line.start..at].contains('[');
        if !is_word || opened || in_word(text, at) || text[..at].ends_with("\\[") {
            return None;
        }
        let all = at..at + close + 2;
        let finding = one(document, all.clone(), "needs two brackets at its start");
        return Some(fixed(document, finding, all, &format!("[[{inner}]]"), true));
    }
    if text[line.start..at].ends_with(')') && is_address(inner) && !inner.contains(' ') {
        let open = line.start + text[line.start..at].rfind('(')?;
        let words = &text[open + 1..at - 1];
        // An address in round brackets before square ones is no text of a link.
        if is_address(words) || words.is_empty() || words.contains(['[', ']', '(']) {
            return None;
        }
        let all = open..at + close + 1;
        let finding = one(document, all.clone(), "has its brackets the wrong way round");
        return Some(fixed(document, finding, all, &format!("[{words}]({inner})"), true));
    }
    let gap = after.len() - after.trim_start().len();
    let target = after[gap..].strip_prefix('(')?;
    let all = |length: usize| at..at + close + 1 + gap + 1 + length;
    let Some(end) = target.find(')') else {
        let word = target.split_whitespace().next().unwrap_or_default();
        if gap > 0 || !is_address(word) {
            return None;
        }
        let finding = one(document, all(word.len()), "has no bracket at its end");
        let written = format!("[{inner}]({word})");
        return Some(fixed(document, finding, all(word.len()), &written, false));
    };
    let target = &target[..end];
    if gap > 0 {
        if target.contains(' ') || !is_address(target) || matches!(inner, "" | " " | "x" | "X") {
            return None;
        }
        let finding = one(document, all(end + 1), "has a blank between its brackets");
        return Some(fixed(document, finding, all(end + 1), &format!("[{inner}]({target})"), true));
    }
    if !target.trim().contains(' ') || !is_address(target) {
        return None;
    }
    let finding = one(document, all(end + 1), "has blanks in its address");
    if target.contains(['"', '“', '”', '\'', '<', '>']) {
        return Some(
            finding.help("write an address with blanks as `<…>`, a title in straight quotes"),
        );
    }
    if is_prose(target.trim()) {
        return Some(finding.help("write the address in round brackets, and nothing else there"));
    }
    let written = format!("[{inner}](<{}>)", target.trim());
    Some(fixed(document, finding, all(end + 1), &written, true))
}

/// Whether a sentence was caught between the brackets, and not the name of a file alone.
fn is_prose(target: &str) -> bool {
    const MOST_WORDS: usize = 8;
    target.contains(['[', ']', '('])
        || [". ", "! ", "? ", ", ", "; "].iter().any(|end| target.contains(end))
        || target.split_whitespace().count() > MOST_WORDS
        || target.split_whitespace().next().is_some_and(is_address)
}
