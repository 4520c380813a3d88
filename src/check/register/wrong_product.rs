//! A figure of a register that is not the product of those that it is made of.
//!
//! # Why it matters
//!
//! A score decides who may live with a risk (6.1.2). One that is not likelihood times impact was
//! carried over from an earlier year, or chosen.
//!
//! # Mend it
//!
//! Write the product, `12` for 3 and 4, or leave the cell empty: it is then worked out.

use super::{about, asked, called, titles};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::entries::types::Asks;
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "wrong-product",
    Family::Register,
    Severity::Error,
    include_str!("wrong_product.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (register, of, check) in asked(manual) {
        let Asks::Product(parts, is) = &check.asks else { continue };
        for (at, entry) in manual.registers.asked(register, check) {
            let (Some(right), Some(typed)) = (entry.product(parts), entry.number(*is)) else {
                continue;
            };
            if (right - typed).abs() < 1e-6 {
                continue;
            }
            let column = &of.columns[*is].id;
            let message = format!("{} has {column} {typed}, and it is {right}", called(of, entry));
            let place = entry.cells[*is].at;
            let finding = RULE
                .at(place, message)
                .help(format!("write `{right}`: it is the product of {}", titles(of, parts, "and")))
                .fix(Fix::offered(format!("write `{right}`"), place, right.to_string()));
            found.push(about(finding, manual, at));
        }
    }
}
