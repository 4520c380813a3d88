//! Raw HTML in the text holds something that does not get onto the page: a script, a frame, a
//! form, a style, an element that there is not, a declaration, an address that runs something.
//!
//! # Why it matters
//!
//! Everybody opens the manual, on trust, so nothing in it may run. Such parts are taken out of the
//! page, and the page then says less than the document that was approved. `<service name>` in
//! plain text is taken for a tag as well, and vanishes.
//!
//! # Mend it
//!
//! Write it in Markdown, or, where a plain sign is meant, with a backslash:
//!
//! ```markdown
//! ![The steps](pictures/flow.png), **bold**, \<service name>
//! ```

use std::ops::Range;

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::parse::html::{self, Attribute, ELEMENTS, MAX_DEPTH, Piece, Tag};
use crate::parse::reopened::{MOST_REOPENED, Reopened};

pub(super) const RULE: Rule = Rule::new(
    "unsafe-html",
    Family::Text,
    Severity::Error,
    include_str!("unsafe_html.rs"),
    Check::Document(run),
);

/// Beginnings of addresses that may stand in raw HTML.
const ADDRESSES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    for piece in html::of_body(&document.text, &document.body.html) {
        match piece {
            Piece::Open(tag) => check(document, &tag, found),
            Piece::Dropped(at) => found.push(dropped(document, &at)),
            Piece::Text(_) => {}
        }
    }
    found.extend(comes_back(document));
    let mut depth = 0;
    let deep = document.body.html.iter().find_map(|range| {
        let at = html::too_deep(&document.text[range.clone()], &mut depth, MAX_DEPTH)?;
        Some(range.start + at..range.start + at + 1)
    });
    if let Some(at) = deep {
        let message = format!("more than {MAX_DEPTH} elements stand in one another");
        let help = "close them, or take some out: so deep, nothing gets onto the page";
        found.push(RULE.at(document.span(&at), message).help(help));
    }
}

/// An element that is never closed, and comes back in so many blocks that no page can hold them.
fn comes_back(document: &Document) -> Option<Diagnostic> {
    let mut reopened = Reopened::default();
    let mut from = document.body_at.start;
    let text = &*document.text;
    let at = document.body.html.iter().find_map(|html| {
        let before = text.get(from..html.start).unwrap_or_default();
        from = html.end;
        let at = reopened.markdown(before, MOST_REOPENED);
        at.or_else(|| reopened.html(text, html.clone(), MOST_REOPENED))
    });
    let rest = || reopened.markdown(text.get(from..).unwrap_or_default(), MOST_REOPENED);
    let at = at.or_else(rest)?;
    let tag =
        text[at.clone()].chars().take_while(|letter| !letter.is_whitespace() && *letter != '>');
    let message = format!(
        "`{}>` is not closed, and comes back in every block after it",
        tag.collect::<String>()
    );
    let help = "close it before its paragraph ends: so often, nothing gets onto the page";
    Some(RULE.at(document.span(&at), message).help(help))
}

/// What is written for another program than a browser, and vanishes with its words.
fn dropped(document: &Document, at: &Range<usize>) -> Diagnostic {
    let typed = document.text[at.clone()].lines().next().unwrap_or_default().trim_end();
    let at = at.start..at.start + typed.len();
    let message = format!("`{}` does not get onto the page", typed.replace('`', "'"));
    let help = "take it out, or put it in code; for a plain `<` write `\\<`";
    RULE.at(document.span(&at), message).help(help)
}

/// One finding for a tag that goes as a whole, or one for each attribute.
fn check(document: &Document, tag: &Tag, found: &mut Vec<Diagnostic>) {
    let typed = &document.text[tag.name.clone()];
    let name = typed.to_ascii_lowercase();
    if ELEMENTS.contains(&name.as_str()) {
        let wrong = tag.attributes.iter().filter_map(|one| attribute(document, &name, one));
        found.extend(wrong);
        return;
    }
    // A blank to be filled in has a finding of its own.
    if document.is_live() && document.placeholders.contains(&tag.at) {
        return;
    }
    let message = format!("`<{typed}>` does not get onto the page");
    found.push(RULE.at(document.span(&tag.name), message).help(instead(&name)));
}

/// What to write in place of an element.
fn instead(name: &str) -> &'static str {
    match name {
        "img" | "picture" | "svg" => "write a picture as `![what it shows](path)`",
        "script" | "style" | "link" | "meta" | "base" => "take it out: looks come from the theme",
        "iframe" | "frame" | "object" | "embed" | "video" | "audio" => {
            "lead to it with a link instead"
        }
        "form" | "input" | "button" | "select" | "textarea" | "option" | "label" => {
            "a page takes no input: lead to the form with a link"
        }
        "h1" => "write `# Title`; a page has one title",
        "font" | "center" | "big" | "strike" | "tt" => "use Markdown: `**bold**`, `*italic*`",
        _ => "write it in Markdown; for a plain `<` write `\\<`",
    }
}

fn attribute(document: &Document, element: &str, attribute: &Attribute) -> Option<Diagnostic> {
    let typed = &document.text[attribute.name.clone()];
    let name = typed.to_ascii_lowercase();
    let at = document.span(&attribute.name);
    if name.starts_with("on") {
        return Some(RULE.at(at, format!("`{typed}` would run a script")).help("take it out"));
    }
    if name == "style" {
        let finding = RULE.at(at, "`style` does not get onto the page");
        return Some(finding.help("take it out: looks come from the theme"));
    }
    if !matches!(&*name, "href" | "src" | "action" | "formaction" | "xlink:href" | "background") {
        return None;
    }
    let value = &document.text[attribute.value.clone()];
    let lower = value.trim_start().to_ascii_lowercase();
    if element == "a" && name == "href" && ADDRESSES.iter().any(|good| lower.starts_with(good)) {
        return None;
    }
    let at = if value.is_empty() { at } else { document.span(&attribute.value) };
    let finding = RULE.at(at, format!("`{value}` does not get onto the page"));
    Some(finding.help("write it as a Markdown link: `[text](address)`"))
}
