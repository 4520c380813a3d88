//! Rules of the family review.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[];
