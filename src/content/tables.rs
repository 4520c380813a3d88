//! Tables: what each is called, how it fits onto paper, and which of them are RACI matrices.

use std::borrow::Cow;

use super::reader::Reader;
use super::tree::{Align, Block, Fit, Inline, Link, Matrix, Table, To};
use super::words::{plain, said};
use crate::model::document::Document;
use crate::model::raci;
use crate::parse::markdown;
use crate::text::phrase::Phrase;

/// Letters of a table that stand side by side on a sheet, upright and landscape.
const UPRIGHT: usize = 96;
const LANDSCAPE: usize = 176;

impl Fit {
    /// How a matrix with so many roles fits; each column but the first is as wide as a letter.
    fn of_matrix(roles: usize) -> Fit {
        match roles {
            0..=6 => Fit::Upright,
            7..=14 => Fit::Turned,
            15..=36 => Fit::TurnedLandscape,
            _ => Fit::Stacked,
        }
    }

    /// How a table fits whose columns are at least as wide as their longest words.
    fn of_table(table: &markdown::Table) -> Fit {
        let columns = table.head.len();
        let mut widest = vec![0; columns];
        for row in std::iter::once(&table.head).chain(&table.rows) {
            for (cell, widest) in row.iter().zip(&mut widest) {
                let words = cell.text.split_whitespace().map(|word| word.chars().count());
                *widest = words.max().unwrap_or(0).max(*widest);
            }
        }
        let letters: usize = widest.iter().map(|letters| letters + 3).sum();
        match (columns, letters) {
            (..=8, ..=UPRIGHT) => Fit::Upright,
            (..=14, ..=LANDSCAPE) => Fit::Landscape,
            _ => Fit::Stacked,
        }
    }
}

/// The cells of a table, row by row, the head first.
pub(super) struct Cells<'a> {
    pub(super) columns: Vec<Align>,
    pub(super) rows: Vec<Vec<Vec<Inline<'a>>>>,
}

/// The table of a number, from 0, in a document with these headings.
pub(super) fn table<'a>(
    document: &'a Document,
    reader: &dyn Reader,
    number: usize,
    headings: &[Phrase],
    cells: Cells<'a>,
) -> Block<'a> {
    let known = document.body.tables.get(number);
    let matrix =
        known.and_then(|table| document.matrices.iter().find(|matrix| matrix.at == table.at));
    let heading = known.and_then(|table| table.heading).and_then(|index| headings.get(index));
    let mut rows = cells.rows.into_iter();
    let table = Table {
        number: number + 1,
        about: heading.cloned().unwrap_or_else(|| document.title_phrase()),
        fit: match (matrix, known) {
            (Some(matrix), _) => Fit::of_matrix(matrix.roles.len()),
            (None, Some(table)) => Fit::of_table(table),
            (None, None) => Fit::Upright,
        },
        columns: cells.columns,
        head: rows.next().unwrap_or_default(),
        rows: rows.collect(),
    };
    match matrix {
        Some(cells) => Block::Matrix(understood(reader, table, cells)),
        None => Block::Table(table),
    }
}

/// A table as a matrix: its roles lead to their pages.
fn understood<'a>(
    reader: &dyn Reader,
    mut table: Table<'a>,
    cells: &'a raci::Matrix,
) -> Matrix<'a> {
    let mut typed = Vec::new();
    for cell in table.head.iter_mut().skip(1).take(cells.roles.len()) {
        let name = plain(cell).trim().to_owned();
        let role = reader.role(&name);
        let words = said(&role.words);
        let to = To::Role(Cow::Owned(name.clone()));
        *cell = if role.is_listed {
            vec![Inline::Link(Link { to, is_id: false, words })]
        } else {
            words
        };
        typed.push(name);
    }
    Matrix { table, cells, typed }
}
