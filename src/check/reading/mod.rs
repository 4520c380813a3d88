//! Files that cannot be read, and front matter that its schema does not allow.

mod duplicate_id;
mod not_utf8;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[&not_utf8::RULE, &duplicate_id::RULE];
