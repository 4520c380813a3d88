//! All documents of a manual, with look-ups, and the entries of its registers.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::document::Document;
pub use super::documents::{ByDocument, DocumentNumber, Documents};
use super::front::{OtherParty, Role, Service, Term};
use super::register::{Entry, Listed, Register};
use super::value::Classification;
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
    /// The entries of each register, in the order of [`Register::ALL`].
    registers: [Entries; Register::ALL.len()],
    /// The roles of each person, by name.
    holders: HashMap<String, Vec<(DocumentNumber, usize)>>,
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
}

impl<T> Clone for Item<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Item<'_, T> {}

impl<E: Entry> Item<'_, E> {
    /// The place of a field of the entry, or of the entry where the field is absent.
    pub fn at(&self, field: &str) -> Span {
        self.document.at(&[E::REGISTER.key(), &self.index.to_string(), field])
    }
}

/// Where the entries of a register stand (document, index), and under which names they are found.
#[derive(Debug, Default)]
struct Entries {
    places: Vec<(DocumentNumber, usize)>,
    names: BTreeMap<String, usize>,
}

impl Entries {
    fn add<'n>(&mut self, at: (DocumentNumber, usize), names: impl IntoIterator<Item = &'n str>) {
        let number = self.places.len();
        self.places.push(at);
        for name in names {
            self.names.entry(key(name)).or_insert(number);
        }
    }

    fn find(&self, name: &str) -> Option<(DocumentNumber, usize)> {
        self.names.get(&key(name.trim())).map(|number| self.places[*number])
    }
}

impl Library {
    /// Sorts documents into a library. Of two with the same id, the one whose title suits it is found
    /// under it, or the one whose path comes first.
    pub fn new(documents: Vec<Arc<Document>>, unread: Vec<Unread>) -> Self {
        let documents = Documents::new(documents);
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
            for (entries, register) in library.registers.iter_mut().zip(Register::ALL) {
                for (n, entry) in register.listed(&document.front).into_iter().enumerate() {
                    entries.add((number, n), entry.names);
                }
            }
            for (n, role) in document.front.roles.iter().enumerate() {
                if let Some(holder) = &role.holder {
                    library.holders.entry(key(holder.trim())).or_default().push((number, n));
                }
            }
        }
        library
    }

    /// Keeps an old edition behind the documents: it is found by its number alone.
    pub fn keep(&mut self, old: Arc<Document>) -> DocumentNumber {
        self.documents.keep(old)
    }

    /// Forgets the old editions.
    pub fn forget_old(&mut self) {
        self.documents.forget_old();
    }

    /// Makes a document one for nobody below a classification.
    pub fn restrict(&mut self, number: DocumentNumber, level: Classification) {
        self.documents.restrict(number, level);
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

    /// Whether a register may have entries that could not be read.
    pub fn may_lack(&self, register: Register) -> bool {
        self.documents.iter().any(|document| {
            let may_hold = document.kind().is_none_or(|kind| register.kinds().contains(&kind));
            document.faulty.contains(register.key()) || (document.lost && may_hold)
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

    /// All entries of a register.
    pub fn entries<E: Entry>(&self) -> impl Iterator<Item = Item<'_, E>> {
        self.of(E::REGISTER).places.iter().filter_map(|at| self.item(*at))
    }

    /// An entry of a register by any of its names.
    pub fn entry<E: Entry>(&self, name: &str) -> Option<Item<'_, E>> {
        self.item(self.of(E::REGISTER).find(name)?)
    }

    /// The main name of an entry of a register, by any of its names.
    pub fn name_in(&self, register: Register, name: &str) -> Option<&str> {
        let (number, index) = self.of(register).find(name)?;
        register.name(&self.documents[number].front, index)
    }

    /// All entries of a register, each with its document and its index there.
    pub fn listed(
        &self,
        register: Register,
    ) -> impl Iterator<Item = (DocumentNumber, usize, Listed<'_>)> {
        self.of(register).places.chunk_by(|a, b| a.0 == b.0).flat_map(move |places| {
            let listed = register.listed(&self.documents[places[0].0].front);
            places.iter().zip(listed).map(|((number, index), entry)| (*number, *index, entry))
        })
    }

    /// The names of each entry of a register, its main name first.
    pub fn names_in(&self, register: Register) -> impl Iterator<Item = Vec<&str>> {
        self.listed(register).map(|(_, _, entry)| entry.names)
    }

    /// Whether something goes by a name in one of the registers.
    pub fn is_entry(&self, name: &str) -> bool {
        self.registers.iter().any(|entries| entries.find(name).is_some())
    }

    /// All roles of the role registers.
    pub fn roles(&self) -> impl Iterator<Item = Item<'_, Role>> {
        self.entries()
    }

    /// A role by its id or title.
    pub fn role(&self, name: &str) -> Option<Item<'_, Role>> {
        self.entry(name)
    }

    /// The roles as which a name acts: the role of that id or title, or those that the person
    /// holds.
    pub fn acts_as(&self, name: &str) -> impl Iterator<Item = Item<'_, Role>> {
        let role = self.role(name);
        let person = self.holders.get(&key(name.trim())).filter(|_| role.is_none());
        let held = person.into_iter().flatten().filter_map(|at| self.item(*at));
        role.into_iter().chain(held)
    }

    /// Whether the manual has a role register at all; without one, roles are not checked.
    pub fn has_roles(&self) -> bool {
        !self.of(Register::Roles).places.is_empty()
    }

    /// All services of the catalogues.
    pub fn services(&self) -> impl Iterator<Item = Item<'_, Service>> {
        self.entries()
    }

    /// A service by its id or title.
    pub fn service(&self, name: &str) -> Option<Item<'_, Service>> {
        self.entry(name)
    }

    /// All terms of the glossaries.
    pub fn terms(&self) -> impl Iterator<Item = Item<'_, Term>> {
        self.entries()
    }

    /// All other parties.
    pub fn parties(&self) -> impl Iterator<Item = Item<'_, OtherParty>> {
        self.entries()
    }

    /// Another party by its id or name.
    pub fn party(&self, name: &str) -> Option<Item<'_, OtherParty>> {
        self.entry(name)
    }

    fn of(&self, register: Register) -> &Entries {
        &self.registers[register as usize]
    }

    fn item<E: Entry>(&self, (number, index): (DocumentNumber, usize)) -> Option<Item<'_, E>> {
        let document = &self.documents[number];
        let entry = E::all(&document.front).get(index)?;
        Some(Item { number, document, index, entry })
    }
}
