//! The links of old editions, which lead to what their targets are today.

use std::collections::BTreeMap;

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
        old: impl IntoIterator<Item = DocumentNumber>,
        left: &BTreeMap<String, String>,
    ) {
        let index = Index::new(library, link_targets);
        let follow = |number: DocumentNumber, links: &[Link]| -> List<Resolved> {
            let follow = |link| match index.link(number, link, &mut false) {
                Err(Dangling { why: Why::Nothing(Sought::File), name }) => {
                    let moved = left.get(&name).and_then(|id| library.number_by_id(id));
                    match moved {
                        Some(to) => index.document(to, split(link.target.trim()).1),
                        None => Err(Dangling { why: Why::Nothing(Sought::File), name }),
                    }
                }
                found => found,
            };
            links.iter().map(follow).collect::<Vec<_>>().into()
        };
        for number in old {
            let document = &library.documents[number];
            let links = follow(number, &document.body.links);
            if is_too_much(library, document, &links) {
                let excess = Excess { at: document.body_at.clone(), bytes: 0, of_page: true };
                self.excess.insert(number, excess);
            }
            self.links.keep(links);
            self.images.keep(follow(number, &document.body.images));
            self.named.keep(Vec::new().into());
            self.back.keep(Vec::new().into());
        }
    }
}
