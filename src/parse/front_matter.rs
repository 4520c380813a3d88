//! Finds the front matter of a document: the YAML between a first line `---` and the next line
//! that is exactly `---` (or `...`).
//!
//! A `---` further down is a thematic break of the body and never looked at. A byte order mark
//! before the first fence and Windows line ends are understood. Where a fence is missing or
//! written otherwise, the place at which it was probably meant is found, and said.

use std::ops::Range;

use crate::text::{look_alike, plain};

/// Where a file's parts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Front matter and body.
    Both {
        /// The YAML between the fences, as a byte range of the whole file.
        yaml: Range<usize>,
        /// All after the closing fence's line.
        body: Range<usize>,
        /// What is wrong with the fences.
        slips: Vec<FenceSlip>,
    },
    /// Nothing at the start looks like front matter.
    NoFrontMatter,
}

/// What is wrong with a fence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FenceSlip {
    /// Lines stand before the first fence.
    Late(Range<usize>),
    /// The first line should be a fence and is written otherwise.
    Opening(Range<usize>),
    /// The front matter begins without a fence, here.
    NotOpened(usize),
    /// The closing fence is written otherwise.
    Closing(Range<usize>),
    /// No line closes the front matter.
    NotClosed {
        /// The opening fence.
        opened: Range<usize>,
        /// Where the closing one was probably meant: the start of a line.
        meant: usize,
    },
}

/// Splits `text`.
pub fn split(text: &str) -> Layout {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = lines(text, start..text.len()).skip_while(|line| bare(text, line).is_empty());
    let Some(first) = lines.next() else { return Layout::NoFrontMatter };
    let mut slips = Vec::new();
    let typed = bare(text, &first);
    let yaml = if typed == "---" || is_near(typed) {
        let second = lines.find(|line| !bare(text, line).is_empty());
        let keyed = second.is_some_and(|line| is_key(bare(text, &line)));
        if typed != "---" {
            slips.push(FenceSlip::Opening(first.start..first.start + typed.len()));
        } else if first.start > start {
            slips.push(FenceSlip::Late(start..first.start));
        }
        // Such a line is a thematic break of a text, too.
        if !slips.is_empty() && !keyed {
            return Layout::NoFrontMatter;
        }
        first.end
    } else if is_key(typed) && begins_without_fence(text, first.start) {
        slips.push(FenceSlip::NotOpened(first.start));
        first.start
    } else {
        return Layout::NoFrontMatter;
    };
    let (yaml, body, slip) = close(text, first, yaml);
    slips.extend(slip);
    Layout::Both { yaml, body: body..text.len(), slips }
}

/// Whether lines of keys stand here up to a fence, or at least three of them.
fn begins_without_fence(text: &str, start: usize) -> bool {
    let mut keys = 0;
    for line in lines(text, start..text.len()) {
        let line = bare(text, &line);
        match line {
            "---" | "..." => return keys > 0,
            _ if is_near(line) => return keys > 0,
            _ if is_key(line) => keys += 1,
            _ if line.is_empty() || is_prose(line) => break,
            _ => {}
        }
    }
    keys >= 3
}

/// The closing fence: the YAML before it, where the body begins, and what is wrong with it.
fn close(
    text: &str,
    opening: Range<usize>,
    yaml: usize,
) -> (Range<usize>, usize, Option<FenceSlip>) {
    let mut indented = None;
    for line in lines(text, yaml..text.len()) {
        let typed = bare(text, &line);
        if typed == "---" || typed == "..." {
            return (yaml..line.start, line.end, None);
        }
        let first = typed.as_bytes().first().copied().unwrap_or(b'a');
        if !first.is_ascii_alphanumeric() && is_near(typed) {
            let slip = FenceSlip::Closing(line.start..line.start + typed.len());
            let found = (yaml..line.start, line.end, Some(slip));
            if !typed.starts_with([' ', '\t']) {
                return found;
            }
            // In a text of several lines that is a value, such a line belongs to the value.
            indented = indented.or(Some(found));
        }
    }
    if let Some(found) = indented {
        return found;
    }
    let meant = early_end(text, yaml..text.len()).unwrap_or(text.len());
    let opened = opening.start..opening.start + bare(text, &opening).len();
    (yaml..meant, meant, Some(FenceSlip::NotClosed { opened, meant }))
}

/// Where front matter ends before its closing fence: at the first heading or prose after an empty
/// line. The fence that was found is then a thematic break of the body.
pub fn early_end(text: &str, yaml: Range<usize>) -> Option<usize> {
    let mut end = yaml.start;
    let mut after_blank = false;
    let mut heading = None;
    for line in lines(text, yaml) {
        let typed = bare(text, &line);
        if typed.is_empty() {
            if heading.is_some() {
                return Some(end);
            }
            after_blank = true;
            continue;
        }
        let is_heading = typed.starts_with('#') && typed.trim_start_matches('#').starts_with(' ');
        if after_blank && is_heading {
            heading = Some(line.start);
        } else if (after_blank || heading.is_some()) && is_prose(typed) {
            return Some(end);
        } else {
            (end, heading) = (line.end, None);
        }
        after_blank = false;
    }
    heading.map(|_| end)
}

/// The lines of a range, line ends included.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..at
    })
}

/// A line without what ends it.
fn bare<'t>(text: &'t str, line: &Range<usize>) -> &'t str {
    text[line.clone()].trim_end_matches(['\n', '\r', ' ', '\t'])
}

/// Whether a line was probably meant as a fence: dashes in another number, dashes that look like
/// others, dashes after a space, a fence of code.
fn is_near(line: &str) -> bool {
    let inside = line.trim_matches([' ', '\t']);
    if inside.len() > 30 || inside == "-" {
        return false;
    }
    let dashes = |text: &str| text.bytes().all(|b| b == b'-') && (2..=12).contains(&text.len());
    // One key beside: `|---`, `-x-`.
    let other = (3..=5).contains(&inside.len())
        && inside.bytes().filter(|b| *b == b'-').count() + 1 == inside.len();
    other
        || matches!(inside, "```" | "```yaml" | "~~~" | "+++")
        || dashes(inside)
        || (look_alike(inside).is_some() && {
            let plain = plain(inside);
            dashes(plain.trim()) || plain.trim() == "-"
        })
        || inside == "- - -"
}

/// Whether a line begins like a field: a word and a colon.
pub(super) fn is_key(line: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-' || b >= 0x80;
    let length = line.bytes().take_while(|b| word(*b)).count();
    let rest = line[length..].trim_start_matches([' ', '\t']);
    let starts = line.starts_with(|c: char| c.is_alphabetic());
    // `owner：x`, with a colon that is none, is a field too.
    let wide = line[..length].contains(['：', '∶', '꞉']);
    starts && length > 0 && (rest.starts_with(':') && !rest.starts_with("://") || wide)
}

/// Whether a line is text of a body rather than YAML.
fn is_prose(line: &str) -> bool {
    !is_key(line) && !line.starts_with(['#', '-', ' ', '\t', ']', '}', '"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (&str, &str, Vec<FenceSlip>) {
        let Layout::Both { yaml, body, slips } = split(text) else { panic!("no front matter") };
        (&text[yaml], &text[body], slips)
    }

    #[test]
    fn the_fences_are_found_and_no_later_dashes() {
        let text = "---\r\nid: x\r\n---\r\nBody\r\n\r\n---\r\n\r\nmore\r\n";
        let (yaml, body, slips) = parts(text);
        assert_eq!(yaml, "id: x\r\n");
        assert!(body.starts_with("Body"));
        assert_eq!(slips, []);
    }

    #[test]
    fn odd_files_are_told_apart() {
        assert_eq!(split(""), Layout::NoFrontMatter);
        assert_eq!(split("# Title\n\n---\nid: x\n---\n"), Layout::NoFrontMatter);
        assert_eq!(split("----\n\nText\n"), Layout::NoFrontMatter);
        assert_eq!(split("Note: this\n\nText\n"), Layout::NoFrontMatter);
        assert_eq!(parts("\u{feff}---\nid: x\n---").2, []);
        assert_eq!(parts("-`-\nid: x\n---\n").2, [FenceSlip::Opening(0..3)]);
        assert_eq!(parts("|---\nid: x\n---\n").2, [FenceSlip::Opening(0..4)]);
    }

    #[test]
    fn fences_that_are_meant_are_found() {
        let (yaml, body, slips) = parts("----\nid: x\n---\nBody\n");
        assert_eq!((yaml, body), ("id: x\n", "Body\n"));
        assert_eq!(slips, [FenceSlip::Opening(0..4)]);
        let (yaml, body, slips) = parts("---\nid: x\n\u{2014}-\nBody\n\n---\n");
        assert_eq!((yaml, body), ("id: x\n", "Body\n\n---\n"));
        assert_eq!(slips, [FenceSlip::Closing(10..14)]);
        let (yaml, body, slips) = parts("id: x\nkind: y\n---\nBody\n");
        assert_eq!((yaml, body), ("id: x\nkind: y\n", "Body\n"));
        assert_eq!(slips, [FenceSlip::NotOpened(0)]);
        let (yaml, _, slips) = parts("\n\n---\nid: x\n---\nBody\n");
        assert_eq!((yaml, slips), ("id: x\n", vec![FenceSlip::Late(0..2)]));
    }

    #[test]
    fn a_missing_end_is_where_the_text_begins() {
        let text = "---\nid: x\nrelated:\n  - a\n\n# Title\n\nText: words\n";
        let (yaml, body, slips) = parts(text);
        assert_eq!(yaml, "id: x\nrelated:\n  - a\n");
        assert!(body.starts_with("\n# Title"));
        assert_eq!(slips, [FenceSlip::NotClosed { opened: 0..3, meant: 25 }]);
        let (yaml, ..) = parts("---\nid: x\n");
        assert_eq!(yaml, "id: x\n");
        let later = "---\nid: x\n# a comment\nkind: y\n\n# Title\n\nText\n\n---\n\nmore\n";
        let Layout::Both { yaml, .. } = split(later) else { panic!() };
        assert_eq!(early_end(later, yaml), Some(30));
    }
}
