//! What templates may see: the only types of the program that are made to be serialized for
//! them. Plain words, numbers and lists; `themes/README.md` lists every one of them.
//!
//! Each page has `site` ([`Shared`]), `page` ([`Page`]) and one value of its own, under its own
//! name (`document`, `register`, …).

pub(super) mod block;
pub(super) mod clauses;
pub(super) mod control;
pub(super) mod document;
pub(super) mod due;
pub(super) mod entries;
pub(super) mod findings;
pub(super) mod index;
pub(super) mod list_pages;
pub(super) mod lists;
mod editions;
pub(super) mod old;
pub(super) mod parts;
pub(super) mod processes;
pub(super) mod register;
pub(super) mod reviews;
pub(super) mod roles;
pub(super) mod search;

use serde::Serialize;

pub(super) use super::words::{Chip, Link};

/// Most entries of a list that stands on a page beside other things: what a page weighs must not
/// grow with the number of documents.
pub(super) const MOST: usize = 100;

/// Facts that every page shares.
#[derive(Serialize)]
pub(super) struct Shared<'a> {
    /// Name of the organization.
    pub(super) organization: &'a str,
    /// Title of the manual.
    pub(super) title: &'a str,
    /// The organization's logo, from the top of the site.
    pub(super) logo: Option<String>,
    /// Language of the texts.
    pub(super) language: &'a str,
    /// Language of the site's own words.
    pub(super) words: String,
    /// The direction in which that runs: `ltr` or `rtl`.
    pub(super) direction: String,
    /// The day for which the site was built.
    pub(super) today: String,
    /// What the edition is called (a commit), where that is known.
    pub(super) edition: Option<&'a str>,
    /// How many documents are in force, in words.
    pub(super) in_force: String,
    /// Whether there are pages for clauses.
    pub(super) has_clauses: bool,
    /// The folders of the pages that there are besides: `register`, `roles`, `findings`, ….
    pub(super) pages: Vec<&'static str>,
    /// Whether there is a search.
    pub(super) has_search: bool,
    /// Whether documents that are not in force are shown.
    pub(super) drafts: bool,
    /// The classification up to which documents are shown and counted, where that is limited.
    pub(super) audience: Option<&'static str>,
}

/// Facts about the page itself.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Page {
    /// Its title, as the browser shows it.
    pub(super) title: String,
    /// The way to the top of the site: `../../`.
    pub(super) root: String,
    /// The entry of the navigation that it belongs to.
    pub(super) current: &'static str,
    /// Its content security policy.
    pub(super) policy: String,
    /// The style block that puts words into the margins of paper.
    pub(super) print: String,
    /// Its full address, where the site's is known.
    pub(super) canonical: Option<String>,
}

/// The page that is shown where there is none.
#[derive(Serialize)]
pub(super) struct Missing {
    /// The address of the site's top, where it is known: the page is shown at any address, so no
    /// relative link can be on it.
    pub(super) base: Option<String>,
}
