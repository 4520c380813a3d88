//! Whether a clause applies here: who decided that it does not, and what shows that it does.

use crate::model::front::OtherParty;
use crate::model::library::{Item, Library};
use crate::model::settings::NotApplicable;
use crate::model::value::Text;
use crate::standard::format::Clause;

/// Why a clause does not apply here, and who decided so: the entry says both, or it is none.
pub fn decided(entry: &NotApplicable) -> Option<(&str, &str)> {
    let said = |text: &'_ Option<Text>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let whole = said(&entry.reason) && said(&entry.approved_by);
    whole.then_some((entry.reason.as_deref()?, entry.approved_by.as_deref()?))
}

/// The other party of the register by which a clause applies, whatever was decided.
pub fn applies_by<'l>(clause: &Clause, library: &'l Library) -> Option<Item<'l, OtherParty>> {
    library.parties().find(|party| clause.applies_with.contains(&party.entry.kind))
}
