//! A link, or a document named in front matter, leads to nothing.
//!
//! # Why it matters
//!
//! A reader who follows a dead link in the middle of an incident has lost the procedure that they
//! needed; clause 7.5.3 asks that documented information be available where and when it is needed.
//! To an auditor a dead link says that nobody has used the manual.
//!
//! # Mend it
//!
//! Write the path from the file in which the link stands, or the id in double brackets:
//!
//! ```markdown
//! See [Incident management](../processes/incident.md) or [[PRC-INC-01]].
//! ```
//!
//! Links to a file that cannot be read are not reported: that file has its own finding.

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::{Dangling, Why};
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "dangling-link",
    Family::Links,
    Severity::Error,
    include_str!("dangling_link.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    for (document, link, resolved) in super::links(manual) {
        if let Err(dangling) = resolved {
            found.extend(finding(document.span(&link.target_at), &link.target, dangling));
        }
    }
    for named in manual.graph.named.iter().flatten() {
        if let Err(dangling) = &named.target {
            found.extend(finding(named.at, &named.name, dangling));
        }
    }
}

fn finding(at: Span, target: &str, dangling: &Dangling) -> Option<Diagnostic> {
    let (message, help) = match &dangling.why {
        Why::Nothing("file") => (
            format!("there is no file `{target}`"),
            "write the path from the file in which the link stands",
        ),
        Why::Nothing(what) => {
            // `role:x` says already what is looked for.
            let name = target.strip_prefix(what).and_then(|rest| rest.strip_prefix(':'));
            let name = name.unwrap_or(target).trim();
            let name = name.split('#').next().unwrap_or_default();
            (format!("there is no {what} `{name}`"), "write an id that exists, or take it out")
        }
        Why::NotADocument => (
            format!("`{target}` is not a document of the manual"),
            "files that begin with `_` are left out: rename it, or take the link out",
        ),
        _ => return None,
    };
    Some(RULE.at(at, message).help(help).did_you_mean(dangling.near.as_deref()))
}
