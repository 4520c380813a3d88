//! Finds the front matter of a document: the YAML between a first line `---` and the next line
//! that is exactly `---` (or `...`).
//!
//! A `---` further down is a thematic break of the body and never looked at. A byte order mark
//! before the first fence and Windows line ends are understood.

use std::ops::Range;

/// Where a file's parts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Front matter and body, as byte ranges of the whole file, fences in neither.
    Both {
        /// The YAML between the fences.
        yaml: Range<usize>,
        /// All after the closing fence's line.
        body: Range<usize>,
    },
    /// The first line is no fence.
    NoFrontMatter,
    /// The first line is a fence and no other line is; the range is the fence.
    Unclosed(Range<usize>),
}

/// Splits `text`.
pub fn split(text: &str) -> Layout {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut offset = start;
    let mut yaml_start = None;
    for line in text[start..].split_inclusive('\n') {
        let end = offset + line.len();
        let bare = line.trim_end_matches(['\n', '\r', ' ', '\t']);
        match yaml_start {
            None if bare == "---" => yaml_start = Some(end),
            None => return Layout::NoFrontMatter,
            Some(yaml) if bare == "---" || bare == "..." => {
                return Layout::Both { yaml: yaml..offset, body: end..text.len() };
            }
            Some(_) => {}
        }
        offset = end;
    }
    match yaml_start {
        Some(_) => Layout::Unclosed(start..start + 3),
        None => Layout::NoFrontMatter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fences_are_found_and_no_later_dashes() {
        let text = "---\r\nid: x\r\n---\r\nBody\r\n\r\n---\r\n\r\nmore\r\n";
        let Layout::Both { yaml, body } = split(text) else { panic!("no front matter") };
        assert_eq!(&text[yaml], "id: x\r\n");
        assert!(text[body].starts_with("Body"));
    }

    #[test]
    fn odd_files_are_told_apart() {
        assert_eq!(split(""), Layout::NoFrontMatter);
        assert_eq!(split("# Title\n\n---\nid: x\n---\n"), Layout::NoFrontMatter);
        assert_eq!(split("---\nid: x\n"), Layout::Unclosed(0..3));
        assert!(matches!(split("\u{feff}---\nid: x\n---"), Layout::Both { .. }));
    }
}
