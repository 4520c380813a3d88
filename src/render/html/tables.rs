//! Tables: each in a region that can be reached and scrolled by keyboard.

use super::inline::line;
use super::out::Out;
use crate::content::{Align, Fit, Inline, Table, plain};

/// The classes that tell the style sheet how a table fits onto a sheet.
fn classes(fit: Fit) -> &'static str {
    match fit {
        Fit::Upright => "scroll",
        Fit::Turned => "scroll turned",
        Fit::Landscape => "scroll landscape",
        Fit::TurnedLandscape => "scroll turned landscape",
        Fit::Stacked => "scroll stacked",
    }
}

/// Opens a table of some class, up to its head.
pub(super) fn open(out: &mut Out<'_>, table: &Table<'_>, what: &str, class: Option<&str>) {
    let name = format!("{what} {}, ", table.number);
    let label = format!("{name}{}", table.about.plain());
    let class_of_table = class;
    out.open(
        "div",
        &[
            ("class", classes(table.fit)),
            ("role", "region"),
            ("aria-label", &label),
            ("tabindex", "0"),
        ],
    );
    out.push("\n");
    match class_of_table {
        Some(class) => out.open("table", &[("class", class)]),
        None => out.push("<table>"),
    }
    out.push("\n");
    out.open("caption", &[("class", "vh")]);
    out.text(&name);
    out.phrase(&table.about);
    out.push("</caption>\n");
}

/// The names of the columns, where each value on paper stands under one.
pub(super) fn names(table: &Table<'_>) -> Vec<String> {
    match table.fit {
        Fit::Stacked => table.head.iter().map(|cell| plain(cell).trim().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// Writes a table.
pub(super) fn table(out: &mut Out<'_>, table: &Table<'_>) {
    open(out, table, "Table", None);
    out.push("<thead>\n<tr>");
    for (column, cell) in table.head.iter().enumerate() {
        let (name, scope) = if cell.is_empty() { ("td", "") } else { ("th", " scope=\"col\"") };
        out.push(&format!("<{name}{scope}"));
        align(out, table, column);
        out.push(">");
        line(out, cell);
        out.push(&format!("</{name}>"));
    }
    out.push("</tr>\n</thead>\n<tbody>\n");
    let names = names(table);
    for row in &table.rows {
        out.push("<tr>");
        for (column, cell) in row.iter().enumerate() {
            out.push("<td");
            align(out, table, column);
            self::cell(out, &names, column, cell);
        }
        out.push("</tr>\n");
    }
    out.push("</tbody>\n</table>\n</div>\n");
}

fn align(out: &mut Out<'_>, table: &Table<'_>, column: usize) {
    match table.columns.get(column) {
        Some(Align::End) => out.attribute("class", "r"),
        Some(Align::Middle) => out.attribute("class", "c"),
        Some(Align::Start) | None => {}
    }
}

/// The rest of a cell whose tag is open.
pub(super) fn cell(out: &mut Out<'_>, names: &[String], column: usize, cell: &[Inline<'_>]) {
    name(out, names, column);
    out.push(">");
    line(out, cell);
    out.push("</td>");
}

/// The name of a column as an attribute, where paper needs it.
pub(super) fn name(out: &mut Out<'_>, names: &[String], column: usize) {
    if let Some(name) = names.get(column).filter(|_| column > 0) {
        out.attribute("data-head", name);
    }
}
