//! The words themselves: what is unfinished, vague, unknown or not fit for a page.

pub(crate) mod broken_diagram;
mod multiplied_text;
mod classified_name;
mod open_decision;
mod placeholder;
mod undefined_variable;
mod unknown_block;
mod unsafe_html;
mod weak_wording;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &broken_diagram::RULE,
    &classified_name::RULE,
    &placeholder::RULE,
    &open_decision::RULE,
    &undefined_variable::RULE,
    &multiplied_text::RULE,
    &weak_wording::RULE,
    &unsafe_html::RULE,
    &unknown_block::RULE,
];
