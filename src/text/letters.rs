//! Letters that are taken for one another: names that count as one, and characters that look like
//! others and are none.

use std::borrow::Cow;
use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;

/// A name as it is compared with others: letter case does not count, nor whether an accent is part
/// of its letter or a character of its own (Unicode normal form C).
pub fn key(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(&name.to_lowercase()).into_owned()
}

/// A name in which accents are part of their letters (Unicode normal form C), as names of files and
/// addresses of sections are compared: letter case counts.
pub fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(name)
}

/// A character that looks like another one, or like nothing at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// Where it stands in the text that was looked through.
    pub at: Range<usize>,
    /// The character.
    pub letter: char,
    /// What is meant by it; empty where nothing is.
    pub plain: &'static str,
    name: &'static str,
}

impl LookAlike {
    /// What stands there and what is meant: "a no-break space (U+00A0) stands where a space is
    /// meant".
    pub fn in_words(&self) -> String {
        let meant = match self.plain {
            "" => return format!("{} stands here and cannot be seen", self.named()),
            " " => "a space".to_owned(),
            "-" => "a hyphen".to_owned(),
            "..." => "three dots".to_owned(),
            "\"" => "a straight quotation mark".to_owned(),
            "'" => "an apostrophe".to_owned(),
            plain => format!("`{plain}`"),
        };
        format!("{} stands where {meant} is meant", self.named())
    }

    /// The character by its name and number: "a no-break space (U+00A0)".
    pub fn named(&self) -> String {
        format!("{} (U+{:04X})", self.name, u32::from(self.letter))
    }
}

/// The first character that looks like another one.
pub fn look_alike(text: &str) -> Option<LookAlike> {
    look_alikes(text).next()
}

/// All characters of a text that look like others, in their order.
pub fn look_alikes(text: &str) -> impl Iterator<Item = LookAlike> {
    // Text without them is the rule, and all of them take more than one byte.
    let text = if text.is_ascii() { "" } else { text };
    text.char_indices().filter_map(|(at, letter)| {
        let (name, plain) = alike(letter)?;
        Some(LookAlike { at: at..at + letter.len_utf8(), letter, plain, name })
    })
}

/// The text with plain characters in the place of those that look like them.
pub fn plain(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for one in look_alikes(text) {
        out.push_str(&text[from..one.at.start]);
        out.push_str(one.plain);
        from = one.at.end;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// What a character is called that looks like another, and which one that is.
fn alike(letter: char) -> Option<(&'static str, &'static str)> {
    if letter.is_ascii() {
        return None;
    }
    Some(match letter {
        '\u{a0}' => ("a no-break space", " "),
        '\u{202f}' => ("a narrow no-break space", " "),
        '\u{3000}' => ("a full-width space", " "),
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => ("a space of another width", " "),
        '\u{85}' | '\u{2028}' | '\u{2029}' => ("a line separator", " "),
        '\u{200b}' => ("a zero-width space", ""),
        '\u{200c}' | '\u{200d}' | '\u{2060}' => ("a zero-width joiner", ""),
        '\u{feff}' => ("a byte order mark", ""),
        '\u{ad}' => ("a soft hyphen", ""),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("a mark of writing direction", "")
        }
        '\u{2010}' => ("a hyphen of its own", "-"),
        '\u{2011}' => ("a non-breaking hyphen", "-"),
        '\u{2012}' | '\u{2013}' => ("an en dash", "-"),
        '\u{2014}' | '\u{2015}' => ("an em dash", "-"),
        '\u{2212}' => ("a minus sign", "-"),
        '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => ("a full-width hyphen", "-"),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => {
            ("a curly quotation mark", "\"")
        }
        '‘' | '’' | '‚' | '‛' | '′' | '´' | '＇' => ("a curly apostrophe", "'"),
        '…' => ("an ellipsis", "..."),
        '∶' | '꞉' | 'ː' => ("a colon of another form", ":"),
        '⁄' | '∕' => ("a slash of another form", "/"),
        '│' | '❘' | '∣' => ("a bar of another form", "|"),
        '，' => ("a full-width comma", ","),
        '：' => ("a full-width colon", ":"),
        '\u{ff01}'..='\u{ff5e}' => {
            let at = (u32::from(letter) - 0xff01) as usize;
            ("a full-width character", ASCII.get(at..=at)?)
        }
        '\u{370}'..='\u{3ff}' => ("a Greek letter", latin(letter)?),
        '\u{400}'..='\u{52f}' => ("a Cyrillic letter", latin(letter)?),
        _ => return None,
    })
}

/// The printable characters of ASCII from `!` on.
const ASCII: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// The Latin letter that a Greek or Cyrillic one cannot be told from.
fn latin(letter: char) -> Option<&'static str> {
    const PAIRS: &str = "АAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSаaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝw\
                         ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvιiαaρpκkυu";
    let at = PAIRS.find(letter)? + letter.len_utf8();
    PAIRS.get(at..=at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_in_every_letter_case_and_normal_form() {
        assert_eq!(key("PRC-Inc-01"), "prc-inc-01");
        assert_eq!(key("Sto\u{308}rung"), key("STÖRUNG"));
        assert_eq!(key("ÜBER"), key("über"));
        assert_ne!(key("incident"), key("incidents"));
    }

    #[test]
    fn what_looks_alike_is_named() {
        let found = look_alike("a\u{a0}b").unwrap();
        assert_eq!(found.at, 1..3);
        assert_eq!(found.in_words(), "a no-break space (U+00A0) stands where a space is meant");
        let words = |text| look_alike(text).map(|one| one.in_words()).unwrap_or_default();
        assert_eq!(
            words("a\u{200b}"),
            "a zero-width space (U+200B) stands here and cannot be seen"
        );
        assert_eq!(words("РRC"), "a Cyrillic letter (U+0420) stands where `P` is meant");
        assert_eq!(look_alike("Übergang, naïve, ß"), None);
    }

    #[test]
    fn the_plain_form_has_none() {
        assert_eq!(plain("PRC\u{2011}INC\u{2013}01"), "PRC-INC-01");
        assert_eq!(plain("“ＡＢ：”\u{feff}…"), "\"AB:\"...");
        assert_eq!(plain("РRC-ΙΝC"), "PRC-INC");
        assert!(matches!(plain("Störung"), Cow::Borrowed("Störung")));
    }
}
