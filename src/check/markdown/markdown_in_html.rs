//! Markdown right below a line of raw HTML is taken for HTML, and shown as it was typed.
//!
//! # Why it matters
//!
//! A line that begins with a tag opens a block that lasts until the next blank line. A heading in it is
//! no heading, a table no table, a link no link: the page shows their signs. Where the tag itself
//! has no `>`, all of it is lost.
//!
//! # Mend it
//!
//! Leave a blank line between the tag and the Markdown:
//!
//! ```markdown
//! <details>
//! <summary>Examples</summary>
//!
//! | Call | Priority |
//! |---|---|
//! | Mail is down | P1 |
//!
//! </details>
//! ```

use super::quoted;
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::model::document::Document;
use crate::parse::html::{self, Piece};

pub(super) const RULE: Rule = Rule::new(
    "markdown-in-html",
    Family::Markdown,
    Severity::Warning,
    include_str!("markdown_in_html.rs"),
    Check::Document(run),
);

/// Tags in which text stays as it is.
const PLAIN: [&str; 4] = ["<pre", "<script", "<style", "<textarea"];

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*document.text;
    for piece in html::of_body(text, &document.body.html) {
        if let Piece::Open(tag) = piece
            && !text[tag.at.clone()].trim_end().ends_with('>')
        {
            let typed = quoted(text[tag.at.clone()].lines().next().unwrap_or_default());
            let message = format!("`{typed}` is not closed, and what follows it is not shown");
            let at = document.span(&(tag.at.start..tag.name.end));
            let mut finding = RULE.at(at, message).help("write `>` where the tag ends");
            finding.severity = Severity::Error;
            if tag.at.end > tag.name.end {
                finding = finding.label(document.span(&(tag.name.end..tag.at.end)), "not shown");
            }
            found.push(finding);
        }
    }
    let (mut end, mut told, mut plain) = (0, false, false);
    for range in &document.body.html {
        let new = range.start != end;
        end = range.end;
        for typed in text[range.clone()].split_inclusive('\n').scan(range.start, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        }) {
            let (start, whole) = typed;
            let bare = whole.trim_start_matches([' ', '\t', '>']);
            let at = start + whole.len() - bare.len();
            let first = new && start == range.start;
            if first {
                let tag = bare.get(..9.min(bare.len())).unwrap_or_default().to_ascii_lowercase();
                plain = tag.starts_with("<!") || PLAIN.iter().any(|one| tag.starts_with(one));
                told = false;
                continue;
            }
            if told || plain || !is_markdown(bare.trim_end()) {
                continue;
            }
            told = true;
            let typed = bare.trim_end();
            let message =
                format!("`{}` is shown as it stands: a tag stands right above it", quoted(typed));
            let here = document.span(&(start..start));
            let finding = RULE.at(document.span(&(at..at + typed.len())), message);
            let finding = finding.help("leave a blank line above it");
            found.push(finding.fix(Fix::offered("leave a blank line", here, "\n")));
        }
    }
}

/// Whether a line is a heading, a row of a table, an item of a list, or has a link or bold text.
fn is_markdown(line: &str) -> bool {
    let marks = line.len() - line.trim_start_matches('#').len();
    let heading = (1..=6).contains(&marks) && line[marks..].starts_with(' ');
    let row = line.starts_with('|') && line.matches('|').count() > 1;
    let item =
        ["- ", "* ", "+ ", "1. "].iter().any(|mark| line.starts_with(mark)) && line.len() > 3;
    let paired = |sign: &str| line.matches(sign).count() >= 2;
    heading
        || row
        || item
        || paired("**")
        || (line.contains("[[") && line.contains("]]"))
        || (line.contains('[') && line.contains("]("))
}
