//! A link has an address that runs something, or that only works on one machine: `javascript:`,
//! `data:`, `file:` and the like.
//!
//! # Why it matters
//!
//! A manual is opened by everybody, on trust. An address that runs a script in the reader's
//! browser is an attack or looks like one, and one that opens a local file leads nowhere for
//! everybody else. Neither gets onto the site.
//!
//! # Mend it
//!
//! Use an address that begins with `https:`, `http:`, `mailto:` or `tel:`, or a path within the
//! manual:
//!
//! ```markdown
//! [Write to the service desk](mailto:service-desk@example.com)
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::{Dangling, Why};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "unsafe-link",
    Family::Links,
    Severity::Error,
    include_str!("unsafe_link.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, link, resolved) in super::links(manual).chain(super::images(manual)) {
        if let Err(Dangling { why: Why::Scheme(scheme), .. }) = resolved {
            let at = document.span(&link.target_at);
            let message = format!("addresses that begin with `{scheme}:` are not published");
            found.push(
                RULE.at(at, message)
                    .help("use `https:`, `mailto:` or `tel:`, or a path within the manual"),
            );
        }
    }
}
