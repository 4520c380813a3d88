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

use crate::check::markdown::conflicts;
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
        && let Some((file, text)) = super::settings_file(manual)
    {
        found.push(finding(file, text, fault, "clausebook.yaml cannot be read"));
    }
    for unread in &manual.library.unread {
        if let Trouble::Yaml(fault) = &unread.trouble {
            let text = &manual.sources.file(unread.file).text;
            // Marks of a merge are no YAML; they are told of by themselves.
            if !conflicts(text).is_empty() {
                continue;
            }
            found.push(finding(unread.file, text, fault, "the front matter cannot be read"));
        }
    }
}

fn finding(file: FileId, text: &str, fault: &Fault, headline: &str) -> Diagnostic {
    let at = Span::new(file, fault.at.clone());
    let finding = RULE.at(at, format!("{headline}: {}", fault.message));
    let before = text.get(..fault.at.start).unwrap_or_default();
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    match &fault.related {
        Some((related, what)) => {
            let finding = finding.label(Span::new(file, related.clone()), what.as_str());
            if fault.message.contains("twice") {
                return finding.help("take one of the two out");
            }
            finding
                .note("noticed here")
                .help("look first where it was opened: the cause is most often there")
        }
        // `title: Release: management` is the slip that is made most.
        None if line.contains(": ") && text.get(fault.at.clone()) == Some(":") => finding
            .note("a second `:` on one line")
            .help("put the text in quotes, as `title: \"Release: management\"`"),
        None => finding
            .note("noticed here")
            .help("look at this line and the one above; text with `: ` or `#` in it needs quotes"),
    }
}
