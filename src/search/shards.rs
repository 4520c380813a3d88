//! Stems to files, by the letters with which their forms begin.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use super::words::Stem;
use super::{File, Hit, script};

/// A shard of words larger than this is cut in two by a further letter.
pub(super) const MOST_BYTES: usize = 48 * 1024;
/// Letters by which a shard is cut at most.
const DEEPEST: usize = 4;

/// Stems by the beginning of their words.
pub(super) type Shards<'a> = BTreeMap<String, Vec<&'a Stem>>;

/// A word as the shards see it: its first letters, and its stem.
type Placed<'a> = (String, &'a Stem);

/// Puts stems into shards. One whose forms begin differently, as `fly` and `flies` do, is in
/// several: a word is looked for where it begins.
pub(super) fn cut(stems: &[Stem]) -> Shards<'_> {
    let mut shards: BTreeMap<String, Vec<Placed<'_>>> = BTreeMap::new();
    for stem in stems {
        let starts: BTreeSet<&str> = stem.forms.iter().map(|form| start(form, DEEPEST)).collect();
        for word in starts {
            shards.entry(start(word, 1).to_owned()).or_default().push((word.to_owned(), stem));
        }
    }
    let mut cut = Shards::new();
    for (key, stems) in shards {
        cut_shard(key, stems, &mut cut);
    }
    cut
}

/// Puts stems into one shard, or into several by a further letter when one would be too large.
fn cut_shard<'a>(key: String, stems: Vec<Placed<'a>>, out: &mut Shards<'a>) {
    let size: usize = stems.iter().map(|(_, one)| one.root.len() + one.hits.len() * 9 + 16).sum();
    let letters = key.chars().count() + 1;
    if size > MOST_BYTES && stems.len() > 1 && letters <= DEEPEST {
        let mut finer: BTreeMap<String, Vec<Placed<'_>>> = BTreeMap::new();
        for (word, stem) in stems {
            finer.entry(start(&word, letters).to_owned()).or_default().push((word, stem));
        }
        // A word as short as the key stays under the key itself.
        if let Some(rest) = finer.remove(&key) {
            out.insert(key, once(rest));
        }
        for (key, stems) in finer {
            cut_shard(key, stems, out);
        }
        return;
    }
    out.insert(key, once(stems));
}

/// The stems, each once.
fn once(placed: Vec<Placed<'_>>) -> Vec<&Stem> {
    let mut stems: Vec<&Stem> = placed.into_iter().map(|(_, stem)| stem).collect();
    stems.sort_by(|a, b| a.root.cmp(&b.root));
    stems.dedup_by(|a, b| a.root == b.root);
    stems
}

/// The file of a shard.
pub(super) fn file(key: &str, stems: &[&Stem]) -> File {
    (format!("w-{}.js", file_name(key)), script("words", &(key, Shard(stems))))
}

/// `{stem: [[forms], [page, section, weight, page, section, weight, …]]}`.
struct Shard<'a>(&'a [&'a Stem]);

impl Serialize for Shard<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|one| (&one.root, (&one.forms, Flat(&one.hits)))))
    }
}

/// Places, one number after another.
struct Flat<'a>(&'a [Hit]);

impl Serialize for Flat<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let numbers = |hit: &Hit| [hit.page, u32::from(hit.section), u32::from(hit.weight)];
        to.collect_seq(self.0.iter().flat_map(numbers))
    }
}

fn start(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(at, _)| &word[..at])
}

/// A file name for a shard: letters and digits as they are, others by their number.
fn file_name(key: &str) -> String {
    key.chars().fold(String::new(), |mut name, letter| {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else {
            let _ = write!(name, "_{:x}", u32::from(letter));
        }
        name
    })
}
