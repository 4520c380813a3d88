//! The known name that somebody perhaps meant: among a handful of words, and among the names of a
//! whole manual.
//!
//! Thousands of names and thousands of slips are many millions of pairs, so [`NameIndex`] never compares
//! all of them. Of two names that differ in a few letters some piece is the same in both; only names
//! that share a piece with what was typed are compared, the rarest pieces first, and never more than
//! [`MOST`].

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use super::{key, plain};

/// What is longer is no name that somebody mistyped.
const LONGEST: usize = 200;
/// Into so many pieces a name of the index is cut: three differences leave one whole.
const PIECES: usize = 4;
/// Most differences among the names of a manual.
const FARTHEST: usize = 3;
/// Most names that are compared with one that was typed. Where more share its rarest pieces, the
/// names are so much alike that none of them can be said to be meant.
const MOST: usize = 64;

/// A known name that is near to what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near<'a> {
    /// The name.
    pub word: &'a str,
    /// Whether it is plainly the one that was meant: the only one so near, few letters differ, and
    /// the same digits stand in both. A fix may write it without asking.
    pub certain: bool,
}

/// The word nearest in spelling to `typed`, if one is near enough to be meant.
///
/// Letter case and letters that only look different do not count. Near enough: at most a third of the letters differ.
pub fn near<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Near<'a>> {
    let typed = Typed::new(typed)?;
    let mut best = Best::default();
    for word in known {
        best.offer(&typed, word, typed.allowed());
    }
    best.near(&typed)
}

/// The same, where it does not matter how plainly it was meant.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(typed, known).map(|near| near.word)
}

/// Names of a manual, to look for the nearest among them.
#[derive(Clone, Debug, Default)]
pub struct NameIndex<'a> {
    names: Vec<&'a str>,
    /// Pieces of the names, as [`piece`] makes them, and the name that each is from; sorted.
    pieces: Vec<(u64, u32)>,
}

impl<'a> NameIndex<'a> {
    /// An index of these names.
    pub fn of(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: BTreeSet<&str> = names.into_iter().collect();
        let names: Vec<&str> = names.into_iter().collect();
        let mut pieces = Vec::new();
        for (number, name) in (0..).zip(&names) {
            let letters: Vec<char> = folded(name).chars().collect();
            if letters.len() > LONGEST + FARTHEST {
                continue;
            }
            let cut = cuts(letters.len());
            pieces.extend(cut.map(|(n, at)| (piece(letters.len(), n, &letters[at]), number)));
        }
        pieces.sort_unstable();
        pieces.dedup();
        NameIndex { names, pieces }
    }

    /// The name nearest in spelling to `typed`, if one is near enough to be meant: at most a third
    /// of the letters differ, and at most three.
    pub fn near(&self, typed: &str) -> Option<Near<'a>> {
        let typed = Typed::new(typed)?;
        let allowed = typed.allowed().min(FARTHEST);
        let mut sharing: Vec<&[(u64, u32)]> = self.sharing(&typed, allowed);
        sharing.sort_by_key(|names| (names.len(), names.first().copied()));
        let mut compared = BTreeSet::new();
        let mut best = Best::default();
        for number in sharing.into_iter().flatten().map(|(_, number)| *number) {
            if compared.len() == MOST {
                best.is_cut = !compared.contains(&number);
                break;
            }
            if compared.insert(number) {
                best.offer(&typed, self.names[number as usize], allowed);
            }
        }
        best.near(&typed)
    }

    /// For each piece of `typed` the names that have the same about there.
    fn sharing(&self, typed: &Typed, allowed: usize) -> Vec<&[(u64, u32)]> {
        let letters = &typed.letters;
        let mut found = Vec::new();
        for length in letters.len().saturating_sub(allowed)..=letters.len() + allowed {
            for (n, at) in cuts(length) {
                let first = at.start.saturating_sub(allowed);
                for start in first..=at.start + allowed {
                    let Some(text) = letters.get(start..start + at.len()) else { break };
                    let wanted = piece(length, n, text);
                    let from = self.pieces.partition_point(|(one, _)| *one < wanted);
                    let same = self.pieces[from..].partition_point(|(one, _)| *one == wanted);
                    found.extend((same > 0).then(|| &self.pieces[from..from + same]));
                }
            }
        }
        found
    }
}

/// What was typed, ready to be compared.
struct Typed {
    letters: Vec<char>,
    text: String,
}

impl Typed {
    fn new(typed: &str) -> Option<Self> {
        let text = folded(typed);
        let letters: Vec<char> = text.chars().collect();
        (1..=LONGEST).contains(&letters.len()).then_some(Typed { letters, text })
    }

    /// So many letters may differ.
    fn allowed(&self) -> usize {
        (self.letters.len() / 3).max(1)
    }
}

/// The nearest of the names that were compared.
#[derive(Default)]
struct Best<'a> {
    found: Option<(usize, &'a str)>,
    /// Whether another name is just as near.
    has_rival: bool,
    /// Whether there were more names to compare.
    is_cut: bool,
}

impl<'a> Best<'a> {
    fn offer(&mut self, typed: &Typed, word: &'a str, allowed: usize) {
        // Each letter too many is a difference, and a count is many times quicker than a comparison.
        if word.chars().count().abs_diff(typed.letters.len()) > allowed {
            return;
        }
        let distance = strsim::osa_distance(&typed.text, &folded(word));
        if distance > allowed {
            return;
        }
        self.has_rival = match self.found {
            Some((best, known)) if best == distance => self.has_rival || known != word,
            Some((best, _)) if best < distance => self.has_rival,
            _ => false,
        };
        let new = (distance, word);
        self.found = Some(self.found.map_or(new, |best| best.min(new)));
    }

    fn near(&self, typed: &Typed) -> Option<Near<'a>> {
        let (distance, word) = self.found?;
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let certain = !self.has_rival
            && !self.is_cut
            && distance * 4 <= typed.letters.len()
            && digits(&typed.text) == digits(word);
        Some(Near { word, certain })
    }
}

fn folded(text: &str) -> String {
    key(&plain(text))
}

/// Where the pieces of a name of so many letters begin and end.
fn cuts(length: usize) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
    let count = PIECES.min(length);
    (0..count).map(move |n| (n, n * length / count..(n + 1) * length / count))
}

/// A piece as a number: what it says, which of the pieces it is, and how long the name is. That two
/// different ones give the same number costs a comparison and nothing else.
fn piece(length: usize, number: usize, letters: &[char]) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one((length, number, letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("incidnt-manager", ["incident-manager", "x"]), Some("incident-manager"));
        assert_eq!(nearest("zebra", ["incident-manager"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }

    #[test]
    fn what_was_plainly_meant_is_certain() {
        let certain = |typed, known: &[&'static str]| {
            let near = near(typed, known.iter().copied()).unwrap();
            (near.word, near.certain)
        };
        assert_eq!(certain("aproved", &["approved", "draft"]), ("approved", true));
        assert_eq!(certain("Approved", &["approved", "draft"]), ("approved", true));
        assert_eq!(certain("PRC-INC-02", &["PRC-INC-01"]), ("PRC-INC-01", false), "other digits");
        assert_eq!(certain("boat", &["boar", "boas"]), ("boar", false), "two are as near");
        assert_eq!(certain("of", &["off"]), ("off", false), "a third of a short word");
    }

    #[test]
    fn the_index_finds_what_a_look_at_every_name_finds() {
        let names =
            ["incident-manager", "change-manager", "service-owner", "id", "owner", "Prüfer"];
        let index = NameIndex::of(names);
        let slips = [
            "incidnt-manager",
            "INCIDENT-MANAGER",
            "inicdent-manger",
            "cahnge-manager",
            "ownr",
            "servce-onwer",
            "ie",
            "zebra",
            "prufer",
            "change-manager-",
            "xincident-manager",
            "",
        ];
        for typed in slips {
            assert_eq!(index.near(typed), near(typed, names), "{typed}");
        }
    }

    #[test]
    fn names_that_are_all_alike_are_compared_with_few() {
        let names: Vec<String> = (0..50_000).map(|n| format!("role-{n:05}")).collect();
        let index = NameIndex::of(names.iter().map(String::as_str));
        let found = index.near("role-0123x").unwrap();
        assert!(!found.certain && found.word.starts_with("role-0"), "{found:?}");
        assert_eq!(index.near("activity-77777"), None);
    }
}
