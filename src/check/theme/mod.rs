//! Rules of the family theme.

mod missing_logo;
mod pale_accent;
pub(crate) mod theme_fault;
mod unused_file;

use super::Rule;
use crate::manual::Manual;
use crate::source::SETTINGS;
use crate::text::Span;

/// The rules of this family.
pub(super) const RULES: &[&Rule] =
    &[&theme_fault::RULE, &pale_accent::RULE, &missing_logo::RULE, &unused_file::RULE];

/// The place of a value of `site` in `clausebook.yaml`.
pub(in crate::check) fn site_key(manual: &Manual, key: &str) -> Option<Span> {
    let file = manual.sources.at_path(SETTINGS)?;
    Some(Span::new(file.id, manual.settings.checked.node.nearest(["site", key]).at.clone()))
}
