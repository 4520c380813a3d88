//! Ids that no document has because of a mistake in the front matter of one: an id that is taken
//! already, mistyped, or lost with what cannot be read.
//!
//! Each has its finding where the mistake is; the places that name the document by its right id are
//! no mistakes, and the finding shows them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Dangling, LinkGraph, Sought, Target, Why};
use crate::model::document::Document;
use crate::model::library::{DocumentNumber, Library};
use crate::text::{Span, is_one_slip, key};

/// Documents that have lost their ids, and the names under which others look for them.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    /// By the compared form of a missing id, the number of the document that it is probably that of.
    names: BTreeMap<String, DocumentNumber>,
    /// By the number of a document, what is looked for in vain and is probably it.
    documents: BTreeMap<DocumentNumber, Missing>,
}

/// An id that no document has.
#[derive(Clone, Debug)]
pub struct Missing {
    /// As it is written where it is named first.
    pub name: String,
    /// Where it is named.
    pub places: Vec<Span>,
}

impl Doubts {
    /// Whether a name leads nowhere because of a mistake that is told elsewhere.
    pub fn holds(&self, name: &str) -> bool {
        !self.names.is_empty() && self.names.contains_key(&key(name))
    }

    /// The id by which others look for a document.
    pub fn of(&self, number: DocumentNumber) -> Option<&Missing> {
        self.documents.get(&number)
    }
}

/// Finds them.
pub(super) fn doubts(library: &Library, graph: &LinkGraph) -> Doubts {
    let mut missing = missing(library, graph);
    let mut doubts = Doubts::default();
    let nameless = |document: &Document| {
        let found = library.by_id(&document.id);
        !document.is_named() || found.is_none_or(|one| one.path != document.path)
    };
    if missing.is_empty() {
        return doubts;
    }
    let by_id = named_by_id(library, graph);
    let documents = library.documents.numbered();
    let (lost, others): (Vec<_>, Vec<_>) = documents
        .filter(|(number, one)| nameless(one) || !by_id.contains(number))
        .partition(|(_, one)| nameless(one));
    for (number, document) in lost {
        let best = missing
            .iter()
            .filter(|(_, one)| may_be(document, &one.name))
            .max_by_key(|(_, one)| (document.suits(&one.name), one.places.len()));
        let Some((name, _)) = best.map(|(name, one)| (name.clone(), one)) else { continue };
        doubts.add(number, &name, &mut missing);
    }
    for (number, document) in others {
        let near = missing
            .iter()
            .find(|(name, one)| one.places.len() > 1 && is_one_slip(name, &document.id));
        let Some(name) = near.map(|(name, _)| name.clone()) else { continue };
        doubts.add(number, &name, &mut missing);
    }
    doubts
}

/// The documents that others name by their ids.
fn named_by_id(library: &Library, graph: &LinkGraph) -> BTreeSet<DocumentNumber> {
    let links = library.documents.iter().zip(&graph.links).flat_map(|(document, followed)| {
        document.body.links.iter().zip(followed).filter_map(|(link, to)| match to {
            Ok(Target::Document(to, _)) if link.wiki => Some(*to),
            _ => None,
        })
    });
    let named = graph.named.iter().flatten().filter_map(|named| named.target.as_ref().ok());
    links.chain(named.copied()).collect()
}

impl Doubts {
    fn add(&mut self, number: DocumentNumber, name: &str, missing: &mut BTreeMap<String, Missing>) {
        let Some(found) = missing.remove(name) else { return };
        self.names.insert(name.to_owned(), number);
        self.documents.insert(number, found);
    }
}

/// All ids that are named and that no document has.
fn missing(library: &Library, graph: &LinkGraph) -> BTreeMap<String, Missing> {
    let mut missing: BTreeMap<String, Missing> = BTreeMap::new();
    let mut add = |name: &str, at: Span| {
        let name = name.split('#').next().unwrap_or_default().trim();
        let one = missing
            .entry(key(name))
            .or_insert_with(|| Missing { name: name.to_owned(), places: Vec::new() });
        one.places.push(at);
    };
    let is_missing = |one: &Dangling| one.why == Why::Nothing(Sought::Document);
    for (document, followed) in library.documents.iter().zip(&graph.links) {
        for (link, to) in document.body.links.iter().zip(followed) {
            if link.wiki && to.as_ref().is_err_and(is_missing) {
                add(&link.target, document.span(&link.target_at));
            }
        }
    }
    for named in graph.named.iter().flatten() {
        if named.target.as_ref().is_err_and(is_missing) {
            add(&named.name, named.at);
        }
    }
    missing
}

/// Whether an id may be that of a document: of its kind, by custom.
fn may_be(document: &Document, id: &str) -> bool {
    let prefix = |id: &str| id.split('-').next().map(str::to_ascii_uppercase);
    let own = document.node.get("id").and_then(|node| node.text()).map(str::trim);
    let of_kind = document.kind().map(|kind| kind.prefix().to_owned());
    match (of_kind, own) {
        (None, None) => true,
        (kind, own) => {
            let theirs = prefix(id);
            kind == theirs || own.is_some_and(|own| prefix(own) == theirs)
        }
    }
}
