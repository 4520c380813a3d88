//! Where things stand: files by number, places as byte ranges of the whole file.
//!
//! A [`Span`] is the only form in which a place travels through the pipeline. Line and column
//! exist at the border alone: [`LineIndex`] makes them when a finding is shown. [`key`] says which
//! names are one, [`look_alike`] which characters are not what they seem.

mod letters;
mod near;
mod file_names;
pub mod percent;
pub mod visible;
pub mod phrase;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use icu_properties::CodePointMapData;

pub use file_names::unportable;
pub use letters::{LookAlike, composed, key, look_alike, look_alikes, plain};
pub use near::{NameIndex, Near, near, nearest};

/// A file of the manual, numbered in the order of the paths, so that sorting by number sorts by
/// path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The number of no file: that of a text which once stood in one.
    pub const NONE: FileId = FileId(u32::MAX);
}

/// A byte range of one whole file, front matter and all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `file`. Files over 4 GiB are refused by `source`, so the range fits.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: cut(range.start), end: cut(range.end) }
    }

    /// The place before the first byte: for a finding that concerns a file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Span { file, start: 0, end: 0 }
    }

    /// The byte range, to slice the file's text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place for people and for editors: both count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1. A byte order mark does not count.
    pub column: usize,
}

/// The line starts of one text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Offsets in lines that are very long, and how many columns of the line lie before each: a
    /// text of two megabytes in one line may have a hundred thousand findings.
    marks: Vec<(usize, usize)>,
}

/// Between two marks in a long line.
const STRIDE: usize = 4096;

impl LineIndex {
    /// Finds the line starts of `text`; a line ends with `\n`, so `\r\n` is one end.
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts: Vec<usize> = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let mut marks = Vec::new();
        for (start, end) in starts.iter().copied().zip(ends) {
            let (mut from, mut column) = (start, 0);
            while end - from > STRIDE {
                let to = floor_char(text, from + STRIDE);
                column += columns(&text[from..to], from == start);
                from = to;
                marks.push((from, column));
            }
        }
        LineIndex { starts, marks }
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_char(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let mark = self.marks[..self.marks.partition_point(|(at, _)| *at <= offset)].last();
        let (from, column) = mark.copied().filter(|(at, _)| *at > start).unwrap_or((start, 0));
        Position { line, column: column + columns(&text[from..offset], from == start) + 1 }
    }

    /// The byte at which a line begins; lines count from 1. Past the last line, the last one's.
    pub fn start(&self, line: usize) -> usize {
        self.starts[line.clamp(1, self.starts.len()) - 1]
    }
}

/// A list with no more room than it needs. Ten thousand documents are many lists, and one that grew
/// has up to twice the room; an allocator that is asked to shrink it as a rule leaves it as it is.
pub fn fitted<T>(mut list: Vec<T>) -> Vec<T> {
    if list.len() == list.capacity() {
        return list;
    }
    let mut fitted = Vec::with_capacity(list.len());
    fitted.append(&mut list);
    fitted
}

/// The columns that a piece of a line takes.
fn columns(piece: &str, begins_line: bool) -> usize {
    let piece = if begins_line { piece.trim_start_matches('\u{feff}') } else { piece };
    piece.chars().count()
}

/// Each thing with what is known of it, where both are in the same order: that is many times quicker
/// than looking ten thousand paths up.
pub fn join_sorted<'a, N, K>(
    new: &'a [N],
    known: &'a [K],
    order: impl Fn(&K, &N) -> Ordering,
) -> Vec<(&'a N, Option<&'a K>)> {
    let mut known = known.iter().peekable();
    let with_known = |one: &'a N| {
        while known.next_if(|old| order(old, one).is_lt()).is_some() {}
        (one, known.next_if(|old| order(old, one).is_eq()))
    };
    new.iter().map(with_known).collect()
}

/// The nearest character border at or before `offset`, inside the text.
pub fn floor_char(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// What begins a formula: some programs take the wide forms for the narrow ones, and skip white space.
const FORMULA: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A field of CSV: quoted where it must be, and with an apostrophe before what a spreadsheet
/// would run as a formula.
pub fn csv_field(text: &str) -> String {
    let formula = text.starts_with(FORMULA);
    let guarded = if formula { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

/// At most so many characters of a text; where it is cut, a mark says so.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// How `to` is written in a link that stands in `from`.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to_parts: Vec<&str> = to.split('/').collect();
    let depth = from.len() - 1;
    let shared = from[..depth].iter().zip(&to_parts).take_while(|(a, b)| a == b).count();
    let mut out = "../".repeat(depth - shared);
    out.push_str(&to_parts[shared..].join("/"));
    out
}

/// The path that `link` means in the file `from`, from the top of the manual; nothing when it
/// leaves the manual.
pub fn join(from: &str, link: &str) -> Option<String> {
    if link.contains(['\\', '\0']) {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if link.starts_with('/') {
        parts.clear();
    }
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether two names differ by one letter more, less, other or changed with the next.
pub fn is_one_slip(one: &str, other: &str) -> bool {
    strsim::osa_distance(&key(one), &key(other)) == 1
}

/// A heading's address on a page, as git hosts make it: lower case, spaces to hyphens, and nothing
/// but letters with their marks, digits, hyphens and what joins words, as `_` does.
pub fn slug(text: &str) -> String {
    let mut out = text.to_lowercase();
    out.retain(|letter| letter == ' ' || is_in_slug(letter));
    if out.contains(' ') { out.replace(' ', "-") } else { out }
}

fn is_in_slug(letter: char) -> bool {
    use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    }
    let others = GeneralCategoryGroup::Mark
        .union(GeneralCategory::DecimalNumber.into())
        .union(GeneralCategory::ConnectorPunctuation.into());
    letter.is_alphabetic()
        || others.contains(CodePointMapData::<GeneralCategory>::new().get(letter))
}

/// Text without control characters, for which HTML has no use and which are no text; what stood for
/// one is shown. Nearly no text has any, so it is looked at by the dozen bytes, without a branch.
pub fn without_controls(text: &str) -> Cow<'_, str> {
    let odd = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    // U+0080 to U+009F are two bytes, the first of which begins other characters too.
    let may = |chunk: &[u8]| {
        chunk.iter().fold(false, |found, byte| found | odd(*byte)) || chunk.contains(&0xc2)
    };
    let is_control = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
    if !text.as_bytes().chunks(64).any(may) || !text.contains(is_control) {
        return text.into();
    }
    text.replace(is_control, "\u{fffd}").into()
}

/// What stands in HTML for what begins a text, and how many bytes that is: signs that would be read as
/// markup in content or in attributes of either quotes, and control characters.
#[inline]
pub fn entity(text: &[u8]) -> Option<(&'static str, usize)> {
    Some(match text.first()? {
        b'&' => ("&amp;", 1),
        b'<' => ("&lt;", 1),
        b'>' => ("&gt;", 1),
        b'"' => ("&quot;", 1),
        b'\'' => ("&#39;", 1),
        b'\t' | b'\n' | b'\r' => return None,
        0..0x20 | 0x7f => ("\u{fffd}", 1),
        0xc2 if text.get(1).is_some_and(|next| (0x80..0xa0).contains(next)) => ("\u{fffd}", 2),
        _ => return None,
    })
}

/// Adds text to HTML or SVG, escaped for content and for attributes in either quotes.
pub fn escape_to(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        let Some((entity, length)) = entity(&bytes[at..]) else {
            at += 1;
            continue;
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        at += length;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Text for HTML or SVG.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_to(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_skip_the_byte_order_mark() {
        let text = "\u{feff}títle\r\n🚒 x\n";
        let index = LineIndex::new(text);
        let place = |needle: &str| index.position(text, text.find(needle).unwrap());
        assert_eq!(place("títle"), Position { line: 1, column: 1 });
        assert_eq!(place("tle"), Position { line: 1, column: 3 });
        assert_eq!(place("x"), Position { line: 2, column: 3 });
        assert_eq!(index.position(text, 9999), Position { line: 3, column: 1 });
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_a_short_one() {
        let line = format!("\u{feff}{}\n", "ü🚒a".repeat(3 * STRIDE));
        let text = format!("short\n{line}{line}end");
        let index = LineIndex::new(&text);
        let mut column = [1, 1, 1, 1];
        for (at, letter) in text.char_indices() {
            let line = index.position(&text, at).line;
            assert_eq!(index.position(&text, at).column, column[line - 1], "at {at}");
            column[line - 1] += usize::from(letter != '\u{feff}');
        }
        assert_eq!(index.position(&text, text.len()), Position { line: 4, column: 4 });
    }

    #[test]
    fn what_is_known_stands_beside_what_is_there() {
        let found = join_sorted(&["b", "c", "e"], &["a", "b", "d", "e"], Ord::cmp);
        assert_eq!(found, [(&"b", Some(&"b")), (&"c", None), (&"e", Some(&"e"))]);
    }

    #[test]
    fn control_characters_are_shown_and_all_else_stays() {
        for (typed, shown) in [
            ("a\u{0}b", "a\u{fffd}b"),
            ("a\u{1}", "a\u{fffd}"),
            ("\u{1f}\u{7f}", "\u{fffd}\u{fffd}"),
            ("\u{80}\u{9f}", "\u{fffd}\u{fffd}"),
            ("\u{a0}\u{ad}\u{bf}", "\u{a0}\u{ad}\u{bf}"),
            ("a\tb\r\nc", "a\tb\r\nc"),
            ("", ""),
            ("\u{fc}ber \u{1f692}", "\u{fc}ber \u{1f692}"),
        ] {
            assert_eq!(without_controls(typed), shown);
            // And wherever it stands among the bytes that are looked at together.
            let (long, far) = ("x".repeat(63), "x".repeat(64));
            let around = format!("{long}{typed}{far}");
            assert_eq!(without_controls(&around), format!("{long}{shown}{far}"));
        }
    }

    #[test]
    fn markup_and_control_characters_are_escaped() {
        let text = "<a b=\"c\" d='e'>&\t\0\u{1b}\u{7f}\u{85}\u{a0}é";
        let wanted =
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\t\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{a0}é";
        assert_eq!(escaped(text), wanted);
    }

    #[test]
    fn a_path_is_written_from_where_one_is() {
        assert_eq!(relative("policies/x/a.md", "processes/b.md"), "../../processes/b.md");
        assert_eq!(relative("policies/a.md", "policies/b.md"), "b.md");
    }

    #[test]
    fn slugs_are_those_of_git_hosts() {
        for (heading, address) in [
            ("Roles & responsibilities", "roles--responsibilities"),
            ("🚒 Major incident", "-major-incident"),
            ("🛠\u{fe0f} Tools", "\u{fe0f}-tools"),
            ("👩\u{200d}🔧 Team", "-team"),
            ("Überwachung 24/7", "überwachung-247"),
            ("U\u{308}bung", "u\u{308}bung"),
            ("Qui décide\u{a0}?", "qui-décide"),
            ("Ziele (m²)", "ziele-m"),
            ("Half ½ day", "half--day"),
            ("Phase Ⅳ", "phase-ⅳ"),
            ("परिवर्तन क्या है", "परिवर्तन-क्या-है"),
            ("ระดับบริการขั้นต่ำ", "ระดับบริการขั้นต่ำ"),
            ("a\u{3000}b", "ab"),
            ("a  b\tc", "a--bc"),
            ("snake_case – und‿so", "snake_case--und‿so"),
            ("ΟΔΟΣ İ", "οδος-i\u{307}"),
            ("٣ ３", "٣-３"),
        ] {
            assert_eq!(slug(heading), address, "{heading}");
        }
    }
}
