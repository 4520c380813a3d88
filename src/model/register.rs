//! The registers of a manual: lists in the front matter whose entries have names, and are looked up
//! by them wherever in the manual they stand.
//!
//! Each register is described once, here: the field that holds it, what a link to an entry begins
//! with, the kinds of document it may stand in, and of each entry its names and what it names itself.
//! Everything that is the same for all of them asks the description: the schemas of front matter,
//! [`super::library::Library`], links, rules.

use super::front::{ExternalDocument, FrontMatter, OtherParty, Role, Service, Term};
use super::value::{Kind, Text};
use crate::text::slug;

/// A register of the manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    /// The roles.
    Roles,
    /// The services of the catalogues.
    Services,
    /// The terms of the glossary.
    Terms,
    /// Suppliers, and customers that act as suppliers.
    OtherParties,
    /// Documents of external origin.
    ExternalDocuments,
}

/// The field that holds the main name of most entries.
const ID: &str = "id";

/// What there is to know of a register.
struct Description {
    key: &'static str,
    word: &'static str,
    main: &'static str,
    link: bool,
    kinds: &'static [Kind],
    home: &'static str,
    listed: fn(&FrontMatter) -> Vec<Listed<'_>>,
    name: fn(&FrontMatter, usize) -> Option<&str>,
}

/// An entry of a register, as far as all registers have it.
pub struct Listed<'a> {
    /// What it goes by: its main name first.
    pub names: Vec<&'a str>,
    /// The role that answers for it.
    pub owner: Option<&'a Text>,
    /// The document that is agreed on for it.
    pub agreement: Option<&'a Text>,
}

/// The type of a register's entries.
pub trait Entry: Sized + 'static {
    /// The register.
    const REGISTER: Register;

    /// The entries in the front matter of a document.
    fn all(front: &FrontMatter) -> &[Self];

    /// What it goes by: its main name first.
    fn names(&self) -> Vec<&str>;

    /// The role that answers for it.
    fn owner(&self) -> Option<&Text> {
        None
    }

    /// The document that is agreed on for it.
    fn agreement(&self) -> Option<&Text> {
        None
    }
}

impl Description {
    const fn of<E: Entry>(key: &'static str, word: &'static str) -> Self {
        let home = "a register (kind: register)";
        Description {
            key,
            word,
            main: ID,
            link: false,
            kinds: &[Kind::Register],
            home,
            listed: listed::<E>,
            name: name::<E>,
        }
    }

    /// The same with links that begin with its word: `[[role:x]]`.
    const fn linked(mut self) -> Self {
        self.link = true;
        self
    }

    /// The same where another field than the id holds the main name.
    const fn named_by(mut self, field: &'static str) -> Self {
        self.main = field;
        self
    }

    /// The same in the documents of another kind as well.
    const fn also_in(mut self, kinds: &'static [Kind], home: &'static str) -> Self {
        self.kinds = kinds;
        self.home = home;
        self
    }
}

/// The entries of a type in the front matter of a document.
fn listed<E: Entry>(front: &FrontMatter) -> Vec<Listed<'_>> {
    let entries = E::all(front).iter();
    entries
        .map(|entry| Listed {
            names: entry.names(),
            owner: entry.owner(),
            agreement: entry.agreement(),
        })
        .collect()
}

/// The main name of an entry of a type in the front matter of a document.
fn name<E: Entry>(front: &FrontMatter, index: usize) -> Option<&str> {
    E::all(front).get(index)?.names().into_iter().next()
}

impl Register {
    /// All of them.
    pub const ALL: [Register; 5] = [
        Register::Roles,
        Register::Services,
        Register::Terms,
        Register::OtherParties,
        Register::ExternalDocuments,
    ];

    const fn description(self) -> Description {
        match self {
            Register::Roles => Description::of::<Role>("roles", "role").linked(),
            Register::Services => {
                Description::of::<Service>("services", "service").linked().also_in(
                    &[Kind::Catalogue, Kind::Register],
                    "a service catalogue (kind: catalogue)",
                )
            }
            Register::Terms => Description::of::<Term>("terms", "term").named_by("term").linked(),
            Register::OtherParties => Description::of::<OtherParty>("other_parties", "party"),
            Register::ExternalDocuments => {
                Description::of::<ExternalDocument>("external_documents", "external document")
            }
        }
    }

    /// The field of front matter that holds its entries.
    pub fn key(self) -> &'static str {
        self.description().key
    }

    /// What a link to one of its entries begins with, where there are such links: `role` of
    /// `[[role:x]]`.
    pub fn link(self) -> Option<&'static str> {
        let description = self.description();
        description.link.then_some(description.word)
    }

    /// The word for one of its entries.
    pub fn word(self) -> &'static str {
        self.description().word
    }

    /// The field of an entry that holds its main name.
    pub fn main_field(self) -> &'static str {
        self.description().main
    }

    /// What is the address of an entry on the site, from its main name: an id as it is, words as those
    /// of a heading.
    pub fn address(self, main: &str) -> String {
        if self.main_field() == ID { main.to_owned() } else { slug(main) }
    }

    /// The kinds of document it may stand in.
    pub fn kinds(self) -> &'static [Kind] {
        self.description().kinds
    }

    /// Where it belongs, in words.
    pub fn home(self) -> &'static str {
        self.description().home
    }

    /// Its entries in the front matter of a document.
    pub fn listed(self, front: &FrontMatter) -> Vec<Listed<'_>> {
        (self.description().listed)(front)
    }

    /// The main name of one of its entries in the front matter of a document.
    pub fn name(self, front: &FrontMatter, index: usize) -> Option<&str> {
        (self.description().name)(front, index)
    }

    /// The register that a field of front matter holds.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|register| register.key() == key)
    }

    /// The register to which links lead that begin with a word.
    pub fn of_link(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|register| register.link() == Some(word))
    }
}

impl Entry for Role {
    const REGISTER: Register = Register::Roles;

    fn all(front: &FrontMatter) -> &[Self] {
        &front.roles
    }

    fn names(&self) -> Vec<&str> {
        vec![&self.id.0, &self.title]
    }
}

impl Entry for Service {
    const REGISTER: Register = Register::Services;

    fn all(front: &FrontMatter) -> &[Self] {
        &front.services
    }

    fn names(&self) -> Vec<&str> {
        vec![&self.id.0, &self.title]
    }

    fn owner(&self) -> Option<&Text> {
        self.owner.as_ref()
    }

    fn agreement(&self) -> Option<&Text> {
        self.agreement.as_ref()
    }
}

impl Entry for Term {
    const REGISTER: Register = Register::Terms;

    fn all(front: &FrontMatter) -> &[Self] {
        &front.terms
    }

    fn names(&self) -> Vec<&str> {
        std::iter::once(&self.term).chain(&self.also).map(|name| &**name).collect()
    }
}

impl Entry for OtherParty {
    const REGISTER: Register = Register::OtherParties;

    fn all(front: &FrontMatter) -> &[Self] {
        &front.other_parties
    }

    fn names(&self) -> Vec<&str> {
        vec![&self.id.0, &self.title]
    }

    fn owner(&self) -> Option<&Text> {
        self.owner.as_ref()
    }

    fn agreement(&self) -> Option<&Text> {
        self.agreement.as_ref()
    }
}

impl Entry for ExternalDocument {
    const REGISTER: Register = Register::ExternalDocuments;

    fn all(front: &FrontMatter) -> &[Self] {
        &front.external_documents
    }

    fn names(&self) -> Vec<&str> {
        vec![&self.id.0, &self.title]
    }

    fn owner(&self) -> Option<&Text> {
        self.owner.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::derived;

    #[test]
    fn each_register_stands_in_its_place_and_in_a_field_of_front_matter() {
        let schema = derived::<FrontMatter>();
        for (number, register) in Register::ALL.into_iter().enumerate() {
            assert_eq!(register as usize, number, "{register:?}");
            assert_eq!(Register::of_key(register.key()), Some(register));
            assert!(schema["properties"].get(register.key()).is_some(), "{register:?}");
        }
    }
}
