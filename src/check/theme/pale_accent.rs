//! The organization's colour cannot be read on the pages.
//!
//! # Why it matters
//!
//! Links, the current place and the letters of a RACI matrix are in this colour. Where it hardly
//! differs from its ground, some readers do not see that there is anything. WCAG 2.2 asks for a
//! contrast of 4.5 to 1 at level AA; clause 7.5.3.1 for documented information that is fit for use.
//!
//! # Mend it
//!
//! Take a darker shade of the colour for light pages, and a lighter one for dark pages, or leave
//! the second out: then it is made from the first.
//!
//! ```yaml
//! site: {accent: "#0b5877", accent_dark: "#7cc7e8"}
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::draw::colour::{self, Colour, DARK, LEAST, LIGHT};
use crate::manual::Manual;
use crate::model::value::Text;

pub(super) const RULE: Rule = Rule::new(
    "pale-accent",
    Family::Theme,
    Severity::Error,
    include_str!("pale_accent.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let site = &manual.settings().site;
    let mut check = |key, typed: &Option<Text>, grounds, pages, shade| {
        let (Some(typed), Some(at)) = (typed, super::site_key(manual, key)) else { return };
        let Some(colour) = Colour::parse(typed) else {
            let finding = RULE.at(at, format!("`{typed}` is no colour"));
            found.push(finding.help("write a colour with six digits, like `\"#0b5877\"`"));
            return;
        };
        if let Some((ground, contrast)) = colour::worst(colour, grounds) {
            let message = format!(
                "`{typed}` has a contrast of {contrast:.1} on {ground} of {pages} pages, where \
                 {LEAST} is needed"
            );
            found.push(RULE.at(at, message).help(format!("take a {shade} shade of it")));
        }
    };
    check("accent", &site.accent, LIGHT, "light", "darker");
    check("accent_dark", &site.accent_dark, DARK, "dark", "lighter");
}
