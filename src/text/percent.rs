//! Percent signs in addresses: one way in, one way out.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands for itself in every part of an address: letters, digits and `-._~`, and the slash
/// between the parts of a path.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as it is written in a link: everything but the plainest characters with percent signs.
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Text in which the letters that `odd` holds of have percent signs; letters of every script stay.
pub fn encoded_where(text: &str, odd: impl Fn(char) -> bool) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, letter| {
        if odd(letter) {
            out.push_str(&encoded(letter.encode_utf8(&mut [0; 4])));
        } else {
            out.push(letter);
        }
        out
    })
}

/// `%20` and the like to what they stand for; left alone where that is not UTF-8.
pub fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// A fragment as it stands in a link: letters of every script stay, what would end it does not.
pub fn fragment(text: &str) -> String {
    encoded_where(text, |letter| " \"#%<>`'&\\^{|}".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_are_resolved_once() {
        assert_eq!(decoded("%C3%BCber%20uns"), "über uns");
        assert_eq!(decoded("100%25"), "100%");
        assert_eq!(decoded("bad%ff"), "bad%ff");
        assert_eq!(decoded("%"), "%");
        assert_eq!(decoded("%2"), "%2");
        assert_eq!(decoded("%zz"), "%zz");
    }

    #[test]
    fn what_is_encoded_reads_as_before() {
        assert_eq!(encoded("policies/über uns#1.png"), "policies/%C3%BCber%20uns%231.png");
        assert_eq!(encoded("a-b_c~d/e.f"), "a-b_c~d/e.f");
        assert_eq!(encoded_where("ü b", char::is_whitespace), "ü%20b");
    }
}
