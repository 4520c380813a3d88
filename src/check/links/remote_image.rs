//! A picture is to be fetched from another host.
//!
//! # Why it matters
//!
//! The picture can change or vanish without a new version of the document, so that what was
//! approved is not what is read (clause 7.5.3). The site also has to work without a network, and
//! every reader's visit would be told to somebody else; its pages therefore load nothing from
//! elsewhere.
//!
//! # Mend it
//!
//! Copy the picture into the manual:
//!
//! ```markdown
//! ![The steps from report to closure](pictures/incident-flow.png)
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::Target;
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "remote-image",
    Family::Links,
    Severity::Error,
    include_str!("remote_image.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, image, resolved) in super::images(manual) {
        if let Ok(Target::External(_)) = resolved {
            let at = document.span(&image.target_at);
            let finding = RULE.at(at, format!("`{}` is on another host", image.target));
            found.push(finding.help("copy the picture into the manual"));
        }
    }
}
