//! What a word processor or a converter has left in the text.
//!
//! # Why it matters
//!
//! *Error! Reference source not found* in an approved document tells an auditor that nobody read it.
//! Grid tables, `:::` and `{.underline}` are the Markdown of other programs: the page shows their
//! signs, and a table in them is no table.
//!
//! # Mend it
//!
//! Write it in the Markdown that is read here: a table with bars, a link to a heading instead of a
//! cross-reference, a note as an alert:
//!
//! ```markdown
//! > [!NOTE]
//! > Calls outside service hours go to the duty manager.
//! ```

use std::ops::Range;

use super::foreign::{self, Tell};
use super::{
    in_prose, in_word, lead, line, line_after, line_before, near, opens_line, quoted, signs,
};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "converter-remains",
    Family::Markdown,
    Severity::Error,
    include_str!("converter_remains.rs"),
    Check::Document(run),
);

/// What Word writes in the place of a reference that it lost, and of text to be filled in.
const PHRASES: [(&str, &str); 15] = [
    ("Error! Reference source not found", LOST),
    ("Error! Bookmark not defined", LOST),
    ("Error! No text of specified style", LOST),
    ("Error! Not a valid", LOST),
    ("Fehler! Verweisquelle", LOST),
    ("Fehler! Textmarke", LOST),
    ("Fehler! Kein Text", LOST),
    ("Erreur ! Source du renvoi", LOST),
    ("Erreur ! Signet non", LOST),
    ("Error! No se encuentra", LOST),
    ("Errore. L'origine riferimento", LOST),
    ("Click or tap here to enter text", FILL),
    ("Click here to enter text", FILL),
    ("Klicken Sie hier, um Text", FILL),
    ("Klicken oder tippen Sie hier", FILL),
];

const LOST: &str = "lead to the section with a link: `[the targets](#targets)`";
const FILL: &str = "write what belongs there, or `{{ decide: … }}`";

/// Fields of Word, as they stand in its files.
const FIELDS: [&str; 6] =
    ["HYPERLINK \"", "PAGEREF _", "REF _Ref", "TOC \\o", "MERGEFIELD ", "[SmartArt"];

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    let mut tell = |at: Range<usize>, what: String, help: &str| {
        found.push(RULE.at(document.span(&at), what).help(help));
    };
    for (phrase, help) in PHRASES {
        for at in signs(document, phrase.as_bytes()).filter(|at| in_prose(document, *at)) {
            let what = format!("`{phrase}` was left by a word processor");
            tell(at..at + phrase.len(), what, help);
        }
    }
    for field in FIELDS {
        for at in signs(document, field.as_bytes()).filter(|at| in_prose(document, *at)) {
            if !in_word(text, at) {
                let what = format!(
                    "`{}` is a field of a word processor",
                    field.trim_end_matches(['_', '"']).trim()
                );
                tell(at..at + field.len(), what, "write what the field showed, or a link");
            }
        }
    }
    grids(document, &mut tell);
    simple_tables(document, &mut tell);
    fences(document, &mut tell);
    spans(document, &mut tell);
    shortcodes(document, &mut tell);
    foreign::tell(document, &mut tell);
}

/// `+-----+-----+` above and below rows.
fn grids(document: &Document, tell: &mut Tell<'_>) {
    let text = &*document.text;
    let mut done = 0;
    for sign in [&b"+--"[..], b"+=="] {
        for at in signs(document, sign) {
            if at < done || !in_prose(document, at) || !opens_line(text, at) {
                continue;
            }
            let first = line(text, at);
            let typed = text[at..first.end].trim_end();
            if !typed.ends_with('+') || !typed.bytes().all(|byte| b"+-=:".contains(&byte)) {
                continue;
            }
            let mut last = first.clone();
            while let Some(next) = line_after(text, &last)
                && text[next.clone()][lead(&text[next.clone()])..].starts_with(['+', '|'])
            {
                last = next;
            }
            done = last.end;
            let help = "write it with bars: a head, `|---|---|`, and a line for each row";
            tell(at..at + typed.len(), "this grid table is shown as text".into(), help);
        }
    }
}

/// Columns below `-----  -----`, which the page shows as a rule between two paragraphs.
fn simple_tables(document: &Document, tell: &mut Tell<'_>) {
    let text = &*document.text;
    let mut done = 0;
    for at in signs(document, b"-- --").chain(signs(document, b"--  --")) {
        let whole = line(text, at);
        if at < done || super::run_at(&document.body.code, at).is_some() {
            continue;
        }
        done = whole.end;
        let typed = text[whole.clone()].trim();
        let groups: Vec<&str> = typed.split_whitespace().collect();
        let columns = groups.len() > 1
            && groups.iter().all(|one| one.len() > 2 && one.bytes().all(|b| b == b'-'));
        let head = line_before(text, &whole).map(|line| text[line].trim()).unwrap_or_default();
        let row = line_after(text, &whole).map(|line| text[line].trim()).unwrap_or_default();
        if columns && (head.contains("  ") || row.contains("  ")) {
            let start = whole.end - text[whole.clone()].trim_start().len();
            let help = "write it with bars: a head, `|---|---|`, and a line for each row";
            tell(
                start..start + typed.len(),
                "this table without bars is shown as text".into(),
                help,
            );
        }
    }
}

/// `::: note` and `!!! note`.
fn fences(document: &Document, tell: &mut Tell<'_>) {
    let text = &*document.text;
    let help = "write a note as `> [!NOTE]`, or take the line out";
    let mut open = false;
    for at in signs(document, b":::").chain(signs(document, b"!!! ")) {
        // The first sign may be taken for that of a definition.
        if !in_prose(document, at + 2) || !opens_line(text, at) || text[..at].ends_with(':') {
            continue;
        }
        let typed = text[at..line(text, at).end].trim_end();
        let closes = typed.bytes().all(|byte| byte == b':');
        // What closes a block that was told of is told with it.
        if !closes || !open {
            tell(at..at + typed.len(), format!("`{}` opens nothing here", quoted(typed)), help);
        }
        open = !closes;
    }
}

/// `[]{#_Toc1}`, `[words]{.underline}`, `![](picture.png){width="6in"}`.
fn spans(document: &Document, tell: &mut Tell<'_>) {
    let text = &*document.text;
    for sign in [&b"]{"[..], b"){"] {
        for at in signs(document, sign) {
            let brace = at + 1;
            if !in_prose(document, brace) {
                continue;
            }
            let rest = &text[brace..near(text, brace).end];
            let Some(end) = rest.find('}') else { continue };
            let inner = &rest[1..end];
            if inner.starts_with(['.', '#'])
                || inner.contains("=\"")
                || inner.starts_with("width=")
                || is_attribute(inner)
            {
                let message = format!("`{}` is shown as it stands", quoted(&rest[..=end]));
                tell(
                    brace..brace + end + 1,
                    message,
                    "take it out, with the brackets that it belongs to",
                );
            }
        }
    }
}

/// `{{< note >}}` and `[TOC]`. What closes a shortcode is told with what opens it.
fn shortcodes(document: &Document, tell: &mut Tell<'_>) {
    let text = &*document.text;
    let contents = "take it out: the page lists its sections by itself";
    for mark in document.undefined.iter().filter(|mark| is_shortcode(&mark.inner)) {
        if mark.inner.trim_start_matches(['<', '%', ' ']).starts_with('/') {
            continue;
        }
        let what =
            format!("`{}` is a shortcode of another generator", quoted(&text[mark.at.clone()]));
        let is_contents = is_contents(&mark.inner);
        let help =
            if is_contents { contents } else { "write what it shows: a note as `> [!NOTE]`" };
        tell(mark.at.clone(), what, help);
    }
    for link in document.body.links.iter().filter(|link| link.wiki && is_contents(&link.target)) {
        let what =
            format!("`{}` is a shortcode of another generator", quoted(&text[link.at.clone()]));
        tell(link.at.clone(), what, contents);
    }
    for at in signs(document, b"[").filter(|at| in_prose(document, *at) && opens_line(text, *at)) {
        let typed = text[at..line(text, at).end].trim_end();
        let inner = typed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let is_link = || document.body.links.iter().any(|link| link.at.start == at);
        if inner.is_some_and(is_contents) && !is_link() {
            let what = format!("`{typed}` is a shortcode of another generator");
            tell(at..at + typed.len(), what, contents);
        }
    }
}

/// Whether what stands between `{{` and `}}` is a shortcode: `< note >`, `% note %`, `TOC`.
pub(in crate::check) fn is_shortcode(inner: &str) -> bool {
    let within = |sign: char| inner.len() > 1 && inner.starts_with(sign);
    within('<') && inner.ends_with('>') || within('%') && inner.ends_with('%') || is_contents(inner)
}

/// Whether a word asks other generators for a list of the sections: `TOC`, `_TOC_`.
pub(in crate::check) fn is_contents(word: &str) -> bool {
    ["_toc_", "toc"].iter().any(|one| word.trim().eq_ignore_ascii_case(one))
}

/// `target=_blank`, `: .wide`.
fn is_attribute(inner: &str) -> bool {
    let key = inner.split_once('=').map_or("", |(key, _)| key.trim());
    inner.starts_with(": ") || (!key.is_empty() && key.bytes().all(|b| b.is_ascii_alphabetic()))
}
