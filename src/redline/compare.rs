//! Two documents to their redline.

use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _};

use super::align::{Step, Thing, align, likeness};
use super::flat::{self, Leaf, Text};
use super::vocabulary::{Vocabulary, Word};
use super::{Around, Body, Kind, Line, Place, Redline, Side, State, front, table, words};

/// Where the numbers of old items begin, so that none is the number of a new one.
const OLD_ITEMS: usize = usize::MAX / 2;
/// How alike a section has to be that is shown as moved.
const MOVED: f32 = 0.5;
/// So many words a line has at least that is shown as moved by itself.
const MOVED_WORDS: usize = 5;

/// What differs between two states of a document.
pub fn redline(old: Side<'_>, new: Side<'_>) -> Redline {
    let mut vocabulary = Vocabulary::default();
    let front = front::compare(old.text, new.text, &mut vocabulary);
    let old = flat::leaves(old, &mut vocabulary, OLD_ITEMS);
    let new = flat::leaves(new, &mut vocabulary, 0);
    let mut known = HashMap::new();
    let sides = [old, new].map(|leaves| {
        let mut keys = Vec::with_capacity(leaves.len());
        for leaf in &leaves {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            keys.push(*known.entry((leaf.shape.clone(), leaf.text.clone())).or_insert(next));
        }
        let bags = leaves.iter().map(|leaf| vocabulary.bag(leaf.text.words())).collect();
        Lines { leaves, keys, bags }
    });
    let [old, new] = sides;
    let steps = align(&old.things(0..old.leaves.len()), &new.things(0..new.leaves.len()));
    let moves = moves(&old, &new, &steps);
    let items = same_items(&old, &new, &steps);
    let mut writer =
        Writer { old: &old, new: &new, vocabulary: &vocabulary, items, lines: Vec::new() };
    writer.all(&steps, &moves);
    Redline { front, lines: writer.lines }
}

/// The lines of one side.
struct Lines {
    leaves: Vec<Leaf>,
    /// Equal lines have one.
    keys: Vec<u32>,
    bags: Vec<Vec<Word>>,
}

impl Lines {
    fn things(&self, at: Range<usize>) -> Vec<Thing<'_>> {
        let thing = |n: usize| {
            let (kind, least) = pairing(&self.leaves[n]);
            Thing { key: self.keys[n], kind, bag: &self.bags[n], least }
        };
        at.map(thing).collect()
    }

    /// The level of a heading.
    fn level(&self, n: usize) -> Option<usize> {
        match self.leaves[n].place.kind {
            Kind::Heading { level, .. } => Some(level),
            _ => None,
        }
    }
}

/// Which lines may become one another, and how alike they have to be for that.
fn pairing(leaf: &Leaf) -> (u8, f32) {
    match leaf.place.kind {
        Kind::Text | Kind::Term | Kind::Meaning => (0, 0.4),
        Kind::Heading { .. } => (1, 0.5),
        Kind::Table => (2, 0.2),
        Kind::Code => (3, 0.3),
        Kind::Drawing => (4, 0.3),
        Kind::Html => (5, 0.3),
        Kind::Generated => (6, 0.3),
        Kind::Rule => (7, 0.3),
    }
}

/// Lines that stand elsewhere.
struct Move {
    old: Range<usize>,
    new: Range<usize>,
}

/// The sections, and the lines by themselves, that are gone in one place and new in another.
fn moves(old: &Lines, new: &Lines, steps: &[Step]) -> Vec<Move> {
    let mut gone = vec![false; old.leaves.len()];
    let mut fresh = vec![false; new.leaves.len()];
    for step in steps {
        match *step {
            Step::Old(a) => gone[a] = true,
            Step::New(b) => fresh[b] = true,
            Step::Both(..) => {}
        }
    }
    let mut moves = Vec::new();
    for of_sections in [true, false] {
        let (before, after) = (once(old, &gone), once(new, &fresh));
        for (key, b) in after {
            let Some(a) = before.get(&key).copied() else { continue };
            if old.level(a).is_some() != of_sections || !gone[a] || !fresh[b] {
                continue;
            }
            let (a, b) = (extent(old, &gone, a), extent(new, &fresh, b));
            let is_worth_it = if of_sections {
                let bag = |lines: &Lines, at: &Range<usize>| {
                    let mut bag = lines.bags[at.clone()].concat();
                    bag.sort_unstable();
                    bag
                };
                likeness(&bag(old, &a), &bag(new, &b)) >= MOVED
            } else {
                old.bags[a.start].len() >= MOVED_WORDS
            };
            if is_worth_it {
                gone[a.clone()].fill(false);
                fresh[b.clone()].fill(false);
                moves.push(Move { old: a, new: b });
            }
        }
    }
    moves.sort_by_key(|one| one.new.start);
    moves
}

/// The lines of some that no other of them is equal to, by their keys, in their order.
fn once(lines: &Lines, of: &[bool]) -> BTreeMap<u32, usize> {
    let mut found: BTreeMap<u32, Option<usize>> = BTreeMap::new();
    for (n, key) in lines.keys.iter().enumerate().filter(|(n, _)| of[*n]) {
        found.entry(*key).and_modify(|other| *other = None).or_insert(Some(n));
    }
    found.into_iter().filter_map(|(key, n)| Some((key, n?))).collect()
}

/// A heading with what stands under it, as far as that goes with it; of anything else the line.
fn extent(lines: &Lines, of: &[bool], start: usize) -> Range<usize> {
    let Some(level) = lines.level(start) else { return start..start + 1 };
    let goes = |n: &usize| of[*n] && lines.level(*n).is_none_or(|own| own > level);
    let rest = (start + 1..lines.leaves.len()).take_while(goes).count();
    start..start + 1 + rest
}

/// Which old item each new one was, by their numbers.
fn same_items(old: &Lines, new: &Lines, steps: &[Step]) -> BTreeMap<usize, usize> {
    let mut items = BTreeMap::new();
    for step in steps {
        let Step::Both(a, b) = *step else { continue };
        let around = |lines: &'_ Lines, n: usize| lines.leaves[n].place.around.clone();
        for pair in around(old, a).into_iter().zip(around(new, b)) {
            if let (Around::Item { serial: old, .. }, Around::Item { serial: new, .. }) = pair {
                items.entry(old).or_insert(new);
            }
        }
    }
    items
}

struct Writer<'a> {
    old: &'a Lines,
    new: &'a Lines,
    vocabulary: &'a Vocabulary,
    items: BTreeMap<usize, usize>,
    lines: Vec<Line>,
}

impl Writer<'_> {
    fn all(&mut self, steps: &[Step], moves: &[Move]) {
        let numbered = || moves.iter().zip(1..);
        let away: BTreeMap<usize, usize> = numbered().map(|(it, n)| (it.old.start, n)).collect();
        let here: BTreeMap<usize, usize> = numbered().map(|(it, n)| (it.new.start, n)).collect();
        let (mut old_until, mut new_until) = (0, 0);
        for step in steps {
            match *step {
                Step::Old(a) if a < old_until => {}
                Step::New(b) if b < new_until => {}
                Step::Old(a) if let Some(number) = away.get(&a) => {
                    old_until = moves[number - 1].old.end;
                    self.one(State::Away, a, Some(*number));
                }
                Step::New(b) if let Some(number) = here.get(&b) => {
                    new_until = moves[number - 1].new.end;
                    self.moved(&moves[number - 1], *number);
                }
                step => self.step(step, None),
            }
        }
    }

    fn moved(&mut self, one: &Move, number: usize) {
        let steps = align(&self.old.things(one.old.clone()), &self.new.things(one.new.clone()));
        for step in steps {
            let (a, b) = (one.old.start, one.new.start);
            let step = match step {
                Step::Both(old, new) => Step::Both(a + old, b + new),
                Step::Old(old) => Step::Old(a + old),
                Step::New(new) => Step::New(b + new),
            };
            self.step(step, Some(number));
        }
    }

    fn step(&mut self, step: Step, moved: Option<usize>) {
        match step {
            Step::Both(a, b) => self.both(a, b, moved),
            Step::Old(a) => self.one(State::Removed, a, moved),
            Step::New(b) => self.one(State::Added, b, moved),
        }
    }

    fn both(&mut self, a: usize, b: usize, moved: Option<usize>) {
        let (old, new) = (&self.old.leaves[a], &self.new.leaves[b]);
        let is_same = self.old.keys[a] == self.new.keys[b];
        let vocabulary = self.vocabulary;
        let body = match (&old.text, &new.text) {
            _ if is_same => whole(State::Same, &new.text, vocabulary),
            (Text::Words(old), Text::Words(new)) => {
                Body::Words(words::compare(old, new, vocabulary))
            }
            (Text::Code(old), Text::Code(new)) => {
                Body::Code(words::compare_lines(old, new, vocabulary))
            }
            (Text::Table(old), Text::Table(new)) => {
                Body::Table(table::compare(old, new, vocabulary))
            }
            // Lines of different kinds are never paired.
            _ => whole(State::Added, &new.text, vocabulary),
        };
        let was = (old.shape != new.shape).then(|| old.place.clone());
        let state = if is_same { State::Same } else { State::Changed };
        self.lines.push(Line { state, place: new.place.clone(), was, body, moved });
    }

    fn one(&mut self, state: State, n: usize, moved: Option<usize>) {
        let lines = if state == State::Added { self.new } else { self.old };
        let leaf = &lines.leaves[n];
        let mut place: Place = leaf.place.clone();
        for around in &mut place.around {
            if let Around::Item { serial, .. } = around {
                *serial = self.items.get(serial).copied().unwrap_or(*serial);
            }
        }
        let body = whole(state, &leaf.text, self.vocabulary);
        self.lines.push(Line { state, place, was: None, body, moved });
    }
}

/// What a line says, of all of which the same has become.
fn whole(state: State, text: &Text, vocabulary: &Vocabulary) -> Body {
    match text {
        Text::Words(text) => Body::Words(words::whole(state, text, vocabulary)),
        Text::Code(lines) => Body::Code(vec![vocabulary.lines(state, lines)]),
        Text::Table(rows) => Body::Table(table::whole(state, rows, vocabulary)),
    }
}
