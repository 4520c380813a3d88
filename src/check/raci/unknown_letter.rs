//! A cell of a RACI matrix holds something that is no letter of its set.
//!
//! # Why it matters
//!
//! A letter that readers understand in two ways is worse than none: S means *supports* in RASCI
//! and *signs off* in RACI-VS.
//!
//! # Mend it
//!
//! Use R (does it), A (answers for it), C (is asked), I (is told), alone or combined as `A/R`; leave
//! the cell empty or write `-` for none. For other letters declare the set in the front matter:
//! `raci: {variant: RASCI}` or `raci: {variant: RACI-VS}`.

use super::{named, rows};
use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::front::Letters;

pub(super) const RULE: Rule = Rule::new(
    "unknown-letter",
    Family::Raci,
    Severity::Error,
    include_str!("unknown_letter.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let variant = document.front.raci.as_ref().map(|raci| raci.variant).unwrap_or_default();
    let (set, known) = match variant {
        Letters::Raci => ("RACI", "RACI"),
        Letters::Rasci => ("RASCI", "RASCI"),
        Letters::RaciVs => ("RACI-VS", "RACIVS"),
    };
    for (_, row) in rows(document) {
        for cell in &row.cells {
            let at = document.span(&cell.cell.at);
            if let Some(strange) = &cell.strange {
                let message = format!("`{strange}` is no letter of {set}, in {}", named(row));
                let help = format!("use {}, or `-` for none", spelled(known));
                found.push(RULE.at(at, message).help(help));
                continue;
            }
            if let Some(letter) = cell.letters.iter().find(|letter| !known.contains(*letter)) {
                let message = format!("`{letter}` is no letter of {set}, in {}", named(row));
                let help = match letter {
                    'S' => {
                        "declare what S means: `raci: {variant: RASCI}` (supports) or \
                         `raci: {variant: RACI-VS}` (signs off)"
                    }
                    _ => "declare the set of letters: `raci: {variant: RACI-VS}`",
                };
                found.push(RULE.at(at, message).help(help));
            }
        }
    }
}

fn spelled(known: &str) -> String {
    known.chars().map(String::from).collect::<Vec<_>>().join(", ")
}
