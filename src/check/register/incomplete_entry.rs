//! An entry of a register lacks what its state or its figures ask for.
//!
//! The type of the register says what that is: a closed action without the day on which its effect was
//! checked, a risk above the acceptance line that is neither treated nor accepted by name.
//!
//! # Why it matters
//!
//! Clause 10.1.1 asks whether corrective action worked, and 6.1.2 for criteria by which risks are
//! accepted. A closed line without that shows that somebody changed a word.
//!
//! # Mend it
//!
//! Fill in what is missing, or give the entry the state that it has: `done` before `closed`.

use super::{about, asked, called, titles};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "incomplete-entry",
    Family::Register,
    Severity::Warning,
    include_str!("incomplete_entry.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (register, of, check) in asked(manual) {
        let Asks::Filled(all, any) = &check.asks else { continue };
        for (at, entry) in manual.registers.asked(register, check) {
            let missing: Vec<usize> = all.iter().copied().filter(|one| !entry.has(*one)).collect();
            let lacks_any = !any.is_empty() && !any.iter().any(|one| entry.has(*one));
            if missing.is_empty() && !lacks_any {
                continue;
            }
            let lacking = if missing.is_empty() { any } else { &missing };
            let word = if missing.is_empty() { "or" } else { "and" };
            let name = called(of, entry);
            let message = match &check.says {
                Some(says) => format!("{name}: {says}"),
                None => format!("{name} has no {}", titles(of, lacking, word)),
            };
            let state = of.state.as_ref().map(|state| entry.cells[state.column].at);
            let finding = RULE.at(state.unwrap_or(entry.at), message);
            let help = format!("fill in {}", titles(of, lacking, word));
            found.push(about(finding.help(help), manual, at));
        }
    }
}
