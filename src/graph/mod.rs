//! Links: from every place that names another thing to the thing that it names.
//!
//! Comes in: [`Library`], and which pictures and clauses there are. Goes out: [`LinkGraph`]:
//! for each link of each document its target, or why it has none with the nearest thing that
//! was perhaps meant; and for each document what links to it.

mod resolve;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::model::library::Library;
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
    /// Several things go by that name.
    Ambiguous(Vec<String>),
    /// An address that would run something: `javascript:` and the like.
    Scheme(String),
}

/// A link that was followed.
pub type Resolved = Result<Target, Dangling>;

/// How many links that dangle are told what may have been meant.
const SUGGESTIONS: usize = 200;

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

impl LinkGraph {
    /// Follows every link.
    pub fn new(library: &Library, world: &World) -> Self {
        let mut index = resolve::Index::new(library, world);
        let followed: Vec<_> = library
            .documents
            .par_iter()
            .map(|document| {
                let links = document.body.links.iter().map(|link| index.link(document, link));
                let images = document.body.images.iter().map(|link| index.link(document, link));
                (links.collect(), images.collect(), index.named(document))
            })
            .collect();
        let mut graph = LinkGraph::default();
        for (links, images, named) in followed {
            graph.links.push(links);
            graph.images.push(images);
            graph.named.push(named);
        }
        index.suggests = true;
        graph.suggest(library, &index);
        graph.back = graph.back_links();
        graph
    }

    /// Says of the first links that dangle what may have been meant. Where a folder is missing, or
    /// somebody means harm, ten thousands of them would be held against every name there is.
    fn suggest(&mut self, library: &Library, index: &resolve::Index<'_>) {
        let mut left = SUGGESTIONS;
        for (number, document) in library.documents.iter().enumerate() {
            let links = self.links[number].iter_mut().zip(&document.body.links);
            let images = self.images[number].iter_mut().zip(&document.body.images);
            for (resolved, link) in links.chain(images).filter(|(it, _)| it.is_err()).take(left) {
                *resolved = index.link(document, link);
                left -= 1;
            }
            let dangling = self.named[number].iter().filter(|named| named.target.is_err()).count();
            if (1..=left).contains(&dangling) {
                self.named[number] = index.named(document);
                left -= dangling;
            }
        }
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
