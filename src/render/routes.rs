//! Where everything is: the address of each page and of each place on one, from the top of the site.
//!
//! An address is made here and nowhere else, from ids and numbers alone; whether there is such a page
//! is asked of the edition.

use std::fmt;
use std::ops::Range;

use super::site::{Route, url_path};
use crate::text::percent::fragment;

/// Where pictures and other files of the content folders go.
pub(super) const CONTENT: &str = "assets/content/";

/// Rows of a part of a long list.
pub(super) const PART: usize = 500;

/// The page of a document.
pub(super) fn document(id: &str) -> Route {
    format!("documents/{id}/index.html")
}

/// The id in the route of a document's page.
pub(super) fn document_id(route: &str) -> Option<&str> {
    let id = route.strip_prefix("documents/")?.strip_suffix("/index.html")?;
    (!id.contains('/')).then_some(id)
}

/// The page of an old edition: its version, and its place among the editions of the document.
pub(super) fn old(id: &str, version: &str, place: usize) -> Route {
    // Below the page of the document, as a relative address is written from there.
    format!("documents/{id}/{}", below(version, place))
}

/// The page of an old edition, seen from that of its document.
pub(super) fn below(version: &str, place: usize) -> String {
    let is_plain = version.len() <= 40
        && version
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_plain {
        format!("versions/{version}/index.html")
    } else {
        // What can be no name of a folder everywhere, or is another one's on some disks.
        format!("versions/edition-{}/index.html", place + 1)
    }
}

/// The page of a role.
pub(super) fn role(id: &str) -> Route {
    format!("roles/{id}/index.html")
}

/// The calendar of what a role has to do.
pub(super) fn due_of_role(id: &str) -> Route {
    format!("roles/{id}/due.ics")
}

/// The folder of a register of entries.
pub(super) fn register(name: &str) -> String {
    format!("registers/{name}")
}

/// The page of a clause.
pub(super) fn clause(name: &str) -> Route {
    format!("clauses/{}/index.html", name.replace(':', "/"))
}

/// The page of a clause, as a link has it.
pub(super) fn clause_url(name: &str) -> String {
    format!("clauses/{}/index.html", url_path(&name.replace(':', "/")))
}

/// A part of a long list, from 0, below its folder.
pub(super) fn part(folder: &str, part: usize) -> Route {
    match part {
        0 => format!("{folder}/index.html"),
        part => format!("{folder}/{}/index.html", part + 1),
    }
}

/// The script with the rows of a part.
pub(super) fn rows(folder: &str, part: usize) -> Route {
    format!("{folder}/rows-{}.js", part + 1)
}

/// The place of a row of a long list: on the page of its part, under the row's own id.
pub(super) fn row(folder: &str, row: usize, id: &str) -> String {
    format!("{}#{}", part(folder, row / PART), fragment(id))
}

/// The rows of a part.
pub(super) fn range(part: usize, rows: usize) -> Range<usize> {
    (part * PART).min(rows)..((part + 1) * PART).min(rows)
}

/// The page from which others are linked, as far as addresses depend on it.
#[derive(Clone, Copy)]
pub(super) struct Root {
    /// How many folders it is below the top of the site.
    depth: usize,
    /// Whether it is the page of a document: those lie side by side, so that the way from one to
    /// another need not lead over the top.
    is_document: bool,
}

impl Root {
    /// The top of the site.
    pub(super) const TOP: Root = Root { depth: 0, is_document: false };

    /// That of a page by its route.
    pub(super) fn of(route: &str) -> Self {
        Root { depth: route.matches('/').count(), is_document: document_id(route).is_some() }
    }

    /// The address of a page, seen from this one.
    pub(super) fn to(self, route: &str) -> String {
        match route.strip_prefix("documents/").filter(|_| self.is_document) {
            Some(near) => format!("../{near}"),
            None => format!("{self}{route}"),
        }
    }
}

impl fmt::Display for Root {
    /// The way to the top.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (0..self.depth).try_for_each(|_| f.write_str("../"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_on_the_page_of_its_part() {
        assert_eq!(row("services", PART - 1, "SVC-01"), "services/index.html#SVC-01");
        assert_eq!(row("glossary", PART, "a b"), "glossary/2/index.html#a%20b");
        assert_eq!(range(2, 2 * PART + 1), 2 * PART..2 * PART + 1);
        assert_eq!(range(0, 0), 0..0);
    }

    #[test]
    fn documents_lead_to_their_neighbours() {
        let (a, b) = (document("A"), document("B"));
        assert_eq!(Root::of(&a).to(&b), "../B/index.html");
        assert_eq!(Root::of(&role("r")).to(&b), "../../documents/B/index.html");
        assert_eq!(Root::of(&a).to(&role("r")), "../../roles/r/index.html");
        assert_eq!(Root::TOP.to(&b), b);
    }

    #[test]
    fn the_id_of_a_document_is_in_its_route() {
        assert_eq!(document_id(&document("PRC-INC-01")), Some("PRC-INC-01"));
        assert_eq!(document_id("roles/a/index.html"), None);
        assert_eq!(document_id("documents/A/versions/1.0/index.html"), None);
    }

    #[test]
    fn an_old_edition_has_a_folder_that_every_disk_takes() {
        assert_eq!(old("A", "2.1", 4), "documents/A/versions/2.1/index.html");
        let long = "1".repeat(300);
        for version in ["../x", "2/1", "CON", "", "2.1 ", "2..1", "1A", ".", &long] {
            assert_eq!(
                old("A", version, 4),
                "documents/A/versions/edition-5/index.html",
                "{version}"
            );
        }
    }
}
