//! Rules of the family links.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[];
