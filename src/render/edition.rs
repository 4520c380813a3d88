//! The edition: which documents have a page, and how every name in the manual becomes a link.
//!
//! All pages ask here, so that nothing links to a page that is not there. What there is to be named
//! at all is settled before: an edition knows the documents that its readers may see and no others
//! ([`VisibleManual`]). Addresses are made in [`routes`], words in [`words`].
//!
//! Longer than most: what a view may ask of an edition, in one place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::Options;
use super::by_name::ByName;
use super::entries::ShownEntries;
use super::order::place;
use super::routes::{self, Root};
use super::visibility::VisibleManual;
use super::words::{self, Chip, Link};
use crate::coverage::Coverage;
use crate::coverage::export::Export;
use crate::entries::Due;
use crate::entries::format::ColumnType;
use crate::graph::{Back, MOST_A_PAGE, Resolved};
use crate::history;
use crate::manual::{Ahead, Ended, Kept};
use crate::model::document::{Document, ReviewState};
use crate::model::front::{OtherParty, Role, Service, Term};
use crate::model::library::{ByDocument, DocumentNumber, Item};
use crate::model::register::Entry as _;
use crate::model::settings::Settings;
use crate::model::value::{Classification, Date, Status, Text};
use crate::model::variables::{self, Variables};
use crate::standard::Standards;
use crate::text::percent::fragment;
use crate::text::phrase::Phrase;
use crate::text::{Span, key, slug};
use crate::words::Words;

/// The manual as one edition of the site shows it.
pub(super) struct Edition<'a> {
    visible: &'a VisibleManual<'a>,
    /// What was asked for.
    pub(super) options: &'a Options,
    /// What the site says.
    pub(super) words: Arc<Words>,
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
    /// What somebody has to do by a day, the earliest first; made when a page asks for it.
    pub(super) tasks: OnceLock<Vec<Due>>,
    /// Entries of registers that published documents hold.
    pub(super) entries: ShownEntries<'a>,
    /// Whether each document has a page.
    has_page: ByDocument<bool>,
    successors: BTreeMap<String, DocumentNumber>,
    variables: Variables,
}

impl<'a> Edition<'a> {
    /// Decides what is published; `words` are those of the site.
    pub(super) fn new(visible: &'a VisibleManual<'a>, words: Arc<Words>) -> Self {
        let documents = visible.documents();
        let mut has_page: ByDocument<bool> =
            documents.numbers().map(|number| has_page(visible, number)).collect();
        // An old edition has a page of its own, which nothing but its document names.
        visible.kept().iter().for_each(|_| has_page.keep(false));
        let has_page = has_page;
        let mut listed: Vec<DocumentNumber> = documents.numbers().collect();
        listed.sort_by_cached_key(|number| place(documents, *number));
        // Two ids that differ in letter case alone would share a folder on some disks.
        let mut ids = BTreeSet::new();
        let roles = visible.roles().filter(|item| has_page[item.number]);
        let roles = roles.filter(|item| ids.insert(key(&item.entry.id.0))).collect();
        let services = visible.services().filter(|item| has_page[item.number]).collect();
        let mut terms: Vec<_> = visible.terms().filter(|item| has_page[item.number]).collect();
        terms.sort_by_cached_key(|item| item.entry.term.to_lowercase());
        let mut published = listed.clone();
        published.retain(|number| has_page[*number]);
        let mut successors = BTreeMap::new();
        for number in &listed {
            let document = &documents[*number];
            if let Some(old) = &document.front.supersedes
                && document.is_live()
            {
                successors.entry(key(old)).or_insert(*number);
            }
        }
        Edition {
            visible,
            options: visible.options(),
            words,
            today: visible.today(),
            listed,
            published,
            roles: ByName::new(roles, |item: &Item<'a, Role>| item.entry.names()),
            services: ByName::new(services, |item: &Item<'a, Service>| item.entry.names()),
            terms: ByName::new(terms, |item: &Item<'a, Term>| item.entry.names()),
            tasks: OnceLock::new(),
            entries: ShownEntries::new(visible, |number| has_page[number]),
            has_page,
            successors,
            variables: visible.variables(),
        }
    }

    /// What `clausebook.yaml` says.
    pub(super) fn settings(&self) -> &'a Settings {
        self.visible.settings()
    }

    /// The standards that the manual answers to.
    pub(super) fn standards(&self) -> &'a Standards {
        self.visible.standards()
    }

    /// The title of a clause, where there is such a clause.
    pub(super) fn clause_title(&self, name: &str) -> Option<&'a str> {
        self.visible.clause_title(name)
    }

    /// How far the clauses are evidenced, as far as the readers can see.
    pub(super) fn coverage(&self) -> &'a Coverage {
        self.visible.coverage()
    }

    /// The same for machines.
    pub(super) fn coverage_export(&self) -> Export {
        self.visible.coverage_export()
    }

    /// Documents that trace to no clause.
    pub(super) fn untraced(&self) -> impl Iterator<Item = DocumentNumber> {
        self.visible.untraced()
    }

    /// A document by its number.
    pub(super) fn document(&self, number: DocumentNumber) -> &'a Document {
        &self.visible.documents()[number]
    }

    /// The number of the document of an id.
    pub(super) fn by_id(&self, id: &str) -> Option<DocumentNumber> {
        self.visible.number_by_id(id)
    }

    /// The links of a document, one after another as they stand in its text.
    pub(super) fn links(&self, number: DocumentNumber) -> &'a [Resolved] {
        self.visible.links(number)
    }

    /// The pictures of a document, in the same way.
    pub(super) fn images(&self, number: DocumentNumber) -> &'a [Resolved] {
        self.visible.images(number)
    }

    /// What leads to a document from those that have a page.
    pub(super) fn back(&self, number: DocumentNumber) -> impl Iterator<Item = &'a Back> {
        self.visible.back(number).iter().filter(|back| self.is_published(back.from))
    }

    /// Another party by its id or name, where its register has a page.
    pub(super) fn party(&self, name: &str) -> Option<&'a OtherParty> {
        let found = self.visible.party(name)?;
        self.is_published(found.number).then_some(found.entry)
    }

    /// File, line and column of a finding; nothing where the readers may not see all.
    pub(super) fn place(&self, at: Span) -> Option<(&'a str, usize, usize)> {
        self.visible.place(at)
    }

    /// Whether there is a picture or another file at a path that is no document.
    pub(super) fn has_file(&self, path: &str) -> bool {
        self.visible.has_file(path)
    }

    /// The bytes of such a file.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn file(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        self.visible.file(path)
    }

    /// Whether it is for readers of everything. What quotes or counts all documents is for them.
    pub(super) fn is_whole(&self) -> bool {
        self.visible.is_whole()
    }

    /// The address at which the repository shows a file, where one is configured.
    pub(super) fn source_of(&self, path: &str) -> Option<String> {
        self.settings().source_of(path)
    }

    /// The published documents before and after one.
    pub(super) fn neighbours(&self, number: DocumentNumber) -> [Option<DocumentNumber>; 2] {
        let documents = self.visible.documents();
        let own = place(documents, number);
        let (Ok(at) | Err(at)) =
            self.published.binary_search_by(|other| place(documents, *other).cmp(&own));
        let before = at.checked_sub(1).map(|before| self.published[before]);
        [before, self.published.get(at + 1).copied()]
    }

    /// Whether a document has a page.
    pub(super) fn is_published(&self, number: DocumentNumber) -> bool {
        self.has_page[number]
    }

    /// The value of a `{{ name }}`.
    pub(super) fn variable<'s>(&'s self, document: &'s Document, name: &str) -> Option<&'s str> {
        let value = self.variables.get(&document.node, name)?;
        if document.is_old() {
            return (document.filled.bytes <= MOST_A_PAGE).then_some(value);
        }
        let number = self.visible.documents().at_path(&document.path)?;
        (!self.visible.shows_what_was_typed(number)).then_some(value)
    }

    /// Whether a document shows what was typed, since values and names would make it too long.
    pub(super) fn shows_what_was_typed(&self, number: DocumentNumber) -> bool {
        self.visible.shows_what_was_typed(number)
    }

    /// Text of the author's with its marks filled in.
    pub(super) fn filled<'t>(&self, document: &Document, text: &'t str) -> Cow<'t, str> {
        variables::fill(text, |name| self.variable(document, name))
    }

    /// The same with the decisions in it.
    pub(super) fn phrase(&self, document: &Document, text: &str) -> Phrase {
        variables::phrase(text, |name| self.variable(document, name))
    }

    /// The document that has taken the place of another.
    pub(super) fn successor(&self, document: &Document) -> Option<DocumentNumber> {
        self.successors.get(&key(&document.id)).copied()
    }

    /// The editions of a document that are on record, as far as these readers may know, the oldest
    /// first; with each its old edition, where that has a page.
    pub(super) fn editions(&self, id: &str) -> Vec<(&'a history::Edition, Option<&Kept>)> {
        let all = self.visible.history().of(id).iter().enumerate();
        let shown = self.by_id(id).and_then(|n| self.document(n).front.version.as_ref());
        let own = self.kept_of(id);
        let known =
            all.map(|(place, edition)| (edition, own.iter().find(|kept| kept.place == place)));
        // Whoever may not read everything is not told of an edition that cannot be opened.
        let is_told = |(edition, kept): &(&history::Edition, Option<&Kept>)| {
            self.is_whole() || kept.is_some() || shown.is_some_and(|own| own.0 == edition.version)
        };
        known.filter(is_told).collect()
    }

    /// The commit with which a shallow clone begins.
    pub(super) fn known_since(&self) -> Option<&'a history::Commit> {
        match &self.visible.history().extent {
            history::Extent::Since(first) if !self.is_public() => Some(first),
            _ => None,
        }
    }

    /// The old editions that have a page.
    pub(super) fn kept(&self) -> &[Kept] {
        self.visible.kept()
    }

    /// Those of one document.
    pub(super) fn kept_of(&self, id: &str) -> &[Kept] {
        let all = self.kept();
        let first = all.partition_point(|kept| kept.id.as_str() < id);
        let count = all[first..].partition_point(|kept| kept.id == id);
        &all[first..first + count]
    }

    /// The commit and the day on which an edition was approved.
    pub(super) fn recorded(&self, kept: &Kept) -> Option<&'a history::Edition> {
        self.visible.history().of(&kept.id).get(kept.place)
    }

    /// What is in work of a document of which something has to be said.
    pub(super) fn ahead(&self, document: &Document) -> Option<&'a Ahead> {
        if document.is_old() { None } else { self.visible.ahead(&document.path) }
    }

    /// Documents without a page that had one once.
    pub(super) fn ended(&self) -> impl Iterator<Item = &'a Ended> {
        let has_page = |id: &str| self.by_id(id).is_some_and(|number| self.is_published(number));
        self.visible.ended().filter(move |one| !has_page(&one.id))
    }

    /// The document that an id leads to that has none of its own any more.
    pub(super) fn successor_of(&self, id: &str) -> Option<DocumentNumber> {
        self.successors.get(&key(id)).copied()
    }

    /// How a document's review stands.
    pub(super) fn review_state(&self, document: &Document) -> ReviewState {
        document.review_state(self.settings(), self.today)
    }

    /// A link to a document, or its name alone when it has no page.
    pub(super) fn link(&self, root: Root, number: DocumentNumber, text: impl Into<Phrase>) -> Link {
        let href = self.is_published(number).then(|| self.href(root, number, None));
        Link { text: text.into(), href }
    }

    /// The same in the register, which leads to what is said of a document that has ended, too.
    pub(super) fn listed_link(&self, root: Root, number: DocumentNumber) -> Link {
        let document = self.document(number);
        let mut link = self.link(root, number, document.title_phrase());
        if link.href.is_none() && self.ended().any(|one| one.id == document.id) {
            link.href = Some(self.href(root, number, None));
        }
        link
    }

    /// The address of a document's page, seen from a page whose top is `root`.
    pub(super) fn href(&self, root: Root, number: DocumentNumber, section: Option<&str>) -> String {
        let page = routes::document(&self.document(number).id);
        match section {
            Some(section) => format!("{}#{}", root.to(&page), fragment(section)),
            None => root.to(&page),
        }
    }

    /// A document named by its id: a link, or the bare id.
    pub(super) fn named(&self, root: Root, id: &str) -> Link {
        match self.by_id(id) {
            Some(number) => self.link(root, number, self.document(number).id.as_str()),
            None => Link::plain(id),
        }
    }

    /// Whether it is for everybody: such an edition shows the documents, and nothing of how far
    /// they answer a standard or what is wrong with them.
    pub(super) fn is_public(&self) -> bool {
        self.options.audience == Some(Classification::Public)
    }

    /// A role or a person: a link to the role's page where there is one.
    pub(super) fn role(&self, root: Root, name: &str) -> Link {
        match self.roles.get(name) {
            Some(item) => Link {
                text: item.entry.title.phrase(),
                href: Some(format!("{root}{}", routes::role(&item.entry.id.0))),
            },
            None => Link::plain(self.visible.unlisted_role(name)),
        }
    }

    /// A role or a person that front matter names, where that is still to be decided as well.
    pub(super) fn person(&self, root: Root, name: &Text) -> Link {
        let link = self.role(root, name);
        if name.is_open() { Link::plain(name) } else { link }
    }

    /// The holder of a role.
    pub(super) fn holder(&self, name: &str) -> Option<Phrase> {
        self.roles.get(name).and_then(|item| item.entry.holder.as_ref()).map(Text::phrase)
    }

    /// A service by id or name.
    pub(super) fn service(&self, root: Root, name: &str) -> Link {
        match self.services.find(name) {
            Some(number) => {
                let service = &self.services.all[number].entry;
                let place = routes::row("services", number, &service.id.0);
                Link { text: service.title.phrase(), href: Some(format!("{root}{place}")) }
            }
            None => Link::plain(name),
        }
    }

    /// A term of the glossary.
    pub(super) fn term(&self, root: Root, name: &str) -> Option<String> {
        let number = self.terms.find(name)?;
        let term = slug(&self.terms.all[number].entry.term);
        Some(format!("{root}{}", routes::row("glossary", number, &term)))
    }

    /// The documents with a page whose texts name an entry.
    pub(super) fn documents_naming(&self, id: &str) -> impl Iterator<Item = DocumentNumber> {
        let all = self.visible.back_of_entry(id).iter().copied();
        all.filter(|number| self.is_published(*number))
    }

    /// All that somebody has to do by a day, of the documents that have a page.
    pub(super) fn due(&self) -> &[Due] {
        self.tasks.get_or_init(|| {
            let mut due = self.visible.due(&self.entries.names);
            due.retain(|one| self.is_published(one.document));
            due
        })
    }

    /// What stands for a name in a cell that the readers find nowhere.
    pub(super) fn unlisted(&self, name: &str, holds: ColumnType) -> String {
        self.visible.unlisted(name, holds)
    }

    /// A clause: a link where it has a page.
    pub(super) fn clause(&self, root: Root, number: &str) -> Link {
        let there = !self.is_public() && self.clause_title(number).is_some();
        let href = there.then(|| format!("{root}{}", routes::clause_url(number)));
        Link { text: number.into(), href }
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
        words::status(document, self.today, long)
    }
}

/// Whether a document has a page of its own.
fn has_page(visible: &VisibleManual<'_>, number: DocumentNumber) -> bool {
    let document = &visible.documents()[number];
    let is_first = visible.number_by_id(&document.id) == Some(number);
    let drafts = visible.options().drafts && document.is_live();
    is_first && document.is_named() && (document.in_force(visible.today()) || drafts)
}
