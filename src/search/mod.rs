//! Full-text search without a server: an index cut into small script files, of which a page loads
//! none and a query a few.
//!
//! Comes in: [`IndexedPage`]s, one a page, each made when it is its turn and dropped after: the text of a
//! whole manual is never held. Goes out: files below `search/`.
//!
//! - `meta.js` names the shards of words there are, and says how words are folded; it is the only
//!   file that every query needs.
//! - `w-i.js` holds the words that begin with `i`: each stem with its forms and the sections that
//!   hold it, the weightiest first. A shard that would be large is cut by a second letter, then a
//!   third and a fourth.
//! - `d-0007.js` holds what a result shows of four pages: title, kind, address, sections.
//! - `h-21.js` holds the pages whose title has a word that begins with a letter: a query of one
//!   letter needs nothing else.
//! - `n-8.js` holds the words of eight letters, among which one is looked for that is near to what
//!   was typed, when that is in no page.
//!
//! They are scripts and not JSON because a page opened from disk may load scripts and nothing
//! else. Words are stemmed here, so that the script in the page needs no stemmer: the forms of a
//! word that occur in the manual lead to one list.

mod fold;
mod heads;
mod near;
mod results;
mod shards;
mod words;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

use heads::Heads;
use results::{PAGES_A_FILE, cut, pages_of};
use words::{Lexicon, Stem};

pub use results::{results, results_number};

/// A page that can be found.
#[derive(Clone, Debug, Default)]
pub struct IndexedPage {
    /// Id, found exactly: `PRC-INC-01`, `8.6.1`.
    pub id: String,
    /// Title.
    pub title: String,
    /// `process`, `policy`, and so on; `term`, `role`, `service`, `clause`, `list` for other pages.
    pub kind: String,
    /// Status in words, where it has one.
    pub status: String,
    /// Other names that lead to it: ids whose place it has taken, other words for a term.
    pub also: Vec<String>,
    /// Address from the top of the site.
    pub url: String,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section of a page.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Its address on the page; empty for what stands before the first heading.
    pub slug: String,
    /// Its heading.
    pub heading: String,
    /// Its text, without markup.
    pub text: String,
}

/// Sections that a stem leads to at most: a word that stands in more of them finds the weightiest.
const MOST_HITS: usize = 600;

/// Pages that are read one after another into one lexicon; a multiple of [`PAGES_A_FILE`].
const PAGES_A_READER: usize = 256;

/// A file of the index: its path below `search/`, and its text.
pub type File = (String, String);

/// One place of a stem: page, section (0 is the page itself), weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    page: u32,
    section: u16,
    weight: u16,
}

/// What can be found, in the order of its numbers, each made when it is its turn.
pub trait Findable: Sync {
    /// How much there is.
    fn count(&self) -> usize;

    /// One thing of it, by its number.
    fn entry(&self, number: usize) -> IndexedPage;

    /// How much of it, from the first on, are documents.
    fn documents(&self) -> usize;

    /// The language of the texts, as HTML names it.
    fn language(&self) -> &str;
}

/// The index.
pub struct Index {
    /// The files that lead from words to pages.
    pub words: Vec<File>,
    /// The files that show pages in results, made along the way; [`results()`] makes one by itself.
    pub results: Vec<File>,
}

/// Some pages, read.
#[derive(Default)]
struct Read {
    stems: Vec<Stem>,
    heads: Heads,
    kinds: BTreeSet<String>,
    results: Vec<File>,
}

/// Makes the index. The same entries make the same files.
pub fn index(findable: &impl Findable) -> Index {
    let count = findable.count();
    let read = (0..count)
        .into_par_iter()
        .step_by(PAGES_A_READER)
        .map(|first| read(first..count.min(first + PAGES_A_READER), findable))
        .reduce(Read::default, Read::and);
    let cut = shards::cut(&read.stems);
    let near = near::files(&read.stems);
    let meta = json!({
        "pages": count,
        "documents": findable.documents(),
        "each": PAGES_A_FILE,
        "shards": cut.keys().collect::<Vec<_>>(),
        "lengths": near.iter().map(|(length, _)| length).collect::<Vec<_>>(),
        "kinds": read.kinds,
        "heads": read.heads.numbers(),
        "fold": fold::tables(findable.language()),
    });
    let mut words: Vec<File> =
        cut.par_iter().map(|(key, stems)| shards::file(key, stems)).collect();
    words.extend(near.into_iter().map(|(_, file)| file));
    words.extend(read.heads.files());
    words.push(("meta.js".to_owned(), script("meta", &meta)));
    Index { words, results: read.results }
}

/// Reads some pages: their stems, and the files that show them in results.
fn read(pages: Range<usize>, findable: &impl Findable) -> Read {
    let mut lexicon = Lexicon::new(findable.language());
    let mut read = Read::default();
    for first in pages.clone().step_by(PAGES_A_FILE) {
        let mut results = Vec::new();
        let number = first / PAGES_A_FILE;
        for page in pages_of(number, pages.end) {
            let entry = cut(findable.entry(page));
            let number = u32::try_from(page).unwrap_or(u32::MAX);
            lexicon.add(number, &entry);
            read.heads.add(number, &entry);
            if !read.kinds.contains(&entry.kind) {
                read.kinds.insert(entry.kind.clone());
            }
            results.push(entry);
        }
        read.results.push(results::file(number, &results));
    }
    read.stems = lexicon.into_stems();
    for stem in &mut read.stems {
        weightiest(&mut stem.hits);
        // A list that grew has room for twice as many.
        stem.hits = stem.hits.as_slice().into();
    }
    read
}

impl Read {
    /// These pages and further ones, which come after them.
    fn and(mut self, more: Read) -> Read {
        self.results.extend(more.results);
        self.kinds.extend(more.kinds);
        Read {
            stems: merged(self.stems, more.stems),
            heads: self.heads.and(more.heads),
            kinds: self.kinds,
            results: self.results,
        }
    }
}

/// One list of the stems of two, which are both sorted. The weightiest places of all are among the
/// weightiest of each, so the others need not be kept until all have been read.
fn merged(some: Vec<Stem>, more: Vec<Stem>) -> Vec<Stem> {
    let mut all = Vec::with_capacity(some.len().max(more.len()));
    let mut more = more.into_iter().peekable();
    for mut stem in some {
        while let Some(before) = more.next_if(|other| other.root < stem.root) {
            all.push(before);
        }
        if let Some(same) = more.next_if(|other| other.root == stem.root) {
            stem.forms.extend(same.forms);
            stem.hits.extend(same.hits);
            weightiest(&mut stem.hits);
        }
        all.push(stem);
    }
    all.extend(more);
    all
}

/// Sorts places, the weightiest first, and drops those that are too many.
fn weightiest(hits: &mut Vec<Hit>) {
    let order = |hit: &Hit| (Reverse(hit.weight), hit.page, hit.section);
    if hits.len() > MOST_HITS {
        hits.select_nth_unstable_by_key(MOST_HITS, order);
        hits.truncate(MOST_HITS);
    }
    hits.sort_unstable_by_key(order);
}

/// A call of the function that the page's script waits with. No text of the manual can end the
/// script: `<` is written as an escape.
fn script(what: &str, value: &impl Serialize) -> String {
    // Plain lists and texts can always be written; were it not so, the index would have a hole.
    let json = serde_json::to_string(value).unwrap_or_default();
    let mut out = String::with_capacity(json.len() + 32);
    let _ = write!(out, "clausebookSearch.{what}(");
    let mut rest = json.as_str();
    while let Some(at) = rest.find(['<', '\u{2028}', '\u{2029}']) {
        out.push_str(&rest[..at]);
        let letter = rest[at..].chars().next().unwrap_or_default();
        let _ = write!(out, "\\u{:04x}", u32::from(letter));
        rest = &rest[at + letter.len_utf8()..];
    }
    out.push_str(rest);
    out.push_str(");\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, title: &str, heading: &str, text: &str) -> IndexedPage {
        let section = Section { slug: "a".into(), heading: heading.into(), text: text.into() };
        IndexedPage {
            id: id.into(),
            title: title.into(),
            sections: vec![section],
            ..IndexedPage::default()
        }
    }

    impl Findable for &[IndexedPage] {
        fn count(&self) -> usize {
            self.len()
        }

        fn entry(&self, number: usize) -> IndexedPage {
            self[number].clone()
        }

        fn documents(&self) -> usize {
            self.len()
        }

        fn language(&self) -> &'static str {
            "en"
        }
    }

    fn files(entries: &[IndexedPage]) -> Vec<File> {
        let Index { words, results } = index(&entries);
        words.into_iter().chain(results).collect()
    }

    #[test]
    fn a_file_of_results_made_by_itself_is_the_same() {
        let entries: Vec<IndexedPage> =
            (0..300).map(|n| entry(&n.to_string(), "T", "H", "x")).collect();
        let all = index(&entries.as_slice()).results;
        assert_eq!(all.len(), 75);
        let by_path = |path: &str| results(&entries.as_slice(), results_number(path)?);
        for (path, text) in all {
            assert_eq!(by_path(&path), Some(text), "{path}");
        }
        for none in ["d-0075.js", "d-1.js", "d-.js", "d-+001.js", "x", "d-99999999999999999999.js"]
        {
            assert_eq!(by_path(none), None, "{none}");
        }
    }

    fn found<'a>(files: &'a [(String, String)], name: &str) -> &'a str {
        &files.iter().find(|(file, _)| file == name).expect("the file is there").1
    }

    #[test]
    fn forms_of_a_word_share_a_list_and_titles_weigh_most() {
        let entries = [
            entry("PRC-01", "Problems", "Closing", "An escalation, escalated twice."),
            entry("PRC-02", "Escalations", "", ""),
        ];
        let files = files(&entries);
        let shard = found(&files, "w-e.js");
        assert!(
            shard.contains("\"escal\":[[\"escalated\",\"escalation\",\"escalations\"],[1,0,"),
            "{shard}"
        );
        assert!(found(&files, "w-p.js").contains("prc01"));
    }

    #[test]
    fn forms_that_begin_otherwise_than_their_stem_are_found_where_they_begin() {
        let many: Vec<String> = (0..4000).map(|n| format!("fl{n}x")).collect();
        let text = format!("To fly, she flies. {}", many.join(" "));
        let files = files(&[entry("A", "T", "", &text)]);
        for (key, form) in [("fly", "\"fly\""), ("flie", "\"flies\"")] {
            let shards = files.iter().filter(|(name, _)| {
                name.strip_prefix("w-")
                    .and_then(|name| name.strip_suffix(".js"))
                    .is_some_and(|name| key.starts_with(name) || name.starts_with(key))
            });
            assert!(shards.into_iter().any(|(_, text)| text.contains(form)), "{key}");
        }
    }

    #[test]
    fn an_old_id_leads_to_what_took_its_place() {
        let mut new = entry("POL-02", "New", "", "");
        new.also = vec!["OLD-07".to_owned()];
        let files = files(&[new]);
        assert!(found(&files, "w-o.js").contains("\"old07\":[[\"old07\"],[0,0,30]]"));
    }

    #[test]
    fn text_cannot_end_the_script() {
        let files = files(&[entry("A", "</script><script>alert(1)", "", "")]);
        assert!(files.iter().all(|(_, text)| !text.contains('<')));
    }

    #[test]
    fn large_shards_are_cut() {
        let letters: Vec<char> = ('a'..='z').collect();
        let words = (0..4000).map(|n| format!("in{}x{n}", letters[n % 26]));
        let long = words.collect::<Vec<_>>().join(" ");
        let files = files(&[entry("A", "T", "", &long)]);
        assert!(files.iter().any(|(name, _)| name.starts_with("w-in")));
        assert!(files.iter().all(|(_, text)| text.len() < 2 * shards::MOST_BYTES));
    }

    #[test]
    fn the_order_of_threads_changes_nothing() {
        let entries: Vec<IndexedPage> =
            (0..2000).map(|n| entry(&format!("X-{n}"), "Same", "H", &format!("word{n}"))).collect();
        assert_eq!(files(&entries), files(&entries));
    }
}
