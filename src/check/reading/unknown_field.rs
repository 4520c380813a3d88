//! The front matter, or `clausebook.yaml`, has a field that does not exist.
//!
//! # Why it matters
//!
//! A field with a slip of the pen is a field that is not there: `aproved:` approves nothing, and
//! nobody notices until the auditor asks for the approval. So every field is either known or a
//! mistake. Nothing is read past in silence.
//!
//! # Mend it
//!
//! Write the name as it is known, or take the line out:
//!
//! ```yaml
//! effective: 2026-03-15   # not: efective
//! ```

use super::Breach;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::register::Register;
use crate::model::violation::Wrong;
use crate::text::near;

pub(super) const RULE: Rule = Rule::new(
    "unknown-field",
    Family::Reading,
    Severity::Error,
    include_str!("unknown_field.rs"),
    Check::Manual(run),
);

/// A list longer than this is no help.
const MOST_NAMES: usize = 12;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for breach in super::breaches(manual) {
        if let Wrong::Unknown { key, known, beside } = &breach.violation.what {
            found.push(finding(&breach, key, known, beside));
        }
    }
}

fn finding(breach: &Breach<'_>, key: &str, known: &[String], beside: &[String]) -> Diagnostic {
    let kind = breach.document.and_then(Document::kind);
    let top = breach.violation.path.is_empty();
    if let (Some(kind), Some(home), true) = (kind, home(key), top) {
        return RULE
            .at(breach.at, format!("`{key}` does not belong in a document of kind {}", kind.word()))
            .help(format!("it belongs in {home}"));
    }
    let inside = match super::field(&breach.violation.path).as_str() {
        "" => String::new(),
        field => format!(" in `{field}`"),
    };
    let finding = RULE.at(breach.at, format!("there is no field `{key}`{inside}"));
    let finding = super::named(finding, key);
    if let Some(meant) = &breach.violation.meant {
        return of_meant(breach, finding, key, &meant.text);
    }
    match near(key, known.iter().map(String::as_str)) {
        Some(near) if beside.iter().any(|key| key == near.word) => {
            finding.help(format!("take it out: `{}` is there already", near.word))
        }
        Some(near) => finding.meant(Some(near), breach.at),
        None if known.len() <= MOST_NAMES => {
            finding.help(format!("the fields here are {}", known.join(", ")))
        }
        None => {
            let kind = kind.map_or("process", |kind| kind.word());
            finding.help(format!("take it out; `clausebook schema {kind}` lists the fields"))
        }
    }
}

/// The field that was meant, perhaps with a value that has run into its name.
fn of_meant(breach: &Breach<'_>, finding: Diagnostic, key: &str, meant: &str) -> Diagnostic {
    let rest = key.strip_prefix(meant).unwrap_or_default();
    let value = rest.trim_start_matches([':', ' ']);
    if value.is_empty() || breach.typed != key {
        return breach.meant(finding.did_you_mean(Some(meant)));
    }
    let sign = if rest.starts_with(':') {
        format!("a space is missing after `{meant}:`")
    } else {
        format!("there is no `:` after `{meant}`")
    };
    let written = format!("{meant}: {value}");
    let finding = RULE.at(breach.at, sign).help(format!("write `{written}`"));
    finding.fix(Fix::safe(format!("write `{written}`"), breach.at, written))
}

/// Where a field belongs that some kinds alone have.
fn home(key: &str) -> Option<&'static str> {
    match key {
        "scope" => Some("the scope statement (kind: scope)"),
        _ => Register::of_key(key).map(Register::home),
    }
}
