//! Where links led the last time, and which of them still lead there.
//!
//! A link is followed by names: paths, ids, titles, slugs of sections, entries of lists. Where a
//! document is the same, and so is every name that its links were looked up in, they lead to the
//! same places. That is found out by comparing names with names; what was edited does not count.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Back, Followed, LinkTargets, List};
use crate::model::document::Document;
use crate::model::library::{ByDocument, DocumentNumber, Library};
use crate::model::register::Register;

/// Where the links of a manual led the last time.
#[derive(Default)]
pub struct LinkMemo {
    documents: Vec<Arc<Document>>,
    /// Names that do not stand in the path, the id or the headings of a document.
    names: Vec<String>,
    link_targets: LinkTargets,
    pub(super) followed: ByDocument<Arc<Followed>>,
    pub(super) back: ByDocument<List<Back>>,
}

/// How much of it still holds.
pub(super) struct Held {
    /// Whether every document has the number, the path and the id that it had.
    pub(super) numbers: bool,
    titles: bool,
    /// Documents that have other sections.
    sections: BTreeSet<DocumentNumber>,
    same: ByDocument<bool>,
}

impl Held {
    /// Whether the links of a document still lead where they led.
    pub(super) fn holds(&self, number: DocumentNumber, followed: &Followed) -> bool {
        self.same[number]
            && (self.titles || !followed.loose)
            && (self.sections.is_empty()
                || followed.sections.iter().all(|to| !self.sections.contains(to)))
    }
}

impl LinkMemo {
    /// Compares the names of a manual with those of the last time, and keeps its own for the next.
    pub(super) fn compare(&mut self, library: &Library, link_targets: &LinkTargets) -> Held {
        let (old, new) = (&self.documents, library.documents.shared());
        let names = names(library);
        let mut held = Held {
            numbers: old.len() == new.len()
                && self.names == names
                && self.link_targets == *link_targets,
            titles: true,
            sections: BTreeSet::new(),
            same: old.iter().zip(new).map(|(old, new)| Arc::ptr_eq(old, new)).collect(),
        };
        for (number, (old, new)) in library.documents.numbers().zip(old.iter().zip(new)) {
            if Arc::ptr_eq(old, new) {
                continue;
            }
            let named = |one: &Document| (one.path.clone(), one.id.clone(), one.is_named());
            let slugs = |one: &'_ Document| {
                let headings = one.body.headings.iter().map(|heading| heading.slug.clone());
                headings.chain(one.body.targets().map(str::to_owned)).collect::<Vec<_>>()
            };
            held.numbers &= named(old) == named(new);
            held.titles &= old.title() == new.title();
            if slugs(old) != slugs(new) {
                held.sections.insert(number);
            }
        }
        self.documents = new.to_vec();
        self.names = names;
        self.link_targets = link_targets.clone();
        held
    }

    /// What leads to each document, made anew where something else does than the last time.
    pub(super) fn back_again(
        &self,
        followed: &ByDocument<Arc<Followed>>,
    ) -> ByDocument<List<Back>> {
        let pairs = self.followed.iter().zip(followed.numbered());
        let others: BTreeSet<DocumentNumber> = pairs
            .filter(|(old, (_, new))| !Arc::ptr_eq(old, new))
            .map(|(_, (from, _))| from)
            .collect();
        let mut leads: BTreeMap<DocumentNumber, Vec<Back>> = BTreeMap::new();
        for from in &others {
            for (to, _) in self.followed[*from].leads(*from) {
                leads.entry(to).or_default();
            }
            for (to, lead) in followed[*from].leads(*from) {
                leads.entry(to).or_default().push(lead);
            }
        }
        let mut back = self.back.clone();
        for (to, mut list) in leads {
            list.extend(back[to].iter().filter(|lead| !others.contains(&lead.from)).cloned());
            back[to] = super::sorted(list);
        }
        back
    }
}

/// The entries of the registers, and files that cannot be read.
fn names(library: &Library) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for register in Register::ALL {
        for entry in library.names_in(register) {
            names.push(register.key().to_owned());
            names.extend(entry.into_iter().map(str::to_owned));
        }
    }
    let unread = library.unread.iter().map(|unread| unread.path.clone());
    names.push("unread".to_owned());
    names.extend(unread);
    names
}
