//! A column of a register that is nearly one, stands there twice, or is needed and absent.
//!
//! Columns may stand in any order and be called by their id, their title or one of its other names.
//! Further columns are shown as they are, and not checked.
//!
//! # Why it matters
//!
//! `Ownr` is a column that nobody asks: no entry then has an owner, and nobody is reminded.
//!
//! # Mend it
//!
//! Call the column as the register does. `clausebook explain` shows the columns of no register, the
//! file `schema/registers/NAME.yaml` does.

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::What;
use crate::manual::Manual;
use crate::text::near;

pub(super) const RULE: Rule = Rule::new(
    "unknown-column",
    Family::Register,
    Severity::Error,
    include_str!("unknown_column.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for trouble in &manual.registers.troubles {
        found.push(match &trouble.what {
            What::UnknownColumn(register, typed) => {
                let of = manual.registers.of(*register);
                let message = format!("`{typed}` is no column of the register `{}`", of.name);
                RULE.at(trouble.at, message).meant(near(typed, of.column_names()), trouble.at)
            }
            What::TwiceColumn(title) => {
                let message = format!("the column `{title}` stands here twice");
                RULE.at(trouble.at, message).help("keep one of the two; the last one is read")
            }
            What::MissingColumn(register, column) => {
                let of = manual.registers.of(*register);
                let column = &of.columns[*column];
                let message = format!("{} have no column `{}`", of.name, column.id);
                let help = format!("add a column `{}`: each {} needs it", column.id, of.entry);
                RULE.at(trouble.at, message).help(help)
            }
            _ => continue,
        });
    }
}
