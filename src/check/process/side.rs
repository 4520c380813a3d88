//! What a document takes, or what it gives, to be looked up by name: thousands of hand-overs on either
//! side would be millions of pairs.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::model::library::Library;
use crate::text::{NameIndex, is_one_slip};

/// One side of the hand-overs of a document.
#[derive(Default)]
pub(super) struct Side<'a> {
    with: HashMap<String, Names<'a>>,
    /// Names of what comes from, or goes to, nobody that the manual has as a document.
    astray: HashSet<String>,
}

/// What is handed over with one partner.
#[derive(Default)]
struct Names<'a> {
    folded: HashSet<String>,
    typed: Vec<&'a str>,
    near: OnceCell<NameIndex<'a>>,
}

impl<'a> Side<'a> {
    /// The names and partners of hand-overs.
    pub(super) fn of(
        entries: impl Iterator<Item = (&'a str, &'a str)>,
        library: &Library,
    ) -> Side<'a> {
        let mut side = Side::default();
        for (name, partner) in entries {
            let names = side.with.entry(folded(partner)).or_default();
            if names.folded.insert(folded(name)) {
                names.typed.push(name);
            }
            if library.by_id(partner).is_none() {
                side.astray.insert(folded(name));
            }
        }
        side
    }

    /// Whether something of this name is handed over with a partner.
    pub(super) fn has(&self, name: &str, partner: &str) -> bool {
        self.with.get(&folded(partner)).is_some_and(|names| names.folded.contains(&folded(name)))
    }

    /// Whether something of this name is handed over with nobody that is known as a document.
    pub(super) fn is_astray(&self, name: &str) -> bool {
        self.astray.contains(&folded(name))
    }

    /// The name that was perhaps meant among what is handed over with a partner: one slip away.
    pub(super) fn slip(&self, name: &str, partner: &str) -> Option<&'a str> {
        let names = self.with.get(&folded(partner))?;
        let index = names.near.get_or_init(|| NameIndex::of(names.typed.iter().copied()));
        index.near(name).map(|near| near.word).filter(|near| is_one_slip(near, name))
    }
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    name.trim().to_ascii_lowercase()
}
