//! Two entries of one kind have the same name: roles, services, other parties or terms.
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
use crate::model::library::Item;
use crate::text::{key, slug};

pub(super) const RULE: Rule = Rule::new(
    "taken-name",
    Family::Reading,
    Severity::Error,
    include_str!("taken_name.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let library = &manual.library;
    names("role", "id", library.roles().map(|one| (one, one.entry.id.0.clone())), found);
    names("service", "id", library.services().map(|one| (one, one.entry.id.0.clone())), found);
    names("party", "id", library.parties().map(|one| (one, one.entry.id.0.clone())), found);
    names("term", "term", library.terms().map(|one| (one, slug(&one.entry.term))), found);
}

fn names<'a, T: 'a>(
    what: &str,
    field: &str,
    entries: impl Iterator<Item = (Item<'a, T>, String)>,
    found: &mut Vec<Diagnostic>,
) {
    let mut first: BTreeMap<String, Item<'a, T>> = BTreeMap::new();
    for (entry, name) in entries.filter(|(_, name)| !name.is_empty()) {
        let Some(other) = first.get(&key(&name)) else {
            first.insert(key(&name), entry);
            continue;
        };
        // The next version of a register is written beside the one that is in force.
        let is_next = entry.number != other.number
            && !(entry.document.is_approved() && other.document.is_approved());
        if !is_next {
            let finding = RULE
                .at(entry.at(field), format!("there is a {what} `{name}` already"))
                .label(other.at(field), "this one");
            found.push(finding.help("give one of the two another name, or make one entry of them"));
        }
    }
}
