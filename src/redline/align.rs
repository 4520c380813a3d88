//! Two rows of things, side by side: those that are equal, then the most alike between them, in
//! their order.
//!
//! Bounded for any input: of a long row between two equal things, parts are compared that lie in the
//! same proportion, so that the time grows with the length and not with its square.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::vocabulary::Word;

/// So many pairs of things are compared at once.
const MOST_PAIRS: usize = 100_000;
/// So many words are looked at for them.
const MOST_WORDS: usize = 4_000_000;

/// Something in a row.
pub(super) struct Thing<'t> {
    /// Equal things have one.
    pub(super) key: u32,
    /// Things of another kind are never paired.
    pub(super) kind: u8,
    /// The words in it that say something, in the order of their numbers.
    pub(super) bag: &'t [Word],
    /// How alike two of them have to be, of 1.
    pub(super) least: f32,
}

/// What comes next when both rows are read along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A thing of the old row and the one that it became.
    Both(usize, usize),
    /// A thing of the old row that is gone.
    Old(usize),
    /// A thing that is new.
    New(usize),
}

/// Reads two rows along.
pub(super) fn align(old: &[Thing<'_>], new: &[Thing<'_>]) -> Vec<Step> {
    let keys = |things: &[Thing<'_>]| things.iter().map(|thing| thing.key).collect::<Vec<u32>>();
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    let (mut from, mut to) = (0, 0);
    for op in capture_diff_slices(Algorithm::Patience, &keys(old), &keys(new)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            gap((old, from..old_index), (new, to..new_index), &mut steps);
            steps.extend((0..len).map(|n| Step::Both(old_index + n, new_index + n)));
            (from, to) = (old_index + len, new_index + len);
        }
    }
    gap((old, from..old.len()), (new, to..new.len()), &mut steps);
    steps
}

/// Things in a row that no equal thing stands among.
type Gap<'t> = (&'t [Thing<'t>], Range<usize>);

fn gap((old, a): Gap<'_>, (new, b): Gap<'_>, steps: &mut Vec<Step>) {
    if a.is_empty() || b.is_empty() {
        steps.extend(a.map(Step::Old));
        steps.extend(b.map(Step::New));
        return;
    }
    let words = |things: &[Thing<'_>]| things.iter().map(|thing| thing.bag.len()).sum::<usize>();
    let looked_at = a.len() * words(&new[b.clone()]) + b.len() * words(&old[a.clone()]);
    if a.len() + b.len() > 2 && (a.len() * b.len() > MOST_PAIRS || looked_at > MOST_WORDS) {
        let (half, other) = (a.start + a.len() / 2, b.start + b.len() / 2);
        gap((old, a.start..half), (new, b.start..other), steps);
        gap((old, half..a.end), (new, other..b.end), steps);
        return;
    }
    alike((old, a), (new, b), steps);
}

/// The pairs whose likeness is the largest together: a table of the best that can be had of what
/// remains of both rows.
fn alike((old, a): Gap<'_>, (new, b): Gap<'_>, steps: &mut Vec<Step>) {
    let (rows, columns) = (a.len(), b.len());
    let mut likeness = vec![0.0_f32; rows * columns];
    let mut best = vec![0.0_f32; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let like = how_alike(&old[a.start + row], &new[b.start + column]);
            likeness[row * columns + column] = like;
            let taken = if like > 0.0 { like + best[at(row + 1, column + 1)] } else { 0.0 };
            best[at(row, column)] =
                taken.max(best[at(row + 1, column)]).max(best[at(row, column + 1)]);
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut waiting = Vec::new();
    while row < rows && column < columns {
        let like = likeness[row * columns + column];
        let here = best[at(row, column)];
        if like > 0.0 && here <= like + best[at(row + 1, column + 1)] {
            steps.append(&mut waiting);
            steps.push(Step::Both(a.start + row, b.start + column));
            row += 1;
            column += 1;
        } else if here <= best[at(row + 1, column)] {
            steps.push(Step::Old(a.start + row));
            row += 1;
        } else {
            // What is new comes after what is gone.
            waiting.push(Step::New(b.start + column));
            column += 1;
        }
    }
    steps.extend((a.start + row..a.end).map(Step::Old));
    steps.append(&mut waiting);
    steps.extend((b.start + column..b.end).map(Step::New));
}

/// How alike two things are, from 0 to 1; 0 when they are not to be paired.
fn how_alike(old: &Thing<'_>, new: &Thing<'_>) -> f32 {
    let all = old.bag.len() + new.bag.len();
    if old.kind != new.kind || all == 0 {
        return 0.0;
    }
    if old.key == new.key {
        return 1.0;
    }
    let most = share(2 * old.bag.len().min(new.bag.len()), all);
    if most < old.least {
        return 0.0;
    }
    let like = likeness(old.bag, new.bag);
    if like < old.least { 0.0 } else { like }
}

/// The share of words that two bags have in common.
pub(super) fn likeness(old: &[Word], new: &[Word]) -> f32 {
    let all = old.len() + new.len();
    if all == 0 { 1.0 } else { share(2 * common(old, new), all) }
}

/// How many words two bags have in common.
fn common(old: &[Word], new: &[Word]) -> usize {
    let (mut a, mut b, mut found) = (0, 0, 0);
    while let (Some(one), Some(other)) = (old.get(a), new.get(b)) {
        found += usize::from(one == other);
        a += usize::from(one <= other);
        b += usize::from(other <= one);
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "the share of words need not be exact")]
fn share(part: usize, all: usize) -> f32 {
    part as f32 / all as f32
}
