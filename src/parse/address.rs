//! Addresses that stand bare in prose, as the autolink extension of GitHub Flavored Markdown finds
//! them: `https://…`, `www.…`, and addresses of mail.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

/// No address is longer: looking for the end of one takes no more time than that.
pub(super) const LONGEST: usize = 4096;

/// A bare address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Its place.
    pub(super) at: Range<usize>,
    /// What has to stand before it to make it a whole address: nothing, `http://` or `mailto:`.
    pub(super) scheme: &'static str,
    /// The shortest that it may become when something else begins in it.
    pub(super) least: usize,
}

/// Where a bare address may be: the places of `://`, `www.` and `@`, in order.
pub(super) fn candidates(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let mut found: Vec<usize> = memmem::find_iter(bytes, b"://").collect();
    found.extend(memmem::find_iter(bytes, b"www."));
    found.extend(memchr_iter(b'@', bytes));
    found.sort_unstable();
    found
}

/// The address at a candidate; it lies within `bounds`.
pub(super) fn found(source: &str, candidate: usize, bounds: &Range<usize>) -> Option<Address> {
    match source.as_bytes()[candidate] {
        b':' => with_scheme(source, candidate, bounds),
        b'@' => mail(source, candidate, bounds),
        _ => www(source, candidate, bounds),
    }
}

fn with_scheme(source: &str, colon: usize, bounds: &Range<usize>) -> Option<Address> {
    let word = &source[bounds.start..colon];
    let start = colon - word.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let scheme = &source[start..colon];
    let known = ["https", "http", "ftp"].iter().any(|one| one.eq_ignore_ascii_case(scheme));
    let apart = !source[..start].ends_with(|c: char| c.is_ascii_digit());
    let host = colon + "://".len();
    if !known || !apart || host >= bounds.end {
        return None;
    }
    let least = host + domain(&source[host..bounds.end], true)?;
    let at = start..end(source, host, bounds.end);
    (at.end >= least).then_some(Address { at, scheme: "", least })
}

fn www(source: &str, start: usize, bounds: &Range<usize>) -> Option<Address> {
    let before = source[..start].chars().next_back();
    let apart = before.is_none_or(|c| c.is_whitespace() || "*_~(|>".contains(c));
    if !apart {
        return None;
    }
    let least = start + domain(&source[start..bounds.end], false)?;
    let at = start..end(source, start, bounds.end);
    (at.end >= least).then_some(Address { at, scheme: "http://", least })
}

fn mail(source: &str, sign: usize, bounds: &Range<usize>) -> Option<Address> {
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || b".+-_".contains(byte);
    let before = &source[bounds.start..sign];
    let mut start = sign - before.bytes().rev().take_while(local).count();
    let ahead = &source[..start];
    if start == sign || ahead.ends_with(['/', '@']) || ahead.ends_with("xmpp:") {
        return None;
    }
    let mut scheme = "mailto:";
    if source[bounds.start..start].ends_with("mailto:") {
        (start, scheme) = (start - "mailto:".len(), "");
    }
    let rest = source.as_bytes().get(sign + 1..bounds.end)?;
    let mut length = 0;
    let mut dots = 0;
    for (at, byte) in rest.iter().enumerate() {
        let next = rest.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        match byte {
            b'.' if next => dots += 1,
            b'@' => return None,
            b'-' | b'_' => {}
            byte if byte.is_ascii_alphanumeric() => {}
            _ => break,
        }
        length = at + 1;
    }
    let last = rest[..length].last()?;
    let at = start..sign + 1 + length;
    (dots > 0 && last.is_ascii_alphabetic()).then_some(Address { least: at.end, at, scheme })
}

/// How long the name of a host is that a text begins with. `short` ones have no dot.
fn domain(text: &str, short: bool) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == '.';
    let host = &text[..text.find(|c: char| !is_part(c)).unwrap_or(text.len())];
    let host = host.trim_end_matches('.');
    let begins = host.starts_with(char::is_alphanumeric);
    let mut parts = host.rsplit('.');
    let plain = !parts.next()?.contains('_') && !parts.next().is_some_and(|it| it.contains('_'));
    (begins && plain && (short || host.contains('.'))).then_some(host.len())
}

/// Where an address ends that has begun at `from`: at white space or `<`, without the signs that
/// end a sentence.
fn end(source: &str, from: usize, limit: usize) -> usize {
    let text = &source[from..limit];
    let stop = text.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len());
    from + trimmed(&text[..stop])
}

/// How much of an address is left when something else begins at its end.
pub(super) fn shortened(source: &str, address: &Address, end: usize) -> Option<Address> {
    let end = address.at.start + trimmed(source.get(address.at.start..end)?);
    let at = address.at.start..end;
    (end >= address.least).then(|| Address { at, ..address.clone() })
}

/// The length of an address without the signs that end a sentence, a bracket that was opened
/// before it, or an entity.
fn trimmed(text: &str) -> usize {
    let mut text = text;
    let count = |sign: u8| text.bytes().filter(|byte| *byte == sign).count();
    let (opening, mut closing) = (count(b'('), count(b')'));
    loop {
        let Some(last) = text.as_bytes().last() else { return 0 };
        let rest = &text[..text.len() - usize::from(last.is_ascii())];
        match last {
            b')' if closing > opening => closing -= 1,
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => {}
            b';' => {
                let word = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                if word.len() < rest.len() && word.ends_with('&') {
                    text = &word[..word.len() - 1];
                    continue;
                }
            }
            _ => return text.len(),
        }
        text = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All addresses of a text, one after another, as they would be linked.
    fn all(text: &str) -> Vec<String> {
        let mut from = 0;
        let mut out = Vec::new();
        for candidate in candidates(text) {
            if candidate < from {
                continue;
            }
            let limit = text.len().min(from + LONGEST);
            if let Some(one) = found(text, candidate, &(from..limit)) {
                from = one.at.end;
                out.push(format!("{}{}", one.scheme, &text[one.at]));
            }
        }
        out
    }

    #[test]
    fn addresses_end_as_git_hosts_end_them() {
        for (text, wanted) in [
            ("Visit www.example.com/help today.", "http://www.example.com/help"),
            ("At www.example.com.", "http://www.example.com"),
            ("(see https://example.com/a_(b))", "https://example.com/a_(b)"),
            ("https://example.com/?q=a&copy;", "https://example.com/?q=a"),
            ("https://example.com/?q=a;", "https://example.com/?q=a"),
            ("“https://example.com/x!?”", "https://example.com/x!?”"),
            ("\"https://example.com/x\".", "https://example.com/x"),
            ("参照https://example.com/ü <b>", "https://example.com/ü"),
            ("http://localhost:8080/a, b", "http://localhost:8080/a"),
            ("HTTPS://EXAMPLE.COM", "HTTPS://EXAMPLE.COM"),
            ("ftp://files.example.com", "ftp://files.example.com"),
            ("a.b-c_d+e@mail.example.com.", "mailto:a.b-c_d+e@mail.example.com"),
            ("mailto:desk@example.com", "mailto:desk@example.com"),
            ("https://me@example.com/x", "https://me@example.com/x"),
        ] {
            assert_eq!(all(text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_is_no_address_stays_text() {
        for text in [
            "javascript://example.com",
            "xhttps://example.com",
            "http://",
            "http:// example.com",
            "www.",
            "xwww.example.com",
            "www.a.b_c",
            "https://a.b_c.d",
            "a@b",
            "a.b@c.d-",
            "a.b@c.d_",
            "@example.com",
            "a@b@example.com",
            "ssh://git@example.com/x",
            "xmpp:me@example.com",
            "file:///etc/passwd",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn brackets_without_end_take_no_time() {
        let text = format!("https://example.com/{}", ")".repeat(200_000));
        assert_eq!(all(&text), ["https://example.com/"]);
    }
}
