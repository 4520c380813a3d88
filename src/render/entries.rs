//! The entries of registers that have a row in an edition: where that is, and what names them.

use std::collections::HashMap;

use super::visibility::VisibleManual;
use crate::entries::{EntryRef, Named, Names, Registers};
use crate::model::library::DocumentNumber;

/// The entries whose documents have a page.
pub(super) struct ShownEntries<'a> {
    pub(super) registers: &'a Registers,
    pub(super) names: Names<'a>,
    /// For each register, its entries in the order of the rows.
    rows: Vec<Vec<EntryRef>>,
    pub(super) places: HashMap<EntryRef, usize>,
    /// Entries that name each entry.
    pub(super) named_by: HashMap<EntryRef, Vec<EntryRef>>,
}

impl<'a> ShownEntries<'a> {
    pub(super) fn new(
        visible: &'a VisibleManual<'a>,
        has_page: impl Fn(DocumentNumber) -> bool,
    ) -> Self {
        let registers = visible.registers();
        let names = visible.names();
        let shown = |register: usize| {
            let entries = registers.entries(register).map(|(at, _)| at);
            entries.filter(|at| has_page(registers.document(*at))).collect::<Vec<_>>()
        };
        let rows: Vec<Vec<EntryRef>> = (0..registers.all.len()).map(shown).collect();
        let (mut places, mut named_by) = (HashMap::new(), HashMap::<_, Vec<EntryRef>>::new());
        for (row, at) in rows.iter().flat_map(|rows| rows.iter().enumerate()) {
            places.insert(*at, row);
            let of = registers.of(at.register);
            for (n, column) in of.columns.iter().enumerate() {
                for name in registers.entry(*at).names(n) {
                    if let Some(Named::Entry(to)) = names.find(column, name) {
                        let by = named_by.entry(to).or_default();
                        if by.last() != Some(at) {
                            by.push(*at);
                        }
                    }
                }
            }
        }
        ShownEntries { registers, names, rows, places, named_by }
    }

    /// The entries of a register that have a row.
    pub(super) fn rows(&self, register: usize) -> &[EntryRef] {
        &self.rows[register]
    }

    /// The registers that have rows.
    pub(super) fn kept(&self) -> impl Iterator<Item = usize> {
        (0..self.rows.len()).filter(|register| !self.rows[*register].is_empty())
    }

    /// The address of an entry on the page of its register; nothing for the second of two with one id.
    pub(super) fn anchor(&self, at: EntryRef) -> Option<String> {
        let id = &self.registers.entry(at).id;
        let first = self.registers.by_id(id).iter().find(|one| one.register == at.register);
        (first == Some(&at)).then(|| id.split_whitespace().collect::<Vec<_>>().join("-"))
    }
}
