//! What stands by itself, and the footnotes under it.

use super::inline::{line, markup};
use super::out::{Out, Slot};
use super::{drawing, matrix, tables};
use crate::content::{Alert, Block, Content, Definition, Item, List, Note};
use crate::render::view::block;

/// Writes a body.
pub(super) fn content(out: &mut Out<'_>, content: &Content<'_>) {
    blocks(out, &content.blocks);
    notes(out, &content.notes);
}

fn blocks(out: &mut Out<'_>, blocks: &[Block<'_>]) {
    for block in blocks {
        one(out, block);
    }
}

fn one(out: &mut Out<'_>, block: &Block<'_>) {
    match block {
        Block::Heading(heading) => {
            let name = format!("h{}", heading.level);
            out.open(&name, &[("id", heading.slug)]);
            out.open("span", &[("class", "s")]);
            out.text(&heading.number);
            out.push("</span> ");
            line(out, &heading.words);
            out.push(&format!("</{name}>\n"));
        }
        Block::Paragraph(words) => {
            out.push("<p>");
            line(out, words);
            out.push("</p>\n");
        }
        Block::Lines(words) => line(out, words),
        Block::List(list) => self::list(out, list),
        Block::Quote(inside) => {
            out.push("<blockquote>\n");
            blocks(out, inside);
            out.push("</blockquote>\n");
        }
        Block::Alert(alert, inside) => {
            alert_head(out, *alert);
            blocks(out, inside);
            out.push("</aside>\n");
        }
        Block::Table(table) => tables::table(out, table),
        Block::Matrix(matrix) => matrix::matrix(out, matrix),
        Block::Generated(asked) => {
            if !drawing::flows(out, asked) {
                let made = block::written(out.edition, out.number, out.root, asked);
                out.slot(Slot::Block(made));
                out.push("\n");
            }
        }
        Block::Code(code) => {
            out.open("pre", &[("tabindex", "0")]);
            out.push("<code>");
            out.text(code);
            out.push("</code></pre>\n");
        }
        Block::Diagram(diagram) => drawing::diagram(out, diagram),
        Block::Definitions(list) => definitions(out, list),
        Block::Html(pieces) => markup(out, pieces),
        Block::Rule => out.push("<hr>\n"),
    }
}

fn list(out: &mut Out<'_>, list: &List<'_>) {
    match list.first {
        None => out.push("<ul>\n"),
        Some(1) => out.push("<ol>\n"),
        Some(n) => out.push(&format!("<ol start=\"{n}\">\n")),
    }
    for item in &list.items {
        out.push("<li>");
        self::item(out, item);
        out.push("</li>\n");
    }
    out.push(if list.first.is_some() { "</ol>\n" } else { "</ul>\n" });
}

/// An item; the box of a task stands in its first line.
fn item(out: &mut Out<'_>, item: &Item<'_>) {
    let Some(done) = item.task else { return blocks(out, &item.blocks) };
    let (first, rest) = match item.blocks.split_first() {
        Some((Block::Paragraph(first), rest)) => (Some(first), rest),
        _ => (None, &item.blocks[..]),
    };
    if first.is_some() {
        out.push("<p>");
    }
    let (class, word) = if done { ("box on", "Done") } else { ("box", "To do") };
    out.open("span", &[("class", class), ("role", "img"), ("aria-label", word)]);
    out.push("</span> ");
    if let Some(first) = first {
        line(out, first);
        out.push("</p>\n");
    }
    blocks(out, rest);
}

fn alert_head(out: &mut Out<'_>, alert: Alert) {
    let (class, icon, word) = match alert {
        Alert::Note => ("alert", "about", "Note"),
        Alert::Tip => ("alert tip", "check", "Tip"),
        Alert::Important => ("alert", "about", "Important"),
        Alert::Warning => ("alert warning", "triangle", "Warning"),
        Alert::Caution => ("alert caution", "triangle", "Caution"),
    };
    out.open("aside", &[("class", class), ("role", "note")]);
    out.push("\n");
    out.open("p", &[("class", "alert-head")]);
    out.icon(icon);
    out.push(word);
    out.push("</p>\n");
}

fn definitions(out: &mut Out<'_>, list: &[Definition<'_>]) {
    out.push("<dl>\n");
    for definition in list {
        out.push("<dt>");
        line(out, &definition.term);
        out.push("</dt>\n");
        for meaning in &definition.meanings {
            out.push("<dd>");
            line(out, meaning);
            out.push("</dd>\n");
        }
    }
    out.push("</dl>\n");
}

/// The footnotes, under the text, each with the way back.
fn notes(out: &mut Out<'_>, notes: &[Note<'_>]) {
    if notes.is_empty() {
        return;
    }
    out.open("section", &[("class", "footnotes"), ("aria-label", "Footnotes")]);
    out.push("\n<ol>\n");
    for note in notes {
        out.open("li", &[("id", &format!("fn.{}", note.number))]);
        if let Some((Block::Paragraph(last), before)) = note.blocks.split_last() {
            blocks(out, before);
            out.push("<p>");
            line(out, last);
            ways_back(out, note);
            out.push("</p>");
        } else {
            blocks(out, &note.blocks);
            ways_back(out, note);
        }
        out.push("</li>\n");
    }
    out.push("</ol>\n</section>\n");
}

fn ways_back(out: &mut Out<'_>, note: &Note<'_>) {
    for mark in 1..=note.uses {
        let href = format!("#fn.{}.{mark}", note.number);
        out.push(" ");
        out.open("a", &[("href", &href), ("aria-label", &format!("Back to reference {mark}"))]);
        out.push("↩</a>");
    }
}
