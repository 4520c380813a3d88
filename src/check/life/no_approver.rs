//! A document says that it is approved and does not say by whom and when.
//!
//! # Why it matters
//!
//! Clause 7.5.2 asks for review and approval for suitability and adequacy, and clause 5.2 for
//! policies that top management stands behind. A status alone is a claim; the approval is the
//! evidence. An auditor asks who approved this version, and the page has to answer.
//!
//! # Mend it
//!
//! Name the role that approved it and the day:
//!
//! ```yaml
//! status: approved
//! approved: {by: service-director, on: 2026-03-01}
//! ```
//!
//! Or set the status back to `in-review` until somebody has.

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::nothing::is_nobody;

pub(super) const RULE: Rule = Rule::new(
    "no-approver",
    Family::Life,
    Severity::Error,
    include_str!("no_approver.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if document.is_approved() && document.lacks("approved") {
        let finding = RULE
            .at(document.at(&["status"]), "approved, but it does not say by whom and when")
            .help(
                "add `approved: {by: ROLE, on: YYYY-MM-DD}`, or write `status: in-review` until \
                 it is approved",
            );
        found.push(finding);
        return;
    }
    let approval = document.front.approved.as_ref().filter(|_| document.is_approved());
    let Some(approval) = approval.filter(|approval| is_nobody(&approval.by)) else { return };
    let at = document.at(&["approved", "by"]);
    if !document.is_unfinished(&at.range()) {
        let finding = RULE.at(at, format!("approved by nobody: `{}`", approval.by));
        found.push(finding.help("name the role that approved it, or write `status: in-review`"));
    }
}
