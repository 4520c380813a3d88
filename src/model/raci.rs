//! RACI matrices: which table is one, and what its letters say.
//!
//! Only a table under a heading that has RACI as a word, or that carries the class `{.raci}`, is a
//! matrix; a table of letters elsewhere is left alone, and so is the key of the letters. The first column is the activity, the
//! others are roles, and a last column `Next` names the rows that follow.

use std::borrow::Cow;
use std::ops::Range;

use crate::parse::markdown::{Body, Cell, Heading, Table};

/// A matrix of responsibilities.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The whole table.
    pub at: Range<usize>,
    /// Slug of its heading.
    pub section: String,
    /// The roles, one a column.
    pub roles: Vec<Cell>,
    /// The activities, in order.
    pub rows: Vec<Row>,
    /// Whether it has a `Next` column.
    pub has_next: bool,
}

/// One activity.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number, from 1.
    pub number: usize,
    /// What is done.
    pub activity: Cell,
    /// One cell a role, as many as there are roles.
    pub cells: Vec<Assignment>,
    /// What follows, where the matrix says so.
    pub next: Option<Cell>,
    /// Whether it has as many cells as the head. What is in the wrong column says nothing.
    pub even: bool,
}

/// What one role has to do with one activity.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The cell.
    pub cell: Cell,
    /// Its letters, capital, each once, in the order typed.
    pub letters: Initials,
    /// What stands there and is no letter of any of the sets.
    pub strange: Option<String>,
}

impl Assignment {
    /// Whether the cell holds this letter.
    pub fn has(&self, letter: char) -> bool {
        self.letters.iter().any(|one| one == letter)
    }
}

/// The letters that any of the sets knows.
const KNOWN: &str = "RACISV";

/// Letters of [`KNOWN`], each once. A manual has hundreds of thousands of cells, so they lie in the
/// cell itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Initials {
    letters: [u8; KNOWN.len()],
    count: u8,
}

impl Initials {
    /// One after another, in the order typed.
    pub fn iter(&self) -> impl Iterator<Item = char> {
        self.letters[..usize::from(self.count)].iter().map(|letter| char::from(*letter))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds a letter of [`KNOWN`]; one that is there already counts once.
    fn add(&mut self, letter: char) {
        let Ok(letter) = u8::try_from(letter) else { return };
        let count = usize::from(self.count);
        if count < self.letters.len() && !self.letters[..count].contains(&letter) {
            self.letters[count] = letter;
            self.count += 1;
        }
    }
}

/// What follows a row, as its `Next` cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The row of this number, perhaps on a condition.
    Row(usize, Option<String>),
    /// Nothing: the process ends, perhaps on a condition.
    End(Option<String>),
    /// Text that says neither.
    Unclear(String),
}

/// Reads a `Next` cell: `6 (within 4 hours), 5 (if not)`, `end`; an empty cell has no steps and
/// means the next row.
pub fn steps(text: &str) -> Vec<Step> {
    placed_steps(text).into_iter().map(|(_, step)| step).collect()
}

/// The steps of a `Next` cell, each with the place of its target in the text.
pub fn placed_steps(text: &str) -> Vec<(Range<usize>, Step)> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 => {
                parts.push(from..at);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(from..text.len());
    let placed = parts.into_iter().filter_map(|at| {
        let part = text[at.clone()].trim();
        let start = at.start + text[at].find(part)?;
        let target = part.split('(').next().unwrap_or_default().trim_end();
        let end = start + if target.is_empty() { part.len() } else { target.len() };
        (!part.is_empty()).then(|| (start..end, step(part)))
    });
    placed.collect()
}

fn step(part: &str) -> Step {
    let (target, condition) = match part.split_once('(') {
        Some((target, rest)) => (target.trim(), Some(rest.trim_end_matches(')').trim().to_owned())),
        None => (part, None),
    };
    match target.parse() {
        Ok(number) => Step::Row(number, condition),
        Err(_) if target.eq_ignore_ascii_case("end") => Step::End(condition),
        Err(_) => Step::Unclear(part.to_owned()),
    }
}

/// The matrices of a body.
pub fn matrices(text: &str, body: &Body) -> Vec<Matrix> {
    let declared = |table: &Table| match table.heading.map(|n| declared(&body.headings, n)) {
        Some(Declared::Marked) => true,
        Some(Declared::Said) => has_letters(table),
        Some(Declared::No) | None => false,
    };
    let tables = body.tables.iter().filter(|table| declared(table));
    let tables = tables.filter(|table| table.head.len() > 1);
    tables
        .map(|table| {
            let section = table.heading.map(|n| body.headings[n].slug.clone()).unwrap_or_default();
            let has_next =
                table.head.last().is_some_and(|cell| cell.text.eq_ignore_ascii_case("next"));
            let last = table.head.len() - usize::from(has_next);
            let roles = table.head[1..last.max(1)].to_vec();
            let rows = table.rows.iter().enumerate();
            let row = |(n, cells): (usize, &Vec<Cell>)| Row {
                even: is_even(text, cells),
                ..row(n + 1, cells, roles.len(), has_next)
            };
            let rows = rows.map(row).collect();
            Matrix { at: table.at.clone(), section, roles, rows, has_next }
        })
        .collect()
}

/// How the headings above a table declare it to be a matrix.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Declared {
    /// Not at all.
    No,
    /// Their words have RACI among others.
    Said,
    /// The heading is called RACI, or carries the class.
    Marked,
}

/// How a heading, or one that it stands under, declares the tables under it.
fn declared(headings: &[Heading], index: usize) -> Declared {
    let mut level = u8::MAX;
    let above = headings[..=index].iter().rev().filter(|heading| {
        let above = heading.level < level;
        level = level.min(heading.level);
        above
    });
    let of = |heading: &Heading| {
        let mut words = heading.text.split(|c: char| !c.is_alphanumeric());
        let named =
            |word: &str| word.eq_ignore_ascii_case("raci") || word.eq_ignore_ascii_case("rasci");
        if heading.slug == "raci" || heading.classes.iter().any(|class| class == "raci") {
            Declared::Marked
        } else if words.any(named) {
            Declared::Said
        } else {
            Declared::No
        }
    };
    above.map(of).max().unwrap_or(Declared::No)
}

/// Whether a table reads as a matrix: most of what stands beside its first column are letters of one
/// of the sets, and its first column is not.
pub fn has_letters(table: &Table) -> bool {
    let is_letters = |cell: &Cell| {
        let text = cell.text.trim();
        text.len() <= 8
            && text.bytes().any(|byte| byte.is_ascii_uppercase())
            && assignment(cell.clone()).strange.is_none()
    };
    // A column that says what follows is none of a role.
    let next = table.head.last().is_some_and(|cell| cell.text.eq_ignore_ascii_case("next"));
    let width = table.head.len().saturating_sub(1 + usize::from(next));
    let cells = table.rows.iter().flat_map(|row| row.iter().skip(1).take(width));
    let filled: Vec<&Cell> = cells.filter(|cell| !cell.text.chars().all(is_dash)).collect();
    let letters = filled.iter().filter(|cell| is_letters(cell)).count();
    let first = table.rows.iter().filter_map(|row| row.first());
    let key = first.filter(|cell| is_letters(cell)).count();
    letters > 0 && letters * 2 >= filled.len() && key * 2 < table.rows.len()
}

fn row(number: usize, cells: &[Cell], roles: usize, has_next: bool) -> Row {
    let blank = |n: usize| {
        let end = cells.last().map_or(0, |cell| cell.at.end);
        cells.get(n).cloned().unwrap_or(Cell { text: String::new(), at: end..end })
    };
    let cells_of_roles = (1..=roles).map(|n| assignment(blank(n))).collect();
    let next = has_next.then(|| blank(roles + 1));
    Row { number, activity: blank(0), cells: cells_of_roles, next, even: true }
}

/// Whether a row has all its cells, and nothing stands after the last of them.
fn is_even(text: &str, cells: &[Cell]) -> bool {
    let rest = cells.last().and_then(|last| text.get(last.at.end..)).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    cells.iter().all(|cell| !cell.at.is_empty())
        && line.trim_matches(['|', ' ', '\t', '\r']).is_empty()
}

/// Reads a cell: letters alone or combined (`A/R`, `A, R`, `RA`, `a r`, `A (R)`), with footnote
/// marks (`A*`, `R¹`, `A[^1]`) taken off; `-`, `–`, `·` or nothing for none.
fn assignment(cell: Cell) -> Assignment {
    let text = without_footnotes(&cell.text);
    let text = text.trim();
    let (mut letters, mut strange) = (Initials::default(), Vec::new());
    let mut none = text.is_empty();
    let not_applicable = ["n/a", "n.a.", "na"].iter().any(|word| word.eq_ignore_ascii_case(text));
    let parts = text.split(|c: char| c.is_whitespace() || "/,;+&.|()".contains(c));
    for part in parts.filter(|_| !not_applicable) {
        let part_said = unmarked(part);
        let capital = || part_said.chars().flat_map(char::to_uppercase);
        if capital().all(is_dash) {
            none |= !part_said.is_empty();
        } else if capital().count() <= 4 && capital().all(|letter| KNOWN.contains(letter)) {
            capital().for_each(|letter| letters.add(letter));
        } else {
            strange.push(part);
        }
    }
    let strange = match strange.as_slice() {
        [] if none || !letters.is_empty() => None,
        [part] => Some((*part).to_owned()),
        _ => Some(text.to_owned()),
    };
    Assignment { cell, letters, strange }
}

/// A cell's text without `[^1]`: a mark whose note is missing stays in the text.
fn without_footnotes(text: &str) -> Cow<'_, str> {
    if !text.contains("[^") {
        return text.into();
    }
    let mut parts = text.split("[^");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push(' ');
        out.push_str(part.split_once(']').map_or(part, |(_, rest)| rest));
    }
    out.into()
}

/// A part of a cell without its footnote mark.
fn unmarked(part: &str) -> &str {
    let mark = |c: char| c.is_ascii_digit() || "*†‡¹²³⁴⁵⁶⁷⁸⁹_".contains(c);
    part.trim_matches(mark)
}

fn is_dash(letter: char) -> bool {
    "-‐‑–—−·".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;

    fn read(text: &str) -> Vec<Matrix> {
        matrices(text, &markdown::read(text, 0..text.len()))
    }

    #[test]
    fn odd_cells_are_understood() {
        let cells = "| A/R | a, r | RA | **A** | C* | I¹ | A[^1] | - | · |  | Q |";
        let text = format!(
            "## R {{.raci}}\n\n| X {}\n|---{}\n| do {cells}\n\n[^1]: note\n",
            "| r".repeat(11) + "|",
            "|---".repeat(11) + "|"
        );
        let matrix = &read(&text)[0];
        let letters: Vec<String> =
            matrix.rows[0].cells.iter().map(|cell| cell.letters.iter().collect()).collect();
        assert_eq!(letters, ["AR", "AR", "RA", "A", "C", "I", "A", "", "", "", ""]);
        assert_eq!(matrix.rows[0].cells[10].strange.as_deref(), Some("Q"));
        assert!(matrix.rows[0].cells[..10].iter().all(|cell| cell.strange.is_none()));
    }

    #[test]
    fn what_is_no_letter_is_kept_as_it_was_typed() {
        let of = |text: &str| {
            let read = assignment(Cell { text: text.into(), at: 0..0 });
            (read.letters.iter().collect::<String>(), read.strange)
        };
        let strange = |text: &str| Some(text.to_owned());
        assert_eq!(of("A (R)"), ("AR".into(), None));
        assert_eq!(of("A(R)"), ("AR".into(), None));
        assert_eq!(of("R|A"), ("RA".into(), None));
        assert_eq!(of("A[^no note]"), ("A".into(), None));
        assert_eq!(of("A 1"), ("A".into(), None));
        assert_eq!(of("--"), (String::new(), None));
        assert_eq!(of("n/a"), (String::new(), strange("n/a")));
        assert_eq!(of("2"), (String::new(), strange("2")));
        assert_eq!(of("Informed"), (String::new(), strange("Informed")));
        assert_eq!(of("A, Q"), ("A".into(), strange("Q")));
        assert_eq!(of("R (2nd line)"), ("R".into(), strange("R (2nd line)")));
    }

    #[test]
    fn the_next_column_names_rows_and_conditions() {
        let with = |text: &str| Some(text.to_owned());
        assert_eq!(
            steps("6 (within 4 hours, or less), 5 (if not); end"),
            [
                Step::Row(6, with("within 4 hours, or less")),
                Step::Row(5, with("if not")),
                Step::End(None)
            ]
        );
        assert_eq!(steps(" "), []);
        assert_eq!(steps("soon"), [Step::Unclear("soon".into())]);
    }

    #[test]
    fn only_a_declared_table_is_a_matrix() {
        let table = "| A | B |\n|---|---|\n| x | R |\n";
        assert!(read(&format!("## Grades\n\n{table}")).is_empty());
        assert_eq!(read(&format!("## RACI\n\n{table}")).len(), 1);
        assert_eq!(read(&format!("## Duties {{.raci}}\n\n### Day\n\n{table}")).len(), 1);
        assert!(read(&format!("## RACI\n\ntext\n\n## Other\n\n{table}")).is_empty());
        for heading in ["RACI matrix", "5. RACI", "Responsibilities (RACI)", "RACI-Matrix"] {
            assert_eq!(read(&format!("## {heading}\n\n{table}")).len(), 1, "{heading}");
        }
        let key = "| Letter | Meaning |\n|---|---|\n| R | Responsible |\n";
        assert!(read(&format!("## What RACI means\n\n{key}")).is_empty());
        assert!(read(&format!("## Tracing\n\n{table}")).is_empty());
    }
}
