//! Two entries of the registers have one id.
//!
//! # Why it matters
//!
//! A decision about `RSK-04` must be about one risk. A link to it leads to the first.
//!
//! # Mend it
//!
//! Give one of the two another id, `RSK-12`. Ids of entries that are gone are not used again.

use std::collections::BTreeMap;

use super::about;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::EntryRef;
use crate::manual::Manual;
use crate::text::key;

pub(super) const RULE: Rule = Rule::new(
    "duplicate-entry",
    Family::Register,
    Severity::Error,
    include_str!("duplicate_entry.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let registers = &manual.registers;
    let mut first: BTreeMap<(usize, String), EntryRef> = BTreeMap::new();
    let mut any: BTreeMap<String, EntryRef> = BTreeMap::new();
    for (id, at) in registers.ids().filter(|(id, _)| !id.is_empty()) {
        let own = |one: EntryRef| {
            let key = registers.of(one.register).key.first().copied().unwrap_or_default();
            registers.entry(one).cells[key].at
        };
        let of = registers.of(at.register);
        if let Some(document) = manual.library.by_id(id) {
            let message = format!("{} `{id}` has the id of a document", of.entry);
            let label = document.at(&["id"]);
            let finding = RULE.at(own(at), message).label(label, "the document");
            found.push(about(finding.help("give the entry another id"), manual, at));
        }
        let of_any = *any.entry(key(id)).or_insert(at);
        let own_first = *first.entry((at.register, key(id))).or_insert(at);
        let other = if own_first == at { of_any } else { own_first };
        if other != at {
            let message = if other.register == at.register {
                format!("{} `{id}` stands here again", of.entry)
            } else {
                let other = &registers.of(other.register).title;
                format!("{} `{id}` has the id of an entry of “{other}”", of.entry)
            };
            let finding = RULE.at(own(at), message).label(own(other), "the first one");
            found.push(about(finding.help("give one of the two another id"), manual, at));
        }
    }
}
