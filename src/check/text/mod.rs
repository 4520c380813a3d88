//! Rules of the family text.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[];
