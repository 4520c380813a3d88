//! The rows of tables as they were written: what stands between the bars.

use std::ops::Range;

use super::line;
use crate::model::document::Document;
use crate::parse::markdown::Cell;

/// A row as it was written.
pub(super) struct Row<'d> {
    /// Its cells as they were understood, as many as the head has.
    pub(super) cells: &'d [Cell],
    /// What stands between its bars, white space included, without what is outside the outer bars.
    pub(super) pieces: Vec<Range<usize>>,
    /// How many columns its table has.
    pub(super) columns: usize,
    /// Its line.
    pub(super) line: Range<usize>,
    /// Whether it stands in a RACI matrix.
    pub(super) in_matrix: bool,
    /// Whether most rows of the table are full.
    pub(super) among_full: bool,
}

/// The rows of all tables of a document that have more or fewer cells than their head.
pub(super) fn uneven(document: &Document) -> impl Iterator<Item = Row<'_>> {
    let text = &*document.text;
    document.body.tables.iter().flat_map(move |table| {
        let columns = table.head.len();
        let given = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.at.is_empty()).count();
        let short = |row: &&Vec<Cell>| (2..columns).contains(&given(row));
        let full = table.rows.iter().filter(|row| given(row) == columns).count();
        let among_full = table.rows.iter().filter(short).count() <= full;
        let in_matrix = document.matrices.iter().any(|matrix| matrix.at == table.at);
        table.rows.iter().filter_map(move |cells| {
            let last = cells.iter().rev().find(|cell| !cell.at.is_empty())?;
            let line = line(text, last.at.start.min(text.len()));
            let is_short = cells.iter().any(|cell| cell.at.is_empty());
            let after = text[last.at.end.min(line.end)..line.end].trim();
            if !is_short && matches!(after, "" | "|") {
                return None;
            }
            let first = cells.first().map_or(line.start, |cell| cell.at.start).min(line.end);
            let pieces = pieces(text, first, line.end);
            Some(Row { cells, pieces, columns, line, in_matrix, among_full })
        })
    })
}

/// The rows of all tables of a document whose text has one of these signs.
pub(super) fn lines_with<'d>(
    document: &'d Document,
    sign: &'d str,
) -> impl Iterator<Item = Row<'d>> {
    let text = &*document.text;
    let tables = document.body.tables.iter().filter(move |one| text[one.at.clone()].contains(sign));
    tables.flat_map(move |table| {
        std::iter::once(&table.head).chain(&table.rows).filter_map(move |cells| {
            let first = cells.iter().find(|cell| !cell.at.is_empty())?;
            let line = line(text, first.at.start);
            text[line.clone()].contains(sign).then(|| Row {
                cells,
                pieces: pieces(text, first.at.start, line.end),
                columns: table.head.len(),
                line,
                in_matrix: false,
                among_full: true,
            })
        })
    })
}

/// What stands between the bars from the first cell to the end of a line.
fn pieces(text: &str, first: usize, end: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = first;
    let mut escaped = false;
    for (at, byte) in text[first..end].bytes().enumerate() {
        if byte == b'|' && !escaped {
            pieces.push(start..first + at);
            start = first + at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if !text[start..end].trim().is_empty() {
        pieces.push(start..end);
    }
    pieces
}

/// The pairs of neighbouring pieces that a bar parts which was meant as part of the text: in a link
/// `[[PRC-INC-01|text]]` or in code. Each with what was cut, and the place of the bar.
pub(super) fn cuts(text: &str, row: &Row<'_>) -> Vec<(Range<usize>, Vec<usize>)> {
    let mut cuts = Vec::new();
    let mut n = 0;
    while n < row.pieces.len() {
        let piece = &row.pieces[n];
        let words = &text[piece.clone()];
        let link = words.rfind("[[").filter(|open| !words[*open..].contains("]]"));
        let code = (words.matches('`').count() % 2 == 1).then(|| words.rfind('`')).flatten();
        let (open, close) = match (link, code) {
            (Some(open), _) => (open, "]]"),
            (None, Some(open)) => (open, "`"),
            (None, None) => {
                n += 1;
                continue;
            }
        };
        let later = row.pieces.iter().enumerate().skip(n + 1);
        let end = later.clone().find(|(_, piece)| text[(*piece).clone()].contains(close));
        let Some((end, last)) = end else {
            n += 1;
            continue;
        };
        let to = last.start + text[last.clone()].find(close).unwrap_or_default() + close.len();
        let bars = row.pieces[n..end].iter().map(|piece| piece.end).collect();
        cuts.push((piece.start + open..to, bars));
        n = end + usize::from(close == "`");
    }
    cuts
}
