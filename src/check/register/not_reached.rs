//! Clauses, processes or services that nothing in a register reaches within the cycle.
//!
//! Entries that are planned count as well as those that are done.
//!
//! # Why it matters
//!
//! Clause 9.2 wants internal audits to tell whether the whole system conforms; a clause that no audit
//! of the programme reaches is the first that an auditor looks at.
//!
//! # Mend it
//!
//! Name it in an audit of the programme. A clause stands for all that is below it: `8.5` reaches
//! `8.5.1.2`.

use std::collections::BTreeSet;

use super::{asked, of_source};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::Named;
use crate::entries::format::All;
use crate::entries::types::Asks;
use crate::manual::Manual;
use crate::model::value::Kind;
use crate::text::key;

pub(super) const RULE: Rule = Rule::new(
    "not-reached",
    Family::Register,
    Severity::Warning,
    include_str!("not_reached.rs"),
    Check::Manual(run),
);

/// So many of what is not reached are named.
const NAMED: usize = 6;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let names = manual.names();
    for (register, of, check) in asked(manual) {
        let Asks::Reaches(column, date, every, all) = &check.asks else { continue };
        let mut reached: BTreeSet<String> = BTreeSet::new();
        let in_cycle = manual.registers.asked(register, check).filter(|(_, entry)| {
            entry.day(*date).is_some_and(|day| day.plus(*every) >= manual.today)
        });
        let mut is_all = false;
        for (_, entry) in in_cycle {
            for name in entry.names(*column) {
                match names.find(&of.columns[*column], name) {
                    Some(Named::All) => is_all = true,
                    Some(named) => reached.extend(key_of(manual, &named)),
                    None => {}
                }
            }
        }
        let missed: Vec<String> =
            wanted(manual, *all).into_iter().filter(|one| !is_reached(&reached, one)).collect();
        let source = manual.registers.all[register].sources.first();
        let Some(source) = source.filter(|_| !is_all && !missed.is_empty()) else { continue };
        let shown = missed.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = match missed.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!("no {} within {every} reaches {shown}{more}", of.entry);
        let help = format!("name them in the column `{}`", of.columns[*column].id);
        let finding = RULE.at(source.at, message).help(help).timed();
        found.push(of_source(finding, manual, source.document));
    }
}

/// What is to be reached, by name.
fn wanted(manual: &Manual, all: All) -> Vec<String> {
    match all {
        All::Clauses => {
            let applies = |clause: &str| {
                let coverage = &manual.coverage.clauses;
                coverage.iter().any(|one| {
                    manual.standards.name(&one.clause) == clause
                        && one.state != crate::coverage::State::NotApplicable
                })
            };
            let clauses = manual.standards.requirements();
            let clauses = clauses.map(|(at, ..)| manual.standards.name(&at));
            clauses.filter(|clause| applies(clause)).collect()
        }
        All::Processes => {
            let documents = manual.library.documents.iter();
            let processes = documents
                .filter(|one| one.kind() == Some(Kind::Process) && one.in_force(manual.today));
            processes.map(|one| one.id.clone()).collect()
        }
        All::Services => manual.library.services().map(|one| one.entry.id.0.clone()).collect(),
    }
}

/// Names as they are compared.
fn key_of(manual: &Manual, named: &Named) -> Option<String> {
    match named {
        Named::Clause(name) | Named::Service(name) => Some(key(name)),
        Named::Document(number) => Some(key(&manual.library.documents[*number].id)),
        _ => None,
    }
}

/// Whether something is among what is reached, or a clause above it is.
fn is_reached(reached: &BTreeSet<String>, one: &str) -> bool {
    let one = key(one);
    let above = one.match_indices('.').map(|(at, _)| &one[..at]);
    above.chain([one.as_str()]).any(|name| reached.contains(name))
}

/// Whether a cell names a clause or one above it.
pub(super) fn names_clause(names: &[String], clause: &str) -> bool {
    let set: BTreeSet<String> = names.iter().map(|name| key(name)).collect();
    is_reached(&set, clause)
}
