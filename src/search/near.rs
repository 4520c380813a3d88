//! The words of the manual by their length, for what was typed with a letter wrong.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::words::Stem;
use super::{File, script};

/// Words of a length at most: the most frequent of them. So what a mistyped word loads has an end.
const MOST: usize = 4000;
/// Shortest and longest word that can be mistyped: in two letters nothing is a slip, and the
/// longest are no words.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=28;

/// A file for each length, which holds the words of this length with a space between, those that
/// are in most places first.
pub(super) fn files(stems: &[Stem]) -> Vec<(usize, File)> {
    let mut lengths: BTreeMap<usize, Vec<(Reverse<usize>, &str)>> = BTreeMap::new();
    for stem in stems {
        for form in &stem.forms {
            let length = form.chars().count();
            // A number with a digit wrong is another number.
            let is_number = form.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            if LENGTHS.contains(&length) && !is_number {
                lengths.entry(length).or_default().push((Reverse(stem.hits.len()), form));
            }
        }
    }
    lengths.into_iter().map(|(length, words)| (length, file(length, words))).collect()
}

fn file(length: usize, mut words: Vec<(Reverse<usize>, &str)>) -> File {
    words.sort_unstable();
    words.truncate(MOST);
    let words: Vec<&str> = words.into_iter().map(|(_, word)| word).collect();
    (format!("n-{length}.js"), script("near", &(length, words.join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_by_their_length_and_numbers_in_none() {
        let stem = |form: &str, hits: usize| Stem {
            root: form.to_owned(),
            forms: [form.to_owned()].into(),
            hits: vec![super::super::Hit { page: 0, section: 0, weight: 1 }; hits],
        };
        let stems = [stem("audit", 1), stem("scope", 2), stem("10.27", 9), stem("inc01", 1)];
        let [(5, (name, text))] = &files(&stems)[..] else { panic!("one length") };
        assert_eq!(
            (name.as_str(), text.as_str()),
            ("n-5.js", "clausebookSearch.near([5,\"scope audit inc01\"]);\n")
        );
    }
}
