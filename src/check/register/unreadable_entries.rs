//! A table or a file that is to hold entries of a register, and cannot be read as that.
//!
//! # Why it matters
//!
//! What cannot be read counts for nothing: overdue actions in it are not told of, and the clause that
//! the register evidences has no evidence.
//!
//! # Mend it
//!
//! Name the register and the file as they are called, from the folder of the document:
//!
//! ```yaml
//! entries: [{register: measurements, file: measurements.csv}]
//! ```
//!
//! Save a spreadsheet as CSV, in UTF-8. Its first line names the columns; a cell that holds the
//! delimiter, a quote or a line break stands in quotes, and a quote in it is written twice.

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::What;
use crate::manual::Manual;
use crate::text::nearest;

pub(super) const RULE: Rule = Rule::new(
    "unreadable-entries",
    Family::Register,
    Severity::Error,
    include_str!("unreadable_entries.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let registers = &manual.registers;
    let names = || registers.types.all.iter().map(|one| one.name.as_str());
    for trouble in &registers.troubles {
        let (message, help) = match &trouble.what {
            What::NoRegister(name) => {
                let all: Vec<&str> = names().collect();
                let finding = RULE
                    .at(trouble.at, format!("there is no register `{name}`"))
                    .help(format!("registers that are there: {}", all.join(", ")));
                found.push(finding.did_you_mean(nearest(name, names())));
                continue;
            }
            What::NoFile(name) => (
                format!("there is no file `{name}`"),
                "write its path from the folder of this document".to_owned(),
            ),
            What::NoText(name) => (
                format!("`{name}` is no CSV file, whatever its name says: a workbook, it seems"),
                "save it from the spreadsheet as “CSV UTF-8”".to_owned(),
            ),
            What::NoHead(register) => {
                let of = registers.of(*register);
                let columns: Vec<&str> = of.columns.iter().map(|one| one.id.as_str()).collect();
                let message = format!("no column here is one of the register `{}`", of.name);
                (message, format!("its columns are {}", columns.join(", ")))
            }
            What::Uneven(cells, head) => {
                let cells = if *cells == 1 { "1 cell".into() } else { format!("{cells} cells") };
                (
                    format!("this row has {cells}, and the head {head}"),
                    "put quotes around a cell that holds the delimiter".to_owned(),
                )
            }
            What::OpenQuote => (
                "this quote is not closed; the line is read without it".to_owned(),
                "write a quote at the end of the cell, or `\"\"` for one within".to_owned(),
            ),
            What::TooMany(most) => (
                format!("more than {most} rows: from here on they are not read"),
                "keep older entries in a file of their own".to_owned(),
            ),
            What::TwiceFile(name) => (
                format!("`{name}` has been read for this register before"),
                "name it once, in the document that controls it".to_owned(),
            ),
            _ => continue,
        };
        found.push(RULE.at(trouble.at, message).help(help));
    }
}
