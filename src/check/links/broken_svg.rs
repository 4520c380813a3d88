//! An SVG picture cannot be read.
//!
//! # Why it matters
//!
//! A browser shows nothing, or half of it, and the reader takes what is there for the whole. The
//! finding stands at the place where the picture is used, and says what is wrong in the file.
//!
//! # Mend it
//!
//! Open the file in the program that made it and save it again as SVG: as "Plain SVG" in Inkscape,
//! uncompressed in draw.io. The encoding that its first line names must be the one in which it is
//! written; without a name that is UTF-8:
//!
//! ```xml
//! <?xml version="1.0" encoding="UTF-8"?>
//! <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "broken-svg",
    Family::Links,
    Severity::Error,
    include_str!("broken_svg.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (path, at, picture) in super::pictures(manual) {
        if let Err(why) = picture {
            found.push(RULE.at(at, format!("the picture `{path}` cannot be shown: {why}")));
        }
    }
}
