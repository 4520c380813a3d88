//! A file of a standard below `schema/` is wrong.
//!
//! # Why it matters
//!
//! Coverage is only as good as what it is measured against. A topic that no heading can meet makes
//! a clause fail for ever; a schema that is left out makes it pass unseen.
//!
//! # Mend it
//!
//! The finding points at the value. `clausebook schema clause` prints what such a file may hold. To go
//! back to the built-in file, remove your own.

use std::collections::BTreeSet;

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::settings::{Settings, stays_inside};
use crate::source::SETTINGS;
use crate::text::{Span, nearest};

pub(super) const RULE: Rule = Rule::new(
    "bad-clause-schema",
    Family::Clause,
    Severity::Error,
    include_str!("bad_clause_schema.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for fault in &manual.standards.faults {
        let finding = RULE.at(fault.at, fault.message.clone());
        found.push(match &fault.help {
            Some(help) => finding.help(help.clone()),
            None => finding,
        });
    }
    let Some(file) = manual.sources.at_path(SETTINGS) else { return };
    let names = manual.settings().standards.as_deref().unwrap_or_default();
    for (n, name) in names.iter().enumerate() {
        let absent = manual.standards.absent.iter().any(|absent| *absent == **name);
        if absent && stays_inside(name) {
            let node = manual.settings.checked.node.nearest(["standards", &n.to_string()]);
            let message = format!("there is no folder schema/{name}");
            let known: Vec<String> = known(manual).into_iter().collect();
            let finding = RULE
                .at(Span::new(file.id, node.at.clone()), message)
                .help(format!("standards that are there: {}", known.join(", ")));
            found.push(finding.did_you_mean(nearest(name, known.iter().map(String::as_str))));
        }
    }
}

/// The standards that there are: the manual's own and the built-in one.
fn known(manual: &Manual) -> BTreeSet<String> {
    let own = manual.sources.files.iter().filter_map(|file| {
        file.path.strip_prefix("schema/")?.strip_suffix("/catalogue.yaml").map(str::to_owned)
    });
    let builtin = Settings::default();
    own.chain(builtin.standards().into_iter().map(str::to_owned)).collect()
}
