//! Links: from every place that names another thing to the thing that it names.
//!
//! Comes in: [`Library`], and which pictures and clauses there are. Goes out: [`LinkGraph`]:
//! for each link of each document its target, or why it has none with the nearest thing that
//! was perhaps meant; and for each document what links to it.

mod resolve;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::model::document::Document;
use crate::model::library::Library;
use crate::parse::markdown::Link;
use crate::text::Span;

/// What links may lead to besides documents.
#[derive(Debug, Default)]
pub struct World {
    /// Paths of pictures and other files in the content folders.
    pub assets: BTreeSet<String>,
    /// Clause numbers of the standards in use, with their titles.
    pub clauses: BTreeMap<String, String>,
    /// The same clauses by standard and number, `iso-20000-1-2018:8.6.1`, and the name that each
    /// goes by in [`World::clauses`].
    pub qualified: BTreeMap<String, String>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A document (its number in the library), perhaps a section of it (its slug).
    Document(usize, Option<String>),
    /// A section of the same document.
    Section(String),
    /// A clause of the standard.
    Clause(String),
    /// A role: its id.
    Role(String),
    /// A service: its id.
    Service(String),
    /// A term of the glossary, as it is listed.
    Term(String),
    /// A picture or another file: its path.
    Asset(String),
    /// Somewhere else: an address with a scheme.
    External(String),
    /// Nothing that can be named: a document that cannot be read. Its own finding says so.
    Unread,
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// What is wrong.
    pub why: Why,
    /// The nearest thing that was perhaps meant, as it would be written there.
    pub near: Option<String>,
}

/// What is wrong with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no such thing.
    Nothing(&'static str),
    /// The document is there, the section is not; the number is that of the document.
    NoSection(usize, String),
    /// The path leads out of the manual.
    Outside,
    /// The file is there and is no document: it stands in no content folder, or begins with `_`.
    NotADocument,
    /// Several things go by that name; the first of them.
    Ambiguous(Vec<String>),
    /// An address that would run something: `javascript:` and the like.
    Scheme(String),
}

/// A link that was followed.
pub type Resolved = Result<Target, Dangling>;

/// All links of a manual.
#[derive(Debug, Default)]
pub struct LinkGraph {
    /// For each document, one a link of its body, in their order.
    pub links: Vec<Vec<Resolved>>,
    /// For each document, one a picture of its body, in their order.
    pub images: Vec<Vec<Resolved>>,
    /// For each document, the documents that its front matter names, with the place.
    pub named: Vec<Vec<Named>>,
    /// For each document, what leads to it, sorted by the document that it comes from.
    pub back: Vec<Vec<Back>>,
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
    pub target: Result<usize, Dangling>,
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
    pub from: usize,
    /// In what way.
    pub by: By,
    /// The section that it leads to.
    pub section: Option<String>,
}

/// So many pairs of names are compared for hints: some seconds' work. A manual that needs more has
/// another fault than a slip of the pen, and its last links go without.
const PAIRS: usize = 5_000_000;

/// What the links of one document came to.
struct Followed {
    links: Vec<Resolved>,
    images: Vec<Resolved>,
    named: Vec<Named>,
}

impl Followed {
    fn new(document: &Document, index: &resolve::Index<'_>) -> Self {
        let follow = |links: &[Link]| links.iter().map(|link| index.link(document, link)).collect();
        Followed {
            links: follow(&document.body.links),
            images: follow(&document.body.images),
            named: index.named(document),
        }
    }

    fn dangling(&self) -> usize {
        let links = self.links.iter().chain(&self.images).filter(|link| link.is_err()).count();
        links + self.named.iter().filter(|named| named.target.is_err()).count()
    }
}

impl LinkGraph {
    /// Follows every link.
    pub fn new(library: &Library, world: &World) -> Self {
        let index = resolve::Index::new(library, world);
        let mut followed: Vec<Followed> =
            library.documents.par_iter().map(|one| Followed::new(one, &index)).collect();
        let dangling = followed.iter().enumerate().map(|(number, one)| (number, one.dangling()));
        let mut left = PAIRS / library.documents.len().max(1);
        let hinted: Vec<usize> = dangling
            .filter(|(_, count)| *count > 0)
            .map_while(|(number, count)| {
                left = left.checked_sub(count)?;
                Some(number)
            })
            .collect();
        let index = index.with_hints();
        let again = hinted.par_iter().map(|n| Followed::new(&library.documents[*n], &index));
        let again: Vec<Followed> = again.collect();
        for (number, one) in hinted.into_iter().zip(again) {
            followed[number] = one;
        }
        let mut graph = LinkGraph::default();
        for one in followed {
            graph.links.push(one.links);
            graph.images.push(one.images);
            graph.named.push(one.named);
        }
        graph.back = graph.back_links();
        graph
    }

    fn back_links(&self) -> Vec<Vec<Back>> {
        let mut back = vec![Vec::new(); self.links.len()];
        for (from, links) in self.links.iter().enumerate() {
            for link in links {
                if let Ok(Target::Document(to, section)) = link
                    && *to != from
                {
                    back[*to].push(Back { from, by: By::Text, section: section.clone() });
                }
            }
            for named in &self.named[from] {
                if let Ok(to) = named.target
                    && to != from
                {
                    back[to].push(Back { from, by: named.by.clone(), section: None });
                }
            }
        }
        for list in &mut back {
            list.sort();
        }
        back
    }
}
