//! Full-text search without a server: an index cut into small script files, of which a page loads
//! none and a query a few.
//!
//! Comes in: [`Entry`]s, one a page, each made when it is its turn and dropped after: the text of a
//! whole manual is never held. Goes out: files below `search/`.
//!
//! - `meta.js` names the shards of words there are; it is the only file that every query needs.
//! - `w-i.js` holds the words that begin with `i`: each with its stem, each stem with the
//!   sections that hold it, the weightiest first. A shard that would be large is cut by a second
//!   letter, then a third and a fourth.
//! - `d-0007.js` holds what a result shows of eight pages: title, kind, address, sections.
//!
//! They are scripts and not JSON because a page opened from disk may load scripts and nothing
//! else. Words are stemmed here, so that the script in the page needs no stemmer: the forms of a
//! word that occur in the manual lead to one list.

mod words;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use rayon::prelude::*;
use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use words::{Lexicon, Stem};

/// A page that can be found.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Id, found exactly: `PRC-INC-01`, `8.6.1`.
    pub id: String,
    /// Title.
    pub title: String,
    /// `process`, `policy`, and so on; `term`, `role`, `service`, `clause` for other pages.
    pub kind: String,
    /// Status in words, where it has one.
    pub status: String,
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

/// Pages whose result data share a file.
const PAGES_A_FILE: usize = 8;
/// Sections that a stem leads to at most: a word that stands in more of them finds the weightiest.
const MOST_HITS: usize = 600;
/// A shard of words larger than this is cut in two by a further letter.
const MOST_BYTES: usize = 48 * 1024;
/// Longest text of a section that a result shows.
const SHOWN: usize = 280;

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
    fn entry(&self, number: usize) -> Entry;
}

/// The index.
pub struct Index {
    /// The files that lead from words to pages.
    pub words: Vec<File>,
    /// The files that show pages in results, made along the way; [`results`] makes one by itself.
    pub results: Vec<File>,
}

/// Makes the index. The same entries make the same files.
pub fn index(findable: &impl Findable) -> Index {
    let count = findable.count();
    let (stems, results) = (0..count)
        .into_par_iter()
        .step_by(PAGES_A_READER)
        .map(|first| read(first..count.min(first + PAGES_A_READER), findable))
        .reduce(Default::default, |(stems, mut results), (more, further)| {
            results.extend(further);
            (merged(stems, more), results)
        });
    let mut shards: BTreeMap<String, Vec<&Stem>> = BTreeMap::new();
    for stem in &stems {
        shards.entry(first_letters(&stem.root, 1)).or_default().push(stem);
    }
    let mut cut = BTreeMap::new();
    for (key, stems) in shards {
        cut_shard(key, stems, &mut cut);
    }
    let keys: Vec<&String> = cut.keys().collect();
    let meta = json!({ "pages": count, "each": PAGES_A_FILE, "shards": keys });
    let meta = ("meta.js".to_owned(), script("meta", &meta));
    let mut words: Vec<_> = cut
        .par_iter()
        .map(|(key, stems)| {
            (format!("w-{}.js", file_name(key)), script("words", &(key, Shard(stems))))
        })
        .collect();
    words.push(meta);
    Index { words, results }
}

/// Which of the files that show pages in results a path is; nothing where it is none of them.
pub fn results_number(path: &str) -> Option<usize> {
    let number = path.strip_prefix("d-")?.strip_suffix(".js")?.parse().ok()?;
    (path == results_path(number)).then_some(number)
}

/// The file of this number that shows pages in results; nothing where there are no such pages.
pub fn results(findable: &impl Findable, number: usize) -> Option<String> {
    let pages = pages_of(number, findable.count());
    (!pages.is_empty()).then(|| {
        let shown = pages.map(|page| shown(&findable.entry(page))).collect::<Vec<_>>();
        script("pages", &(number, shown))
    })
}

fn results_path(number: usize) -> String {
    format!("d-{number:04}.js")
}

/// The pages that share a file of results, of `count` in all.
fn pages_of(number: usize, count: usize) -> Range<usize> {
    let first = number.saturating_mul(PAGES_A_FILE).min(count);
    first..count.min(first + PAGES_A_FILE)
}

/// Reads some pages: their stems, and the files that show them in results.
fn read(pages: Range<usize>, findable: &impl Findable) -> (Vec<Stem>, Vec<File>) {
    let mut lexicon = Lexicon::new();
    let mut files = Vec::new();
    for first in pages.clone().step_by(PAGES_A_FILE) {
        let mut results = Vec::new();
        let number = first / PAGES_A_FILE;
        for page in pages_of(number, pages.end) {
            let entry = findable.entry(page);
            lexicon.add(u32::try_from(page).unwrap_or(u32::MAX), &entry);
            results.push(shown(&entry));
        }
        files.push((results_path(number), script("pages", &(number, results))));
    }
    let mut stems = lexicon.into_stems();
    for stem in &mut stems {
        weightiest(&mut stem.hits);
        // A list that grew has room for twice as many.
        stem.hits = stem.hits.as_slice().into();
    }
    (stems, files)
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

/// Puts stems into one shard, or into several by a further letter when one would be too large.
fn cut_shard<'a>(key: String, stems: Vec<&'a Stem>, out: &mut BTreeMap<String, Vec<&'a Stem>>) {
    let size: usize = stems.iter().map(|one| one.root.len() + one.hits.len() * 9 + 16).sum();
    let letters = key.chars().count() + 1;
    if size > MOST_BYTES && stems.len() > 1 && letters <= 4 {
        let mut finer: BTreeMap<String, Vec<&Stem>> = BTreeMap::new();
        for stem in stems {
            finer.entry(first_letters(&stem.root, letters)).or_default().push(stem);
        }
        // A stem as short as the key stays under the key itself.
        if let Some(rest) = finer.remove(&key) {
            out.insert(key, rest);
        }
        for (key, stems) in finer {
            cut_shard(key, stems, out);
        }
        return;
    }
    out.insert(key, stems);
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

/// What a result shows of a page: `[id, title, kind, status, url, [[slug, heading, text], …]]`.
fn shown(entry: &Entry) -> Json {
    let sections: Vec<Json> = entry
        .sections
        .iter()
        .map(|one| json!([one.slug, one.heading, shortened(&one.text)]))
        .collect();
    json!([entry.id, entry.title, entry.kind, entry.status, entry.url, sections])
}

/// The beginning of a text, cut at a word.
fn shortened(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.len() + word.len() >= SHOWN {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
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

fn first_letters(stem: &str, count: usize) -> String {
    stem.chars().take(count).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, title: &str, heading: &str, text: &str) -> Entry {
        let section = Section { slug: "a".into(), heading: heading.into(), text: text.into() };
        Entry { id: id.into(), title: title.into(), sections: vec![section], ..Entry::default() }
    }

    impl Findable for &[Entry] {
        fn count(&self) -> usize {
            self.len()
        }

        fn entry(&self, number: usize) -> Entry {
            self[number].clone()
        }
    }

    fn files(entries: &[Entry]) -> Vec<File> {
        let Index { words, results } = index(&entries);
        words.into_iter().chain(results).collect()
    }

    #[test]
    fn a_file_of_results_made_by_itself_is_the_same() {
        let entries: Vec<Entry> = (0..300).map(|n| entry(&n.to_string(), "T", "H", "x")).collect();
        let all = index(&entries.as_slice()).results;
        assert_eq!(all.len(), 38);
        let by_path = |path: &str| results(&entries.as_slice(), results_number(path)?);
        for (path, text) in all {
            assert_eq!(by_path(&path), Some(text), "{path}");
        }
        for none in ["d-0038.js", "d-1.js", "d-.js", "d-+001.js", "x", "d-99999999999999999999.js"]
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
        assert!(found(&files, "w-p.js").contains("prc-01"));
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
        assert!(files.iter().all(|(_, text)| text.len() < 2 * MOST_BYTES));
    }
}
