//! Tables: columns paired by heading, rows by the columns that both have, words in cells.

use foldhash::{HashMap, HashMapExt as _};

use super::align::{Step, Thing, align};
use super::vocabulary::{Vocabulary, Word};
use super::words;
use super::{Row, Run, State, Table};

/// How alike two rows have to be: the name of a row and one value of two are enough.
const ROWS: f32 = 0.3;
/// How alike two columns of different headings have to be.
const COLUMNS: f32 = 0.5;

/// The rows of a table, the head first.
type Rows = [Vec<Vec<Word>>];

/// What became of a table.
pub(super) fn compare(old: &Rows, new: &Rows, vocabulary: &Vocabulary) -> Table {
    let columns = columns(old, new, vocabulary);
    let rows = rows(old, new, &columns, vocabulary);
    let row = |step: &Step| match *step {
        Step::Both(a, b) => both(&old[a], &new[b], &columns, vocabulary),
        Step::Old(a) => one(State::Removed, &old[a], &columns, vocabulary),
        Step::New(b) => one(State::Added, &new[b], &columns, vocabulary),
    };
    let state = |step: &Step| match step {
        Step::Both(..) => State::Same,
        Step::Old(_) => State::Removed,
        Step::New(_) => State::Added,
    };
    Table { columns: columns.iter().map(state).collect(), rows: rows.iter().map(row).collect() }
}

/// A table of all of which the same has become.
pub(super) fn whole(state: State, rows: &Rows, vocabulary: &Vocabulary) -> Table {
    let cells = |row: &Vec<Vec<Word>>| {
        row.iter().map(|cell| words::whole(state, cell, vocabulary)).collect()
    };
    Table {
        columns: vec![state; rows.first().map_or(0, Vec::len)],
        rows: rows.iter().map(|row| Row { state, cells: cells(row) }).collect(),
    }
}

/// Something in a row or column of a table, by what it says.
struct Entry<'t> {
    says: Vec<&'t [Word]>,
    bag: Vec<Word>,
}

fn cell(row: &[Vec<Word>], column: usize) -> &[Word] {
    row.get(column).map_or(&[], Vec::as_slice)
}

fn columns(old: &Rows, new: &Rows, vocabulary: &Vocabulary) -> Vec<Step> {
    let [old, new] = [old, new].map(|rows| {
        let count = rows.first().map_or(0, Vec::len);
        let entry = |column| Entry {
            says: vec![cell(&rows[0], column)],
            bag: vocabulary.bag(rows.iter().flat_map(|row| cell(row, column)).copied()),
        };
        (0..count).map(entry).collect::<Vec<Entry<'_>>>()
    });
    aligned(&old, &new, COLUMNS)
}

/// The rows below the head are paired; the heads are one another's.
fn rows(old: &Rows, new: &Rows, columns: &[Step], vocabulary: &Vocabulary) -> Vec<Step> {
    let shared = columns.iter().filter_map(|step| match *step {
        Step::Both(a, b) => Some((a, b)),
        _ => None,
    });
    let (a, b): (Vec<usize>, Vec<usize>) = shared.unzip();
    let [above, below] = [(old, &a), (new, &b)].map(|(rows, shared)| {
        let entry = |row: usize| {
            let says: Vec<_> = shared.iter().map(|column| cell(&rows[row], *column)).collect();
            let bag = vocabulary.bag(says.iter().flat_map(|cell| cell.iter().copied()));
            Entry { says, bag }
        };
        (1..rows.len()).map(entry).collect::<Vec<Entry<'_>>>()
    });
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    steps.extend((!old.is_empty() && !new.is_empty()).then_some(Step::Both(0, 0)));
    let below = aligned(&above, &below, ROWS);
    steps.extend(below.into_iter().map(|step| match step {
        Step::Both(a, b) => Step::Both(a + 1, b + 1),
        Step::Old(a) => Step::Old(a + 1),
        Step::New(b) => Step::New(b + 1),
    }));
    steps
}

fn aligned(old: &[Entry<'_>], new: &[Entry<'_>], least: f32) -> Vec<Step> {
    let mut known: HashMap<&[&[Word]], u32> = HashMap::new();
    let mut keys = Vec::with_capacity(old.len() + new.len());
    for entry in old.iter().chain(new) {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        keys.push(*known.entry(&entry.says).or_insert(next));
    }
    let (old_keys, new_keys) = keys.split_at(old.len());
    align(&as_things(old, old_keys, least), &as_things(new, new_keys, least))
}

fn as_things<'t>(entries: &'t [Entry<'_>], keys: &[u32], least: f32) -> Vec<Thing<'t>> {
    let thing =
        |(entry, key): (&'t Entry<'_>, &u32)| Thing { key: *key, kind: 0, bag: &entry.bag, least };
    entries.iter().zip(keys).map(thing).collect()
}

fn both(old: &[Vec<Word>], new: &[Vec<Word>], columns: &[Step], vocabulary: &Vocabulary) -> Row {
    let cell = |step: &Step| -> Vec<Run> {
        match *step {
            Step::Both(a, b) => words::compare(cell(old, a), cell(new, b), vocabulary),
            Step::Old(a) => words::whole(State::Removed, cell(old, a), vocabulary),
            Step::New(b) => words::whole(State::Added, cell(new, b), vocabulary),
        }
    };
    let cells: Vec<Vec<Run>> = columns.iter().map(cell).collect();
    let is_same = cells.iter().flatten().all(|run| run.state == State::Same);
    Row { state: if is_same { State::Same } else { State::Changed }, cells }
}

/// A row that only one of the tables has.
fn one(state: State, row: &[Vec<Word>], columns: &[Step], vocabulary: &Vocabulary) -> Row {
    let gone = state == State::Removed;
    let cell = |step: &Step| -> Vec<Run> {
        match *step {
            Step::Both(a, b) => {
                words::whole(state, cell(row, if gone { a } else { b }), vocabulary)
            }
            Step::Old(a) if gone => words::whole(state, cell(row, a), vocabulary),
            Step::New(b) if !gone => words::whole(state, cell(row, b), vocabulary),
            Step::Old(_) | Step::New(_) => Vec::new(),
        }
    };
    Row { state, cells: columns.iter().map(cell).collect() }
}
