//! A link or a picture leads out of the manual's folder.
//!
//! # Why it matters
//!
//! What lies outside is not under the manual's version control (clause 7.5.3), and it is not on
//! the site: the link works on the author's machine and nowhere else.
//!
//! # Mend it
//!
//! Copy what is needed into a content folder, or give its address on the web or intranet:
//!
//! ```markdown
//! See the [service report](https://intranet.example/reports/2026-05).
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::{Dangling, Why};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "outside-link",
    Family::Links,
    Severity::Error,
    include_str!("outside_link.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, link, resolved) in super::links(manual).chain(super::images(manual)) {
        if let Err(Dangling { why: Why::Outside, .. }) = resolved {
            let at = document.span(&link.target_at);
            let finding = RULE.at(at, format!("`{}` leads out of the manual", link.target));
            let help = if link.target.contains([':', '\\']) {
                "it is a place on one machine: copy the file into the manual, or give its address on \
                 the web"
            } else {
                "copy it into the manual, or give its address on the web"
            };
            found.push(finding.help(help));
        }
    }
}
