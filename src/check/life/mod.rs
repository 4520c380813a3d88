//! Rules of the family life.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[];
