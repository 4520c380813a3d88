//! A Markdown file in a content folder does not begin with front matter.
//!
//! # Why it matters
//!
//! Front matter is what makes a text a controlled document: its id, version, status and owner.
//! Clause 7.5.2 asks for just these (identification, format, review and approval). A file without
//! it is not published, and an auditor who finds it beside the manual asks what it is.
//!
//! # Mend it
//!
//! Begin the file with the fields of the document between two lines `---`:
//!
//! ```yaml
//! ---
//! id: PRC-INC-01
//! title: Incident management
//! kind: process
//! version: "0.1"
//! status: draft
//! owner: incident-manager
//! ---
//! ```
//!
//! A file that is no document of the manual (notes, a snippet) gets a name that begins with `_`,
//! or moves out of the content folders.

use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::parse::Trouble;
use crate::parse::front_matter::Layout;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "missing-front-matter",
    Family::Reading,
    Severity::Error,
    include_str!("missing_front_matter.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
    for unread in &manual.library.unread {
        let finding = match &unread.trouble {
            Trouble::NoFrontMatter(Layout::Unclosed(fence)) => RULE
                .at(Span::new(unread.file, fence.clone()), "the front matter never ends")
                .note("opened here")
                .help("end it with a line that holds `---` and nothing else"),
            Trouble::NoFrontMatter(_) => RULE
                .at(Span::start_of(unread.file), "this document has no front matter")
                .note("`---` and the fields of the document belong here")
                .help(
                    "begin the file with `---`, the fields id, title, kind, version, status and \
                     owner, and `---` again; or begin its name with `_` if it is no document",
                ),
            Trouble::Unreadable(_) | Trouble::Yaml(_) => continue,
        };
        found.push(finding);
    }
}
