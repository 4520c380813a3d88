//! The file is not UTF-8 text.
//!
//! # Why it matters
//!
//! A document that one program shows and another garbles is not legible, and clause 7.5.3 wants
//! documented information to be fit for use where it is needed. clausebook does not guess at letters:
//! nothing else is said of the file until it can be read.
//!
//! # Mend it
//!
//! Open the file in your editor and save it with the encoding UTF-8. Text that came from an older
//! Windows program is often Windows-1252 or UTF-16. On a command line:
//!
//! ```text
//! iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::source::ReadFault;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "not-utf8",
    Family::Reading,
    Severity::Error,
    include_str!("not_utf8.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for file in &manual.sources.files {
        let finding = match file.fault {
            Some(ReadFault::NotUtf8(at)) => {
                // In the readable copy of the text, `�` stands where the byte was.
                let at = Span::new(file.id, at..at + '\u{fffd}'.len_utf8());
                RULE.at(at, "this file is not UTF-8 text").note("the first byte that is not UTF-8")
            }
            Some(ReadFault::Utf16) => {
                RULE.at(Span::start_of(file.id), "this file is UTF-16 text, not UTF-8")
            }
            _ => continue,
        };
        found.push(finding.help("save the file with the encoding UTF-8"));
    }
}
