//! The front matter of a document, or `clausebook.yaml`, is not YAML.
//!
//! # Why it matters
//!
//! Nothing can be said of a document whose fields cannot be read: not its version, not who
//! approved it, not the clauses that it answers. It is left out of the manual until it is mended,
//! and what it should evidence counts as a gap. Links to it are not reported as well.
//!
//! # Mend it
//!
//! Look at the place, and at the line above it: what was never closed is often noticed a line too
//! late. Text that holds `: ` or begins with one of `[ { & * ! | > ' " % @ #` needs quotes:
//!
//! ```yaml
//! title: "Incident management: major incidents"
//! clauses: ["8.6.1", "8.6.2"]
//! ```

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::parse::Trouble;
use crate::parse::yaml::Fault;
use crate::text::{FileId, Span};

pub(super) const RULE: Rule = Rule::new(
    "unreadable-yaml",
    Family::Reading,
    Severity::Error,
    include_str!("unreadable_yaml.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(Trouble::Yaml(fault)) = &manual.settings.trouble
        && let Some((file, _)) = super::settings_file(manual)
    {
        found.push(finding(file, fault, "clausebook.yaml cannot be read"));
    }
    for unread in &manual.library.unread {
        if let Trouble::Yaml(fault) = &unread.trouble {
            found.push(finding(unread.file, fault, "the front matter cannot be read"));
        }
    }
}

fn finding(file: FileId, fault: &Fault, headline: &str) -> Diagnostic {
    let at = Span::new(file, fault.at.clone());
    let finding = RULE.at(at, format!("{headline}: {}", fault.message));
    match &fault.related {
        Some((related, text)) => finding
            .note("the reader stumbled here")
            .label(Span::new(file, related.clone()), text.as_str())
            .help("mend the place marked second first: the cause is often there"),
        None => finding
            .note("the reader stumbled here")
            .help("look at this line and the one above; text with `: ` or `#` in it needs quotes"),
    }
}
