//! What a result shows of a page, a few pages a file.

use std::ops::Range;

use serde::{Serialize, Serializer};

use super::{File, Findable, IndexedPage, Section, script};

/// Pages whose result data share a file.
pub(super) const PAGES_A_FILE: usize = 4;
/// Longest text of a section: a longer one is cut into several of the same address, so that each
/// word is found beside the words around it.
const LONGEST: usize = 900;
/// Text of a page that results show at most.
const SHOWN: usize = 64 * 1024;

/// Which of the files that show pages in results a path is; nothing where it is none of them.
pub fn results_number(path: &str) -> Option<usize> {
    let number = path.strip_prefix("d-")?.strip_suffix(".js")?.parse().ok()?;
    (path == results_path(number)).then_some(number)
}

/// The file of this number that shows pages in results; nothing where there are no such pages.
pub fn results(findable: &impl Findable, number: usize) -> Option<String> {
    let pages = pages_of(number, findable.count());
    (!pages.is_empty()).then(|| {
        let pages: Vec<IndexedPage> = pages.map(|page| cut(findable.entry(page))).collect();
        file(number, &pages).1
    })
}

fn results_path(number: usize) -> String {
    format!("d-{number:04}.js")
}

/// The file of a number, from what its pages show.
pub(super) fn file(number: usize, pages: &[IndexedPage]) -> File {
    let shown: Vec<Shown<'_>> = pages.iter().map(Shown).collect();
    (results_path(number), script("pages", &(number, shown)))
}

/// The pages that share a file of results, of `count` in all.
pub(super) fn pages_of(number: usize, count: usize) -> Range<usize> {
    let first = number.saturating_mul(PAGES_A_FILE).min(count);
    first..count.min(first + PAGES_A_FILE)
}

/// The same page, its long sections cut.
pub(super) fn cut(mut entry: IndexedPage) -> IndexedPage {
    if entry.sections.iter().all(|section| section.text.len() <= LONGEST) {
        return entry;
    }
    let mut sections = Vec::with_capacity(entry.sections.len() + 8);
    for section in entry.sections {
        let mut rest = section.text.as_str();
        loop {
            let (text, after) = rest.split_at(cut_at(rest));
            sections.push(Section { text: text.trim_end().to_owned(), ..section.clone_head() });
            rest = after.trim_start();
            if rest.is_empty() {
                break;
            }
        }
    }
    entry.sections = sections;
    entry
}

impl Section {
    fn clone_head(&self) -> Section {
        let (slug, heading) = (self.slug.clone(), self.heading.clone());
        Section { slug, heading, text: String::new() }
    }
}

/// Where a text is cut: after a word, or anywhere between letters where there are no spaces.
fn cut_at(text: &str) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    let mut most = LONGEST;
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    text[..most].rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(most)
}

/// What a result shows of a page: `[id, title, kind, status, url, [[slug, heading, text], …]]`.
struct Shown<'a>(&'a IndexedPage);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let IndexedPage { id, title, kind, status, url, sections, .. } = self.0;
        let mut left = SHOWN;
        let mut shown = Vec::with_capacity(sections.len());
        for one in sections {
            let text = if left == 0 { "" } else { one.text.as_str() };
            left = left.saturating_sub(text.len());
            shown.push((&one.slug, &one.heading, text));
        }
        (id, title, kind, status, url, shown).serialize(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_section_is_cut_between_words_and_nothing_is_lost() {
        let text = "several words 管理 ".repeat(400);
        let section = Section { slug: "a".into(), heading: "A".into(), text: text.clone() };
        let entry = cut(IndexedPage { sections: vec![section], ..IndexedPage::default() });
        assert!(entry.sections.len() > 4);
        assert!(entry.sections.iter().all(|one| one.text.len() <= LONGEST && one.slug == "a"));
        let words = entry.sections.iter().flat_map(|one| one.text.split_whitespace());
        assert!(words.eq(text.split_whitespace()));
        assert_eq!(cut_at(&"管".repeat(400)), 900);
    }
}
