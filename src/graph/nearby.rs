//! The nearest thing to what a dangling link was to lead to, as it would be written in its place.
//!
//! Names are put into an index when the first link of their sort asks for it.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Dangling, LinkTargets, Sought, Why};
use crate::model::library::Library;
use crate::model::register::Register;
use crate::text::{NameIndex, Near, relative};

/// Everything that a link could have been meant to lead to.
pub struct Nearby<'a> {
    library: &'a Library,
    link_targets: &'a LinkTargets,
    ids: OnceLock<NameIndex<'a>>,
    paths: OnceLock<Paths<'a>>,
    clauses: OnceLock<NameIndex<'a>>,
    /// In the order of [`Register::ALL`].
    registers: [OnceLock<NameIndex<'a>>; Register::ALL.len()],
}

/// The paths of the documents.
struct Paths<'a> {
    names: NameIndex<'a>,
    /// The paths by the last part of each, the first of them, and whether there are others.
    by_file: HashMap<&'a str, (&'a str, bool)>,
}

/// What was perhaps meant by a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// How it would be written in the place of what was typed, without a fragment.
    pub text: String,
    /// Whether that is plainly what was meant.
    pub certain: bool,
}

impl<'a> Nearby<'a> {
    /// Nothing is looked at before somebody asks.
    pub fn new(library: &'a Library, link_targets: &'a LinkTargets) -> Self {
        Nearby {
            library,
            link_targets,
            ids: OnceLock::new(),
            paths: OnceLock::new(),
            clauses: OnceLock::new(),
            registers: Default::default(),
        }
    }

    /// What was perhaps meant by a link in the file `from`.
    pub fn meant(&self, from: &str, dangling: &Dangling) -> Option<Suggestion> {
        let name = dangling.name.as_str();
        let Why::Nothing(sought) = dangling.why else { return None };
        let near = match sought {
            Sought::File => return self.path(from, name),
            Sought::Document => {
                let entries = || self.link_targets.entries.values().map(|entry| entry.id.as_str());
                let all = || NameIndex::of(self.library.ids().chain(entries()));
                self.ids.get_or_init(all).near(name)
            }
            Sought::Clause => {
                let all = || NameIndex::of(self.link_targets.clauses.keys().map(String::as_str));
                self.clauses.get_or_init(all).near(name)
            }
            Sought::Entry(register) => {
                let main = |names: Vec<&'a str>| names.into_iter().next();
                let all = || NameIndex::of(self.library.names_in(register).filter_map(main));
                self.registers[register as usize].get_or_init(all).near(name)
            }
        };
        let Near { word, certain } = near?;
        let text = match sought {
            Sought::Entry(_) => format!("{}:{word}", sought.word()),
            _ => word.to_owned(),
        };
        Some(Suggestion { text, certain })
    }

    /// The document with the nearest path, or the one whose file has the same name.
    fn path(&self, from: &str, name: &str) -> Option<Suggestion> {
        let paths = self.paths.get_or_init(|| Paths::of(self.library));
        let file = name.rsplit('/').next().unwrap_or_default();
        let same_file = || {
            let (path, has_others) = paths.by_file.get(file)?;
            Some(Near { word: path, certain: !has_others })
        };
        let Near { word, certain } = paths.names.near(name).or_else(same_file)?;
        Some(Suggestion { text: relative(from, word), certain })
    }
}

impl<'a> Paths<'a> {
    fn of(library: &'a Library) -> Self {
        let all = || library.documents.iter().map(|document| document.path.as_str());
        let mut by_file = HashMap::new();
        for path in all() {
            let file = path.rsplit('/').next().unwrap_or_default();
            by_file
                .entry(file)
                .and_modify(|(_, has_others)| *has_others = true)
                .or_insert((path, false));
        }
        Paths { names: NameIndex::of(all()), by_file }
    }
}
