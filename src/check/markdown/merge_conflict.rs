//! Marks of a merge that nobody has finished: `<<<<<<<`, `=======`, `>>>>>>>`.
//!
//! # Why it matters
//!
//! Both versions would be on the page, one after the other, and the line of equals signs turns the
//! first of them into a heading. A reader finds two targets and takes the one that suits.
//!
//! # Mend it
//!
//! Keep the version that holds and take the marks out, or finish the merge with `git mergetool`.
//! Where a text is about such marks, put them in code:
//!
//! ````markdown
//! ```
//! <<<<<<< HEAD
//! ```
//! ````

use std::ops::Range;

use memchr::memmem;

use super::{line, opens_line, run_at};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "merge-conflict",
    Family::Markdown,
    Severity::Error,
    include_str!("merge_conflict.rs"),
    Check::Manual(run),
);

/// The marks, in the order in which they stand.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// A conflict: its marks, each with its place.
pub(in crate::check) struct Conflict {
    /// From the first mark to the last.
    pub(in crate::check) at: Range<usize>,
    marks: Vec<(usize, Range<usize>)>,
}

impl Conflict {
    /// Whether it shares a byte with a range: what is wrong there follows from it.
    pub(in crate::check) fn touches(&self, range: &Range<usize>) -> bool {
        self.at.start < range.end && range.start <= self.at.end
    }
}

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for file in &manual.sources.files {
        let conflicts = conflicts(&file.text);
        if conflicts.is_empty() {
            continue;
        }
        let document = manual.library.documents.iter().find(|one| one.file == file.id);
        // What is shown as code may be about such marks; the source of a diagram is not shown.
        let shown = |one: &&Conflict| {
            document.is_none_or(|document| {
                let mut diagrams = document.diagrams();
                run_at(&document.body.code, one.at.start).is_none()
                    || diagrams.any(|(fence, _)| one.touches(&fence.at))
            })
        };
        for one in conflicts.iter().filter(shown) {
            let mut marks = one.marks.iter();
            let Some((_, first)) = marks.next() else { continue };
            let span = |at: &Range<usize>| Span::new(file.id, at.clone());
            let mut finding = RULE.at(span(first), "a merge was not finished here");
            for (mark, at) in marks {
                let what = match mark {
                    1 => "what both began with",
                    2 => "the other version",
                    _ => "it ends here",
                };
                finding = finding.label(span(at), what);
            }
            found.push(finding.help("keep the version that holds, and take these lines out"));
        }
    }
}

/// The conflicts of a text. A line of a single kind of mark is none: `=======` may be meant. The marks
/// may be longer than seven signs, and stand in a quotation or an item; those of one conflict are of
/// one length.
pub(in crate::check) fn conflicts(text: &str) -> Vec<Conflict> {
    let bytes = text.as_bytes();
    let has = |mark: usize| memmem::find(bytes, MARKS[mark].as_bytes()).is_some();
    if !has(0) && !has(3) {
        return Vec::new();
    }
    let mut marks: Vec<(usize, Range<usize>)> = Vec::new();
    for (n, mark) in MARKS.iter().enumerate() {
        for at in memmem::find_iter(bytes, mark.as_bytes()) {
            let sign = &mark[..1];
            // The sign of a quotation may stand right before that of a mark.
            let first = !text[..at].ends_with(sign) || (n == 3 && at == line(text, at).start + 1);
            if !first || !opens_line(text, at) {
                continue;
            }
            let end = line(text, at).end;
            let rest = text[at..end].trim_start_matches(sign);
            if rest.trim().is_empty() || (n != 2 && rest.starts_with(' ')) {
                marks.push((n, at..end));
            }
        }
    }
    marks.sort_by_key(|(_, at)| at.start);
    let mut conflicts: Vec<Conflict> = Vec::new();
    for (n, at) in marks {
        match conflicts.last_mut() {
            // A line of equals signs within a version may make a heading.
            Some(last) if n == 2 && length(text, &at) != length(text, &last.marks[0].1) => {}
            Some(last) if last.marks.last().is_some_and(|(before, _)| *before < n) => {
                last.at.end = at.end;
                last.marks.push((n, at));
            }
            _ => conflicts.push(Conflict { at: at.clone(), marks: vec![(n, at)] }),
        }
    }
    conflicts.retain(|one| one.marks.len() > 1 || one.marks[0].0 == 0);
    conflicts
}

/// How many signs a mark has.
fn length(text: &str, mark: &Range<usize>) -> usize {
    let typed = &text[mark.clone()];
    typed.len() - typed.trim_start_matches(&typed[..1]).len()
}

/// Whether a byte stands in one of them.
pub(super) fn hold(conflicts: &[Conflict], at: usize) -> bool {
    touch(conflicts, &(at..at + 1))
}

/// Whether a range shares a byte with one of them.
pub(in crate::check) fn touch(conflicts: &[Conflict], range: &Range<usize>) -> bool {
    conflicts.iter().any(|one| one.touches(range))
}
