//! RACI matrices: letters in boxes that say their word, roles that lead to their pages, the key of the
//! letters underneath.

use super::inline::line;
use super::out::Out;
use super::{drawing, tables};
use crate::content::{Inline, Matrix};
use crate::model::front::Letters;
use crate::model::raci::Assignment;

/// Writes a matrix, its key, and what it looks like as a drawing.
pub(super) fn matrix(out: &mut Out<'_>, matrix: &Matrix<'_>) {
    let table = &matrix.table;
    tables::open(out, table, "RACI matrix", Some("raci"));
    out.push("<thead>\n<tr>");
    for (column, cell) in table.head.iter().enumerate() {
        if column == 0 {
            out.open("td", &[("class", "n")]);
            out.push("</td>");
        }
        out.push("<th scope=\"col\">");
        if column == 0 && cell.is_empty() {
            out.push("Activity");
        }
        line(out, cell);
        out.push("</th>");
    }
    out.push("</tr>\n</thead>\n<tbody>\n");
    let names = tables::names(table);
    for (row, cells) in table.rows.iter().enumerate() {
        out.push("<tr>");
        for (column, cell) in cells.iter().enumerate() {
            self::cell(out, matrix, &names, (row, column), cell);
        }
        out.push("</tr>\n");
    }
    out.push("</tbody>\n</table>\n</div>\n");
    key(out, matrix);
    drawing::swimlane(out, matrix.cells, table.number);
}

/// A cell below the head.
fn cell(
    out: &mut Out<'_>,
    matrix: &Matrix<'_>,
    names: &[String],
    (row, column): (usize, usize),
    cell: &[Inline<'_>],
) {
    if column == 0 {
        out.open("td", &[("class", "n")]);
        out.push(&format!("{}</td><th scope=\"row\">", row + 1));
        line(out, cell);
        out.push("</th>");
    } else if column <= matrix.cells.roles.len() {
        out.push("<td");
        tables::name(out, names, column);
        out.push(">");
        let found = matrix.cells.rows.get(row).and_then(|row| row.cells.get(column - 1));
        if let Some(found) = found {
            letters(out, found);
        }
        out.push("</td>");
    } else {
        out.push("<td");
        out.attribute("class", "next");
        tables::cell(out, names, column, cell);
    }
}

/// The letters of a cell: one box, or one in parts, A first. An empty cell stays empty; the style
/// sheet puts a dot there and has it read out as "none", as it has each letter read out with its
/// word: written into the page, the words would weigh more than all the rest of a large matrix.
fn letters(out: &mut Out<'_>, cell: &Assignment) {
    let mut letters: Vec<char> = cell.letters.iter().collect();
    letters.sort_by_key(|letter| "ARSVCI".find(*letter));
    match letters.as_slice() {
        [] => out.text(cell.strange.as_deref().unwrap_or_default()),
        [letter] => one(out, *letter),
        several => {
            out.open("span", &[("class", "l")]);
            for letter in several {
                one(out, *letter);
            }
            out.push("</span>");
        }
    }
}

/// A letter in its box.
fn one(out: &mut Out<'_>, letter: char) {
    match class(out, letter) {
        "" => out.push("<b>"),
        class => out.open("b", &[("class", class)]),
    }
    out.push(letter.encode_utf8(&mut [0; 4]));
    out.push("</b>");
}

/// The word of a letter, in the set of letters that the document uses.
fn word(out: &Out<'_>, letter: char) -> &'static str {
    let variant = out.document.front.raci.as_ref().map(|raci| raci.variant);
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
fn class(out: &Out<'_>, letter: char) -> &'static str {
    match letter {
        'A' => "la",
        'R' => "lr",
        'C' => "",
        'I' => "li",
        'V' => "lv",
        _ if word(out, letter) == "Signs off" => "lo",
        _ => "ls",
    }
}

/// The key under a matrix: the letters that it uses.
fn key(out: &mut Out<'_>, matrix: &Matrix<'_>) {
    let rows = &matrix.cells.rows;
    let used = |letter: char| rows.iter().flat_map(|row| &row.cells).any(|cell| cell.has(letter));
    out.open("ul", &[("class", "key")]);
    out.push("\n");
    for letter in "ARSVCI".chars().filter(|letter| used(*letter)) {
        let more = if letter == 'A' { ", one per row" } else { "" };
        out.push("<li>");
        one(out, letter);
        out.push(&format!(" {}{more}</li>\n", word(out, letter)));
    }
    out.push("</ul>\n");
}
