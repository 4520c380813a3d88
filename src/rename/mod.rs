//! Another id for a document, a role or a service, in every place that names it.
//!
//! Comes in: a [`Manual`], what is renamed, and its new id. Goes out: the new texts, in which every
//! name is another and every other byte is as it was. Nothing is written here.
//!
//! Where a name stands is known from how the manual was read: fields of front matter that hold ids,
//! links that were followed, heads of matrices, filters of generated blocks, cells of registers. Words
//! are never searched for, so an id in plain words stays; [`still_said`] tells where.

mod places;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::edit::Edits;
use crate::edit::keys::scalar;
use crate::graph::Target;
use crate::manual::Manual;
use crate::model::library::DocumentNumber;
use crate::model::register::Register;
use crate::model::value::Id;
use crate::parse::yaml::Node;
use crate::text::{FileId, key, percent, unportable};

pub use places::still_said;

/// What is renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A document.
    Document(DocumentNumber),
    /// A role.
    Role,
    /// A service.
    Service,
}

impl What {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            What::Document(_) => "document",
            What::Role => "role",
            What::Service => "service",
        }
    }

    /// The register that lists it.
    fn register(self) -> Option<Register> {
        match self {
            What::Document(_) => None,
            What::Role => Some(Register::Roles),
            What::Service => Some(Register::Services),
        }
    }
}

/// One thing and its new id.
#[derive(Clone, Debug)]
pub struct Renaming {
    /// What it is.
    pub what: What,
    /// The id that it has.
    pub old: String,
    /// The id that it gets.
    pub new: String,
}

/// Why an id cannot be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is the id that it has.
    Same,
    /// It is no id: what is wrong.
    BadlyFormed(String),
    /// Something else goes by it.
    Taken(&'static str),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Same => f.write_str("that is the id that it has"),
            Refusal::BadlyFormed(why) => f.write_str(why),
            Refusal::Taken(word) => write!(f, "there is a {word} of that name already"),
        }
    }
}

/// All that goes by an id: more than one thing where a role and a service share it.
pub fn named(manual: &Manual, id: &str) -> Vec<(What, String)> {
    let library = &manual.library;
    let mut found = Vec::new();
    if let Some(number) = library.number_by_id(id) {
        found.push((What::Document(number), library.documents[number].id.clone()));
    }
    for (what, register) in [(What::Role, Register::Roles), (What::Service, Register::Services)] {
        let main = library.name_in(register, id).filter(|main| key(main) == key(id));
        found.extend(main.map(|main| (what, main.to_owned())));
    }
    found
}

/// Why an id cannot be given to something; nothing when it can.
pub fn refusal(manual: &Manual, renaming: &Renaming) -> Option<Refusal> {
    let Renaming { what, old, new } = renaming;
    if old == new {
        return Some(Refusal::Same);
    }
    if let Some(why) = unportable(new) {
        return Some(Refusal::BadlyFormed(why));
    }
    if !Id::is_one(new) {
        return Some(Refusal::BadlyFormed(
            "an id has letters, digits, hyphens, dots and underscores alone, begins and ends with a \
             letter or a digit, and is at most 64 characters long"
                .to_owned(),
        ));
    }
    if key(old) == key(new) {
        return None;
    }
    let library = &manual.library;
    let is_document = matches!(what, What::Document(_));
    if is_document && manual.link_targets.clauses.contains_key(new) {
        return Some(Refusal::Taken("clause"));
    }
    if library.number_by_id(new).is_some() {
        return Some(Refusal::Taken("document"));
    }
    // Fields may hold a document, a role or another party: no two of these go by one name.
    let registers = [Register::Roles, Register::Services, Register::OtherParties];
    let taken = registers.into_iter().find(|register| library.name_in(*register, new).is_some());
    taken.map(|register| Refusal::Taken(register.word()))
}

/// A text that changes: its path, and how it stood before and stands afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The path, from the top of the manual.
    pub path: String,
    /// Before.
    pub before: Arc<str>,
    /// Afterwards.
    pub after: String,
}

/// The texts in which something is named, with its new id.
pub fn renamed(manual: &Manual, renaming: &Renaming) -> Vec<Renamed> {
    let mut edits = FileEdits::new(manual, renaming);
    places::all(&mut edits);
    edits.applied()
}

/// The links that led to headings whose addresses are others since something was renamed, by what
/// they lead to now: `before` and `after` are the same manual, but for the new id.
pub fn followed(before: &Manual, after: &Manual, renaming: &Renaming) -> Vec<Renamed> {
    let mut edits = FileEdits::new(after, renaming);
    for (number, document) in before.library.documents.numbered() {
        let Some(now) = after.library.documents.at_path(&document.path) else { continue };
        let now = &after.library.documents[now];
        let links = document.body.links.iter().zip(&now.body.links);
        for ((_, link), target) in links.zip(&before.graph.links[number]) {
            let (to, section) = match target {
                Ok(Target::Document(to, Some(section))) => (*to, section),
                Ok(Target::Section(section)) => (number, section),
                _ => continue,
            };
            let Some(slug) = moved(before, after, to, section) else { continue };
            let typed = &now.text[link.target_at.clone()];
            let Some(hash) = typed.find('#') else { continue };
            let at = link.target_at.start + hash + 1..link.target_at.end;
            let old = typed[hash + 1..].trim();
            let new =
                if old == section.as_str() { slug.to_owned() } else { percent::fragment(slug) };
            edits.put(now.file, at, new);
        }
    }
    edits.applied()
}

/// The address that a section has since, where that is another.
fn moved<'m>(
    before: &Manual,
    after: &'m Manual,
    to: DocumentNumber,
    section: &str,
) -> Option<&'m str> {
    let old = &before.library.documents[to];
    let new = &after.library.documents[after.library.documents.at_path(&old.path)?];
    let place = old.body.headings.iter().position(|heading| heading.slug == section)?;
    let slug = &new.body.headings.get(place)?.slug;
    (slug != section).then_some(slug)
}

/// Edits of several files.
struct FileEdits<'m> {
    manual: &'m Manual,
    renaming: &'m Renaming,
    /// Its title, which is a name of a role or a service, too.
    title: Option<&'m str>,
    by_file: BTreeMap<FileId, Edits<'m>>,
}

impl<'m> FileEdits<'m> {
    fn new(manual: &'m Manual, renaming: &'m Renaming) -> Self {
        let (library, old) = (&manual.library, renaming.old.as_str());
        let title = match renaming.what {
            What::Document(_) => None,
            What::Role => library.role(old).map(|role| &*role.entry.title),
            What::Service => library.service(old).map(|service| &*service.entry.title),
        };
        FileEdits { manual, renaming, title, by_file: BTreeMap::new() }
    }

    fn put(&mut self, file: FileId, at: Range<usize>, new: String) {
        let manual = self.manual;
        let edits = self.by_file.entry(file);
        let edits = edits.or_insert_with(|| Edits::of(&manual.sources.file(file).text));
        edits.replace(at, new);
    }

    /// Whether a name is the id that changes: a title that differs from it in letter case alone stays.
    fn is_it(&self, name: &str) -> bool {
        let (name, old) = (name.trim(), self.renaming.old.as_str());
        name == old || key(name) == key(old) && self.title != Some(name)
    }

    /// Puts the new id where the old one stands as a word, in a part of a file.
    fn word(&mut self, file: FileId, at: Range<usize>) {
        let manual = self.manual;
        let part = &manual.sources.file(file).text[at.clone()];
        for found in places::words(part, &self.renaming.old) {
            let typed = &part[found.clone()];
            let new = in_case(typed, &self.renaming.old, &self.renaming.new);
            self.put(file, at.start + found.start..at.start + found.end, new);
        }
    }

    /// Puts it in the place of a scalar of YAML, whose quotes stay; `from` is where the text begins in
    /// which the scalar has its place.
    fn scalar(&mut self, file: FileId, node: &Node, from: usize) {
        let manual = self.manual;
        let at = from + node.at.start..from + node.at.end;
        let Some(typed) = manual.sources.file(file).text.get(at.clone()) else { return };
        let is_quoted = typed.starts_with(['"', '\'']);
        let new =
            in_case(node.text().unwrap_or_default().trim(), &self.renaming.old, &self.renaming.new);
        if places::words(typed, &self.renaming.old).is_empty() {
            // An alias names what stands at its anchor; anything else was typed with escapes.
            if !typed.starts_with('*') {
                self.put(file, at, scalar(&new));
            }
        } else if is_quoted || !is_other_value(&new) {
            self.word(file, at);
        } else {
            self.put(file, at, scalar(&new));
        }
    }

    fn applied(self) -> Vec<Renamed> {
        let manual = self.manual;
        let file = |(file, edits): (FileId, Edits<'_>)| {
            let source = manual.sources.file(file);
            let path = source.path.clone();
            Renamed { path, before: Arc::from(edits.text()), after: edits.applied() }
        };
        self.by_file.into_iter().map(file).collect()
    }
}

/// Whether readers of YAML take plain letters for something else than text.
fn is_other_value(text: &str) -> bool {
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word)) || text.parse::<f64>().is_ok()
}

/// The new id in the letter case in which the old one was typed, where that is not its own.
fn in_case(typed: &str, old: &str, new: &str) -> String {
    if typed == old {
        new.to_owned()
    } else if typed == old.to_lowercase() {
        new.to_lowercase()
    } else if typed == old.to_uppercase() {
        new.to_uppercase()
    } else {
        new.to_owned()
    }
}
