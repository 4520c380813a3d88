//! Something that is valid until a day has run out, or can no longer be given notice of in time.
//!
//! # Why it matters
//!
//! Competence that had to be renewed is none any more (7.2); a contract that ends inside its notice
//! leaves a service without a supplier or binds for another term (8.3.4.1).
//!
//! # Mend it
//!
//! Renew it and enter the new day, or give the entry the state that it has, as `ended`.

use super::{about, asked, called};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "expired-entry",
    Family::Register,
    Severity::Warning,
    include_str!("expired_entry.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (register, of, check) in asked(manual) {
        let Asks::Valid(date, notice, per) = &check.asks else { continue };
        for last in manual.registers.last(register, check, (*date, per), None) {
            let seen_to = manual.registers.notice(last, *notice);
            if seen_to >= manual.today {
                continue;
            }
            let entry = manual.registers.entry(last.entry);
            let name = called(of, entry);
            let message = if last.day < manual.today {
                format!("{name} ran out on {}", last.day)
            } else {
                format!("{name} ends on {}, and notice was due on {seen_to}", last.day)
            };
            let finding = RULE.at(entry.cells[*date].at, message).help("renew it, or end it");
            found.push(about(finding.timed(), manual, last.entry));
        }
    }
}
