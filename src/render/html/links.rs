//! A followed link to what a page writes for it.

use super::Slot;
use super::writer::Writer;
use crate::graph::{Dangling, Resolved, Target, Why, is_offered, is_picture};
use crate::model::library::DocumentNumber;
use crate::render::edition::{ANOTHER, Edition, fragment};
use crate::render::site::url_path;
use crate::text::{escaped, percent};

/// Something that was opened and not closed yet.
pub(super) enum Opened {
    /// A link; a bare one says its own text.
    Link {
        /// Whether it is a wiki link without a text.
        bare: bool,
    },
    /// A picture: its inside is its alternative text.
    Image,
    /// A footnote, by its place in the list.
    Note(usize),
}

/// How a link is written.
#[derive(Default)]
pub(super) struct Written {
    /// Where it leads; nothing when it is plain text.
    pub(super) href: Option<String>,
    /// Its class.
    pub(super) class: Option<&'static str>,
    /// What a bare wiki link says.
    pub(super) text: String,
    /// Why it is no link.
    pub(super) why: Option<String>,
    /// Whether it leads out of the site.
    pub(super) leaves: bool,
    /// What stands before it and after it: the brackets of what is no link at all.
    pub(super) brackets: [String; 2],
}

impl Writer<'_> {
    pub(super) fn end_link(&mut self) {
        let html = self.open.pop().unwrap_or_default();
        let index = self.links;
        self.links += 1;
        let Some(Opened::Link { bare }) = self.opened.pop() else { return };
        self.silent -= usize::from(bare);
        if self.silent > 0 {
            return;
        }
        let nested = self.opened.iter().any(|opened| matches!(opened, Opened::Link { .. }));
        let link = link(self, index, bare);
        if bare && let Some(paragraph) = &mut self.paragraph {
            paragraph.push_str(&link.text);
        }
        let inner = if bare { escaped(&link.text) } else { html };
        let [before, after] = link.brackets.each_ref().map(|bracket| escaped(bracket));
        let inner = format!("{before}{inner}{after}");
        let html = match &link.href {
            Some(href) if !nested => {
                let class = link.class.map(|class| self.attribute("class", class));
                let leaves = link.leaves.then(|| self.attribute("rel", "noopener"));
                format!(
                    "<a{}{}{}>{inner}</a>",
                    self.attribute("href", href),
                    class.unwrap_or_default(),
                    leaves.unwrap_or_default()
                )
            }
            _ => {
                let class = link.class.map(|class| self.attribute("class", class));
                let why = link.why.map(|why| format!(" title=\"{}\"", escaped(&why)));
                match (class, why) {
                    (None, None) => inner,
                    (class, why) => format!(
                        "<span{}{}>{inner}</span>",
                        class.unwrap_or_default(),
                        why.unwrap_or_default()
                    ),
                }
            }
        };
        self.push(&html);
    }

    pub(super) fn end_image(&mut self) {
        let index = self.images;
        self.images += 1;
        self.opened.pop();
        self.silent -= 1;
        if self.silent > 0 {
            return;
        }
        let alternative = std::mem::take(&mut self.raw);
        let alternative = self.edition.filled(self.document, alternative.trim());
        if let Some(path) = image(self, index) {
            let source = format!("{}{}", self.root, asset_url(&path));
            self.slot(Slot::Html(format!(
                "<img src=\"{source}\" alt=\"{}\" loading=\"lazy\">",
                escaped(&alternative)
            )));
        } else {
            let class = self.attribute("class", "gone");
            let html = format!("<span{class}>{}</span>", escaped(&alternative));
            self.push(&html);
        }
    }
}

/// Where pictures and other files of the content folders stand in the site, as a URL.
pub(super) fn asset_url(path: &str) -> String {
    format!("assets/content/{}", url_path(path))
}

/// The link of a number.
pub(super) fn link(writer: &Writer<'_>, index: usize, bare: bool) -> Written {
    let edition = writer.edition;
    let links = &edition.manual.graph.links[writer.number];
    let typed = writer.document.body.links.get(index).map_or("", |link| link.target.trim());
    let mono = bare.then_some("id");
    let Some(resolved) = links.get(index) else { return plain(typed) };
    match resolved {
        Ok(Target::Document(number, section)) => {
            to_document(writer, *number, section.as_deref(), mono)
        }
        Ok(Target::Section(section)) => {
            let text = heading(writer, writer.number, section);
            Written { href: Some(format!("#{}", fragment(section))), text, ..Written::default() }
        }
        Ok(Target::Clause(number)) => {
            let link = edition.clause(writer.root, number);
            Written { href: link.href, class: mono, text: link.text, ..Written::default() }
        }
        Ok(Target::Role(name)) => {
            let link = edition.role(writer.root, name);
            Written { href: link.href, text: link.text, ..Written::default() }
        }
        Ok(Target::Service(name)) => {
            let link = edition.service(writer.root, name);
            Written { href: link.href, text: link.text, ..Written::default() }
        }
        Ok(Target::Term(name)) => {
            let text = typed.strip_prefix("term:").unwrap_or(name).trim().to_owned();
            Written { href: edition.term(writer.root, name), text, ..Written::default() }
        }
        Ok(Target::Asset(path)) if is_offered(path) => {
            Written { href: Some(format!("{}{}", writer.root, asset_url(path))), ..plain(typed) }
        }
        Ok(Target::Asset(path)) => {
            repository(edition, path, None, typed, "a file of this kind is not published")
        }
        Ok(Target::Repository(path, fragment)) => {
            repository(edition, path, fragment.as_deref(), typed, "this is not published")
        }
        Ok(Target::External(address)) => {
            Written { href: Some(written(address)), leaves: true, ..plain(typed) }
        }
        Ok(Target::Unread) => plain(typed),
        Ok(Target::Text) if bare => plain(&format!("[[{typed}]]")),
        Ok(Target::Text) => {
            let brackets = [format!("[[{typed}|"), "]]".to_owned()];
            Written { brackets, ..plain(typed) }
        }
        Err(Dangling { why: Why::NoSection(number, _), .. }) if !edition.is_visible(*number) => {
            plain(ANOTHER)
        }
        Err(dangling) => {
            let why = match &dangling.why {
                Why::Nothing(what) => format!("there is no such {}", what.word()),
                Why::NoSection(..) => "there is no such section".to_owned(),
                Why::Outside => "this leads out of the manual".to_owned(),
                Why::Backslashes => "the parts of a path are separated by `/`".to_owned(),
                Why::Folder => "this folder has no document of its own".to_owned(),
                Why::NotADocument => "this is not a document".to_owned(),
                Why::Ambiguous(_) => "several things go by this name".to_owned(),
                Why::Scheme(_) => "an address of this kind is not followed".to_owned(),
            };
            Written { class: Some("dangling"), ..gone(typed, why) }
        }
    }
}

/// An address that leads out of the site, without letters that no address has. Brackets are for the
/// number of a host alone: `http://[::1]/`.
fn written(address: &str) -> String {
    let odd = |letter: char| {
        letter.is_whitespace() || letter.is_control() || "\"<>\\^`{|}".contains(letter)
    };
    let after = address.find("://").map_or(0, |at| at + 3);
    let host = address[after..].find(['/', '?', '#']).map_or(address.len(), |at| after + at);
    let (host, path) = address.split_at(host);
    let in_path = |letter: char| odd(letter) || matches!(letter, '[' | ']');
    percent::encoded_where(host, odd) + &percent::encoded_where(path, in_path)
}

/// A file that is on no page: where the repository shows it, if that is known.
fn repository(
    edition: &Edition<'_>,
    path: &str,
    anchor: Option<&str>,
    typed: &str,
    why: &str,
) -> Written {
    let Some(address) = edition.source_of(path) else { return gone(typed, why.to_owned()) };
    let anchor = anchor.filter(|anchor| !anchor.is_empty());
    let anchor = anchor.map(|anchor| format!("#{}", fragment(anchor)));
    let address = format!("{address}{}", anchor.unwrap_or_default());
    Written { href: Some(written(&address)), leaves: true, ..plain(typed) }
}

fn plain(text: &str) -> Written {
    Written { text: text.to_owned(), ..Written::default() }
}

fn gone(text: &str, why: String) -> Written {
    Written { class: Some("gone"), why: Some(why), ..plain(text) }
}

fn to_document(
    writer: &Writer<'_>,
    number: DocumentNumber,
    section: Option<&str>,
    mono: Option<&'static str>,
) -> Written {
    let edition = writer.edition;
    if !edition.is_visible(number) {
        return plain(ANOTHER);
    }
    let mut text = edition.document(number).id.clone();
    if let Some(section) = section {
        text = format!("{text}, {}", heading(writer, number, section));
    }
    let class = mono.filter(|_| section.is_none());
    if number == writer.number {
        let href = section.map(|section| format!("#{}", fragment(section)));
        return Written { href, class, text, ..Written::default() };
    }
    if !edition.is_published(number) {
        return gone(&text, edition.why_not(number));
    }
    let href = Some(edition.href(writer.root, number, section));
    Written { href, class, text, ..Written::default() }
}

/// The heading of a section.
fn heading(writer: &Writer<'_>, number: DocumentNumber, section: &str) -> String {
    let document = writer.edition.document(number);
    let found = document.body.headings.iter().find(|heading| heading.slug == section);
    let text = found.map_or_else(|| section.to_owned(), |heading| heading.text.clone());
    writer.edition.filled(document, &text).into_owned()
}

/// The picture of a number: the path of its file, when there is one.
pub(super) fn image(writer: &Writer<'_>, index: usize) -> Option<String> {
    let images = &writer.edition.manual.graph.images[writer.number];
    images.get(index).and_then(|link| shown(link, true)).map(str::to_owned)
}

/// The file that a document shows or offers by a link, or by a picture, to which it leads.
pub(in crate::render) fn shown(link: &Resolved, is_image: bool) -> Option<&str> {
    match link {
        Ok(Target::Asset(path)) if is_image && is_picture(path) => Some(path),
        Ok(Target::Asset(path)) if !is_image && is_offered(path) => Some(path),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn an_address_has_brackets_in_its_host_alone() {
        assert_eq!(written("http://[::1]:80/a[1]?b=[2]"), "http://[::1]:80/a%5B1%5D?b=%5B2%5D");
        assert_eq!(written("https://example.com/ü {x}"), "https://example.com/ü%20%7Bx%7D");
        assert_eq!(written("mailto:a@example.com"), "mailto:a@example.com");
    }
}
