//! The life of a document: versions, approval, what takes whose place.

mod approval_older_than_text;
mod approved_depends_on_draft;
mod changed_after_approval;
mod effective_before_approval;
mod future_approval;
mod no_approver;
mod revisions_out_of_order;
mod self_approval;
mod superseded_in_use;
mod unknown_approver;
mod version_not_in_revisions;
mod waiver_expired;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &no_approver::RULE,
    &unknown_approver::RULE,
    &approval_older_than_text::RULE,
    &changed_after_approval::RULE,
    &self_approval::RULE,
    &effective_before_approval::RULE,
    &future_approval::RULE,
    &version_not_in_revisions::RULE,
    &revisions_out_of_order::RULE,
    &superseded_in_use::RULE,
    &approved_depends_on_draft::RULE,
    &waiver_expired::RULE,
];
