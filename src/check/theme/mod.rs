//! Rules of the family theme.

pub(crate) mod theme_fault;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[&theme_fault::RULE];
