//! Every requirement clause: its claims, its items and topics with their evidence, its state.

use std::sync::Arc;

use rayon::prelude::*;

use super::claims::{Claimant, Survey};
use super::results::{ClauseCoverage, Coverage, Evidence, ItemCoverage, State};
use super::{evidence, verdict};
use crate::model::library::Library;
use crate::model::settings::Settings;
use crate::model::value::Date;
use crate::standard::format::{Clause, Information, Item, Obligation};
use crate::standard::{ClauseRef, Schema, Standards};

impl Coverage {
    /// Surveys a manual.
    pub fn new(library: &Library, standards: &Standards, settings: &Settings, today: Date) -> Self {
        let survey = Survey::new(library, standards, settings, today);
        let clauses = survey.clauses(standards, |_| None);
        Coverage { clauses, sections: survey.sections }
    }
}

impl Survey<'_> {
    /// Every requirement clause; as it was `before`, where that holds.
    pub(super) fn clauses(
        &self,
        standards: &Standards,
        before: impl Fn(&ClauseRef) -> Option<Arc<ClauseCoverage>> + Sync,
    ) -> Vec<Arc<ClauseCoverage>> {
        let requirements: Vec<_> = standards.requirements().collect();
        requirements
            .into_par_iter()
            .map(|(at, clause, schema)| {
                let before = before(&at);
                before.unwrap_or_else(|| Arc::new(self.clause(standards, at, clause, schema)))
            })
            .collect()
    }

    fn clause(
        &self,
        standards: &Standards,
        at: ClauseRef,
        clause: &Clause,
        schema: Option<&Schema>,
    ) -> ClauseCoverage {
        let all = self.claims.get(&at).map(Vec::as_slice).unwrap_or_default();
        let fits = |one: &&Claimant<'_>| {
            let kinds = schema.map(|schema| schema.content.kinds.as_slice()).unwrap_or_default();
            let kind = one.document.kind();
            kinds.is_empty() || kind.is_none_or(|kind| kinds.contains(&kind))
        };
        let at_the_top = schema.is_some_and(Schema::wants_top_management);
        let all: Vec<Claimant<'_>> = all.iter().map(|one| one.judged(at_the_top)).collect();
        let claims: Vec<&Claimant<'_>> = all.iter().filter(fits).collect();
        let topics =
            schema.map(|schema| evidence::topics(self, schema, &claims)).unwrap_or_default();
        let items = match schema {
            Some(schema) if !schema.content.items.is_empty() => {
                let items = schema.content.items.iter();
                items.map(|item| self.item(&at, schema, item, &claims)).collect()
            }
            _ => vec![self.clause_itself(clause, &claims)],
        };
        let mut coverage = ClauseCoverage {
            title: clause.title.0.clone(),
            state: State::Gap,
            why: Vec::new(),
            claims: all.iter().map(|one| one.number).collect(),
            items,
            topics,
            clause: at,
        };
        (coverage.state, coverage.why) =
            verdict::of_clause(self, &coverage, &all, standards, clause);
        coverage
    }

    /// A clause that asks for no documented information: whatever claims it is its evidence.
    fn clause_itself(&self, clause: &Clause, claims: &[&Claimant<'_>]) -> ItemCoverage {
        let evidence = claims.iter().map(|one| Evidence {
            document: one.number,
            section: None,
            record: None,
            standing: one.standing,
            lacks: Vec::new(),
        });
        let evidence = evidence.collect();
        verdict::of_item(
            self.library,
            ItemCoverage {
                item: clause.number.0.clone(),
                name: "How the clause is met".into(),
                information: Information::None,
                obligation: Obligation::None,
                state: State::Gap,
                why: None,
                evidence,
                unfinished: None,
            },
        )
    }

    fn item(
        &self,
        at: &ClauseRef,
        schema: &Schema,
        item: &Item,
        claims: &[&Claimant<'_>],
    ) -> ItemCoverage {
        let evidence = match item.information {
            Information::Retain => evidence::retained(self, at, schema, item, claims),
            _ => evidence::maintained(self, schema, item, claims),
        };
        verdict::of_item(
            self.library,
            ItemCoverage {
                item: item.item.0.clone(),
                name: item.name.0.clone(),
                information: item.information,
                obligation: item.obligation,
                state: State::Gap,
                why: None,
                evidence,
                unfinished: None,
            },
        )
    }
}
