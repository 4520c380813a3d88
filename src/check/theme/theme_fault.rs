//! A template of the theme cannot be used.
//!
//! # Why it matters
//!
//! A page that cannot be drawn is a page that nobody reads, and a site that lacks pages is not
//! the manual that was approved. So nothing is published while a template is broken.
//!
//! # Mend it
//!
//! The place is the one where the template engine stumbled: a tag that was never closed, a value
//! that no page has. `themes/README.md` lists what each template sees. Delete your copy of the
//! file to get the built-in one back.

use crate::check::{Check, Family, Rule};
use crate::diag::Severity;

pub(crate) const RULE: Rule = Rule::new(
    "theme-fault",
    Family::Theme,
    Severity::Error,
    include_str!("theme_fault.rs"),
    Check::Elsewhere,
);
