//! Full-text search without a server: an index cut into small script files, of which a page loads
//! none and a query a few.
//!
//! Comes in: [`Entry`]s, one a page. Goes out: files below `search/`.
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

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use words::Words;

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

/// One place of a stem: page, section (0 is the page itself), weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    page: u32,
    section: u16,
    weight: u16,
}

/// A stem with its forms and places.
#[derive(Debug, Default)]
struct Stem {
    forms: Vec<String>,
    hits: Vec<Hit>,
}

/// The files of the index: path below `search/` and text. The same entries make the same files.
pub fn files(entries: &[Entry]) -> Vec<(String, String)> {
    let stems = stems(entries);
    let mut shards: BTreeMap<String, Vec<(&str, &Stem)>> = BTreeMap::new();
    for (stem, found) in &stems {
        shards.entry(first_letters(stem, 1)).or_default().push((stem, found));
    }
    let mut cut = BTreeMap::new();
    for (key, stems) in shards {
        cut_shard(key, stems, &mut cut);
    }
    let keys: Vec<&String> = cut.keys().collect();
    let meta = json!({ "pages": entries.len(), "each": PAGES_A_FILE, "shards": keys });
    let mut files = vec![("meta.js".to_owned(), script("meta", &meta))];
    files.extend(cut.iter().map(|(key, json)| {
        let call = json!([key, json]);
        (format!("w-{}.js", file_name(key)), script("words", &call))
    }));
    let pages: Vec<_> = entries
        .par_chunks(PAGES_A_FILE)
        .enumerate()
        .map(|(n, pages)| {
            let shown: Vec<Json> = pages.iter().map(shown).collect();
            (format!("d-{n:04}.js"), script("pages", &json!([n, shown])))
        })
        .collect();
    files.extend(pages);
    files
}

/// Gathers the stems of all entries with their places, the weightiest first.
fn stems(entries: &[Entry]) -> BTreeMap<String, Stem> {
    let counted: Vec<Words> = entries.par_iter().map(Words::of).collect();
    let mut stems: BTreeMap<String, Stem> = BTreeMap::new();
    for (page, words) in counted.into_iter().enumerate() {
        let page = u32::try_from(page).unwrap_or(u32::MAX);
        for (stem, (forms, places)) in words.stems {
            let entry = stems.entry(stem).or_default();
            entry.forms.extend(forms);
            entry.hits.extend(places.into_iter().map(|(section, weight)| Hit {
                page,
                section,
                weight,
            }));
        }
    }
    stems.par_iter_mut().for_each(|(_, stem)| {
        stem.forms.sort();
        stem.forms.dedup();
        stem.hits.sort_by_key(|hit| (std::cmp::Reverse(hit.weight), hit.page, hit.section));
        stem.hits.truncate(MOST_HITS);
    });
    stems
}

/// Puts stems into one shard, or into several by a further letter when one would be too large.
fn cut_shard(key: String, stems: Vec<(&str, &Stem)>, out: &mut BTreeMap<String, Json>) {
    let size: usize =
        stems.iter().map(|(stem, found)| stem.len() + found.hits.len() * 9 + 16).sum();
    let letters = key.chars().count() + 1;
    if size > MOST_BYTES && stems.len() > 1 && letters <= 4 {
        let mut finer: BTreeMap<String, Vec<(&str, &Stem)>> = BTreeMap::new();
        for (stem, found) in stems {
            finer.entry(first_letters(stem, letters)).or_default().push((stem, found));
        }
        // A stem as short as the key stays under the key itself.
        if let Some(rest) = finer.remove(&key) {
            out.insert(key, of_stems(&rest));
        }
        for (key, stems) in finer {
            cut_shard(key, stems, out);
        }
        return;
    }
    out.insert(key, of_stems(&stems));
}

/// `{stem: [[forms], [page, section, weight, page, section, weight, …]]}`.
fn of_stems(stems: &[(&str, &Stem)]) -> Json {
    let of = |stem: &Stem| {
        let hits = stem.hits.iter();
        let flat: Vec<u32> = hits
            .flat_map(|hit| [hit.page, u32::from(hit.section), u32::from(hit.weight)])
            .collect();
        json!([stem.forms, flat])
    };
    Json::Object(stems.iter().map(|(stem, found)| ((*stem).to_owned(), of(found))).collect())
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
fn script(what: &str, json: &Json) -> String {
    let text = json.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028");
    format!("clausebookSearch.{what}({});\n", text.replace('\u{2029}', "\\u2029"))
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
