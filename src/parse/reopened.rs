//! What a parser of HTML writes that nobody typed: an element of formatting that is still open where
//! its block ends is opened again in the next, attributes and all.
//!
//! Ninety `<b title="…">` that are never closed come back in each of ten thousand paragraphs. So what
//! would come back is counted before anything is parsed: a little more than parsers do, never less.

use std::ops::Range;

use super::html::{Tag, tags};

/// Elements that come back.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Most bytes of tags that may come back in one document.
pub const MOST_REOPENED: usize = 1 << 20;

/// Follows the tags of a text.
#[derive(Default)]
pub struct Reopened {
    /// Elements of formatting that are open: name, and bytes of the tag.
    open: Vec<(String, Range<usize>)>,
    /// Bytes of all of them.
    bytes: usize,
    /// Bytes that came back.
    total: usize,
}

impl Reopened {
    /// Follows HTML that stands in `range` of a text; answers with the tag that comes back most, once
    /// more than `most` bytes have come back.
    pub fn html(&mut self, text: &str, range: Range<usize>, most: usize) -> Option<Range<usize>> {
        for tag in tags(text, range) {
            self.tag(text, &tag);
            if self.total > most {
                return self.largest();
            }
        }
        None
    }

    /// Follows Markdown: a line may end a block, and a bar a cell.
    pub fn markdown(&mut self, text: &str, most: usize) -> Option<Range<usize>> {
        if self.bytes > 0 {
            let ends =
                text.bytes().filter(|byte| matches!(byte, b'\n' | b'|' | b'!' | b'[')).count();
            self.total = self.total.saturating_add(self.bytes.saturating_mul(2 * ends));
        }
        if self.total > most { self.largest() } else { None }
    }

    fn largest(&self) -> Option<Range<usize>> {
        self.open.iter().map(|(_, at)| at.clone()).max_by_key(Range::len)
    }

    fn tag(&mut self, text: &str, tag: &Tag) {
        let name = text[tag.name.clone()].to_ascii_lowercase();
        let (closes, name) =
            name.strip_prefix('/').map_or((false, name.as_str()), |name| (true, name));
        if !FORMATTING.contains(&name) {
            self.total = self.total.saturating_add(self.bytes);
            return;
        }
        let last = self.open.iter().rposition(|(open, _)| open == name);
        // A link ends the link before it.
        let ends = if closes || name == "a" || name == "nobr" { last } else { None };
        if let Some(at) = ends {
            if at + 1 < self.open.len() || !closes {
                self.total = self.total.saturating_add(self.bytes);
            }
            let (_, tag) = self.open.remove(at);
            self.bytes -= tag.len();
        }
        if !closes {
            self.bytes += tag.at.len();
            self.open.push((name.to_owned(), tag.at.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(html: &str) -> usize {
        let mut reopened = Reopened::default();
        assert_eq!(reopened.html(html, 0..html.len(), usize::MAX), None);
        reopened.total
    }

    #[test]
    fn what_is_closed_in_its_block_does_not_come_back() {
        assert_eq!(total("<p><b title='a > b'>x</b></p><p><i>y</i></p>"), 0);
        assert_eq!(total("<p><a href='x'><b>y</b></a></p>"), 0);
        assert_eq!(total("<p><b>x<p>y<p>z"), 6);
        assert_eq!(total("<b><i>x</b></i>"), 6);
    }

    #[test]
    fn the_largest_tag_is_named_once_it_is_too_much() {
        let html = format!("<b title=\"{}\"><i>{}", "y".repeat(1000), "<p>x".repeat(2000));
        let at = Reopened::default().html(&html, 0..html.len(), MOST_REOPENED).unwrap();
        assert!(html[at].starts_with("<b title"));
        let mut reopened = Reopened::default();
        assert_eq!(reopened.html("<b>", 0..3, MOST_REOPENED), None);
        assert_eq!(reopened.markdown("words\n\n", MOST_REOPENED), None);
        assert_eq!(reopened.markdown(&"x\n".repeat(200_000), MOST_REOPENED), Some(0..3));
    }
}
