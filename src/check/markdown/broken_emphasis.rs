//! Two asterisks on either side make nothing bold, and are shown as they stand.
//!
//! # Why it matters
//!
//! In Markdown, `**` ends bold text only where no blank stands before it, and no sign of punctuation
//! between it and a letter: `**重要。**これは` and `**Note:**text` show four asterisks, and what was to
//! be noticed is hard to read.
//!
//! # Mend it
//!
//! Put a blank between the mark and the word beside it, or take the sign of punctuation out of the
//! bold text:
//!
//! ```markdown
//! **Note:** text, **重要**。これは
//! ```

use std::ops::Range;

use super::{is_escaped, near, quoted};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "broken-emphasis",
    Family::Markdown,
    Severity::Warning,
    include_str!("broken_emphasis.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let mut left = document.body.asterisks.iter().filter(|at| is_mark(&document.text, **at));
    let mut open = left.next();
    while let (Some(start), Some(end)) = (open, left.next()) {
        let at = *start..*end + 2;
        open = Some(end);
        if meant(&document.text, &at) {
            found.push(finding(document, &at));
            open = left.next();
        }
    }
}

/// Whether two asterisks are just two.
fn is_mark(text: &str, at: usize) -> bool {
    !text[..at].ends_with('*') && !text[at + 2..].starts_with('*') && !is_escaped(text, at)
}

/// Whether both marks were to make bold what stands between them: neither a power nor a pattern of
/// files is.
fn meant(text: &str, at: &Range<usize>) -> bool {
    let inner = &text[at.start + 2..at.end - 2];
    let (before, after) = around(text, at);
    let apart = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
    let path = |sign: Option<char>| sign.is_some_and(|sign| matches!(sign, '/' | '\\'));
    let loose = inner.starts_with(' ') || inner.ends_with(' ');
    near(text, at.start).end >= at.end
        && inner.contains(char::is_alphabetic)
        && !path(before)
        && !path(after)
        && !path(inner.chars().next())
        && !path(inner.chars().next_back())
        && (!loose || inner.starts_with(' ') == inner.ends_with(' ') && apart(before))
}

/// What stands beside them.
fn around(text: &str, at: &Range<usize>) -> (Option<char>, Option<char>) {
    (text[..at.start].chars().next_back(), text[at.end..].chars().next())
}

fn finding(document: &Document, at: &Range<usize>) -> Diagnostic {
    let text = &*document.text;
    let typed = &text[at.clone()];
    let inner = &typed[2..typed.len() - 2];
    let message = format!("`{}` is not bold: its asterisks are shown", quoted(typed));
    let finding = RULE.at(document.span(at), message);
    let (before, after) = around(text, at);
    let word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let (written, title) = match inner.chars().next_back() {
        _ if inner.trim() != inner => {
            (format!("**{}**", inner.trim()), "take the blanks beside the asterisks out")
        }
        Some(
            sign @ ('.' | ',' | ':' | ';' | '!' | '?' | '。' | '、' | '：' | '，' | '！' | '？'),
        ) if word(after) && !after.is_some_and(|sign| sign.is_ascii()) => {
            let words = &inner[..inner.len() - sign.len_utf8()];
            (format!("**{words}**{sign}"), "move the sign of punctuation out of the bold text")
        }
        _ => {
            let blank = |one: Option<char>, inside: Option<char>| {
                if word(one) && !word(inside) { " " } else { "" }
            };
            let first = blank(before, inner.chars().next());
            let last = blank(after, inner.chars().next_back());
            (format!("{first}{typed}{last}"), "put a blank between the asterisks and the word")
        }
    };
    let fix = Fix::offered(format!("write `{}`", quoted(&written)), document.span(at), &*written);
    let finding = finding.help(title);
    if written == typed { finding } else { finding.fix(fix) }
}
