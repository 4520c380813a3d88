//! SVG pictures of the author's. On a page a browser shows them as pictures and runs nothing of
//! them; opened by themselves they are pages of the site. So one that could run or load anything
//! is not published: a picture that says so takes its place.

use std::borrow::Cow;

/// What is published in the place of a picture that could run or load something.
const REFUSED: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 60\">\
    <text x=\"8\" y=\"36\" font-family=\"sans-serif\" font-size=\"16\">This picture holds a script \
    or loads something, and is not shown.</text></svg>\n";

/// Elements that run or load something, or pose as a part of the site.
const ACTIVE: [&str; 26] = [
    "script", "handler", "listener", "iframe", "frame", "object", "embed", "applet", "base",
    "meta", "link", "form", "input", "button", "textarea", "select", "video", "audio", "source",
    "track", "portal", "template", "noscript", "math", "marquee", "discard",
];

/// The bytes of an SVG as they may be published.
pub fn still(bytes: &[u8]) -> Cow<'_, [u8]> {
    let still = std::str::from_utf8(bytes).is_ok_and(|text| is_still(text) == Some(true));
    if still { Cow::Borrowed(bytes) } else { Cow::Borrowed(REFUSED.as_bytes()) }
}

/// Whether nothing in a picture runs or loads; nothing where it cannot be read as XML.
fn is_still(text: &str) -> Option<bool> {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(data) = rest.strip_prefix("![CDATA[") {
            let (data, after) = data.split_once("]]>")?;
            if !is_still_style(data) {
                return Some(false);
            }
            rest = after;
        } else if let Some(word) = rest.strip_prefix(['?', '!']) {
            let (word, after) = word.split_once('>')?;
            // An entity could stand for anything, a style sheet could be anywhere.
            let word = word.to_ascii_lowercase();
            if word.contains(['[', '<']) || word.starts_with("xml-") {
                return Some(false);
            }
            rest = after;
        } else if !rest.starts_with('/') {
            let (tag, after) = Tag::read(rest)?;
            if !tag.is_still() {
                return Some(false);
            }
            rest = after;
            if tag.name == "style" && !is_still_style(rest.split_once("</")?.0) {
                return Some(false);
            }
        }
    }
    Some(true)
}

/// A tag: names in small letters and without their namespace.
struct Tag<'t> {
    name: String,
    attributes: Vec<(String, &'t str)>,
}

impl<'t> Tag<'t> {
    /// Reads a tag, and gives what stands behind it.
    fn read(text: &'t str) -> Option<(Self, &'t str)> {
        let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        let end = text.find(|c: char| c.is_whitespace() || c == '/' || c == '>')?;
        let name = local(&text[..end]);
        let mut attributes = Vec::new();
        let mut rest = &text[end..];
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                return Some((Tag { name, attributes }, after));
            }
            let (key, value) = rest.split_once('=')?;
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, after) = value[1..].split_once(quote)?;
            attributes.push((local(key.trim()), value));
            rest = after;
        }
    }

    fn is_still(&self) -> bool {
        let is_link = self.name == "a";
        !ACTIVE.contains(&self.name.as_str())
            && self.attributes.iter().all(|(key, value)| {
                let value = value.trim();
                match key.as_str() {
                    "href" | "src" => is_own(value) || (is_link && is_address(value)),
                    "attributename" => !value.to_ascii_lowercase().contains("href"),
                    "srcset" | "srcdoc" | "ping" | "action" | "formaction" | "poster" => false,
                    key if key.starts_with("on") => false,
                    _ => is_still_style(value),
                }
            })
    }
}

/// Whether an address leads to a part of the picture itself, or holds its picture.
fn is_own(address: &str) -> bool {
    let pictures = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"];
    address.is_empty()
        || address.starts_with('#')
        || pictures.iter().any(|start| address.starts_with(start))
}

fn is_address(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|start| address.starts_with(start))
}

/// Whether a style, or the value of an attribute, loads nothing.
fn is_still_style(style: &str) -> bool {
    let small = style.to_ascii_lowercase();
    // A name can be written with its letters as numbers.
    let hidden = small.contains("url") && (small.contains('\\') || small.contains('&'));
    let hidden = hidden || small.contains("\\75") || small.contains("\\55");
    !hidden
        && !small.contains("@import")
        && !small.contains("expression(")
        && small.split("url(").skip(1).all(|to| {
            is_own(to.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')))
        })
}

#[cfg(test)]
mod tests {
    use super::{REFUSED, is_still, still};

    #[test]
    fn a_picture_stays_as_it_is() {
        let picture = "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
            \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><!-- <script> --><svg \
            xmlns='http://www.w3.org/2000/svg' xmlns:xlink=\"http://www.w3.org/1999/xlink\">\
            <style>.a{fill:url(#g)}</style><use xlink:href=\"#x\"/><image \
            href=\"data:image/png;base64,AA==\"/><a href=\"https://example.org/\"><text \
            style=\"fill: red\">on = off &amp; onload=x</text></a><foreignObject><div \
            xmlns=\"http://www.w3.org/1999/xhtml\">x</div></foreignObject></svg>";
        assert_eq!(still(picture.as_bytes()), picture.as_bytes());
        assert_eq!(is_still(REFUSED), Some(true));
    }

    #[test]
    fn a_picture_that_could_run_or_load_is_refused() {
        for part in [
            "<script>x</script>",
            "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
            "<g onload=\"x\"/>",
            "<g ONLOAD='x'/>",
            "<a href=\"javascript:x\"/>",
            "<a href=\"&#106;avascript:x\"/>",
            "<a xlink:href=' javascript:x'/>",
            "<image href=\"https://example.org/x.png\"/>",
            "<image href=\"data:image/svg+xml,x\"/>",
            "<use href=\"other.svg#x\"/>",
            "<g fill=\"url(https://example.org/x)\"/>",
            "<style>@import 'x'</style>",
            "<style>g{fill:url(//example.org/x)}</style>",
            "<style><![CDATA[g{fill:url(//example.org/x)}]]></style>",
            "<style>g{fill:\\75rl(x)}</style>",
            "<animate attributeName=\"href\" values=\"javascript:x\"/>",
            "<foreignObject><iframe src=\"x\"/></foreignObject>",
            "<g a=b/>",
            "<g",
        ] {
            let picture = format!("<svg>{part}</svg>");
            assert_eq!(&*still(picture.as_bytes()), REFUSED.as_bytes(), "{part}");
        }
        for start in ["<!DOCTYPE svg [<!ENTITY x 'y'>]>", "<?xml-stylesheet href='x'?>"] {
            let picture = format!("{start}<svg/>");
            assert_eq!(&*still(picture.as_bytes()), REFUSED.as_bytes(), "{start}");
        }
        assert_eq!(&*still(&[0xff, 0xfe, b'<', 0]), REFUSED.as_bytes());
    }
}
