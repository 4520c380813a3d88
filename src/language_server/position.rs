//! Places as editors count them, and back: lines from 0, columns in the units that were agreed on.

use std::ops::Range;

use gen_lsp_types::{Position, PositionEncodingKind, Range as LspRange};

use crate::text::floor_char;

/// The units in which columns are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of two bytes; what is meant where nothing was agreed on.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The one of ours that an editor offers: bytes where it can, since these are what we count.
    pub(super) fn choose(offered: &[PositionEncodingKind]) -> Self {
        let has = |kind: &PositionEncodingKind| offered.contains(kind);
        match () {
            () if has(&PositionEncodingKind::UTF8) => Encoding::Utf8,
            () if has(&PositionEncodingKind::UTF32) && !has(&PositionEncodingKind::UTF16) => {
                Encoding::Utf32
            }
            () => Encoding::Utf16,
        }
    }

    /// What it is called.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn units(self, letter: char) -> usize {
        match self {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// A text with its lines.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text; `\n`, `\r\n` and a lone `\r` end one, as the protocol says.
    pub(super) fn of(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: usize| match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let after = (0..bytes.len()).filter(|at| ends(*at)).map(|at| at + 1);
        Lines { text, starts: std::iter::once(0).chain(after).collect(), encoding }
    }

    /// The place of a byte.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = floor_char(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        let column: usize = match self.encoding {
            Encoding::Utf8 => before.len(),
            encoding => before.chars().map(|letter| encoding.units(letter)).sum(),
        };
        Position { line: small(line), character: small(column) }
    }

    /// The byte at a place. A place within a character is its beginning, one past the end of a line
    /// is that end, one past the last line is the end of the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize) else { return self.text.len() };
        let end = self.starts.get(position.line as usize + 1).copied();
        let line = &self.text[*start..end.unwrap_or(self.text.len())];
        let line = line.trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, letter) in line.char_indices() {
            let units = self.encoding.units(letter);
            if left < units {
                return start + at;
            }
            left -= units;
        }
        start + line.len()
    }

    /// A byte range as two places.
    pub(super) fn range(&self, at: &Range<usize>) -> LspRange {
        LspRange { start: self.position(at.start), end: self.position(at.end.max(at.start)) }
    }

    /// Two places as a byte range.
    pub(super) fn bytes(&self, range: LspRange) -> Range<usize> {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..end.max(start)
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{fc}\u{1f692}b\r\nx\ry\n";

    #[test]
    fn columns_are_counted_in_the_units_that_were_agreed_on() {
        let at = TEXT.find('b').unwrap();
        for (encoding, column) in [(Encoding::Utf8, 6), (Encoding::Utf16, 3), (Encoding::Utf32, 2)]
        {
            let lines = Lines::of(TEXT, encoding);
            let place = Position { line: 0, character: column };
            assert_eq!(lines.position(at), place, "{encoding:?}");
            assert_eq!(lines.offset(place), at, "{encoding:?}");
        }
    }

    #[test]
    fn every_byte_has_a_place_that_leads_back_to_it() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::of(TEXT, encoding);
            for (at, letter) in TEXT.char_indices() {
                // Of the two signs that end a line on Windows, the place before is that of the first.
                if letter != '\n' {
                    assert_eq!(lines.offset(lines.position(at)), at, "{encoding:?} {at}");
                }
            }
        }
    }

    #[test]
    fn places_that_there_are_not_are_the_nearest_ones() {
        let lines = Lines::of(TEXT, Encoding::Utf16);
        let offset = |line, character| lines.offset(Position { line, character });
        // Within the two units of one sign.
        assert_eq!(offset(0, 2), 2);
        assert_eq!(offset(0, 99), TEXT.find('\r').unwrap());
        assert_eq!(offset(1, 1), TEXT.find("\ry").unwrap());
        assert_eq!(offset(2, 0), TEXT.find('y').unwrap());
        assert_eq!(offset(99, 0), TEXT.len());
        assert_eq!(Lines::of("", Encoding::Utf16).offset(Position { line: 0, character: 3 }), 0);
        let back = LspRange {
            start: Position { line: 1, character: 1 },
            end: Position { line: 0, character: 0 },
        };
        assert_eq!(lines.bytes(back), 0..TEXT.find("\ry").unwrap());
    }
}
