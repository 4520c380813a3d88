//! Which documents and records claim which clauses, and how far each can be relied on.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::reliability::Reliability;
use super::sections::Sections;
use super::worth::{self, Copied};
use crate::model::document::Document;
use crate::model::library::{DocumentNumber, Library};
use crate::model::settings::Settings;
use crate::model::value::{Date, Flag, Text};
use crate::standard::{ClauseRef, Standards};

/// A document as coverage sees it.
#[derive(Clone, Copy)]
pub(super) struct Claimant<'a> {
    pub(super) number: DocumentNumber,
    pub(super) document: &'a Document,
    pub(super) standing: Reliability,
    /// Whether top management approved it.
    pub(super) top: bool,
}

/// What documents and records claim, by clause.
pub(super) struct Survey<'a> {
    pub(super) library: &'a Library,
    pub(super) settings: &'a Settings,
    pub(super) claims: BTreeMap<ClauseRef, Vec<Claimant<'a>>>,
    /// Document and index of each record that names a clause.
    pub(super) records: BTreeMap<ClauseRef, Vec<(Claimant<'a>, usize)>>,
    pub(super) copied: Copied,
    pub(super) sections: Sections,
}

impl<'a> Survey<'a> {
    pub(super) fn new(
        library: &'a Library,
        standards: &Standards,
        settings: &'a Settings,
        today: Date,
    ) -> Self {
        let mut survey = Survey {
            library,
            settings,
            claims: BTreeMap::new(),
            records: BTreeMap::new(),
            copied: Copied::in_library(library),
            sections: Sections::default(),
        };
        let find = |name: &Text| standards.find(name).map(|(at, _)| at);
        let found: Vec<_> = library
            .documents
            .par_numbers()
            .zip(library.documents.par_iter())
            .filter(|(_, document)| document.is_live())
            .map(|(number, document)| {
                let standing = Reliability::of(document, library, settings, today);
                let clauses: Vec<_> = document.front.clauses.iter().filter_map(find).collect();
                let records = document.front.records.iter().enumerate();
                let records = records.filter_map(|(n, record)| Some((find(&record.clause)?, n)));
                let top = approved_at_the_top(document, library);
                let claimant = Claimant { number, document, standing, top };
                let worth = (!clauses.is_empty()).then(|| worth::of(document, &survey.copied));
                (claimant, clauses, records.collect::<Vec<_>>(), worth)
            })
            .collect();
        for (claimant, clauses, records, worth) in found {
            if let Some(worth) = worth {
                survey.sections.add(claimant.number, worth);
            }
            for at in clauses {
                let claims: &mut Vec<Claimant<'_>> = survey.claims.entry(at).or_default();
                if claims.last().is_none_or(|last| last.number != claimant.number) {
                    claims.push(claimant);
                }
            }
            for (at, n) in records {
                survey.records.entry(at).or_default().push((claimant, n));
            }
        }
        survey
    }
}

impl Claimant<'_> {
    /// The same as a clause sees it that may want the approval of top management.
    pub(super) fn judged(self, at_the_top: bool) -> Self {
        let lower = at_the_top && !self.top && self.standing < Reliability::NotFromTheTop;
        Claimant {
            standing: if lower { Reliability::NotFromTheTop } else { self.standing },
            ..self
        }
    }
}

/// Whether a role that is marked as top management approved a document.
fn approved_at_the_top(document: &Document, library: &Library) -> bool {
    let approval = document.front.approved.as_ref();
    approval.is_some_and(|approval| {
        library.acts_as(&approval.by).any(|role| role.entry.top_management == Some(Flag(true)))
    })
}
