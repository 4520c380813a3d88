//! RACI matrices: letters in boxes that say their word, roles that lead to their pages.

use std::fmt::Write as _;

use super::writer::Writer;
use crate::model::front::Letters;
use crate::model::raci::{Assignment, Matrix};
use crate::text::escaped;

/// Which cell it is.
#[derive(Clone, Copy)]
pub(super) struct At {
    /// Whether it stands in the head.
    pub(super) head: bool,
    /// Its row, from 0, without the head.
    pub(super) row: usize,
    /// Its column, from 0.
    pub(super) column: usize,
}

/// A cell of a matrix; `html` is what the author wrote there, `name` an attribute that says the name
/// of its column where paper needs it.
pub(super) fn cell(writer: &Writer<'_>, matrix: &Matrix, at: At, html: &str, name: &str) -> String {
    let roles = 1..=matrix.roles.len();
    match (at.head, at.column) {
        (true, 0) => {
            let class = writer.attribute("class", "n");
            let activity = if html.is_empty() { "Activity" } else { html };
            format!("<td{class}></td><th scope=\"col\">{activity}</th>")
        }
        (true, column) if roles.contains(&column) => {
            let typed = &matrix.roles[column - 1].text;
            let typed = writer.edition.filled(writer.document, typed);
            let role = writer.edition.role(writer.root, &typed);
            let text = escaped(&role.text);
            match role.href {
                Some(href) => {
                    let href = writer.attribute("href", &href);
                    format!("<th scope=\"col\"><a{href}>{text}</a></th>")
                }
                None => format!("<th scope=\"col\">{text}</th>"),
            }
        }
        (true, _) => format!("<th scope=\"col\">{html}</th>"),
        (false, 0) => {
            let class = writer.attribute("class", "n");
            format!("<td{class}>{}</td><th scope=\"row\">{html}</th>", at.row + 1)
        }
        (false, column) if roles.contains(&column) => {
            let found = matrix.rows.get(at.row).and_then(|row| row.cells.get(column - 1));
            format!("<td{name}>{}</td>", found.map_or(String::new(), |cell| letters(writer, cell)))
        }
        (false, _) => {
            let class = writer.attribute("class", "next");
            format!("<td{class}{name}>{html}</td>")
        }
    }
}

/// The letters of a cell: one box, or one in parts, A first. An empty cell stays empty; the style
/// sheet puts a dot there and has it read out as "none", as it has each letter read out with its
/// word: written into the page, the words would weigh more than all the rest of a large matrix.
fn letters(writer: &Writer<'_>, cell: &Assignment) -> String {
    let mut letters: Vec<char> = cell.letters.iter().collect();
    letters.sort_by_key(|letter| "ARSVCI".find(*letter));
    let boxes: String = letters.iter().map(|letter| one(writer, *letter)).collect();
    match letters.as_slice() {
        [] => cell.strange.as_deref().map_or_else(String::new, escaped),
        [_] => boxes,
        _ => format!("<span{}>{boxes}</span>", writer.attribute("class", "l")),
    }
}

/// A letter in its box.
fn one(writer: &Writer<'_>, letter: char) -> String {
    match class(writer, letter) {
        "" => format!("<b>{letter}</b>"),
        class => format!("<b{}>{letter}</b>", writer.attribute("class", class)),
    }
}

/// The word of a letter, in the set of letters that the document uses.
pub(super) fn word(writer: &Writer<'_>, letter: char) -> &'static str {
    let variant = writer.document.front.raci.as_ref().map(|raci| raci.variant);
    match letter {
        'A' => "Accountable",
        'R' => "Responsible",
        'C' => "Consulted",
        'I' => "Informed",
        'V' => "Verifies",
        'S' if variant == Some(Letters::RaciVs) => "Signs off",
        'S' => "Supports",
        _ => "",
    }
}

/// The class of a letter's box, which also says its word. The most frequent letter needs none.
fn class(writer: &Writer<'_>, letter: char) -> &'static str {
    match letter {
        'A' => "la",
        'R' => "lr",
        'C' => "",
        'I' => "li",
        'V' => "lv",
        _ if word(writer, letter) == "Signs off" => "lo",
        _ => "ls",
    }
}

/// The key under a matrix: the letters that it uses.
pub(super) fn key(writer: &Writer<'_>, matrix: &Matrix) -> String {
    let used =
        |letter: char| matrix.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.has(letter));
    let mut html = format!("<ul{}>\n", writer.attribute("class", "key"));
    for letter in "ARSVCI".chars().filter(|letter| used(*letter)) {
        let more = if letter == 'A' { ", one per row" } else { "" };
        let _ = writeln!(html, "<li>{} {}{more}</li>", one(writer, letter), word(writer, letter));
    }
    html.push_str("</ul>\n");
    html
}
