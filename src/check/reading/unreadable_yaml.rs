//! The front matter of a document, or `clausebook.yaml`, is not YAML.
//!
//! # Why it matters
//!
//! Nothing can be said of a field that cannot be read: not which version this is, not who approved
//! it, not the clauses that it answers. The fields around it are read all the same, and the document
//! stays in the manual; what may only follow from the mistake, such as a field that seems to be
//! missing or a link to an id that was lost, is not reported as well.
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

use std::ops::Range;

use crate::check::markdown::conflicts;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Edit, Fix, Severity};
use crate::manual::Manual;
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

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (file, _, trouble) in super::troubles(manual) {
        // Marks of a merge are no YAML; they are told of by themselves.
        if let Trouble::Yaml(fault) = trouble
            && conflicts(&manual.sources.file(file).text).is_empty()
        {
            found.push(finding(file, fault));
        }
    }
}

fn finding(file: FileId, fault: &Fault) -> Diagnostic {
    let span = |at: &Range<usize>| Span::new(file, at.clone());
    let mut finding = RULE.at(span(&fault.at), &fault.message).note(fault.note);
    finding.help.clone_from(&fault.help);
    if let Some((at, what)) = &fault.related {
        finding = finding.label(span(at), what);
    }
    if let Some(repair) = &fault.repair {
        let edits = repair.edits.iter().map(|(at, text)| Edit { at: span(at), text: text.clone() });
        let (title, safe) = (repair.title.clone(), repair.safe);
        finding = finding.fix(Fix { title, edits: edits.collect(), safe });
    }
    finding
}
