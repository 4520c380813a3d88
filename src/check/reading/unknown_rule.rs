//! A level in `clausebook.yaml`, or a waiver in a document, names a rule that does not exist.
//!
//! # Why it matters
//!
//! A waiver of nothing accepts nothing: the finding that it was written for still stands, or will
//! stand unseen one day. A level with a slip of the pen leaves the rule as it was, while everybody
//! believes otherwise.
//!
//! # Mend it
//!
//! Write the rule's name as it stands in brackets in a finding:
//!
//! ```yaml
//! rules: {weak-wording: off}
//! ```

use crate::check::{self, Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::parse::yaml::{Entry, Node, Value};
use crate::text::{Span, near};

pub(super) const RULE: Rule = Rule::new(
    "unknown-rule",
    Family::Reading,
    Severity::Error,
    include_str!("unknown_rule.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    if let Some((file, _)) = super::settings_file(manual) {
        let settings = &manual.settings.checked.node;
        let folders = entries(settings.get("folders"));
        let of_folders = folders.iter().map(|folder| folder.node.get("rules"));
        for levels in std::iter::once(settings.get("rules")).chain(of_folders) {
            for level in entries(levels) {
                found.extend(finding(Span::new(file, level.key_at.clone()), &level.key));
            }
        }
    }
    for document in &manual.library.documents {
        for (number, waiver) in document.front.waivers.iter().enumerate() {
            let at = document.at(&["waivers", &number.to_string(), "rule"]);
            found.extend(finding(at, &waiver.rule));
        }
    }
}

fn entries(node: Option<&Node>) -> &[Entry] {
    match node.map(|node| &node.value) {
        Some(Value::Map(entries)) => entries,
        _ => &[],
    }
}

fn finding(at: Span, name: &str) -> Option<Diagnostic> {
    if check::rule(name).is_some() {
        return None;
    }
    let finding = RULE
        .at(at, format!("there is no rule `{name}`"))
        .help("write the name that stands in brackets in the finding");
    Some(finding.meant(near(name, check::rules().map(|rule| rule.code.0)), at))
}
