//! A link leads to a file of the repository that is not on the site.
//!
//! # Why it matters
//!
//! Git hosts show every file of the repository; the site has the documents and what they show or
//! offer. A reader of the site finds words where a link was meant. Files are published by a list of
//! kinds: pictures, PDF, plain text, files of office and drawing programs, archives, sound and film.
//! What a browser or a web server would run (HTML, XML, scripts, macros) could pose as a part of the
//! manual, and what nobody thought of might.
//!
//! # Mend it
//!
//! Say in `clausebook.yaml` where the files of the repository can be seen; the link leads there:
//!
//! ```yaml
//! site:
//!   source_url: "https://git.example.com/service-management/manual/-/blob/main/{path}"
//! ```
//!
//! Or move the file into a content folder, in a form that is published: Markdown with front matter,
//! PDF, a picture, plain text.

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::{Target, is_offered};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "unpublished-target",
    Family::Links,
    Severity::Warning,
    include_str!("unpublished_target.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    if manual.settings().source_of("").is_some() {
        return;
    }
    for (document, link, resolved) in super::links(manual) {
        let (why, help) = match resolved {
            Ok(Target::Repository(..)) => (
                "it is in no content folder",
                "set `site.source_url`, so that the link leads to the repository, or move it into a \
                 content folder",
            ),
            Ok(Target::Asset(path)) if !is_offered(path) => (
                "files of this kind are not",
                "lead to a PDF or a picture of it, or set `site.source_url`, so that the link leads \
                 to the repository",
            ),
            _ => continue,
        };
        let message = format!("`{}` is not published", link.target);
        found.push(RULE.at(document.span(&link.target_at), message).note(why).help(help));
    }
}
