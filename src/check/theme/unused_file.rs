//! A file of the theme is of a kind that is not published.
//!
//! # Why it matters
//!
//! What stands below `assets/` of a theme is published with every page. Pages of HTML, programs and
//! whatever a browser might take for a page of the manual are left out, and what leads to them leads
//! nowhere.
//!
//! # Mend it
//!
//! Keep style sheets, scripts, pictures and fonts there (`css`, `js`, `svg`, `png`, `woff2` and the
//! like), templates below `templates/`, and everything else elsewhere.

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::is_of_theme;
use crate::manual::Manual;
use crate::model::settings::stays_inside;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "unused-theme-file",
    Family::Theme,
    Severity::Warning,
    include_str!("unused_file.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let name = manual.settings().theme();
    if !stays_inside(name) {
        return;
    }
    let folder = format!("themes/{name}/assets/");
    let texts = manual.sources.files.iter().map(|file| (file.path.as_str(), Some(file.id)));
    let others = manual.sources.assets.iter().map(|path| (path.as_str(), None));
    let unused = texts.chain(others).filter(|(path, _)| path.starts_with(&folder));
    for (path, file) in unused.filter(|(path, _)| !is_of_theme(path)) {
        let anywhere = || manual.sources.files.first().map(|file| Span::start_of(file.id));
        let at = file.map(Span::start_of).or_else(|| super::site_key(manual, "theme"));
        if let Some(at) = at.or_else(anywhere) {
            let message = format!("`{path}` is not published: files of its kind are not");
            found.push(RULE.at(at, message).help("take it out of the theme"));
        }
    }
}
