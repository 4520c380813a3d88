//! Pages that values and names make longer than anybody can read.
//!
//! Few letters of a source may stand for many on a page: `{{ organization.name }}` for its value,
//! `[[role:x]]` for a title, `[[#x]]` for a heading. What all of them add is counted before a page is
//! made, for each page and for the whole manual. A page with too much shows them as they were typed.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::{List, Resolved, Target};
use crate::model::document::Document;
use crate::model::library::{ByDocument, DocumentNumber, Library};
use crate::model::register::Register;
use crate::parse::markdown::Link;
use crate::text::shortened;

/// Most bytes that values and names may add to one page.
pub const MOST_A_PAGE: usize = 2 << 20;
/// Most bytes that they may add to all pages.
pub const MOST_ALL: usize = 256 << 20;

/// A title has at most 300 characters, and what is shown of a heading fewer.
const LONGEST_NAME: usize = 1200;
/// Most characters of a heading that a link shows.
pub const LONGEST_HEADING: usize = 200;

/// Why a page shows no values and no names in the place of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// What adds most of it.
    pub at: Range<usize>,
    /// How many bytes would be added.
    pub bytes: usize,
    /// Whether that is too much for the page, or for the manual with those before it.
    pub of_page: bool,
}

/// The pages with too much, by the numbers of their documents.
pub(super) fn excess(
    library: &Library,
    links: &ByDocument<List<Resolved>>,
) -> BTreeMap<DocumentNumber, Excess> {
    let documents = || library.documents.numbered().zip(links);
    let most = |document: &Document, links: &[Resolved]| {
        document.filled.bytes.saturating_add(names(document, links).count() * LONGEST_NAME)
    };
    let all: usize = documents().map(|((_, document), links)| most(document, links)).sum();
    let mut found = BTreeMap::new();
    let mut headings = Headings::default();
    let mut total = 0_usize;
    for ((number, document), links) in documents() {
        let least = document.filled.bytes;
        if all <= MOST_ALL
            && (least == 0 || least <= MOST_A_PAGE)
            && most(document, links) <= MOST_A_PAGE
        {
            continue;
        }
        let (bytes, at) = headings.added(library, document, links);
        let of_page = bytes > MOST_A_PAGE;
        let excess = Excess { at, bytes: if of_page { bytes } else { total + bytes }, of_page };
        if of_page || total + bytes > MOST_ALL {
            found.insert(number, excess);
        } else {
            total += bytes;
        }
    }
    found
}

/// Whether one page has too much.
pub(super) fn is_too_much(library: &Library, document: &Document, links: &[Resolved]) -> bool {
    let names = names(document, links).count() * LONGEST_NAME;
    document.filled.bytes.saturating_add(names) > MOST_A_PAGE
        && Headings::default().added(library, document, links).0 > MOST_A_PAGE
}

/// What a page names by something else than what was typed.
fn names<'a>(
    document: &'a Document,
    links: &'a [Resolved],
) -> impl Iterator<Item = (Option<&'a Link>, Name<'a>)> {
    let of_links = document
        .body
        .links
        .iter()
        .zip(links)
        .filter(|(link, _)| link.wiki && link.text == link.target);
    let of_links = of_links.filter_map(|(link, target)| {
        let name = match target {
            Ok(Target::Section(section)) => Name::Heading(None, section),
            Ok(Target::Document(number, Some(section))) => Name::Heading(Some(*number), section),
            Ok(Target::Entry(Register::Roles, id)) => Name::Role(id),
            Ok(Target::Entry(Register::Services, id)) => Name::Service(id),
            _ => return None,
        };
        Some((Some(link), name))
    });
    let roles = document.matrices.iter().flat_map(|matrix| &matrix.roles);
    of_links.chain(roles.map(|role| (None, Name::Role(&role.text))))
}

enum Name<'a> {
    /// The heading of a section: of a document of a number, or of the one that names it.
    Heading(Option<DocumentNumber>, &'a str),
    Role(&'a str),
    Service(&'a str),
}

/// The lengths of headings, by document and address.
#[derive(Default)]
struct Headings<'a>(HashMap<*const Document, HashMap<&'a str, usize>>);

impl<'a> Headings<'a> {
    /// How many bytes values and names add to a page, and what adds most.
    fn added(
        &mut self,
        library: &'a Library,
        document: &'a Document,
        links: &[Resolved],
    ) -> (usize, Range<usize>) {
        let filled = &document.filled;
        let (mut bytes, mut longest, mut at) = (filled.bytes, filled.longest, filled.at.clone());
        for (link, name) in names(document, links) {
            let length = match name {
                Name::Role(id) => library.role(id).map_or(0, |role| role.entry.title.len()),
                Name::Service(id) => library.service(id).map_or(0, |one| one.entry.title.len()),
                Name::Heading(number, section) => {
                    let of = number.map_or(document, |number| &library.documents[number]);
                    self.length(of, section)
                }
            };
            bytes = bytes.saturating_add(length);
            if let Some(link) = link.filter(|_| length > longest) {
                (longest, at) = (length, link.at.clone());
            }
        }
        (bytes, at)
    }

    fn length(&mut self, document: &'a Document, section: &str) -> usize {
        let headings = self.0.entry(std::ptr::from_ref(document)).or_insert_with(|| {
            let headings = document.body.headings.iter();
            headings
                .map(|one| (one.slug.as_str(), shortened(&one.text, LONGEST_HEADING).len()))
                .collect()
        });
        headings.get(section).copied().unwrap_or_default()
    }
}
