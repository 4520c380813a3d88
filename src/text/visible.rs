//! Text for terminals and for logs that machines read: what would command either of them is shown.
//!
//! A terminal obeys control characters, those of one byte and those of two (C1), and turns lines
//! around at marks of direction. Services that build obey lines of a log: `::name …::` at the
//! start of one, `##[`, `##vso[` and `##teamcity[` anywhere. Documents, names of files, arguments and
//! errors of the system may hold any of it, so everything that a command says goes through here.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character is not seen, and may command a terminal, turn a line around, or hide what
/// stands beside it.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Text for one line: what is hidden is written as its number, a line end and a tab as a blank.
pub fn one_line(text: &str) -> String {
    let shown = text.chars().map(|letter| match letter {
        '\n' | '\t' => ' '.to_string(),
        letter if is_hidden(letter) => letter.escape_unicode().to_string(),
        letter => letter.to_string(),
    });
    unobeyed(&shown.collect::<String>()).into_owned()
}

/// Text line by line; each ends.
pub fn lines(text: &str) -> String {
    text.lines().map(|line| one_line(line) + "\n").collect()
}

/// A letter of an excerpt, or a sign as long in bytes in the place of one that is hidden, so that
/// places in the excerpt stay what they are. (Controls of one byte are the printer's to replace.)
pub fn in_place(letter: char) -> char {
    match letter.len_utf8() {
        _ if !is_hidden(letter) => letter,
        1 => letter,
        2 => '\u{b7}',
        3 => '\u{fffd}',
        _ => '\u{1f7a8}',
    }
}

/// A line that no log obeys, as wide as before.
pub fn unobeyed(line: &str) -> Cow<'_, str> {
    let begins = line.trim_start();
    let is_command = begins.strip_prefix("::").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains("::")
    });
    if !is_command && !line.contains("##") {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(at) = rest.find("##") {
        let word = rest[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        out.push_str(&rest[..=at]);
        // `##[`, `##vso[`, `##teamcity[`, and whatever else a service may read so.
        if word.starts_with('[') {
            out.push('·');
            rest = &rest[at + 2..];
        } else {
            rest = &rest[at + 1..];
        }
    }
    out.push_str(rest);
    if is_command {
        out = out.replacen("::", "·:", 1);
    }
    out.into()
}

/// JSON in which hidden characters and commands of logs are written as numbers: the same values.
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut units = [0; 2];
    let mut before = ' ';
    for letter in text.chars() {
        // Line ends and blanks of the form itself are not hidden: within words they are escaped.
        let is_ours = letter == '\n';
        if !is_ours && is_hidden(letter) || letter == '#' && before == '#' {
            for unit in letter.encode_utf16(&mut units) {
                // A string takes everything.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(letter);
        }
        before = letter;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_shown() {
        let typed = "a\u{1b}]0;x\u{7}\u{9b}31m\u{202e}b\u{2028}c\u{200b}d\u{feff}e\u{e0041}f\u{ad}";
        let shown = one_line(typed);
        assert!(!shown.chars().any(is_hidden), "{shown}");
        assert!(shown.contains("\\u{9b}31m") && shown.contains("\\u{e0041}"), "{shown}");
        for letter in typed.chars() {
            assert_eq!(in_place(letter).len_utf8(), letter.len_utf8());
            assert!(letter.is_ascii() || !is_hidden(in_place(letter)));
        }
    }

    #[test]
    fn no_line_commands_a_log() {
        for (typed, shown) in [
            ("::add-mask::x", "·:add-mask::x"),
            (" \t::set-output name=a::b", " \t·:set-output name=a::b"),
            ("+::error::x", "+::error::x"),
            ("a ##[add-mask]x", "a #·[add-mask]x"),
            ("##vso[task.setvariable]x", "#·vso[task.setvariable]x"),
            ("##VSO[task]x ##vso[y]", "#·VSO[task]x #·vso[y]"),
            ("a ###teamcity[x] ## [y] ##", "a ##·teamcity[x] ## [y] ##"),
            ("::: note :::", "::: note :::"),
            ("## Heading", "## Heading"),
        ] {
            assert_eq!(unobeyed(typed), shown, "{typed}");
        }
    }

    #[test]
    fn json_keeps_its_values() {
        let value = serde_json::json!({ "a": "\u{9b}##[x]\u{202e}\u{e0041}\n", "##": [1, "ü"] });
        let text = serde_json::to_string_pretty(&value).unwrap();
        let shown = json(&text);
        assert!(
            !shown.contains("##") && !shown.chars().any(|c| c != '\n' && is_hidden(c)),
            "{shown}"
        );
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }
}
