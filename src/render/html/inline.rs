//! What stands in a line.

use super::out::Out;
use crate::content::{Inline, Link, Markup, Picture, To};
use crate::render::routes::{CONTENT, Root};
use crate::text::percent;

/// Writes a line.
pub(super) fn line(out: &mut Out<'_>, line: &[Inline<'_>]) {
    for inline in line {
        one(out, inline);
    }
}

fn one(out: &mut Out<'_>, inline: &Inline<'_>) {
    match inline {
        Inline::Text(words) => out.text(words),
        Inline::Code(words) => {
            out.push("<code>");
            out.text(words);
            out.push("</code>");
        }
        Inline::Decision(what) => out.decision(what),
        Inline::Emphasis(inside) => within(out, "em", inside),
        Inline::Strong(inside) => within(out, "strong", inside),
        Inline::Struck(inside) => within(out, "del", inside),
        Inline::Link(to) => link(out, to),
        Inline::Picture(shown) => picture(out, shown),
        Inline::Note(note, mark) => {
            out.push("<sup>");
            out.open(
                "a",
                &[("href", &format!("#fn.{note}")), ("id", &format!("fn.{note}.{mark}"))],
            );
            out.push(&note.to_string());
            out.push("</a></sup>");
        }
        Inline::Html(pieces) => markup(out, pieces),
        Inline::SoftBreak => out.push("\n"),
        Inline::HardBreak => out.push("<br>\n"),
    }
}

fn within(out: &mut Out<'_>, name: &str, inside: &[Inline<'_>]) {
    for part in ["<", name, ">"] {
        out.push(part);
    }
    line(out, inside);
    for part in ["</", name, ">"] {
        out.push(part);
    }
}

/// HTML of the author's. It is cleaned when all of the body is written; what fragments may lead to is
/// marked as ours, and so kept.
pub(super) fn markup(out: &mut Out<'_>, pieces: &[Markup<'_>]) {
    for piece in pieces {
        match piece {
            Markup::Raw(html) => out.push(html),
            Markup::Id(id) => out.attribute("id", id),
        }
    }
}

fn link(out: &mut Out<'_>, link: &Link<'_>) {
    let class = match &link.to {
        To::Nowhere(reason) => Some(if reason.is_mistake() { "dangling" } else { "gone" }),
        _ => link.is_id.then_some("id"),
    };
    let href = href(out, &link.to);
    let name = match (&href, class) {
        (Some(_), _) => "a",
        (None, Some(_)) => "span",
        (None, None) => return line(out, &link.words),
    };
    out.push("<");
    out.push(name);
    if let Some(href) = &href {
        out.attribute("href", href);
    }
    if let Some(class) = class {
        out.attribute("class", class);
    }
    match &link.to {
        To::Address(_) => out.attribute("rel", "noopener"),
        To::Nowhere(reason) => {
            out.push(" title=\"");
            out.text(&reason.to_string());
            out.push("\"");
        }
        _ => {}
    }
    out.push(">");
    line(out, &link.words);
    for part in ["</", name, ">"] {
        out.push(part);
    }
}

/// The address of what a link leads to, where it has one in this edition.
fn href(out: &Out<'_>, to: &To<'_>) -> Option<String> {
    let (edition, root) = (out.edition, out.root);
    match to {
        To::Document(number, section) => Some(edition.href(root, *number, *section)),
        To::Section(section) => Some(format!("#{}", percent::fragment(section))),
        To::Clause(number) => edition.clause(root, number).href,
        To::Role(name) => edition.role(root, name).href,
        To::Service(name) => edition.service(root, name).href,
        To::Term(name) => edition.term(root, name),
        To::Row(register, id) => edition.entry(root, register, id).href,
        To::File(path) => Some(file(root, path)),
        To::Address(address) => Some(written(address)),
        To::Here | To::Nowhere(_) => None,
    }
}

/// The address of a file of the content folders.
fn file(root: Root, path: &str) -> String {
    format!("{root}{CONTENT}{}", percent::encoded(path))
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

fn picture(out: &mut Out<'_>, picture: &Picture<'_>) {
    if let Some(path) = picture.path {
        let address = file(out.root, path);
        out.picture(&address, &picture.says);
    } else {
        out.open("span", &[("class", "gone")]);
        out.text(&picture.says);
        out.push("</span>");
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
