//! How far clauses were evidenced the last time: a clause that is claimed by the same documents,
//! which stand as they stood, is covered as it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::claims::{Claimant, Survey};
use super::reliability::Reliability;
use super::results::{ClauseCoverage, Coverage};
use super::worth::Copied;
use crate::model::document::Document;
use crate::model::front::PartyKind;
use crate::model::library::{DocumentNumber, Library};
use crate::model::settings::{NotApplicable, Settings};
use crate::model::value::Date;
use crate::standard::{ClauseRef, Standards};

/// How far clauses were evidenced the last time.
#[derive(Default)]
pub struct CoverageMemo {
    standards: Option<Arc<Standards>>,
    not_applicable: Vec<NotApplicable>,
    copied: Copied,
    parties: Vec<PartyKind>,
    clauses: BTreeMap<ClauseRef, Seen>,
}

/// A clause, and all that its coverage was found from.
struct Seen {
    claims: Vec<Claim>,
    records: Vec<(Claim, usize)>,
    coverage: Arc<ClauseCoverage>,
}

/// A document that claims a clause, and how it stood.
struct Claim {
    document: Arc<Document>,
    number: DocumentNumber,
    standing: Reliability,
    top: bool,
}

impl Claim {
    fn is(&self, now: &Claimant<'_>) -> bool {
        self.number == now.number
            && self.standing == now.standing
            && self.top == now.top
            && std::ptr::eq(&raw const *self.document, now.document)
    }
}

impl Coverage {
    /// Surveys a manual; clauses that are evidenced as they were the last time stay as they are.
    pub fn again(
        library: &Library,
        standards: &Arc<Standards>,
        settings: &Settings,
        today: Date,
        memo: &mut CoverageMemo,
    ) -> Self {
        let same = memo.standards.as_ref().is_some_and(|one| Arc::ptr_eq(one, standards));
        let survey = Survey::new(library, standards, settings, today);
        let parties: Vec<PartyKind> = library.parties().map(|party| party.entry.kind).collect();
        if !same
            || memo.not_applicable != settings.not_applicable
            || memo.copied != survey.copied
            || memo.parties != parties
        {
            *memo = CoverageMemo {
                standards: Some(Arc::clone(standards)),
                not_applicable: settings.not_applicable.clone(),
                copied: survey.copied.clone(),
                parties,
                clauses: BTreeMap::new(),
            };
        }
        let clauses = survey.clauses(standards, |at| survey.before(at, memo.clauses.get(at)));
        for one in &clauses {
            match memo.clauses.get(&one.clause) {
                Some(seen) if Arc::ptr_eq(&seen.coverage, one) => {}
                _ => {
                    memo.clauses.insert(one.clause.clone(), survey.seen(one));
                }
            }
        }
        Coverage { clauses, sections: survey.sections }
    }
}

impl Survey<'_> {
    /// The coverage that a clause had, if it was found from the same.
    fn before(&self, at: &ClauseRef, seen: Option<&Seen>) -> Option<Arc<ClauseCoverage>> {
        let seen = seen?;
        let claims = self.claims.get(at).map(Vec::as_slice).unwrap_or_default();
        let records = self.records.get(at).map(Vec::as_slice).unwrap_or_default();
        let same = seen.claims.len() == claims.len()
            && seen.records.len() == records.len()
            && seen.claims.iter().zip(claims).all(|(old, new)| old.is(new))
            && seen
                .records
                .iter()
                .zip(records)
                .all(|(old, new)| old.1 == new.1 && old.0.is(&new.0));
        same.then(|| Arc::clone(&seen.coverage))
    }

    fn seen(&self, coverage: &Arc<ClauseCoverage>) -> Seen {
        let at = &coverage.clause;
        let claim = |one: &Claimant<'_>| Claim {
            document: Arc::clone(self.library.documents.shared_at(one.number)),
            number: one.number,
            standing: one.standing,
            top: one.top,
        };
        let claims = self.claims.get(at).into_iter().flatten();
        let records = self.records.get(at).into_iter().flatten();
        Seen {
            claims: claims.map(claim).collect(),
            records: records.map(|(one, n)| (claim(one), *n)).collect(),
            coverage: Arc::clone(coverage),
        }
    }
}
