//! A picture is not there.
//!
//! # Why it matters
//!
//! Where a flow chart should be, the page shows a gap, and the step that only the picture shows is
//! lost. Clause 7.5.3 asks that documented information be legible and complete for its use.
//!
//! # Mend it
//!
//! Put the file into a content folder and write its path from the file in which it is used:
//!
//! ```markdown
//! ![The steps from report to closure](pictures/incident-flow.png)
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::{Dangling, Target, Why, is_picture};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "missing-asset",
    Family::Links,
    Severity::Error,
    include_str!("missing_asset.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, image, resolved) in super::images(manual) {
        let target = &image.target;
        let message = match resolved {
            // These have rules of their own.
            Err(Dangling { why: Why::Outside | Why::Scheme(_), .. }) => continue,
            Ok(Target::Asset(path)) if is_picture(path) => continue,
            Ok(Target::External(_) | Target::Unread) => continue,
            Ok(Target::Asset(_)) => format!("`{target}` is not a picture that every browser shows"),
            Err(_) => format!("there is no picture `{target}`"),
            Ok(_) => format!("`{target}` is not a picture"),
        };
        let finding = RULE.at(document.span(&image.target_at), message);
        found.push(finding.help("write the path from this file to a picture in a content folder"));
    }
}
