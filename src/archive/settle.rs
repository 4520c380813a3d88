//! Puts the editions that are shown besides into a manual.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::plan::{Chosen, EndedText, Plan};
use super::{keep_read, variables};
use crate::manual::{Ended, Kept, Manual};
use crate::model::document::Document;
use crate::model::value::Classification;
use crate::model::variables::Variables;
use crate::parse::yaml::Node;
use crate::text::key;

/// Old editions that were read the last time: the same text with the same settings is the same
/// document.
#[derive(Default)]
pub struct ArchiveMemo {
    settings: Option<Node>,
    /// By the path at which the text lay, and the object that holds it.
    read: BTreeMap<(String, String), Arc<Document>>,
}

/// Puts into a manual what is to be shown besides: its library, its links and its archive are then
/// those of what is published. The texts that are shown instead of others are in it already.
pub fn settle(manual: &mut Manual, plan: Plan, memo: &mut ArchiveMemo) {
    let Plan { instead, ahead, kept, ended } = plan;
    for one in &instead {
        let Some(number) = manual.library.documents.at_path(&one.path) else { continue };
        // Whoever closed the next version to some readers has closed the one before it, too.
        manual.library.restrict(number, one.ahead.classification);
        if one.text.path != one.path {
            let Manual { library, link_targets, graph, history, .. } = manual;
            let at = (number, one.text.path.as_str());
            graph.follow_from(library, link_targets, at, &history.places.left);
        }
    }
    let instead = instead.into_iter().map(|one| (one.path, one.ahead));
    manual.archive.ahead = instead.chain(ahead).collect();
    let settings = &manual.settings.checked.node;
    if memo.settings.as_ref() != Some(settings) {
        *memo = ArchiveMemo { settings: Some(settings.clone()), ..ArchiveMemo::default() };
    }
    let variables = variables(manual);
    let read: Vec<(Chosen, Option<Arc<Document>>)> = kept
        .into_par_iter()
        .map(|one| {
            let document = memo.read.get(&one.place_of()).cloned();
            let document = document.or_else(|| one.read(&variables).map(Arc::new));
            (one, document)
        })
        .collect();
    memo.read.clear();
    let (mut chosen, mut documents) = (Vec::new(), Vec::new());
    for (one, document) in read {
        let Some(document) = document else { continue };
        memo.read.insert(one.place_of(), Arc::clone(&document));
        let level = one.level.max(last_level(one.last.as_ref(), &variables));
        documents.push(at_least(document, level));
        chosen.push(one);
    }
    let numbers = keep_read(manual, documents);
    let kept = numbers.into_iter().zip(chosen).map(|(number, one)| Kept {
        number,
        id: one.id,
        place: one.place,
        standing: one.standing,
    });
    manual.archive.kept = kept.collect();
    let ended = ended.into_iter().filter_map(|one| one.read(&variables));
    manual.archive.ended = ended.collect();
}

/// A document for nobody below a classification.
fn at_least(document: Arc<Document>, level: Classification) -> Arc<Document> {
    if document.classification() >= level {
        return document;
    }
    Arc::new(Document::clone(&document).at_least(level))
}

/// The classification of the last text of a document that is gone.
fn last_level(last: Option<&super::OldText>, variables: &Variables) -> Classification {
    last.map_or(Classification::Public, |last| last.read(variables).classification())
}

impl Chosen {
    fn place_of(&self) -> (String, String) {
        (self.text.path.clone(), self.blob.clone())
    }

    /// The edition, where it is of the document that it is said to be of.
    fn read(&self, variables: &Variables) -> Option<Document> {
        let document = self.text.read(variables);
        (document.is_named() && key(&document.id) == key(&self.id)).then_some(document)
    }
}

impl EndedText {
    /// What is told of the document, where it had an id that an address can be made of.
    fn read(self, variables: &Variables) -> Option<Ended> {
        let document = self.text.read(variables);
        let level = self.level.max(last_level(self.last.as_ref(), variables));
        (document.is_named() && document.id == self.id).then(|| Ended {
            title: document.title_phrase(),
            classification: document.classification().max(level),
            id: self.id,
            end: self.end,
        })
    }
}
