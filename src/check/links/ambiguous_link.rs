//! A link in double brackets names several documents.
//!
//! # Why it matters
//!
//! Documents may be named by title or file name as long as only one goes by it. Where two do, each
//! reader picks the one they know, and they are not the same.
//!
//! # Mend it
//!
//! Name the document by its id, which is unique:
//!
//! ```markdown
//! The steps of [[PRC-INC-01|Incident management]] hold.
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::{Dangling, Why};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "ambiguous-link",
    Family::Links,
    Severity::Warning,
    include_str!("ambiguous_link.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, link, resolved) in super::links(manual) {
        let Err(Dangling { why: Why::Ambiguous(ids), .. }) = resolved else { continue };
        let target = &link.target;
        let mut finding =
            RULE.at(document.span(&link.target_at), format!("several documents go by `{target}`"));
        for id in ids {
            if let Some(one) = manual.library.by_id(id) {
                finding = finding.label(one.at(&["title"]), format!("{id} does"));
            }
        }
        let first = ids.first().map_or("", String::as_str);
        found
            .push(finding.help(format!("write the id of the one that is meant, as `[[{first}]]`")));
    }
}
