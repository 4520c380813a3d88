//! The scope statement: what the management system covers, and what it does not.

mod incomplete_scope;
mod left_out_without_reason;
mod no_organization;
mod no_service;
mod run_by_others;
mod service_not_in_catalogue;
mod vague_scope;

use super::Rule;
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::front::Scope;
use crate::text::Span;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &no_organization::RULE,
    &no_service::RULE,
    &service_not_in_catalogue::RULE,
    &vague_scope::RULE,
    &incomplete_scope::RULE,
    &left_out_without_reason::RULE,
    &run_by_others::RULE,
];

/// The place of a key below `scope:`, to say that nothing stands there; of `scope` when it is absent.
fn key(document: &Document, key: &str) -> Span {
    let entry = document.node.get("scope").and_then(|scope| scope.entry(key));
    entry.map_or_else(|| document.key("scope"), |entry| document.span(&entry.key_at))
}

/// The scope statements of a manual that are not superseded or withdrawn.
fn scopes(manual: &Manual) -> impl Iterator<Item = (&Document, &Scope)> {
    let live = manual.library.documents.iter().filter(|document| document.is_live());
    live.filter_map(|document| document.front.scope.as_ref().map(|scope| (document, scope)))
}
