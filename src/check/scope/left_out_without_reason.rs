//! Something is left out of the scope and no reason is given.
//!
//! # Why it matters
//!
//! Leaving services out is allowed. An auditor will ask why, and whether what is left out could harm
//! what is in; the answer belongs in the statement.
//!
//! # Mend it
//!
//! Add `why:` beside `what:`.

use super::scopes;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "left-out-without-reason",
    Family::Scope,
    Severity::Warning,
    include_str!("left_out_without_reason.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, scope) in scopes(manual) {
        for (n, left_out) in scope.left_out.iter().enumerate() {
            if left_out.why.as_ref().is_some_and(|why| !why.trim().is_empty()) {
                continue;
            }
            let what = left_out.what.as_deref().unwrap_or_default();
            let at = document.at(&["scope", "left_out", &n.to_string(), "what"]);
            let finding = RULE.at(at, format!("“{what}” is left out without a reason"));
            found.push(finding.help("add `why: …`").clause("4.3"));
        }
    }
}
