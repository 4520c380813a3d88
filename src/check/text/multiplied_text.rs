//! Values and names that are put into a text make a page, or the manual, longer than anybody can
//! read.
//!
//! # Why it matters
//!
//! A few letters may stand for many: `{{ organization.name }}` for its value, `[[role:x]]` for the
//! title of a role, `[[#x]]` for a heading. A page that becomes megabytes long opens on nobody's
//! screen, and one that is made so on purpose fills the memory of whoever builds the manual. Such a
//! page shows what was typed.
//!
//! # Mend it
//!
//! Take out what is repeated (`{{ organization.name }}` once in a section is enough), shorten the
//! value, or spread the text over several documents.

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::{MOST_A_PAGE, MOST_ALL};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "multiplied-text",
    Family::Text,
    Severity::Error,
    include_str!("multiplied_text.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (number, excess) in &manual.graph.excess {
        let document = &manual.library.documents[*number];
        let (what, most) = if excess.of_page {
            ("this page", MOST_A_PAGE)
        } else {
            ("the manual, with this page,", MOST_ALL)
        };
        let message = match excess.bytes {
            usize::MAX => {
                format!("values make the front matter too long; {what} shows what was typed")
            }
            bytes => format!(
                "values and names make {what} {} KiB longer, more than {} KiB",
                bytes >> 10,
                most >> 10
            ),
        };
        let help = "take out what is repeated, or spread the text over several documents";
        found.push(RULE.at(document.span(&excess.at), message).help(help));
    }
}
