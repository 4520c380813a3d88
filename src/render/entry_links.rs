//! From every place that names an entry of a register to its row, and from a cell to what it names.

use super::edition::Edition;
use super::routes::{self, Root};
use super::words::Link;
use crate::entries::types::Column;
use crate::entries::{Due, EntryRef, Named};
use crate::text::phrase::Phrase;

impl Edition<'_> {
    /// An entry of a register by its id.
    pub(super) fn entry(&self, root: Root, register: &str, id: &str) -> Link {
        let registers = self.entries.registers;
        let mut found = registers.by_id(id).iter();
        let found = found.find(|at| registers.of(at.register).name == register);
        found.map_or_else(|| Link::plain(id), |at| self.entry_link(root, *at))
    }

    /// An entry: a link to its row, where it has one.
    pub(super) fn entry_link(&self, root: Root, at: EntryRef) -> Link {
        let entry = self.entries.registers.entry(at);
        let folder = routes::register(&self.entries.registers.of(at.register).name);
        let href = self.entries.places.get(&at).zip(self.entries.anchor(at));
        let href =
            href.map(|(row, anchor)| format!("{root}{}", routes::row(&folder, *row, &anchor)));
        Link { text: entry.id.as_str().into(), href }
    }

    /// What is to be done, with the decisions in it.
    pub(super) fn said_of(&self, due: &Due) -> Phrase {
        self.phrase(self.document(due.document), &due.what)
    }

    /// What names an entry: other entries, then documents.
    pub(super) fn names_of_entry(&self, root: Root, at: EntryRef) -> Vec<Link> {
        let entries = self.entries.named_by.get(&at).map(Vec::as_slice).unwrap_or_default();
        let entries = entries.iter().map(|by| self.entry_link(root, *by));
        let id = &self.entries.registers.entry(at).id;
        let documents = self
            .documents_naming(id)
            .map(|number| self.link(root, number, self.document(number).id.as_str()));
        entries.chain(documents).collect()
    }

    /// What a name in a cell leads to. What these readers may not know of is not named.
    pub(super) fn named_in_cell(&self, root: Root, column: &Column, name: &str) -> Link {
        match self.entries.names.find(column, name) {
            Some(Named::Role(id)) => self.role(root, &id),
            Some(Named::Clause(number)) => self.clause(root, &number),
            Some(Named::Service(id)) => Link { text: name.into(), ..self.service(root, &id) },
            Some(Named::Document(number)) => {
                self.link(root, number, self.document(number).id.as_str())
            }
            Some(Named::Kpi(number, _)) => self.link(root, number, name),
            Some(Named::Entry(at)) => self.entry_link(root, at),
            Some(Named::Person | Named::Party(_) | Named::All) => Link::plain(name),
            None => Link::plain(self.unlisted(name, column.holds)),
        }
    }
}
