//! A cell of a register that does not hold what its column is for.
//!
//! # Why it matters
//!
//! What cannot be read as a day is never overdue, and what is no number is compared with no target.
//!
//! # Mend it
//!
//! Days are written `2026-11-27`, since `11/12/2026` is two days; periods `2026-11`, `2026-Q4` or
//! `2026`; lengths of time `3 months`. A number has a decimal point or a decimal comma and may have a
//! unit behind it. A cell of a spreadsheet holds the value, not the formula.

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::entries::types::Column;
use crate::entries::{Bad, What};
use crate::manual::Manual;
use crate::model::value::Date;
use crate::text::{Span, near};

pub(super) const RULE: Rule = Rule::new(
    "bad-cell",
    Family::Register,
    Severity::Error,
    include_str!("bad_cell.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for trouble in &manual.registers.troubles {
        if let What::Cell(register, column, text, bad) = &trouble.what {
            let column = &manual.registers.of(*register).columns[*column];
            found.push(finding(trouble.at, column, text, bad));
        }
    }
}

fn finding(at: Span, column: &Column, text: &str, bad: &Bad) -> Diagnostic {
    let text = crate::text::shortened(text, 60);
    let id = &column.id;
    let is = |what: &str| RULE.at(at, format!("`{text}` is no {what}, in the column `{id}`"));
    match bad {
        Bad::Date(_) if Date::is_well_formed(&text) => is("day of the calendar"),
        Bad::Date(days) => of_day(is("day as we write them"), at, days),
        Bad::Word => {
            let words = column.words.join(", ");
            let known = column.words.iter().map(String::as_str);
            is("word of this column")
                .help(format!("write one of {words}"))
                .meant(near(&text, known), at)
        }
        Bad::Number => is("number").help("write a number, with its unit behind it or none"),
        Bad::TwoNumbers([whole, part]) => RULE
            .at(at, format!("`{text}` may be {whole} or {part}, in the column `{id}`"))
            .help(format!("write `{whole}` or `{part}`"))
            .fix(Fix::offered(format!("write `{whole}`"), at, whole.clone()))
            .fix(Fix::offered(format!("write `{part}`"), at, part.clone())),
        Bad::Range => {
            let (from, to) = column.range;
            let shown = |end: Option<f64>| end.map_or("any".to_owned(), |end| end.to_string());
            let message = format!("`{text}` is out of range, in the column `{id}`");
            RULE.at(at, message).help(format!(
                "write a number from {} to {}",
                shown(from),
                shown(to)
            ))
        }
        Bad::Interval => is("length of time").help("write `3 months`, `30 days` or `1 year`"),
        Bad::Period => is("period").help("write `2026-11`, `2026-Q4` or `2026`"),
        Bad::Formula => RULE
            .at(at, format!("`{text}` is a formula, in the column `{id}`"))
            .help("write its value, or save the file with values"),
        Bad::Control => RULE
            .at(at, format!("a character that no text has (U+0000) stands in the column `{id}`"))
            .help("save the file as text, in UTF-8"),
    }
}

/// A day in another form: where only one day can be meant, it is written.
fn of_day(finding: Diagnostic, at: Span, days: &[Date]) -> Diagnostic {
    match days {
        [] => finding.help("write it as 2026-11-27"),
        [day] => {
            let fix = Fix::safe(format!("write `{day}`"), at, day.to_string());
            finding.help(format!("write `{day}`")).fix(fix)
        }
        several => {
            let either: Vec<String> = several.iter().map(|day| format!("`{day}`")).collect();
            let fixes = several
                .iter()
                .map(|day| Fix::offered(format!("write `{day}`"), at, day.to_string()));
            let finding = finding.help(format!("write {}", either.join(" or ")));
            fixes.fold(finding, Diagnostic::fix)
        }
    }
}
