//! A field holds something that it cannot hold: a list where one word is meant, a word that is not
//! one of those allowed, a length of time without a unit.
//!
//! # Why it matters
//!
//! A status that is none of the known ones leaves open whether the document is in force; an
//! interval that cannot be read is a review that never falls due. Where it is plain what was meant,
//! that is read on with, so that nothing follows from the slip; any other value counts as absent until
//! it is mended.
//!
//! # Mend it
//!
//! Write what the help below the finding asks for:
//!
//! ```yaml
//! status: in-review           # not: in review
//! review: {every: 12 months}  # not: {every: yearly}
//! clauses: ["8.6.1"]          # not: 8.6.1
//! ```

use super::Breach;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::violation::{Expected, Wrong};
use crate::text::{near, shortened};

pub(super) const RULE: Rule = Rule::new(
    "wrong-type",
    Family::Reading,
    Severity::Error,
    include_str!("wrong_type.rs"),
    Check::Manual(run),
);

/// So much of a value is quoted.
const QUOTED: usize = 80;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for breach in super::breaches(manual) {
        if let Wrong::Value { found: typed, expected } = &breach.violation.what {
            found.push(finding(&breach, typed.as_deref(), expected));
        }
    }
}

fn finding(breach: &Breach<'_>, typed: Option<&str>, expected: &Expected) -> Diagnostic {
    let field = super::field(&breach.violation.path);
    let message = match typed {
        Some("") => format!("`{field}` has an empty entry"),
        Some(typed) => format!("`{field}` cannot be `{}`", shortened(typed, QUOTED)),
        None => format!("`{field}` holds the wrong kind of value"),
    };
    let counts = "the document counts as restricted until then";
    let of_readers = breach.violation.path == "classification" && breach.document.is_some();
    let more = if of_readers { format!("; {counts}") } else { String::new() };
    let expected_note = format!("expected {expected}{more}");
    let near = typed.and_then(|typed| near(typed, expected.words().iter().map(String::as_str)));
    let finding = RULE.at(breach.at, message);
    if let Some(meant) = &breach.violation.meant {
        let finding = finding.note(expected_note).did_you_mean(Some(&meant.text));
        return breach.meant(super::named(finding, typed.unwrap_or_default()));
    }
    match near {
        Some(near) => finding.note(expected_note).meant(Some(near), breach.at),
        None if of_readers => finding.note(counts).help(format!("write {expected}")),
        None => finding.help(format!("write {expected}")),
    }
}
