//! Links: from every place that names another thing to the thing that it names.
//!
//! Comes in: [`Library`], and which pictures and clauses there are. Goes out: [`LinkGraph`]:
//! for each link of each document its target, or why it has none; and for each document what links to
//! it. The nearest thing that was perhaps meant is looked for by [`Nearby`], when somebody asks.

mod doubt;
mod excess;
mod kinds;
mod memo;
mod nearby;
mod old;
mod path;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::document::Document;
use crate::model::library::{ByDocument, DocumentNumber, Library};
use crate::model::register::Register;
use crate::parse::markdown::Link;
use crate::text::Span;

pub use doubt::{Doubts, Missing};
pub use excess::{Excess, LONGEST_HEADING, MOST_A_PAGE, MOST_ALL};
pub use kinds::{is_of_theme, is_offered, is_picture};
pub use memo::LinkMemo;
pub use nearby::{Nearby, Suggestion};
pub use path::beyond;

/// What links may lead to besides documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkTargets {
    /// Paths of pictures and other files in the content folders.
    pub assets: BTreeSet<String>,
    /// Files and links of the content folders that were not read, and are no documents: each has its
    /// own finding.
    pub unread: BTreeSet<String>,
    /// Files and folders of the repository that links name and that lie in no content folder.
    pub beyond: BTreeSet<String>,
    /// Clause numbers of the standards in use, with their titles.
    pub clauses: BTreeMap<String, String>,
    /// The same clauses by standard and number, `iso-20000-1-2018:8.6.1`, and the name that each
    /// goes by in [`LinkTargets::clauses`].
    pub qualified: BTreeMap<String, String>,
    /// The entries of registers by their ids, as names are compared.
    pub entries: BTreeMap<String, EntryTarget>,
}

/// An entry of a register that links lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryTarget {
    /// The name of its register.
    pub register: String,
    /// Its id, as it is spelled there.
    pub id: String,
    /// The path of the document that holds it.
    pub path: String,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A document (its number in the library), perhaps a section of it (its slug).
    Document(DocumentNumber, Option<String>),
    /// A section of the same document.
    Section(String),
    /// A clause of the standard.
    Clause(String),
    /// An entry of a list in front matter: its main name, an id or the term as it is listed.
    Entry(Register, String),
    /// An entry of a register of risks, actions and the like: the name of the register, and its id.
    Row(String, String),
    /// A picture or another file: its path.
    Asset(String),
    /// A file or folder of the repository that is no part of the manual: its path, perhaps with a
    /// fragment.
    Repository(String, Option<String>),
    /// Somewhere else: an address with a scheme.
    External(String),
    /// Nowhere: double brackets around what can be no name, as in `x[[0]]`. They are text.
    Text,
    /// Nothing that can be named: a file that cannot be read. Its own finding says so.
    Unread,
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// What is wrong.
    pub why: Why,
    /// What was looked for: a path from the top of the manual, an id, a name.
    pub name: String,
}

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no such thing.
    Nothing(Sought),
    /// The document is there, the section is not; the number is that of the document.
    NoSection(DocumentNumber, String),
    /// The path leads out of the manual.
    Outside,
    /// The path is that of something, were it written with `/` between its parts.
    Backslashes,
    /// The path is that of a folder that has no document of its own.
    Folder,
    /// The file is there and is no document: it stands in no content folder, or begins with `_`.
    NotADocument,
    /// Several things go by that name; the first of them.
    Ambiguous(Vec<String>),
    /// An address that would run something: `javascript:` and the like.
    Scheme(String),
}

/// What a link was to lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sought {
    /// A file at a path.
    File,
    /// A document of an id or a title.
    Document,
    /// A clause of a number.
    Clause,
    /// An entry of a register.
    Entry(Register),
}

impl Sought {
    /// The word for it; for an entry of a register also what a link begins with.
    pub fn word(self) -> &'static str {
        match self {
            Sought::File => "file",
            Sought::Document => "document",
            Sought::Clause => "clause",
            Sought::Entry(register) => register.word(),
        }
    }
}

/// A link that was followed.
pub type Resolved = Result<Target, Dangling>;

/// All links of a manual.
#[derive(Debug, Default)]
pub struct LinkGraph {
    /// For each document, one a link of its body, in their order.
    pub links: ByDocument<List<Resolved>>,
    /// For each document, one a picture of its body, in their order.
    pub images: ByDocument<List<Resolved>>,
    /// For each document, the documents that its front matter names, with the place.
    pub named: ByDocument<List<Named>>,
    /// For each document, what leads to it, sorted by the document that it comes from.
    pub back: ByDocument<List<Back>>,
    /// The documents whose texts name an entry of a register, by its id.
    pub back_of_entries: BTreeMap<String, Vec<DocumentNumber>>,
    /// Ids that lead nowhere because of a mistake that is told where it was made.
    pub doubts: Doubts,
    /// Pages that values and names make too long, by the numbers of their documents: they show what
    /// was typed.
    pub excess: BTreeMap<DocumentNumber, Excess>,
}

/// A list that is shared with the next state of the manual when it stays as it is.
#[derive(Debug)]
pub struct List<T>(Arc<[T]>);

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        List(Arc::clone(&self.0))
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(list: Vec<T>) -> Self {
        List(list.into())
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// A document named in front matter.
#[derive(Clone, Debug)]
pub struct Named {
    /// How it is named.
    pub by: By,
    /// The place of the name.
    pub at: Span,
    /// What was written.
    pub name: String,
    /// Which document it is.
    pub target: Result<DocumentNumber, Dangling>,
}

/// In what way a document leads to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// A link in the text.
    Text,
    /// `related`.
    Related,
    /// `supersedes`.
    Supersedes,
    /// An input that comes from there: its name.
    Input(String),
    /// An output that goes there: its name.
    Output(String),
    /// The agreement of a service or of another party.
    Agreement,
}

/// Something that leads to a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Back {
    /// The document that it comes from.
    pub from: DocumentNumber,
    /// In what way.
    pub by: By,
    /// The section that it leads to.
    pub section: Option<String>,
}

/// Where the links of one document lead.
struct Followed {
    links: List<Resolved>,
    images: List<Resolved>,
    named: List<Named>,
    /// Whether titles and names of files were asked.
    loose: bool,
    /// The documents whose sections were asked.
    sections: Vec<DocumentNumber>,
}

impl Followed {
    fn new(number: DocumentNumber, document: &Document, index: &resolve::Index<'_>) -> Self {
        let mut loose = false;
        let mut follow = |links: &[Link]| -> Vec<Resolved> {
            links.iter().map(|link| index.link(number, link, &mut loose)).collect()
        };
        let (links, images) = (follow(&document.body.links), follow(&document.body.images));
        let named = index.named(document);
        let sections = links.iter().chain(&images).filter_map(|link| match link {
            Ok(Target::Document(number, Some(_)))
            | Err(Dangling { why: Why::NoSection(number, _), .. }) => Some(*number),
            _ => None,
        });
        let sections = sections.collect();
        let (links, images, named) = (links.into(), images.into(), named.into());
        Followed { links, images, named, loose, sections }
    }

    /// What leads from this document, the number of which is `from`, to others, and to which.
    fn leads(&self, from: DocumentNumber) -> impl Iterator<Item = (DocumentNumber, Back)> + '_ {
        let links = self.links.iter().filter_map(move |link| match link {
            Ok(Target::Document(to, section)) => {
                Some((*to, Back { from, by: By::Text, section: section.clone() }))
            }
            _ => None,
        });
        let named = self.named.iter().filter_map(move |named| {
            let to = *named.target.as_ref().ok()?;
            Some((to, Back { from, by: named.by.clone(), section: None }))
        });
        links.chain(named).filter(move |(to, _)| *to != from)
    }
}

impl LinkGraph {
    /// Follows every link.
    pub fn new(library: &Library, link_targets: &LinkTargets) -> Self {
        LinkGraph::again(library, link_targets, &mut LinkMemo::default())
    }

    /// Follows every link that may lead elsewhere than the last time.
    pub fn again(library: &Library, link_targets: &LinkTargets, memo: &mut LinkMemo) -> Self {
        let held = memo.compare(library, link_targets);
        let index = resolve::Index::new(library, link_targets);
        let last = |number: DocumentNumber| {
            let followed = held.numbers.then(|| &memo.followed[number])?;
            held.holds(number, followed).then(|| Arc::clone(followed))
        };
        let documents = &library.documents;
        let follow = |number| Arc::new(Followed::new(number, &documents[number], &index));
        let numbers = documents.par_numbers();
        let followed: ByDocument<Arc<Followed>> =
            numbers.map(|number| last(number).unwrap_or_else(|| follow(number))).collect();
        let back = if held.numbers { memo.back_again(&followed) } else { back(&followed) };
        let mut graph = LinkGraph {
            links: followed.iter().map(|one| one.links.clone()).collect(),
            images: followed.iter().map(|one| one.images.clone()).collect(),
            named: followed.iter().map(|one| one.named.clone()).collect(),
            back,
            back_of_entries: BTreeMap::new(),
            doubts: Doubts::default(),
            excess: BTreeMap::new(),
        };
        graph.back_of_entries = back_of_entries(&graph.links);
        graph.doubts = doubt::doubts(library, &graph);
        graph.excess = excess::excess(library, &graph.links);
        memo.back.clone_from(&graph.back);
        memo.followed = followed;
        graph
    }
}

/// The documents that name each entry of a register.
fn back_of_entries(links: &ByDocument<List<Resolved>>) -> BTreeMap<String, Vec<DocumentNumber>> {
    let mut back: BTreeMap<String, Vec<DocumentNumber>> = BTreeMap::new();
    for (number, links) in links.numbered() {
        for link in links {
            if let Ok(Target::Row(_, id)) = link {
                let from = back.entry(id.clone()).or_default();
                if from.last() != Some(&number) {
                    from.push(number);
                }
            }
        }
    }
    back
}

/// What leads to each document.
fn back(followed: &ByDocument<Arc<Followed>>) -> ByDocument<List<Back>> {
    let mut back: ByDocument<Vec<Back>> = followed.iter().map(|_| Vec::new()).collect();
    for (from, one) in followed.numbered() {
        for (to, lead) in one.leads(from) {
            back[to].push(lead);
        }
    }
    back.iter().map(|list| sorted(list.clone())).collect()
}

fn sorted(mut list: Vec<Back>) -> List<Back> {
    list.sort();
    list.into()
}
