//! Text in drawings: how wide it is, roughly, and where it breaks.

use std::fmt::{self, Write as _};

/// Width of a text of 13 px in a sans-serif face, in pixels. An estimate on the wide side: a
/// drawing may have air, but no text may leave its box.
pub fn width(text: &str) -> f32 {
    text.chars().map(letter).sum()
}

fn letter(letter: char) -> f32 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 3.7,
        'f' | 'r' | 't' | ' ' | '(' | ')' | '-' | '/' => 5.0,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 11.5,
        'A'..='Z' | '&' => 9.2,
        letter if letter.is_ascii() => 7.3,
        // Letters of other scripts: some are as wide as they are high.
        letter if u32::from(letter) < 0x2e80 => 8.2,
        _ => 13.5,
    }
}

/// A length in a drawing, to a tenth: finer than anybody sees, and many times quicker to write than
/// a number of the machine with all its digits.
pub struct Tenths(pub f32);

impl fmt::Display for Tenths {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[expect(clippy::cast_possible_truncation, reason = "drawings are small")]
        let tenths = (self.0 * 10.0).round() as i32;
        if tenths < 0 {
            to.write_char('-')?;
        }
        let tenths = tenths.unsigned_abs();
        write!(to, "{}", tenths / 10)?;
        match tenths % 10 {
            0 => Ok(()),
            last => write!(to, ".{last}"),
        }
    }
}

/// Breaks a text into lines no wider than `most`; a word that is wider stands alone.
pub fn wrap(text: &str, most: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A count as a length. A drawing has a few hundred parts at most.
pub(super) fn amount(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_alone() {
        assert_eq!(
            wrap("Log and classify the incident", 90.0),
            ["Log and", "classify the", "incident"]
        );
        assert_eq!(wrap("Wiederherstellungszeit", 20.0), ["Wiederherstellungszeit"]);
    }
}
