//! A document was approved by somebody whom the role register does not know.
//!
//! # Why it matters
//!
//! Who may approve is decided when roles are assigned (clauses 5.3 and 7.5.2). A name that stands
//! in no register is nobody with authority, as far as a reader can tell, and the evidence of the
//! document is partial. A person counts as the role that they hold. A manual without a role
//! register has none to check against.
//!
//! # Mend it
//!
//! Name the role, as the register has it:
//!
//! ```yaml
//! approved: {by: service-director, on: 2026-03-01}
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::nothing::is_nobody;
use crate::text::NameIndex;

pub(super) const RULE: Rule = Rule::new(
    "unknown-approver",
    Family::Life,
    Severity::Warning,
    include_str!("unknown_approver.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let library = &manual.library;
    if !library.has_roles() {
        return;
    }
    let roles = library.roles();
    let known = roles.flat_map(|role| [role.entry.id.0.as_str(), &*role.entry.title]);
    let names = NameIndex::of(known);
    for document in library.documents.iter().filter(|document| document.is_approved()) {
        let Some(approval) = &document.front.approved else { continue };
        // An approval by nobody has its own finding.
        if library.acts_as(&approval.by).next().is_some() || is_nobody(&approval.by) {
            continue;
        }
        let at = document.at(&["approved", "by"]);
        let message = format!("`{}` approved it, and is no role of the role register", approval.by);
        let finding = RULE.at(at, message).help("name the role that approved it");
        found.push(finding.meant(names.near(&approval.by), at));
    }
}
