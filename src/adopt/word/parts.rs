//! The parts of a Word file: its package, styles, numberings and relations.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use roxmltree::{Document, Node};

use super::Unreadable;

/// Most parts of a package.
const MOST_PARTS: usize = 10_000;
/// Most bytes of one part, and of all of them together.
const LARGEST: u64 = 64 << 20;
const ALL: u64 = 256 << 20;
/// What an encrypted file and one of the old format begin with.
const COMPOUND: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// The parts of a file, unpacked.
pub(in crate::adopt) struct Package {
    parts: BTreeMap<String, Vec<u8>>,
}

impl Package {
    /// Unpacks a file within bounds.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.starts_with(&COMPOUND) {
            return Err(Unreadable::Compound);
        }
        let no_package = |error: zip::result::ZipError| Unreadable::NoPackage(error.to_string());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(no_package)?;
        if archive.len() > MOST_PARTS {
            return Err(Unreadable::TooLarge);
        }
        let (mut parts, mut all) = (BTreeMap::new(), 0);
        for number in 0..archive.len() {
            let part = archive.by_index(number).map_err(no_package)?;
            let name = part.name().map_err(no_package)?.into_owned();
            let is_wanted = name.starts_with("word/") || name.starts_with("docProps/");
            if !part.is_file() || !is_wanted {
                continue;
            }
            let mut bytes = Vec::new();
            // What the package says of sizes need not be true.
            let read = part.take(LARGEST + 1).read_to_end(&mut bytes);
            let read = read.map_err(|error| Unreadable::Broken(format!("{name}: {error}")))?;
            all += read as u64;
            if read as u64 > LARGEST || all > ALL {
                return Err(Unreadable::TooLarge);
            }
            parts.insert(name, bytes);
        }
        Ok(Package { parts })
    }

    /// The names of the parts.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// The bytes of a part.
    pub(super) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(Vec::as_slice)
    }

    /// The text of a part that is XML.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Unreadable> {
        let Some(bytes) = self.parts.get(name) else { return Ok(None) };
        let text = std::str::from_utf8(bytes);
        text.map(Some).map_err(|_| Unreadable::Broken(format!("{name} is not UTF-8")))
    }
}

/// A part as a tree. Entities of its own are refused.
pub(super) fn tree<'t>(name: &str, text: &'t str) -> Result<Document<'t>, Unreadable> {
    let options = roxmltree::ParsingOptions { nodes_limit: 4_000_000, ..Default::default() };
    Document::parse_with_options(text, options)
        .map_err(|error| Unreadable::Broken(format!("{name}: {error}")))
}

/// An attribute, whatever its namespace.
pub(super) fn attribute<'t>(node: Node<'t, '_>, name: &str) -> Option<&'t str> {
    node.attributes().find(|one| one.name() == name).map(|one| one.value())
}

/// The first child of a name.
pub(super) fn child<'t, 'i>(node: Node<'t, 'i>, name: &str) -> Option<Node<'t, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The value of a child that says nothing else: `<w:pStyle w:val="…"/>`.
pub(super) fn value<'t>(node: Node<'t, '_>, name: &str) -> Option<&'t str> {
    attribute(child(node, name)?, "val")
}

/// Whether a property is on: there, and not said to be off.
pub(super) fn is_on(properties: Node<'_, '_>, name: &str) -> Option<bool> {
    let found = child(properties, name)?;
    Some(!matches!(attribute(found, "val"), Some("0" | "false" | "off" | "none")))
}

/// A style of paragraphs.
#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    /// 0 for the highest.
    outline: Option<u8>,
    numbering: Option<(String, u8)>,
    bold: Option<bool>,
}

/// What is said of paragraphs elsewhere than in them.
#[derive(Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// By numbering and level, whether it counts.
    counts: BTreeMap<(String, u8), bool>,
}

/// Styles are based on others so deep.
const DEEPEST: usize = 20;

impl Styles {
    /// Reads styles and numberings.
    pub(super) fn of(package: &Package) -> Result<Self, Unreadable> {
        let mut all = Styles::default();
        if let Some(text) = package.text("word/styles.xml")? {
            all.styles(&tree("styles.xml", text)?);
        }
        if let Some(text) = package.text("word/numbering.xml")? {
            all.numberings(&tree("numbering.xml", text)?);
        }
        Ok(all)
    }

    fn styles(&mut self, document: &Document<'_>) {
        for node in
            document.root_element().children().filter(|one| one.tag_name().name() == "style")
        {
            let Some(id) = attribute(node, "styleId") else { continue };
            let paragraph = child(node, "pPr");
            let number = |name: &str| paragraph.and_then(|one| value(one, name)?.parse().ok());
            let style = Style {
                name: value(node, "name").unwrap_or_default().to_lowercase(),
                based_on: value(node, "basedOn").map(str::to_owned),
                outline: number("outlineLvl"),
                numbering: paragraph.and_then(numbering),
                bold: child(node, "rPr").and_then(|run| is_on(run, "b")),
            };
            self.styles.insert(id.to_owned(), style);
        }
    }

    fn numberings(&mut self, document: &Document<'_>) {
        let root = document.root_element();
        let mut formats: BTreeMap<(&str, u8), bool> = BTreeMap::new();
        for node in root.children().filter(|one| one.tag_name().name() == "abstractNum") {
            let Some(id) = attribute(node, "abstractNumId") else { continue };
            for level in node.children().filter(|one| one.tag_name().name() == "lvl") {
                let number = attribute(level, "ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                let format = value(level, "numFmt").unwrap_or("decimal");
                formats.insert((id, number), !matches!(format, "bullet" | "none"));
            }
        }
        for node in root.children().filter(|one| one.tag_name().name() == "num") {
            let (Some(id), Some(of)) = (attribute(node, "numId"), value(node, "abstractNumId"))
            else {
                continue;
            };
            for ((abstracted, level), counts) in &formats {
                if *abstracted == of {
                    self.counts.insert((id.to_owned(), *level), *counts);
                }
            }
        }
    }

    /// A style and those that it is based on.
    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let mut at = self.styles.get(id);
        let next = move || {
            let style = at?;
            at = style.based_on.as_ref().and_then(|id| self.styles.get(id));
            Some(style)
        };
        std::iter::from_fn(next).take(DEEPEST)
    }

    /// The level of a heading, from 1, where paragraphs of a style are headings.
    pub(super) fn heading(&self, id: &str) -> Option<u8> {
        let by_name = |style: &Style| {
            let name = style.name.as_str();
            match name.strip_prefix("heading ").or_else(|| name.strip_prefix("\u{fc}berschrift ")) {
                Some(level) => level.parse::<u8>().ok().filter(|level| (1..=9).contains(level)),
                None => (name == "title").then_some(1),
            }
        };
        let by_outline =
            |style: &Style| style.outline.filter(|level| *level < 9).map(|level| level + 1);
        self.chain(id).find_map(|style| by_name(style).or_else(|| by_outline(style)))
    }

    /// Whether a style is that of a line of a table of contents.
    pub(super) fn is_of_contents(&self, id: &str) -> bool {
        let is_toc = |name: &str| {
            name.starts_with("toc ")
                || name.starts_with("table of figures")
                || name == "toc heading"
        };
        self.chain(id).any(|style| is_toc(&style.name))
    }

    /// Whether a style is bold.
    pub(super) fn is_bold(&self, id: &str) -> bool {
        self.chain(id).find_map(|style| style.bold).unwrap_or(false)
    }

    /// The numbering of a style's paragraphs and their level.
    pub(super) fn numbering(&self, id: &str) -> Option<(String, u8)> {
        self.chain(id).find_map(|style| style.numbering.clone())
    }

    /// Whether a numbering counts, or marks its items.
    pub(super) fn counts(&self, numbering: &str, level: u8) -> bool {
        self.counts.get(&(numbering.to_owned(), level)).copied().unwrap_or(false)
    }
}

/// The numbering that stands in the properties of a paragraph.
pub(super) fn numbering(properties: Node<'_, '_>) -> Option<(String, u8)> {
    let numbering = child(properties, "numPr")?;
    let level = value(numbering, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((value(numbering, "numId")?.to_owned(), level))
}

/// The targets of a part's relations, by their ids.
pub(super) fn relations(
    package: &Package,
    part: &str,
) -> Result<BTreeMap<String, String>, Unreadable> {
    let name = part.rsplit('/').next().unwrap_or_default();
    let path = format!("word/_rels/{name}.rels");
    let Some(text) = package.text(&path)? else { return Ok(BTreeMap::new()) };
    let document = tree(&path, text)?;
    let relations = document.root_element().children().filter_map(|node| {
        Some((attribute(node, "Id")?.to_owned(), attribute(node, "Target")?.to_owned()))
    });
    Ok(relations.collect())
}
