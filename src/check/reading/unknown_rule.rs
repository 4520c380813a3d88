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
use crate::parse::yaml::Value;
use crate::text::{Span, near};

pub(super) const RULE: Rule = Rule::new(
    "unknown-rule",
    Family::Reading,
    Severity::Error,
    include_str!("unknown_rule.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let levels = manual.settings.checked.node.get("rules");
    if let (Some((file, _)), Some(Value::Map(levels))) =
        (super::settings_file(manual), levels.map(|levels| &levels.value))
    {
        for level in levels {
            found.extend(finding(Span::new(file, level.key_at.clone()), &level.key));
        }
    }
    for document in &manual.library.documents {
        for (number, waiver) in document.front.waivers.iter().enumerate() {
            let at = document.at(&["waivers", &number.to_string(), "rule"]);
            found.extend(finding(at, &waiver.rule));
        }
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
