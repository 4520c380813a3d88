//! Matrices of responsibilities that are not declared: those with a role a column are marked, those
//! with a letter a column are turned.

use std::fmt::Write as _;

use crate::edit::Edits;
use crate::parse::markdown::{self, Heading, Table};
use crate::text::key;

use super::keys::folded;

/// A text in which matrices are declared, and the roles that they name.
pub(super) fn declared(text: &str) -> (String, Vec<String>) {
    let read = markdown::read(text, 0..text.len());
    let mut edits = Edits::of(text);
    let mut roles = Vec::new();
    for table in &read.tables {
        let (names, turned) = match (of_letters(table), has_letters(table)) {
            (Some(turned), _) => {
                let names = turned.roles.clone();
                (names, Some(turned))
            }
            (None, true) => {
                (table.head.iter().skip(1).map(|cell| cell.text.trim().to_owned()).collect(), None)
            }
            (None, false) => continue,
        };
        let heading = table.heading.map(|at| &read.headings[at]);
        let level = heading.map_or(2, |heading| usize::from(heading.level + 1).min(6));
        let is_right_above =
            |heading: &&Heading| text[heading.at.end..table.at.start].trim().is_empty();
        if let Some(heading) = heading.filter(is_right_above) {
            declare(text, heading, &mut edits);
        } else {
            let line = format!("{} RACI\n\n", "#".repeat(level));
            edits.replace(table.at.start..table.at.start, line);
        }
        if let Some(turned) = turned {
            edits.replace(table.at.clone(), turned.text);
        }
        roles.extend(names);
    }
    (edits.applied(), roles)
}

/// Declares the table below a heading, unless it is declared.
fn declare(text: &str, heading: &Heading, edits: &mut Edits<'_>) {
    let typed = &text[heading.at.clone()];
    let is_declared = heading.classes.iter().any(|class| class == "raci")
        || folded(&heading.text).split(' ').any(|word| word == "raci");
    if !is_declared && typed.starts_with('#') {
        let end = heading.at.start + typed.trim_end().len();
        edits.replace(end..end, " {.raci}");
    }
}

fn is_letters(text: &str) -> bool {
    let letters: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let one = |letter: &&str| {
        matches!(
            letter.to_uppercase().as_str(),
            "R" | "A" | "C" | "I" | "S" | "V" | "AR" | "RA" | "CI" | "IC"
        )
    };
    !letters.is_empty() && letters.iter().all(one)
}

/// Whether the cells of a table are letters of responsibilities, and its columns roles.
fn has_letters(table: &Table) -> bool {
    let cells = || table.rows.iter().flat_map(|row| row.iter().skip(1));
    let filled =
        || cells().filter(|cell| !matches!(cell.text.trim(), "" | "-" | "\u{2013}" | "\u{2014}"));
    let letters = filled().filter(|cell| is_letters(&cell.text)).count();
    let count = filled().count();
    let has = |letter: char| filled().any(|cell| cell.text.to_uppercase().contains(letter));
    table.head.len() >= 3
        && table.rows.len() >= 2
        && count >= 4
        && letters * 10 >= count * 9
        && has('R')
        && has('A')
        && table
            .head
            .iter()
            .skip(1)
            .all(|cell| !cell.text.trim().is_empty() && !is_letters(&cell.text))
}

/// A table that was turned.
struct Turned {
    text: String,
    roles: Vec<String>,
}

/// A table whose columns are the letters and whose cells are roles, with a role a column.
fn of_letters(table: &Table) -> Option<Turned> {
    let letter = |text: &str| {
        Some(match folded(text).as_str() {
            "r" | "responsible" => 'R',
            "a" | "accountable" => 'A',
            "c" | "consulted" => 'C',
            "i" | "informed" => 'I',
            _ => return None,
        })
    };
    let letters: Vec<char> =
        table.head.iter().skip(1).map(|cell| letter(&cell.text)).collect::<Option<_>>()?;
    if !letters.contains(&'R') || !letters.contains(&'A') {
        return None;
    }
    let mut roles: Vec<String> = Vec::new();
    let mut rows: Vec<(String, Vec<(usize, char)>)> = Vec::new();
    for row in &table.rows {
        let mut marks = Vec::new();
        for (cell, letter) in row.iter().skip(1).zip(&letters) {
            let names = cell.text.split([',', ';', '/']).flat_map(|part| part.split(" and "));
            for name in names
                .map(str::trim)
                .filter(|name| !matches!(*name, "" | "-" | "\u{2013}" | "\u{2014}"))
            {
                let known = roles.iter().position(|role| key(role) == key(name));
                let at = known.unwrap_or_else(|| {
                    roles.push(name.to_owned());
                    roles.len() - 1
                });
                marks.push((at, *letter));
            }
        }
        rows.push((row.first()?.text.trim().to_owned(), marks));
    }
    if roles.is_empty() || roles.len() > 40 {
        return None;
    }
    let cell = |text: &str| text.replace('|', "\\|");
    let first = table.head.first().map_or("Activity", |cell| cell.text.trim());
    let mut text = format!("| {} |", cell(first));
    text.extend(roles.iter().map(|role| format!(" {} |", cell(role))));
    text.push_str("\n|---|");
    text.push_str(&":-:|".repeat(roles.len()));
    for (activity, marks) in rows {
        let _ = write!(text, "\n| {} |", cell(&activity));
        for at in 0..roles.len() {
            let letters: Vec<String> = marks
                .iter()
                .filter(|(role, _)| *role == at)
                .map(|(_, letter)| letter.to_string())
                .collect();
            let _ = write!(text, " {} |", letters.join("/"));
        }
    }
    text.push('\n');
    Some(Turned { text, roles })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_are_marked_and_turned() {
        let marked = "## Who does what\n\n| Step | Owner | Desk |\n|---|---|---|\n| Log | A | R |\n| Close | A/R | C |\n";
        let (text, roles) = declared(marked);
        assert!(text.starts_with("## Who does what {.raci}\n"), "{text}");
        assert_eq!(roles, ["Owner", "Desk"]);
        let turned = "## Duties\n\nWords.\n\n| Step | Responsible | Accountable | Informed |\n|---|---|---|---|\n\
            | Log | Desk | Owner | Users, Desk |\n";
        let (text, roles) = declared(turned);
        assert_eq!(roles, ["Desk", "Owner", "Users"]);
        assert!(text.contains("### RACI\n\n| Step | Desk | Owner | Users |\n|---|:-:|:-:|:-:|\n| Log | R/I | A | I |\n"), "{text}");
        let other =
            "## Colours\n\n| A | B | C |\n|---|---|---|\n| red | green | blue |\n| 1 | 2 | 3 |\n";
        assert_eq!(declared(other), (other.to_owned(), Vec::new()));
    }
}
