//! SVG pictures of the author's. On a page a browser shows them as pictures and runs nothing of
//! them; opened by themselves they are pages of the site. So each is read as XML and written anew
//! from what is known to show something and nothing else: no script runs, nothing is loaded from
//! elsewhere. What was left out is named, so that a finding can say so.

mod copies;
pub mod names;
mod style;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use data_url::DataUrl;
use encoding_rs::{Encoding, UTF_8};
use roxmltree::{Document, Node, NodeType, ParsingOptions};

use crate::text::escaped;

/// A picture as it may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The picture, written anew in UTF-8.
    pub svg: String,
    /// What the author's file holds and this one does not.
    pub left_out: BTreeSet<LeftOut>,
}

/// What is left out of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A script, or an address that runs one.
    Script,
    /// An attribute that runs a script when something happens.
    Handler,
    /// An address of another file or host.
    Reference,
    /// A font of its own.
    Font,
    /// A part of a page that is no text: a form, a film, another page.
    Page,
    /// A style of a kind that nobody needs in a picture.
    Style,
    /// An animation of an address or of a handler.
    Animation,
}

impl LeftOut {
    /// What it is called in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            LeftOut::Script => "a script",
            LeftOut::Handler => "event handlers",
            LeftOut::Reference => "a reference to another file or host",
            LeftOut::Font => "a font of its own",
            LeftOut::Page => "a part of a web page",
            LeftOut::Style => "a rule of its style sheet",
            LeftOut::Animation => "an animation of an address",
        }
    }
}

/// A picture that shows nothing: what is published for one that nobody can read, where the finding
/// about it is switched off.
pub const NOTHING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";

/// Most elements and texts of a picture; an entity that stands for many counts as often.
const MOST_NODES: u32 = 200_000;
/// Most letters that entities may stand for: an attribute of one kilobyte can name each of them a
/// thousand times.
const MOST_EXPANDED: usize = 8 << 20;
/// Elements within each other.
const MOST_DEPTH: usize = 200;
/// Pictures within each other.
const MOST_PICTURES: usize = 3;

/// A picture as it may be published.
///
/// # Errors
/// Why nobody can show it, without a full stop.
pub fn clean(bytes: &[u8]) -> Result<Picture, String> {
    within(bytes, 0)
}

fn within(bytes: &[u8], pictures: usize) -> Result<Picture, String> {
    let text = decoded(bytes)?;
    bound_entities(&text)?;
    let options =
        ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text.trim_start_matches('\u{feff}').trim_start(), options)
            .map_err(|error| format!("it is not well-formed XML: {error}"))?;
    let root = document.root_element();
    if !root.tag_name().name().eq("svg") || !is_svg(root) {
        return Err(format!("it is no SVG: its first element is \"{}\"", root.tag_name().name()));
    }
    let styles = document
        .root()
        .children()
        .any(|node| node.pi().is_some_and(|pi| pi.target == "xml-stylesheet"));
    let mut writer = Writer { svg: String::new(), left_out: BTreeSet::new(), pictures };
    if styles {
        writer.left_out.insert(LeftOut::Reference);
    }
    writer.element(root, 0)?;
    writer.svg.push('\n');
    if copies::are_too_many(&writer.svg) {
        return Err("its parts name each other, and together draw more than a browser can".into());
    }
    Ok(Picture { svg: writer.svg, left_out: writer.left_out })
}

/// Refuses entities that would make gigabytes of a picture: the parser puts each in its place before
/// anybody can count. Drawing programs name the addresses of their namespaces with them, no more.
fn bound_entities(text: &str) -> Result<(), String> {
    let mut longest = 0;
    for declared in text.split("<!ENTITY").skip(1) {
        let Some(quote) = declared.find(['"', '\'']) else { continue };
        let (quote, value) = declared[quote..].split_at(1);
        let value = value.split(quote).next().unwrap_or_default();
        let names = value.split('&').skip(1).filter(|name| !name.starts_with('#'));
        let is_letter = |name: &str| {
            ["lt;", "gt;", "amp;", "quot;", "apos;"].iter().any(|one| name.starts_with(one))
        };
        if !names.into_iter().all(is_letter) {
            return Err("an entity of it is made of other entities; save it without them".into());
        }
        longest = longest.max(value.len());
    }
    if longest.saturating_mul(text.matches('&').count()) > MOST_EXPANDED {
        let most = MOST_EXPANDED >> 20;
        return Err(format!(
            "its entities may stand for more than {most} MiB; save it without them"
        ));
    }
    Ok(())
}

/// The text of a file in the encoding that it names, or in UTF-8.
fn decoded(bytes: &[u8]) -> Result<String, String> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err("it is compressed; save it as plain SVG".into());
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let named = head.trim_start_matches('\u{feff}').trim_start().strip_prefix("<?xml");
    let named = named
        .and_then(|rest| rest.split_once("?>"))
        .and_then(|(rest, _)| rest.split_once("encoding"));
    let named = named.map(|(_, rest)| rest.trim_start_matches(['=', ' ', '"', '\'']));
    let named =
        named.map(|rest| rest.split(['"', '\'', ' ']).next().unwrap_or_default().to_owned());
    let wide = match bytes {
        [b'<', 0, ..] => Some("utf-16le"),
        [0, b'<', ..] => Some("utf-16be"),
        _ => None,
    };
    let encoding = match wide.or(named.as_deref()) {
        // Who says UTF-16 in letters of one byte is wrong about it.
        Some(name) if wide.is_none() && name.to_ascii_lowercase().starts_with("utf-16") => UTF_8,
        Some(name) => Encoding::for_label(name.as_bytes())
            .ok_or_else(|| format!("nobody knows its encoding \"{name}\"; save it in UTF-8"))?,
        None => UTF_8,
    };
    let (text, encoding, broken) = encoding.decode(bytes);
    if broken {
        return Err(format!("it is not written in {}; save it in UTF-8", encoding.name()));
    }
    Ok(text.into_owned())
}

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

fn is_svg(node: Node<'_, '_>) -> bool {
    // A file without its namespace is meant as what it looks like.
    matches!(node.tag_name().namespace(), None | Some(SVG | ""))
}

struct Writer {
    svg: String,
    left_out: BTreeSet<LeftOut>,
    /// In how many pictures this one stands.
    pictures: usize,
}

impl Writer {
    fn element(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), String> {
        if depth > MOST_DEPTH {
            return Err(format!("its elements stand more than {MOST_DEPTH} deep in each other"));
        }
        let name = node.tag_name().name();
        let is_html = node.tag_name().namespace() == Some(XHTML);
        let known = match (is_html, is_svg(node)) {
            (true, _) => names::HTML.contains(&name),
            (_, true) => names::ELEMENTS.contains(&name),
            // What a drawing program notes for itself.
            _ => return Ok(()),
        };
        if !known {
            self.left_out.extend(unknown(name));
            return Ok(());
        }
        if names::ANIMATIONS.contains(&name) && !is_harmless(node) {
            self.left_out.insert(LeftOut::Animation);
            return Ok(());
        }
        let _ = write!(self.svg, "<{name}");
        if depth == 0 {
            let _ = write!(self.svg, " xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\"");
        }
        if is_html && node.parent().is_none_or(|above| above.tag_name().namespace() != Some(XHTML))
        {
            let _ = write!(self.svg, " xmlns=\"{XHTML}\"");
        }
        for attribute in node.attributes() {
            self.attribute(name, attribute.namespace(), attribute.name(), attribute.value());
        }
        self.svg.push('>');
        if name == "style" {
            let css: String = node
                .descendants()
                .filter_map(|node| node.is_text().then(|| node.text()).flatten())
                .collect();
            let css = style::clean(&css, &mut self.left_out);
            self.svg.push_str(&escaped(&css));
        } else {
            for child in node.children() {
                match child.node_type() {
                    NodeType::Element => self.element(child, depth + 1)?,
                    NodeType::Text => self.svg.push_str(&escaped(child.text().unwrap_or_default())),
                    _ => {}
                }
            }
        }
        let _ = write!(self.svg, "</{name}>");
        Ok(())
    }

    fn attribute(&mut self, element: &str, namespace: Option<&str>, name: &str, value: &str) {
        let kept = match (namespace, name) {
            (None | Some(XLINK), "href") => {
                self.address(element, value).map(|to| ("xlink:href", to))
            }
            (Some(XML), "space") => Some(("xml:space", value.to_owned())),
            (Some(XML), "lang") => Some(("xml:lang", value.to_owned())),
            (Some(_), _) => None,
            (None, "style") => Some(("style", style::clean(value, &mut self.left_out))),
            // What an animation paints with is a style, too.
            (None, "values" | "to" | "from" | "by") if value.contains(['(', '\\']) => {
                Some((name, style::clean(value, &mut self.left_out)))
            }
            (None, name) if names::PAINTED.contains(&name) => {
                Some((name, style::clean(value, &mut self.left_out)))
            }
            (None, name) if names::ATTRIBUTES.contains(&name) || name.starts_with("aria-") => {
                Some((name, value.to_owned()))
            }
            (None, name) => {
                if name.to_ascii_lowercase().starts_with("on") {
                    self.left_out.insert(LeftOut::Handler);
                } else if matches!(
                    name,
                    "src" | "srcset" | "srcdoc" | "action" | "formaction" | "poster"
                ) {
                    self.left_out.insert(LeftOut::Reference);
                }
                None
            }
        };
        if let Some((name, value)) = kept {
            let _ = write!(self.svg, " {name}=\"{}\"", attribute(&value));
        }
    }

    /// An address that leads to a part of the picture, is a picture itself, or is a reader's choice.
    fn address(&mut self, element: &str, value: &str) -> Option<String> {
        let value = value.trim();
        if value.is_empty() || value.starts_with('#') {
            return Some(value.to_owned());
        }
        let small = value.to_ascii_lowercase();
        if element == "a"
            && ["https://", "http://", "mailto:"].iter().any(|start| small.starts_with(start))
        {
            return Some(value.to_owned());
        }
        let is_data = element == "image" && small.starts_with("data:");
        if let Some(picture) = is_data.then(|| self.inner(value)).flatten() {
            return Some(picture);
        }
        let script: String =
            small.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let is_script = script.starts_with("javascript:") || script.starts_with("vbscript:");
        self.left_out.insert(if is_script { LeftOut::Script } else { LeftOut::Reference });
        None
    }

    /// A picture within the picture.
    fn inner(&mut self, address: &str) -> Option<String> {
        // Programs break the letters of a long address into lines.
        let whole: String = address
            .chars()
            .filter(|c| !c.is_ascii_whitespace() || !address.contains(";base64"))
            .collect();
        let url = DataUrl::process(&whole).ok()?;
        let kind = url.mime_type();
        if kind.type_ != "image" {
            return None;
        }
        if matches!(kind.subtype.as_str(), "png" | "jpeg" | "jpg" | "gif" | "webp" | "avif" | "bmp")
        {
            return Some(whole);
        }
        if kind.subtype != "svg+xml" || self.pictures >= MOST_PICTURES {
            return None;
        }
        let (bytes, _) = url.decode_to_vec().ok()?;
        let picture = within(&bytes, self.pictures + 1).ok()?;
        self.left_out.extend(&picture.left_out);
        let mut address = "data:image/svg+xml,".to_owned();
        for byte in picture.svg.trim_end().bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.:/=;, ".contains(&byte) {
                address.push(char::from(byte));
            } else {
                let _ = write!(address, "%{byte:02X}");
            }
        }
        Some(address)
    }
}

/// The value of an attribute; ends of lines stay what they are.
fn attribute(value: &str) -> String {
    escaped(value).replace('\n', "&#10;").replace('\t', "&#9;").replace('\r', "&#13;")
}

/// Whether an animation changes how something looks, and nothing else.
fn is_harmless(node: Node<'_, '_>) -> bool {
    let changed = node.attribute("attributeName").unwrap_or_default().to_ascii_lowercase();
    !changed.contains("href")
        && !changed.contains("style")
        && !changed.starts_with("on")
        && !changed.contains(':')
}

/// What an element that is not written would have been, if anybody misses it.
fn unknown(name: &str) -> Option<LeftOut> {
    match name.to_ascii_lowercase().as_str() {
        "script" | "handler" | "listener" => Some(LeftOut::Script),
        "metadata" | "sodipodi" | "i:pgf" => None,
        "link" | "base" | "meta" | "feimage" | "audio" | "video" => Some(LeftOut::Reference),
        "font" | "font-face" | "glyph" => Some(LeftOut::Font),
        _ => Some(LeftOut::Page),
    }
}

#[cfg(test)]
mod tests;
