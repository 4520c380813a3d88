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
use crate::diag::{Diagnostic, Fix, Severity};
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
                let finding = RULE.at(at, message).help(help);
                let all = cell.cell.text.trim() == strange;
                found.push(match letter_of(strange, known).filter(|_| all) {
                    Some(letter) => {
                        finding.fix(Fix::safe(format!("write `{letter}`"), at, letter.to_string()))
                    }
                    None => finding,
                });
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

/// The letter for what stands in a cell: the word that it is short for, a letter of another script
/// that looks the same, or a dash for what does not apply.
fn letter_of(strange: &str, known: &str) -> Option<char> {
    let letter = match strange.to_lowercase().as_str() {
        "n/a" | "n.a." | "na" | "none" | "not applicable" => return Some('-'),
        "responsible" => 'R',
        "accountable" | "а" => 'A',
        "consulted" | "с" => 'C',
        "informed" | "і" => 'I',
        "supports" | "support" | "signs off" | "signatory" | "ѕ" => 'S',
        "verifies" | "verify" | "verifier" => 'V',
        _ => return None,
    };
    known.contains(letter).then_some(letter)
}

fn spelled(known: &str) -> String {
    known.chars().map(String::from).collect::<Vec<_>>().join(", ")
}
