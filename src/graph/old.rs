//! The links of old editions, which lead to what their targets are today.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::excess::is_too_much;
use super::path::split;
use super::resolve::Index;
use super::{Dangling, Excess, LinkGraph, LinkTargets, List, Resolved, Sought, Why};
use crate::model::library::{DocumentNumber, Library};
use crate::parse::markdown::Link;

impl LinkGraph {
    /// Follows the links of old editions that are kept behind the documents of a library. A file that
    /// is no longer at its path is looked for by the id that lay there: `left` has the paths that
    /// documents have left.
    pub fn keep(
        &mut self,
        library: &Library,
        link_targets: &LinkTargets,
        old: &[DocumentNumber],
        left: &BTreeMap<String, String>,
    ) {
        let index = Index::new(library, link_targets);
        let followed = old.par_iter().map(|number| {
            let document = &library.documents[*number];
            let at = document.path.as_str();
            let follow = |links: &[Link]| follow(library, &index, (*number, at), links, left);
            (follow(&document.body.links), follow(&document.body.images), index.named(document))
        });
        let followed: Vec<_> = followed.collect();
        for (number, (links, images, named)) in old.iter().zip(followed) {
            let document = &library.documents[*number];
            if is_too_much(library, document, &links) {
                let excess = Excess { at: document.body_at.clone(), bytes: 0, of_page: true };
                self.excess.insert(*number, excess);
            }
            self.links.keep(links);
            self.images.keep(images);
            self.named.keep(named.into());
            self.back.keep(Vec::new().into());
        }
    }

    /// Forgets the links of old editions behind so many documents.
    pub fn forget_old(&mut self, library: &Library) {
        let documents = library.documents.len();
        self.links.forget_old(documents);
        self.images.forget_old(documents);
        self.named.forget_old(documents);
        self.back.forget_old(documents);
        self.excess.retain(|number, _| !library.documents.is_old(*number));
    }

    /// Follows the links of a document again, from the path at which its text lay when it was written.
    pub fn follow_from(
        &mut self,
        library: &Library,
        link_targets: &LinkTargets,
        (number, at): (DocumentNumber, &str),
        left: &BTreeMap<String, String>,
    ) {
        let index = Index::new(library, link_targets);
        let body = &library.documents[number].body;
        self.links[number] = follow(library, &index, (number, at), &body.links, left);
        self.images[number] = follow(library, &index, (number, at), &body.images, left);
    }
}

/// Where links lead that stand in a text which lay at a path.
fn follow(
    library: &Library,
    index: &Index<'_>,
    (number, at): (DocumentNumber, &str),
    links: &[Link],
    left: &BTreeMap<String, String>,
) -> List<Resolved> {
    let follow = |link: &Link| match index.link_from(at, number, link, &mut false) {
        Err(Dangling { why: Why::Nothing(Sought::File), name }) => {
            match left.get(&name).and_then(|id| library.number_by_id(id)) {
                Some(to) => index.document(to, split(link.target.trim()).1),
                None => Err(Dangling { why: Why::Nothing(Sought::File), name }),
            }
        }
        found => found,
    };
    links.iter().map(follow).collect::<Vec<_>>().into()
}
