//! A Markdown file in a content folder does not begin with front matter.
//!
//! # Why it matters
//!
//! Front matter is what makes a text a controlled document: its id, version, status and owner.
//! Clause 7.5.2 asks for just these (identification, format, review and approval). A file without
//! it is not published, and an auditor who finds it beside the manual asks what it is.
//!
//! # Mend it
//!
//! Begin the file with the fields of the document between two lines `---`:
//!
//! ```yaml
//! ---
//! id: PRC-INC-01
//! title: Incident management
//! kind: process
//! version: "0.1"
//! status: draft
//! owner: incident-manager
//! ---
//! ```
//!
//! A file that is no document of the manual (notes, a snippet) gets a name that begins with `_`,
//! or moves out of the content folders.

use std::ops::Range;

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::manual::Manual;
use crate::parse::Trouble;
use crate::parse::front_matter::FenceSlip;
use crate::text::{FileId, Span, look_alike};

pub(super) const RULE: Rule = Rule::new(
    "missing-front-matter",
    Family::Reading,
    Severity::Error,
    include_str!("missing_front_matter.rs"),
    Check::Manual(run),
);

/// Front matter that does not begin the file is looked for in so many lines.
const LOOKED_AT: usize = 200;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (file, text, trouble) in super::troubles(manual) {
        found.extend(match trouble {
            Trouble::Fence(slip) => Some(of_fence(file, text, slip)),
            Trouble::NoFrontMatter => Some(below(file, text).unwrap_or_else(|| none(file))),
            Trouble::Unreadable(_) | Trouble::Yaml(_) => None,
        });
    }
}

fn none(file: FileId) -> Diagnostic {
    RULE.at(Span::start_of(file), "this document has no front matter")
        .note("`---` and the fields of the document belong here")
        .help(
            "begin the file with `---`, the fields id, title, kind, version, status and \
             owner, and `---` again; or begin its name with `_` if it is no document",
        )
}

/// Front matter that stands below other lines.
fn below(file: FileId, text: &str) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut from = start;
    let mut opened = None;
    for (number, whole) in text[start..].split_inclusive('\n').enumerate().take(LOOKED_AT) {
        let fence = whole.trim_end() == "---";
        match opened {
            None if fence && is_key(text[from + whole.len()..].lines().next()?) => {
                opened = Some((number + 1, from));
            }
            Some((first, at)) if fence => {
                let end = from + whole.len();
                let (above, front) = (&text[start..at], text[at..end].trim_end());
                let (above, gap) =
                    (above.trim_end(), if text[end..].is_empty() { "" } else { "\n" });
                let moved = format!("{front}\n\n{above}{gap}");
                let message = format!("the front matter begins on line {first}, not on line 1");
                let finding = RULE.at(Span::new(file, at..at + 3), message);
                let finding = finding.label(Span::start_of(file), "it belongs here");
                let fix = Fix::offered("move it", Span::new(file, start..end), moved);
                return Some(finding.help("move it to the top of the file").fix(fix));
            }
            _ => {}
        }
        from += whole.len();
    }
    None
}

/// Whether a line is one of the fields that most documents have.
fn is_key(line: &str) -> bool {
    let known = ["id", "title", "kind", "version", "status", "owner"];
    line.split_once(':').is_some_and(|(key, _)| known.contains(&key))
}

fn of_fence(file: FileId, text: &str, slip: &FenceSlip) -> Diagnostic {
    let span = |at: &Range<usize>| Span::new(file, at.clone());
    let typed = |at: &Range<usize>| {
        let looks = look_alike(&text[at.clone()]).map(|one| format!("; it has {}", one.named()));
        format!("`{}` is no `---`{}", text[at.clone()].trim(), looks.unwrap_or_default())
    };
    match slip {
        FenceSlip::Late(at) => RULE
            .at(span(at), "the front matter does not begin on the first line")
            .help("take the empty lines before the first `---` out")
            .fix(Fix::safe("take them out", span(at), "")),
        FenceSlip::Opening(at) => RULE
            .at(
                span(at),
                format!("the front matter is opened by a line of another form: {}", typed(at)),
            )
            .help("write three hyphens and nothing else: `---`")
            .fix(Fix::safe("write `---`", span(at), "---")),
        FenceSlip::NotOpened(at) => RULE
            .at(span(&(*at..at + line(text, *at).len())), "the front matter is not opened")
            .note("`---` belongs in a line of its own before this one")
            .help("write a line that holds `---` and nothing else before the first field")
            .fix(Fix::safe("put `---` before it", span(&(*at..*at)), "---\n")),
        FenceSlip::Closing(at) => RULE
            .at(
                span(at),
                format!("the front matter is closed by a line of another form: {}", typed(at)),
            )
            .help("write three hyphens and nothing else: `---`")
            .fix(Fix::safe("write `---`", span(at), "---")),
        FenceSlip::NotClosed { opened, meant } => {
            let before = text[..*meant].trim_end_matches(['\n', '\r']).len();
            let last = text[..before].rfind('\n').map_or(0, |end| end + 1)..before;
            let new_line = if text[..*meant].ends_with('\n') { "" } else { "\n" };
            RULE.at(span(&last), "the front matter is not closed")
                .note("`---` belongs in a line of its own after this one")
                .label(span(opened), "opened here")
                .help("end it with a line that holds `---` and nothing else")
                .fix(Fix::safe(
                    "put `---` after it",
                    span(&(*meant..*meant)),
                    format!("{new_line}---\n"),
                ))
        }
    }
}

/// The line that begins at a place.
fn line(text: &str, at: usize) -> &str {
    text[at..].lines().next().unwrap_or_default()
}
