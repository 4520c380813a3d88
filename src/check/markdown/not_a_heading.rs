//! A line begins with `#` like a heading and is none: the blank after the marks is missing.
//!
//! # Why it matters
//!
//! The page shows `##Known errors` as text in the paragraph. The section is missing from the contents,
//! no link leads to it, and a clause that is covered by it is covered by nothing.
//!
//! # Mend it
//!
//! Write a blank after the marks: `## Known errors`. Where the sign is meant, write `\#`.

use std::ops::Range;

use super::{in_heading, in_prose, line, line_after, line_before, opens_line, quoted, signs};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "not-a-heading",
    Family::Markdown,
    Severity::Error,
    include_str!("not_a_heading.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    for (at, marks) in meant(document) {
        let typed = &text[at.clone()];
        let finding = RULE.at(
            document.span(&at),
            format!(
                "`{}` is no heading: a blank is missing after `{}`",
                quoted(typed),
                &typed[..marks]
            ),
        );
        let words = typed[marks..].trim_start_matches('\u{a0}');
        let space = document.span(&(at.start + marks..at.end - words.len()));
        let title = format!("write `{} {}`", &typed[..marks], quoted(words));
        let fix = Fix::safe(title.clone(), space, " ");
        // A second title is seldom what was meant.
        let safe = marks > 1 || !document.body.headings.iter().any(|one| one.level == 1);
        found.push(finding.help(title).fix(Fix { safe, ..fix }));
    }
    for at in signs(document, b"####### ").filter(|at| in_prose(document, *at)) {
        let first = at - (text[..at].len() - text[..at].trim_end_matches('#').len());
        if opens_line(text, first) {
            let at = first..line(text, first).end;
            let message =
                format!("`{}` is no heading: there are six levels", quoted(&text[at.clone()]));
            found.push(RULE.at(document.span(&at), message).help("write at most six marks"));
        }
    }
}

/// The lines that were meant as headings, each with the number of its marks.
pub(super) fn meant(document: &Document) -> Vec<(Range<usize>, usize)> {
    let text = &*document.text;
    let mut found = Vec::new();
    let mut done = 0;
    for at in signs(document, b"#") {
        if at < done || !in_prose(document, at) || in_heading(document, at) || !opens_line(text, at)
        {
            continue;
        }
        let line = line(text, at);
        done = line.end;
        let typed = text[at..line.end].trim_end();
        let marks = typed.len() - typed.trim_start_matches('#').len();
        let Some(letter) = typed[marks..].chars().next() else { continue };
        let blank = |near: Option<Range<usize>>| {
            near.is_none_or(|line| text[line].trim_matches([' ', '\t', '>', '\r']).is_empty())
        };
        let alone = blank(line_before(text, &line)) && blank(line_after(text, &line));
        // `#4711` and `#holiday` at the start of a sentence are no headings.
        let meant = marks > 1 || (letter.is_uppercase() && alone);
        let begins = letter.is_alphanumeric() || matches!(letter, '*' | '_' | '`' | '[' | '\u{a0}');
        if marks <= 6 && meant && begins {
            found.push((at..at + typed.len(), marks));
        }
    }
    found
}
