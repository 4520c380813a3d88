//! The logo that `clausebook.yaml` names is not there.
//!
//! # Why it matters
//!
//! Every page would show a gap where the reader looks first to see whose manual it is.
//!
//! # Mend it
//!
//! Put the picture (SVG or PNG) into a content folder or below `themes/`, and write its path from
//! the top of the manual:
//!
//! ```yaml
//! site: {logo: policies/pictures/logo.svg}
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "missing-logo",
    Family::Theme,
    Severity::Error,
    include_str!("missing_logo.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let (Some(path), Some(at)) = (manual.settings().logo(), super::site_key(manual, "logo")) else {
        return;
    };
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_picture = ["svg", "png", "webp", "jpg", "jpeg"].contains(&ending.as_str());
    let assets = &manual.sources.assets;
    let there = assets.binary_search_by(|one| one.as_str().cmp(path)).is_ok()
        || manual.sources.at_path(path).is_some_and(|file| file.fault.is_none());
    let message = match (there, is_picture) {
        (true, true) => return,
        (true, false) => format!("`{path}` is not a picture that every browser shows"),
        (false, _) => format!("there is no picture `{path}` in the content folders or the theme"),
    };
    let help = "write the path of an SVG or PNG file from the top of the manual";
    found.push(RULE.at(at, message).help(help));
}
