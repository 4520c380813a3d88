//! The pages whose id or title has a word that begins with a letter: enough for a query of one
//! letter, which would find nearly everything in texts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::fold::each_word;
use super::{File, IndexedPage, script};

/// Pages that are shown for a letter at most.
const MOST: usize = 40;
/// Letters are spread over this many files at most.
const FILES: u32 = 128;

/// What a letter leads to.
#[derive(Default)]
struct Letter {
    /// How many pages there are.
    count: usize,
    /// Pages whose id or title itself begins with it, then pages with such a word in its title.
    pages: [Vec<(u32, Json)>; 2],
}

/// Pages by the first letters of the words in their titles.
#[derive(Default)]
pub(super) struct Heads(BTreeMap<char, Letter>);

impl Heads {
    /// Takes a page.
    pub(super) fn add(&mut self, page: u32, entry: &IndexedPage) {
        let mut first: Vec<(char, usize)> = Vec::new();
        for text in [&entry.id, &entry.title] {
            let mut rank = 0;
            each_word(text, &mut String::new(), |word| {
                first.extend(word.chars().next().map(|letter| (letter, rank)));
                rank = 1;
            });
        }
        first.sort_unstable();
        first.dedup_by_key(|(letter, _)| *letter);
        for (letter, rank) in first {
            let found = self.0.entry(letter).or_default();
            found.count += 1;
            if found.pages[rank].len() < MOST {
                let head = json!([entry.id, entry.title, entry.kind, entry.status, entry.url]);
                found.pages[rank].push((page, head));
            }
        }
    }

    /// These and those of further pages, which come after them.
    pub(super) fn and(mut self, more: Heads) -> Heads {
        for (letter, further) in more.0 {
            let found = self.0.entry(letter).or_default();
            found.count += further.count;
            for (pages, more) in found.pages.iter_mut().zip(further.pages) {
                pages.extend(more);
                pages.truncate(MOST);
            }
        }
        self
    }

    /// The numbers of their files.
    pub(super) fn numbers(&self) -> BTreeSet<u32> {
        self.0.keys().map(|letter| u32::from(*letter) % FILES).collect()
    }

    /// Their files: `[file, {letter: [count, [[page, head], …]]}]`.
    pub(super) fn files(self) -> Vec<File> {
        let mut files: BTreeMap<u32, BTreeMap<char, Json>> = BTreeMap::new();
        for (letter, found) in self.0 {
            let pages = found.pages.into_iter().flatten().take(MOST);
            let pages: Vec<Json> = pages.map(|(page, head)| json!([page, head])).collect();
            let file = files.entry(u32::from(letter) % FILES).or_default();
            file.insert(letter, json!([found.count, pages]));
        }
        let file =
            |(number, letters)| (format!("h-{number:x}.js"), script("heads", &(number, letters)));
        files.into_iter().map(file).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_begins_with_the_letter_comes_first_and_the_list_ends() {
        let entry = |title: &str| IndexedPage { title: title.to_owned(), ..IndexedPage::default() };
        let mut heads = Heads::default();
        heads.add(0, &entry("Well quoted"));
        for page in 1..100 {
            heads.add(page, &entry("Quality"));
        }
        let files = heads.files();
        let (_, text) = files.iter().find(|(name, _)| name == "h-71.js").expect("of q");
        assert!(text.contains("{\"q\":[100,[[1,"), "{text}");
        assert_eq!(text.matches("Quality").count(), MOST);
    }
}
