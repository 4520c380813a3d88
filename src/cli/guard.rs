//! The way out: everything that a command writes to a terminal or a log goes through here, line by
//! line, whoever wrote it. What hides or commands is shown instead ([`visible`]).

use std::io::{self, Write};

use crate::text::visible;

/// A writer that lets no line through as somebody else may have meant it.
pub(super) struct Guard {
    to: Box<dyn Write>,
    /// What has been written of the line that is not at its end.
    line: Vec<u8>,
    /// Whether our own colours, and our own drawing of a screen, may pass.
    colour: bool,
    /// Whether lines may be commands of a log: annotations of ours, whose fields are escaped.
    pub(super) annotates: bool,
}

impl Guard {
    pub(super) fn new(to: Box<dyn Write>, colour: bool) -> Self {
        Guard { to, line: Vec::new(), colour, annotates: false }
    }

    fn pass(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        self.to.write_all(guarded(&text, self.colour, self.annotates).as_bytes())
    }
}

impl Write for Guard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.pass()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            self.pass()?;
        }
        self.to.flush()
    }
}

/// A line, with its end, as it may be written.
fn guarded(line: &str, colour: bool, annotates: bool) -> String {
    let bare = line.trim_end_matches(['\n', '\r']);
    let end = &line[bare.len()..];
    let mut out = String::with_capacity(line.len());
    let mut rest = bare;
    while let Some(letter) = rest.chars().next() {
        let own = if colour { sequence(rest) } else { 0 };
        if own > 0 {
            out.push_str(&rest[..own]);
        } else if letter != '\t' && visible::is_hidden(letter) {
            out.extend(letter.escape_unicode());
        } else {
            out.push(letter);
        }
        rest = &rest[own.max(letter.len_utf8())..];
    }
    let is_annotation = annotates
        && ["::error ", "::warning ", "::notice "].iter().any(|start| out.starts_with(start));
    let out = if is_annotation { out } else { visible::unobeyed(&out).into_owned() };
    out + end
}

/// The length of one of our own sequences at the start of a text: colours, and what draws a screen.
/// Nothing is hidden by any of them.
fn sequence(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\u{1b}[") else { return 0 };
    let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    let (numbers, last) = (&rest[..length], rest.as_bytes().get(length));
    let is_ours = match last {
        Some(b'm') => !numbers.split(';').any(|number| matches!(number, "5" | "6" | "7" | "8")),
        Some(b'H' | b'J' | b'K') => matches!(numbers, "" | "2"),
        _ => false,
    };
    if is_ours && length < 20 { 2 + length + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_sequences_pass() {
        let own = "\u{1b}[1m\u{1b}[91mx\u{1b}[0m\u{1b}[K\n";
        assert_eq!(guarded(own, true, false), own);
        assert_eq!(
            guarded("a\u{1b}[8mb\u{1b}]0;t\u{7}\n", true, false),
            "a\\u{1b}[8mb\\u{1b}]0;t\\u{7}\n"
        );
        assert!(!guarded(own, false, false).contains('\u{1b}'));
        assert_eq!(guarded("BEGIN:VEVENT\r\n", false, false), "BEGIN:VEVENT\r\n");
    }

    #[test]
    fn only_our_own_annotations_pass() {
        assert_eq!(guarded("::error file=a::b\n", false, true), "::error file=a::b\n");
        assert_eq!(guarded("::error file=a::b\n", false, false), "·:error file=a::b\n");
        assert_eq!(guarded("::add-mask::b\n", false, true), "·:add-mask::b\n");
    }

    #[test]
    fn a_line_in_pieces_is_one_line() {
        let mut written = Guard::new(Box::new(io::sink()), false);
        written.write_all(b":").unwrap();
        written.write_all(b":add-mask::x").unwrap();
        assert_eq!(written.line, b"::add-mask::x");
        written.flush().unwrap();
        assert!(written.line.is_empty());
    }
}
