//! Two entries of one register have the same name: two roles, services, terms, other parties or external
//! documents.
//!
//! # Why it matters
//!
//! A name that stands for two roles tells nobody who answers. Each role has a page at an address made
//! of its id, each term one made of its words, and letter case does not make two addresses different,
//! because it does not on every disk: one of the two pages would take the place of the other.
//!
//! # Mend it
//!
//! Give one of the two another id, or make one entry of them:
//!
//! ```yaml
//! roles:
//!   - {id: incident-manager, title: Incident manager}
//!   - {id: major-incident-manager, title: Major incident manager}
//! ```

use std::collections::BTreeMap;

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::library::DocumentNumber;
use crate::model::register::Register;
use crate::text::{Span, key};

pub(super) const RULE: Rule = Rule::new(
    "taken-name",
    Family::Reading,
    Severity::Error,
    include_str!("taken_name.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for register in Register::ALL {
        of_register(manual, register, found);
    }
}

fn of_register(manual: &Manual, register: Register, found: &mut Vec<Diagnostic>) {
    let documents = &manual.library.documents;
    let mut first: BTreeMap<String, (DocumentNumber, Span)> = BTreeMap::new();
    for (number, index, entry) in manual.library.listed(register) {
        let name = register.address(entry.names[0]);
        if name.is_empty() {
            continue;
        }
        let document = &documents[number];
        let at = document.at(&[register.key(), &index.to_string(), register.main_field()]);
        let Some((other, place)) = first.get(&key(&name)).copied() else {
            first.insert(key(&name), (number, at));
            continue;
        };
        // The next version of a register is written beside the one that is in force.
        let is_next =
            number != other && !(document.is_approved() && documents[other].is_approved());
        if !is_next {
            let what = register.word();
            let finding =
                RULE.at(at, format!("there is a {what} `{name}` already")).label(place, "this one");
            found.push(finding.help("give one of the two another name, or make one entry of them"));
        }
    }
}
