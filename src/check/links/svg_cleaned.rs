//! A part of an SVG picture is not published.
//!
//! # Why it matters
//!
//! An SVG file can hold a script, load a font or a picture from another host, and send a reader's
//! address there. Every picture of a manual is therefore written anew from what shows something and
//! does nothing else. The finding names what was left out: the picture on the page may look
//! different from the one on the author's screen.
//!
//! # Mend it
//!
//! Look at the picture on its page. When it is right as it is, save the file without the part that
//! was left out: a font can be turned into paths, a picture from elsewhere be embedded, a script be
//! removed. A label written in HTML is published, a form or a film is not.
//!
//! ```xml
//! <text font-family="sans-serif">a font that every machine has</text>
//! <image href="data:image/png;base64,iVBORw0KGgo="/>
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "svg-cleaned",
    Family::Links,
    Severity::Warning,
    include_str!("svg_cleaned.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (path, at, picture) in super::pictures(manual) {
        let Ok(picture) = picture else { continue };
        let parts: Vec<&str> = picture.left_out.iter().map(|part| part.words()).collect();
        let Some((last, others)) = parts.split_last() else { continue };
        let named = match others {
            [] => (*last).to_owned(),
            others => format!("{} and {last}", others.join(", ")),
        };
        let verb = if parts.len() == 1 && *last != "event handlers" { "is" } else { "are" };
        let message = format!("of the picture `{path}`, {named} {verb} left out");
        let help = "save the picture without it, and look at it on its page";
        found.push(RULE.at(at, message).help(help));
    }
}
