//! A file of `schema/registers/` that does not say what a register looks like.
//!
//! # Why it matters
//!
//! What is wrong in the file of a register type is not asked of its entries: a column that is none, a
//! check without what it looks at. The register then looks checked and is not.
//!
//! # Mend it
//!
//! Write what the help names. `clausebook schema register-type` prints all that such a file may say:
//!
//! ```yaml
//! register: visits
//! title: Visits to data centres
//! entry: visit
//! columns:
//!   - {column: "on", title: Day, type: date, required: true}
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "bad-register-type",
    Family::Register,
    Severity::Error,
    include_str!("bad_register_type.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for fault in &manual.registers.types.faults {
        let finding = RULE.at(fault.at, fault.message.clone());
        found.push(match &fault.help {
            Some(help) => finding.help(help.clone()),
            None => finding,
        });
    }
}
