//! What the names in cells are names of: roles, clauses, documents, measures, entries.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::format::ColumnType;
use super::types::Column;
use super::{EntryRef, Registers};
use crate::model::front::Role;
use crate::model::library::{DocumentNumber, Library};
use crate::standard::Standards;
use crate::text::{NameIndex, Near, key};

/// The word for everything that a cell of several could name.
const ALL: &str = "all";

/// The register of measured values, whose measures can be named for them.
const MEASURES: &str = "measurements";

/// What a name is a name of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A role, by its id.
    Role(String),
    /// A person, or anybody else who has no page.
    Person,
    /// A clause, as documents name it.
    Clause(String),
    /// A service, by its id.
    Service(String),
    /// Another party, by its id.
    Party(String),
    /// A document.
    Document(DocumentNumber),
    /// A measure: its document, and its place there.
    Kpi(DocumentNumber, usize),
    /// An entry.
    Entry(EntryRef),
    /// All that there is.
    All,
}

/// All names of a manual that cells may hold.
pub struct Names<'a> {
    library: &'a Library,
    standards: &'a Standards,
    registers: &'a Registers,
    /// Holders of roles and their deputies.
    people: HashSet<String>,
    kpis: HashMap<String, (DocumentNumber, usize)>,
}

impl<'a> Names<'a> {
    /// Gathers them.
    pub fn new(library: &'a Library, standards: &'a Standards, registers: &'a Registers) -> Self {
        let people = library.roles().flat_map(|role| {
            let own = [role.entry.holder.as_ref(), role.entry.deputy.as_ref()];
            own.into_iter().flatten().map(|name| key(name.trim()))
        });
        let mut kpis = HashMap::new();
        for (number, document) in library.documents.numbered() {
            for (n, kpi) in document.front.kpis.iter().enumerate().filter(|_| document.is_live()) {
                kpis.entry(key(&kpi.id)).or_insert((number, n));
                kpis.entry(key(&format!("{}/{}", document.id, kpi.id))).or_insert((number, n));
            }
        }
        let people = people.collect();
        Names { library, standards, registers, people, kpis }
    }

    /// What a name is a name of, in a column; nothing where there is no such thing.
    pub fn find(&self, column: &Column, name: &str) -> Option<Named> {
        let name = name.trim();
        if column.many && name.eq_ignore_ascii_case(ALL) {
            return Some(Named::All);
        }
        match column.holds {
            ColumnType::Role => self.role(name),
            ColumnType::Person => self.role(name).or_else(|| self.person(name)),
            ColumnType::Clause => {
                let (at, _) = self.standards.find(name)?;
                Some(Named::Clause(self.standards.name(&at)))
            }
            ColumnType::Service => {
                let found = self.library.service(name);
                of_list(found.map(|one| Named::Service(one.entry.id.0.clone())), || {
                    self.library.services().next().is_none()
                })
            }
            ColumnType::Party => {
                let found = self.library.party(name);
                of_list(found.map(|one| Named::Party(one.entry.id.0.clone())), || {
                    self.library.parties().next().is_none()
                })
            }
            ColumnType::Document => {
                let by_id = self.library.number_by_id(name);
                by_id.or_else(|| self.library.documents.at_path(name)).map(Named::Document)
            }
            ColumnType::Kpi => self.kpi(name).map(|(number, n)| Named::Kpi(number, n)),
            ColumnType::Entry => {
                let all = self.registers.by_id(name).iter();
                let fits = |at: &&EntryRef| {
                    column.of.is_empty() || column.of.contains(&self.registers.of(at.register).name)
                };
                let found = all.filter(fits).map(|at| Named::Entry(*at)).next();
                // What answers a measured value may be about its measure.
                let measures = column.of.iter().any(|of| of == MEASURES);
                let kpi = || self.kpi(name).filter(|_| measures);
                found.or_else(|| kpi().map(|(number, n)| Named::Kpi(number, n)))
            }
            _ => Some(Named::Person),
        }
    }

    /// The measure of an id.
    pub fn kpi(&self, name: &str) -> Option<(DocumentNumber, usize)> {
        self.kpis.get(&key(name.trim())).copied()
    }

    fn role(&self, name: &str) -> Option<Named> {
        let found = self.library.role(name);
        of_list(found.map(|role| Named::Role(role.entry.id.0.clone())), || {
            !self.library.has_roles()
        })
    }

    /// A person who holds a role, or anybody who is called by a first and a last name: not everybody
    /// who is trained or audits holds a role here.
    fn person(&self, name: &str) -> Option<Named> {
        (self.is_listed(name) || name.contains(' ')).then_some(Named::Person)
    }

    /// Whether a role register names a person, or a register another party.
    pub fn is_listed(&self, name: &str) -> bool {
        self.people.contains(&key(name.trim())) || self.library.party(name).is_some()
    }
}

/// What was perhaps meant by names that are none. They are put into an index when the first of their
/// kind asks for it.
pub struct NearNames<'a> {
    names: &'a Names<'a>,
    indices: [OnceLock<NameIndex<'a>>; 8],
}

impl<'a> NearNames<'a> {
    /// Nothing is looked at before somebody asks.
    pub fn of(names: &'a Names<'a>) -> Self {
        NearNames { names, indices: Default::default() }
    }

    /// The nearest name of what a column holds.
    pub fn near(&self, column: &Column, name: &str) -> Option<Near<'a>> {
        let Names { library, standards, registers, .. } = *self.names;
        let kpis = || library.documents.iter().flat_map(|document| &document.front.kpis);
        let (place, all): (usize, &dyn Fn() -> NameIndex<'a>) = match column.holds {
            ColumnType::Role => {
                (0, &|| NameIndex::of(library.roles().flat_map(|role| names_of(role.entry))))
            }
            ColumnType::Person => (1, &|| NameIndex::of(people_of(library))),
            ColumnType::Clause => (2, &|| NameIndex::of(standards.numbers())),
            ColumnType::Service => {
                (3, &|| NameIndex::of(library.services().map(|one| one.entry.id.0.as_str())))
            }
            ColumnType::Party => {
                (4, &|| NameIndex::of(library.parties().map(|one| one.entry.id.0.as_str())))
            }
            ColumnType::Document => (5, &|| NameIndex::of(library.ids())),
            ColumnType::Entry => (6, &|| NameIndex::of(registers.ids().map(|(id, _)| id))),
            _ => (7, &|| NameIndex::of(kpis().map(|kpi| &*kpi.id))),
        };
        self.indices[place].get_or_init(all).near(name)
    }
}

/// Roles, and those who hold them.
fn people_of(library: &Library) -> impl Iterator<Item = &str> {
    library.roles().flat_map(|role| {
        let own = [role.entry.holder.as_deref(), role.entry.deputy.as_deref()];
        names_of(role.entry).into_iter().chain(own.into_iter().flatten())
    })
}

/// What was found in a list; where there is no list at all, nothing is checked against it.
fn of_list(found: Option<Named>, is_empty: impl Fn() -> bool) -> Option<Named> {
    found.or_else(|| is_empty().then_some(Named::Person))
}

fn names_of(role: &Role) -> [&str; 2] {
    [&role.id.0, &role.title]
}
