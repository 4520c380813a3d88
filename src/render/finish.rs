//! The last touches on a page that a template has drawn: shorter ways to neighbours, and decisions
//! that are still to be taken marked wherever a value of the front matter brought them.
//!
//! What stands in a page has been escaped, so a bracket of a tag is never an author's, and a
//! quotation mark never stands bare in text.

use memchr::memmem;

use super::site::Bytes;

/// How a decision that is still to be taken reads in a value.
const START: &str = "[to decide: ";

/// The page as it is published.
pub(super) fn page(template: &str, bytes: Vec<u8>) -> Bytes {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return error.into_bytes().into(),
    };
    let text = if has_controls(text.as_bytes()) { without_controls(&text) } else { text };
    let text = if template == "document.html" { nearer(&text) } else { text };
    let text = if memmem::find(text.as_bytes(), START.as_bytes()).is_some() {
        marked(&text)
    } else {
        text
    };
    text.into_bytes().into()
}

/// Whether a page may hold control characters. A page has tens of thousands of bytes and as a rule
/// none, so that they are looked at by the dozen, without a branch.
fn has_controls(page: &[u8]) -> bool {
    let odd = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    // U+0080 to U+009F are two bytes, the first of which begins other characters too.
    let high = |at: usize| {
        page[at] == 0xc2 && page.get(at + 1).is_some_and(|next| (0x80..=0x9f).contains(next))
    };
    page.chunks(64).enumerate().any(|(n, chunk)| {
        let start = n * 64;
        chunk.iter().fold(false, |found, byte| found | odd(*byte))
            || chunk.contains(&0xc2) && (start..start + chunk.len()).any(high)
    })
}

/// A page without control characters, which HTML has no use for and which are no text.
fn without_controls(text: &str) -> String {
    let odd = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
    text.replace(odd, "\u{fffd}")
}

/// Pages of documents lie side by side: the way from one to another need not lead over the top.
fn nearer(text: &str) -> String {
    const FAR: &str = " href=\"../../documents/";
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in memmem::find_iter(text.as_bytes(), FAR) {
        out.push_str(&text[from..at]);
        out.push_str(" href=\"../");
        from = at + FAR.len();
    }
    out.push_str(&text[from..]);
    out
}

/// Marks decisions as the text of a document does; not in tags, and not where no tag may stand.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1024);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        text_marked(&rest[..at], &mut out);
        rest = &rest[at..];
        let bare = ["title", "style", "script", "svg"].into_iter().find(|name| {
            rest[1..].strip_prefix(name).is_some_and(|after| after.starts_with([' ', '>']))
        });
        let end = match bare {
            Some(name) => rest.find(&format!("</{name}>")),
            None => rest.find('>').map(|end| end + 1),
        };
        let (tag, after) = rest.split_at(end.unwrap_or(rest.len()));
        out.push_str(tag);
        rest = after;
        if bare.is_some() && !rest.is_empty() {
            let (tag, after) = rest.split_at(rest.find('>').map_or(rest.len(), |end| end + 1));
            out.push_str(tag);
            rest = after;
        }
    }
    text_marked(rest, &mut out);
    out
}

fn text_marked(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(START) {
        out.push_str(before);
        rest = if let Some((what, after)) = after.split_once(']') {
            out.push_str("<mark class=\"decision\">To decide: ");
            out.push_str(what);
            out.push_str("</mark>");
            after
        } else {
            out.push_str(START);
            after
        };
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(text: &str) -> String {
        String::from_utf8(page("document.html", text.as_bytes().to_vec()).to_vec()).unwrap()
    }

    #[test]
    fn decisions_are_marked_in_text_alone() {
        assert_eq!(
            done("<b>[to decide: a &amp; b], c</b> [to decide: d]"),
            "<b><mark class=\"decision\">To decide: a &amp; b</mark>, c</b> \
             <mark class=\"decision\">To decide: d</mark>"
        );
        for same in [
            "<a title=\"[to decide: x]\">y</a>",
            "<title>[to decide: x]</title><p>y</p>",
            "<svg class=\"swim\"><text>[to decide: x]</text></svg>",
            "<style>a{content:\"[to decide: x]\"}</style>",
            "[to decide: no end",
            "<p [to decide: x]",
        ] {
            assert_eq!(done(same), same);
        }
    }

    #[test]
    fn documents_lead_to_their_neighbours() {
        assert_eq!(
            done("<a href=\"../../documents/A/index.html\">"),
            "<a href=\"../A/index.html\">"
        );
        let other = page("role.html", b"<a href=\"../../documents/A/index.html\">".to_vec());
        assert_eq!(&*other, b"<a href=\"../../documents/A/index.html\">");
    }
}
