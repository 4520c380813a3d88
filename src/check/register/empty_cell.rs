//! An entry of a register lacks something that each entry needs.
//!
//! # Why it matters
//!
//! An action without an owner is nobody's, a risk without a state is neither open nor dealt with.
//!
//! # Mend it
//!
//! Fill in the cell. Where it is not yet known, say who is to find out: `{{ decide: who owns it }}`.

use super::{about, called};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::What;
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "empty-cell",
    Family::Register,
    Severity::Error,
    include_str!("empty_cell.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for trouble in &manual.registers.troubles {
        let What::MissingCell(entry, column) = trouble.what else { continue };
        let of = manual.registers.of(entry.register);
        let name = called(of, manual.registers.entry(entry));
        let column = &of.columns[column];
        let message = format!("{name} has no `{}`", column.id);
        let help = match column.words.as_slice() {
            [] => format!("write {}", wanted(column.holds.word())),
            words => format!("write one of {}", words.join(", ")),
        };
        found.push(about(RULE.at(trouble.at, message).help(help), manual, entry));
    }
}

/// What to write, with its article.
fn wanted(word: &str) -> String {
    match word {
        "text" => "it in a few words".into(),
        "entry" | "interval" => format!("an {word}"),
        _ => format!("a {word}"),
    }
}
