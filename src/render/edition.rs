//! The edition: which documents it publishes, and how every name in the manual becomes a link.
//!
//! All pages ask here, so that nothing links to a page that is not there and nothing names a
//! document that its readers may not see.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Options;
use super::by_name::ByName;
use super::order::place;
use super::view::{Chip, Link, parts};
use crate::content::ANOTHER;
use crate::graph::{Dangling, Target, Why};
use crate::manual::Manual;
use crate::model::document::{Document, ReviewState};
use crate::model::front::{Role, Service, Term};
use crate::model::library::{ByDocument, DocumentNumber, Item};
use crate::model::settings::Settings;
use crate::model::value::{Classification, Date, Kind, Status};
use crate::model::variables::{self, Variables};
use crate::text::percent::fragment;
use crate::text::slug;

/// What a document is in this edition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visibility {
    /// Above the classification of the readers: never named.
    Hidden,
    /// In the register, without a page.
    Listed,
    /// It has a page.
    Published,
}

/// The manual as one edition of the site shows it.
pub(super) struct Edition<'a> {
    pub(super) manual: &'a Manual,
    /// What was asked for.
    pub(super) options: &'a Options,
    /// The day for which it is made.
    pub(super) today: Date,
    /// Documents of the register, by kind, id and number.
    pub(super) listed: Vec<DocumentNumber>,
    /// Documents that have a page, in the same order.
    pub(super) published: Vec<DocumentNumber>,
    /// Roles of the published registers.
    pub(super) roles: ByName<Item<'a, Role>>,
    /// Services of the published catalogues.
    pub(super) services: ByName<Item<'a, Service>>,
    /// Terms of the published glossaries, in the order of the alphabet.
    pub(super) terms: ByName<Item<'a, Term>>,
    standings: ByDocument<Visibility>,
    /// What a document calls those above its readers, in links without words of their own.
    veiled: BTreeMap<DocumentNumber, Vec<&'a str>>,
    successors: BTreeMap<String, DocumentNumber>,
    variables: Variables,
}

impl<'a> Edition<'a> {
    /// Decides what is published.
    pub(super) fn new(manual: &'a Manual, options: &'a Options) -> Self {
        let library = &manual.library;
        let documents = &library.documents;
        let standings: ByDocument<Visibility> =
            documents.par_iter().map(|document| standing(manual, options, document)).collect();
        let mut listed: Vec<DocumentNumber> = documents.numbers().collect();
        listed.retain(|number| standings[*number] != Visibility::Hidden);
        listed.sort_by_cached_key(|number| place(documents, *number));
        let is_out = |number: DocumentNumber| standings[number] == Visibility::Published;
        let roles = library.roles().filter(|item| is_out(item.number)).collect();
        let services = library.services().filter(|item| is_out(item.number)).collect();
        let mut terms: Vec<_> = library.terms().filter(|item| is_out(item.number)).collect();
        terms.sort_by_cached_key(|item| item.entry.term.to_lowercase());
        let mut published = listed.clone();
        published.retain(|number| standings[*number] == Visibility::Published);
        let mut successors = BTreeMap::new();
        for number in &listed {
            let document = &documents[*number];
            if let Some(old) = &document.front.supersedes
                && document.is_live()
            {
                successors.entry(old.to_lowercase()).or_insert(*number);
            }
        }
        Edition {
            manual,
            options,
            today: manual.today,
            listed,
            published,
            roles: ByName::new(roles, |item: &Item<'a, Role>| {
                vec![item.entry.id.0.as_str(), &item.entry.title]
            }),
            services: ByName::new(services, |item: &Item<'a, Service>| {
                vec![item.entry.id.0.as_str(), &item.entry.title]
            }),
            terms: ByName::new(terms, |item: &Item<'a, Term>| {
                let also = item.entry.also.iter().map(|other| &**other);
                std::iter::once(&*item.entry.term).chain(also).collect()
            }),
            veiled: veiled(manual, &standings),
            standings,
            successors,
            variables: Variables::new(manual.settings.checked.node.clone(), manual.settings()),
        }
    }

    /// What `clausebook.yaml` says.
    pub(super) fn settings(&self) -> &'a Settings {
        &self.manual.settings.checked.value
    }

    /// A document by its number.
    pub(super) fn document(&self, number: DocumentNumber) -> &'a Document {
        &self.manual.library.documents[number]
    }

    /// The number of a document.
    pub(super) fn number(&self, document: &Document) -> DocumentNumber {
        let number = self.manual.library.documents.at_path(&document.path);
        number.expect("an edition is asked for documents of its own library")
    }

    /// The address at which the repository shows a file, where one is configured.
    pub(super) fn source_of(&self, path: &str) -> Option<String> {
        self.settings().source_of(path)
    }

    /// The published documents before and after one.
    pub(super) fn neighbours(&self, number: DocumentNumber) -> [Option<DocumentNumber>; 2] {
        let documents = &self.manual.library.documents;
        let own = place(documents, number);
        let (Ok(at) | Err(at)) =
            self.published.binary_search_by(|other| place(documents, *other).cmp(&own));
        let before = at.checked_sub(1).map(|before| self.published[before]);
        [before, self.published.get(at + 1).copied()]
    }

    /// Whether a document has a page.
    pub(super) fn is_published(&self, number: DocumentNumber) -> bool {
        self.standings[number] == Visibility::Published
    }

    /// Whether a document may be named.
    pub(super) fn is_visible(&self, number: DocumentNumber) -> bool {
        self.standings[number] != Visibility::Hidden
    }

    /// The value of a `{{ name }}`.
    pub(super) fn variable<'s>(&'s self, document: &'s Document, name: &str) -> Option<&'s str> {
        self.variables.get(&document.node, name)
    }

    /// Text of the author's with its marks filled in. It names no document that these readers may
    /// not know of.
    pub(super) fn filled<'t>(&self, document: &Document, text: &'t str) -> Cow<'t, str> {
        let filled = variables::fill(text, |name| self.variable(document, name));
        let veiled = (!self.veiled.is_empty()).then(|| self.veiled.get(&self.number(document)));
        veiled
            .flatten()
            .into_iter()
            .flatten()
            .fold(filled, |text, name| text.replace(name, ANOTHER).into())
    }

    /// The document that has taken the place of another.
    pub(super) fn successor(&self, document: &Document) -> Option<DocumentNumber> {
        self.successors.get(&document.id.to_lowercase()).copied()
    }

    /// How a document's review stands.
    pub(super) fn review_state(&self, document: &Document) -> ReviewState {
        document.review_state(self.settings(), self.today)
    }

    /// A link to a document, or its name alone when it has no page.
    pub(super) fn link(&self, root: &str, number: DocumentNumber, text: &str) -> Link {
        let href = self.is_published(number).then(|| self.href(root, number, None));
        Link { text: text.to_owned(), href }
    }

    /// The address of a document's page, seen from a page whose top is `root`.
    pub(super) fn href(&self, root: &str, number: DocumentNumber, section: Option<&str>) -> String {
        let id = &self.document(number).id;
        match section {
            Some(section) => format!("{root}documents/{id}/index.html#{}", fragment(section)),
            None => format!("{root}documents/{id}/index.html"),
        }
    }

    /// A document named by its id: a link, the bare id, or nothing when it must not be named.
    pub(super) fn named(&self, root: &str, id: &str) -> Option<Link> {
        match self.manual.library.by_id(id) {
            Some(document) => {
                let number = self.number(document);
                self.is_visible(number).then(|| self.link(root, number, &document.id))
            }
            None => Some(Link { text: id.to_owned(), href: None }),
        }
    }

    /// Whether it is for everybody: such an edition shows the documents, and nothing of how far
    /// they answer a standard or what is wrong with them.
    pub(super) fn is_public(&self) -> bool {
        self.options.audience == Some(Classification::Public)
    }

    /// A role or a person: a link to the role's page where there is one.
    pub(super) fn role(&self, root: &str, name: &str) -> Link {
        match self.roles.get(name) {
            Some(item) => Link {
                text: item.entry.title.to_string(),
                href: Some(format!("{root}roles/{}/index.html", item.entry.id)),
            },
            None => Link { text: self.unlisted(name), href: None },
        }
    }

    /// A role that no published register lists. The public reads its title all the same, where an
    /// internal register has it, else its id as words: `service-director` is a name for machines.
    fn unlisted(&self, name: &str) -> String {
        let role = self.manual.library.role(name).filter(|_| self.is_public());
        match role {
            None => name.to_owned(),
            Some(item) if item.document.classification() <= Classification::Internal => {
                item.entry.title.to_string()
            }
            Some(_) => capital(name),
        }
    }

    /// The holder of a role.
    pub(super) fn holder(&self, name: &str) -> Option<&'a str> {
        self.roles.get(name).and_then(|item| item.entry.holder.as_deref())
    }

    /// A service by id or name.
    pub(super) fn service(&self, root: &str, name: &str) -> Link {
        match self.services.find(name) {
            Some(number) => {
                let service = &self.services.all[number].entry;
                let page = parts::route("services", parts::of_row(number));
                Link {
                    text: service.title.to_string(),
                    href: Some(format!("{root}{page}#{}", fragment(&service.id.0))),
                }
            }
            None => Link { text: name.to_owned(), href: None },
        }
    }

    /// A term of the glossary.
    pub(super) fn term(&self, root: &str, name: &str) -> Option<String> {
        let number = self.terms.find(name)?;
        let page = parts::route("glossary", parts::of_row(number));
        Some(format!("{root}{page}#{}", fragment(&slug(&self.terms.all[number].entry.term))))
    }

    /// A clause: a link where it has a page.
    pub(super) fn clause(&self, root: &str, number: &str) -> Link {
        let there = !self.is_public() && self.manual.link_targets.clauses.contains_key(number);
        let path = super::site::url_path(&number.replace(':', "/"));
        let href = there.then(|| format!("{root}clauses/{path}/index.html"));
        Link { text: number.to_owned(), href }
    }

    /// Why a document has no page, for a link that cannot be one.
    pub(super) fn why_not(&self, number: DocumentNumber) -> String {
        let document = self.document(number);
        match document.status() {
            Status::Superseded => match self.successor(document) {
                Some(new) => format!("superseded, now {}", self.document(new).id),
                None => "superseded".to_owned(),
            },
            Status::Withdrawn => "withdrawn".to_owned(),
            Status::Draft => "a draft, not in force".to_owned(),
            Status::InReview => "in review, not in force".to_owned(),
            Status::Approved => match document.first_day() {
                Some(day) if day > self.today => format!("not in force before {day}"),
                _ => "not published".to_owned(),
            },
        }
    }

    /// The chip of a document's status; `long` says whether it is in force, too.
    pub(super) fn status(&self, document: &Document, long: bool) -> Chip {
        let in_force = document.in_force(self.today);
        match document.status() {
            Status::Approved if in_force && long => Chip::new("ok", "check", "Approved, in force"),
            Status::Approved if in_force => Chip::new("ok", "check", "Approved"),
            Status::Approved => Chip::new("accent", "clock", "Approved, not yet in force"),
            Status::InReview if long => Chip::new("accent", "eye", "In review, not in force"),
            Status::InReview => Chip::new("accent", "eye", "In review"),
            Status::Draft if long => Chip::new("draft", "pen", "Draft, not in force"),
            Status::Draft => Chip::new("draft", "pen", "Draft"),
            Status::Superseded => Chip::new("mute", "barred", "Superseded"),
            Status::Withdrawn => Chip::new("mute", "cross", "Withdrawn"),
        }
    }
}

/// What each document calls those that are hidden, the longest names first: `[[PRC-INC-01]]` is
/// its own text, in a heading and in a cell of a matrix as well.
fn veiled<'a>(
    manual: &'a Manual,
    standings: &ByDocument<Visibility>,
) -> BTreeMap<DocumentNumber, Vec<&'a str>> {
    let mut veiled: BTreeMap<DocumentNumber, Vec<&str>> = BTreeMap::new();
    if !standings.iter().any(|one| *one == Visibility::Hidden) {
        return veiled;
    }
    for (number, document) in manual.library.documents.numbered() {
        for (link, target) in document.body.links.iter().zip(&manual.graph.links[number]) {
            let leads_to = match target {
                Ok(Target::Document(number, _)) => Some(*number),
                Err(Dangling { why: Why::NoSection(number, _), .. }) => Some(*number),
                _ => None,
            };
            let is_hidden = leads_to.is_some_and(|number| standings[number] == Visibility::Hidden);
            if is_hidden && link.wiki && link.text == link.target {
                veiled.entry(number).or_default().push(&link.text);
            }
        }
    }
    for names in veiled.values_mut() {
        names.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
        names.dedup();
    }
    veiled
}

/// What becomes of a document.
fn standing(manual: &Manual, options: &Options, document: &Document) -> Visibility {
    if options.audience.is_some_and(|limit| document.classification() > limit) {
        return Visibility::Hidden;
    }
    let first = manual.library.by_id(&document.id).is_some_and(|one| one.path == document.path);
    let ready = document.in_force(manual.today) || (options.drafts && document.is_live());
    if first && document.is_named() && ready { Visibility::Published } else { Visibility::Listed }
}

/// A classification as a chip.
pub(super) fn classification(level: Classification) -> Chip {
    Chip::new("plain", "lock", capital(level.word()))
}

/// The word of a kind, for tables.
pub(super) fn kind_word(kind: Kind) -> String {
    if kind == Kind::Raci { "RACI".to_owned() } else { capital(kind.word()) }
}

/// A word with a capital first letter, its hyphens as spaces.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.map(|letter| if letter == '-' { ' ' } else { letter })).collect()
}

/// How far a day is from another, in words: `in 12 days`, `today`, `3 days overdue`.
pub(super) fn until(today: Date, due: Date) -> String {
    match today.days_until(due) {
        0 => "today".to_owned(),
        1 => "in 1 day".to_owned(),
        -1 => "1 day overdue".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days overdue", -days),
    }
}

/// A count with its word.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}
