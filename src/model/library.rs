//! All documents of a manual, with look-ups, and the lists that belong to the manual as a whole:
//! roles, services, terms, other parties.

use std::collections::{BTreeMap, HashMap};
use std::ops::{Index, IndexMut};
use std::sync::Arc;

use rayon::prelude::*;

use super::document::Document;
use super::front::{OtherParty, Role, Service, Term};
use super::value::Kind;
use crate::parse::Trouble;
use crate::text::{FileId, Span, key};

/// All documents of a manual, sorted by path.
#[derive(Debug, Default)]
pub struct Library {
    /// The documents.
    pub documents: Documents,
    /// Files that should be documents and cannot be read as such, sorted by path.
    pub unread: Vec<Unread>,
    by_id: HashMap<String, DocumentNumber>,
    roles: Listed,
    /// The roles of each person, by name.
    holders: HashMap<String, Vec<usize>>,
    services: Listed,
    terms: Listed,
    parties: Listed,
}

/// Which document of a library it is. Look-ups alone give it out, so each is that of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber(usize);

/// Documents in the order of their paths. Each is shared with the next reading of the manual when
/// it stays as it is.
#[derive(Debug, Default)]
pub struct Documents(Vec<Arc<Document>>);

/// One value for each document of a library.
#[derive(Clone, Debug)]
pub struct ByDocument<T>(Vec<T>);

impl Documents {
    /// One after another.
    pub fn iter(&self) -> Iter<'_> {
        self.0.iter().map(|document| &**document)
    }

    /// On several threads.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = &Document> {
        self.0.par_iter().map(|document| &**document)
    }

    /// Their numbers.
    pub fn numbers(&self) -> impl ExactSizeIterator<Item = DocumentNumber> + use<> {
        (0..self.0.len()).map(DocumentNumber)
    }

    /// Their numbers, on several threads.
    pub fn par_numbers(&self) -> impl IndexedParallelIterator<Item = DocumentNumber> + use<> {
        (0..self.0.len()).into_par_iter().map(DocumentNumber)
    }

    /// One after another, each with its number.
    pub fn numbered(&self) -> impl Iterator<Item = (DocumentNumber, &Document)> {
        self.numbers().zip(self)
    }

    /// The document of a number, as it is shared.
    pub fn shared_at(&self, number: DocumentNumber) -> &Arc<Document> {
        &self.0[number.0]
    }

    /// All of them, as they are shared.
    pub fn shared(&self) -> &[Arc<Document>] {
        &self.0
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of the document at a path.
    pub fn at_path(&self, path: &str) -> Option<DocumentNumber> {
        let found = self.0.binary_search_by(|document| document.path.as_str().cmp(path));
        found.ok().map(DocumentNumber)
    }

    /// Whether there is one below a folder.
    pub fn any_below(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let first = self.0.partition_point(|document| document.path < below);
        self.0.get(first).is_some_and(|document| document.path.starts_with(&below))
    }
}

impl<T> ByDocument<T> {
    /// The values, in the order of the documents.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The values, each with the number of its document.
    pub fn numbered(&self) -> impl Iterator<Item = (DocumentNumber, &T)> {
        self.0.iter().enumerate().map(|(number, value)| (DocumentNumber(number), value))
    }
}

impl<T> Default for ByDocument<T> {
    fn default() -> Self {
        ByDocument(Vec::new())
    }
}

impl<T> FromIterator<T> for ByDocument<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        ByDocument(values.into_iter().collect())
    }
}

impl<T: Send> FromParallelIterator<T> for ByDocument<T> {
    fn from_par_iter<I: IntoParallelIterator<Item = T>>(values: I) -> Self {
        ByDocument(values.into_par_iter().collect())
    }
}

impl<'a, T> IntoIterator for &'a ByDocument<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> Index<DocumentNumber> for ByDocument<T> {
    type Output = T;

    fn index(&self, number: DocumentNumber) -> &T {
        &self.0[number.0]
    }
}

impl<T> IndexMut<DocumentNumber> for ByDocument<T> {
    fn index_mut(&mut self, number: DocumentNumber) -> &mut T {
        &mut self.0[number.0]
    }
}

/// Documents, one after another.
pub type Iter<'a> =
    std::iter::Map<std::slice::Iter<'a, Arc<Document>>, fn(&Arc<Document>) -> &Document>;

impl<'a> IntoIterator for &'a Documents {
    type Item = &'a Document;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Index<DocumentNumber> for Documents {
    type Output = Document;

    fn index(&self, number: DocumentNumber) -> &Document {
        &self.0[number.0]
    }
}

/// A file that should be a document and cannot be read as one.
#[derive(Clone, Debug)]
pub struct Unread {
    /// The file.
    pub file: FileId,
    /// Its path.
    pub path: String,
    /// Why.
    pub trouble: Trouble,
}

/// An entry of one of the manual's lists, with the document that holds it.
#[derive(Debug)]
pub struct Item<'a, T> {
    /// The number of the document.
    pub number: DocumentNumber,
    /// The document.
    pub document: &'a Document,
    /// Its index in the document's list.
    pub index: usize,
    /// The entry.
    pub entry: &'a T,
    key: &'static str,
}

impl<T> Clone for Item<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Item<'_, T> {}

impl<T> Item<'_, T> {
    /// The place of a field of the entry, or of the entry where the field is absent.
    pub fn at(&self, field: &str) -> Span {
        self.document.at(&[self.key, &self.index.to_string(), field])
    }
}

/// Where the entries of a list stand (document, index), and under which names they are found.
#[derive(Debug, Default)]
struct Listed {
    entries: Vec<(DocumentNumber, usize)>,
    names: BTreeMap<String, usize>,
}

impl Listed {
    fn add<'n>(&mut self, at: (DocumentNumber, usize), names: impl IntoIterator<Item = &'n str>) {
        let number = self.entries.len();
        self.entries.push(at);
        for name in names {
            self.names.entry(key(name)).or_insert(number);
        }
    }

    fn find(&self, name: &str) -> Option<(DocumentNumber, usize)> {
        self.names.get(&key(name.trim())).map(|number| self.entries[*number])
    }
}

impl Library {
    /// Sorts documents into a library. Of two with the same id, the one whose title suits it is found
    /// under it, or the one whose path comes first.
    pub fn new(mut documents: Vec<Arc<Document>>, unread: Vec<Unread>) -> Self {
        documents.sort_by(|a, b| a.path.cmp(&b.path));
        let documents = Documents(documents);
        let mut library = Library { documents, unread, ..Library::default() };
        for (number, document) in library.documents.numbered() {
            let documents = &library.documents;
            let found = library.by_id.entry(key(&document.id)).or_insert(number);
            let suits = |one: &Document| one.is_named() && one.suits(&document.id);
            if *found != number && !suits(&documents[*found]) && suits(document) {
                *found = number;
            }
            if !document.is_live() {
                continue;
            }
            let front = &document.front;
            for (n, role) in front.roles.iter().enumerate() {
                if let Some(holder) = &role.holder {
                    let held = library.holders.entry(key(holder.trim())).or_default();
                    held.push(library.roles.entries.len());
                }
                library.roles.add((number, n), [role.id.0.as_str(), &role.title]);
            }
            for (n, service) in front.services.iter().enumerate() {
                library.services.add((number, n), [service.id.0.as_str(), &service.title]);
            }
            for (n, term) in front.terms.iter().enumerate() {
                let also = term.also.iter().map(|other| &**other);
                library.terms.add((number, n), std::iter::once(&*term.term).chain(also));
            }
            for (n, party) in front.other_parties.iter().enumerate() {
                library.parties.add((number, n), [party.id.0.as_str(), &party.title]);
            }
        }
        library
    }

    /// The number of the document of an id.
    pub fn number_by_id(&self, id: &str) -> Option<DocumentNumber> {
        self.by_id.get(&key(id)).copied()
    }

    /// The document of an id; letter case does not count, since it does not on every disk.
    pub fn by_id(&self, id: &str) -> Option<&Document> {
        self.number_by_id(id).map(|number| &self.documents[number])
    }

    /// Whether a file should be a document and cannot be read: its own finding says so, links to
    /// it stay silent.
    pub fn is_unread(&self, path: &str) -> bool {
        self.unread.binary_search_by(|unread| unread.path.as_str().cmp(path)).is_ok()
    }

    /// Whether a file cannot be read, or not all of it as it was meant.
    pub fn is_broken(&self, path: &str) -> bool {
        let found = self.documents.at_path(path).map(|number| &self.documents[number]);
        self.is_unread(path) || found.is_some_and(|document| !document.troubles.is_empty())
    }

    /// Whether a list of the manual (`roles`, `services`, …) may have entries that could not be read.
    pub fn may_lack(&self, list: &str) -> bool {
        let home = match list {
            "services" => [Kind::Catalogue, Kind::Register],
            _ => [Kind::Register, Kind::Register],
        };
        self.documents.iter().any(|document| {
            let may_hold = document.kind().is_none_or(|kind| home.contains(&kind));
            document.faulty.contains(list) || (document.lost && may_hold)
        })
    }

    /// How many files cannot be read, or not all of them as they were meant.
    pub fn broken(&self) -> usize {
        let documents = self.documents.iter().filter(|document| !document.troubles.is_empty());
        self.unread.len() + documents.count()
    }

    /// All ids, for hints.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().filter(|document| document.is_named()).map(|d| d.id.as_str())
    }

    /// All roles of the role registers.
    pub fn roles(&self) -> impl Iterator<Item = Item<'_, Role>> {
        self.items(&self.roles, "roles", |document| &document.front.roles)
    }

    /// A role by its id or title.
    pub fn role(&self, name: &str) -> Option<Item<'_, Role>> {
        self.item(self.roles.find(name)?, "roles", |document| &document.front.roles)
    }

    /// The roles as which a name acts: the role of that id or title, or those that the person
    /// holds.
    pub fn acts_as(&self, name: &str) -> impl Iterator<Item = Item<'_, Role>> {
        let role = self.role(name);
        let person = self.holders.get(&key(name.trim())).filter(|_| role.is_none());
        let held = person.into_iter().flatten().filter_map(|entry| {
            let at = *self.roles.entries.get(*entry)?;
            self.item(at, "roles", |document| &document.front.roles)
        });
        role.into_iter().chain(held)
    }

    /// Whether the manual has a role register at all; without one, roles are not checked.
    pub fn has_roles(&self) -> bool {
        !self.roles.entries.is_empty()
    }

    /// All services of the catalogues.
    pub fn services(&self) -> impl Iterator<Item = Item<'_, Service>> {
        self.items(&self.services, "services", |document| &document.front.services)
    }

    /// A service by its id or title.
    pub fn service(&self, name: &str) -> Option<Item<'_, Service>> {
        self.item(self.services.find(name)?, "services", |document| &document.front.services)
    }

    /// All terms of the glossaries.
    pub fn terms(&self) -> impl Iterator<Item = Item<'_, Term>> {
        self.items(&self.terms, "terms", |document| &document.front.terms)
    }

    /// A term by any of its forms.
    pub fn term(&self, name: &str) -> Option<Item<'_, Term>> {
        self.item(self.terms.find(name)?, "terms", |document| &document.front.terms)
    }

    /// All other parties.
    pub fn parties(&self) -> impl Iterator<Item = Item<'_, OtherParty>> {
        self.items(&self.parties, "other_parties", |document| &document.front.other_parties)
    }

    /// Another party by its id or name.
    pub fn party(&self, name: &str) -> Option<Item<'_, OtherParty>> {
        let at = self.parties.find(name)?;
        self.item(at, "other_parties", |document| &document.front.other_parties)
    }

    fn items<'a, T: 'a>(
        &'a self,
        listed: &'a Listed,
        key: &'static str,
        list: fn(&Document) -> &Vec<T>,
    ) -> impl Iterator<Item = Item<'a, T>> {
        listed.entries.iter().filter_map(move |at| self.item(*at, key, list))
    }

    fn item<T>(
        &self,
        (number, index): (DocumentNumber, usize),
        key: &'static str,
        list: fn(&Document) -> &Vec<T>,
    ) -> Option<Item<'_, T>> {
        let document = &self.documents[number];
        list(document).get(index).map(|entry| Item { number, document, index, entry, key })
    }
}
