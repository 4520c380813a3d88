//! Clauses of the standard: what is claimed, what it needs, what is left out.

mod bad_clause_schema;
mod clause_excluded;
mod clause_uncovered;
mod customary_topic;
mod empty_section;
mod missing_topic;
mod unknown_clause;
mod unknown_item;
mod wrong_kind_for_clause;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &unknown_clause::RULE,
    &wrong_kind_for_clause::RULE,
    &missing_topic::RULE,
    &empty_section::RULE,
    &clause_uncovered::RULE,
    &clause_excluded::RULE,
    &unknown_item::RULE,
    &customary_topic::RULE,
    &bad_clause_schema::RULE,
];
