//! An address in `clausebook.yaml` is none of its kind: that of the site, of the repository, or of an
//! editor.
//!
//! # Why it matters
//!
//! These addresses stand on every page, in the calendar and in the preview, and people follow them on
//! trust. One that is cut short leads nowhere; one that runs something, or that hides where it leads,
//! is an attack or looks like one. It is not used.
//!
//! # Mend it
//!
//! Write whole addresses of the web for the site and the repository (for the site, a path on its host
//! will do), and for the editor one that opens a file:
//!
//! ```yaml
//! site:
//!   base_url: "https://sms.example.com/"
//!   source_url: "https://git.example.com/manual/-/blob/main/{path}"
//! editor: "vscode://file/{path}:{line}:{column}"
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::addresses::{editors, is_of_editor, is_of_site, is_of_source};
use crate::model::value::Text;
use crate::text::{Span, shortened};

pub(super) const RULE: Rule = Rule::new(
    "bad-address",
    Family::Reading,
    Severity::Error,
    include_str!("bad_address.rs"),
    Check::Manual(run),
);

/// So much of an address is quoted.
const QUOTED: usize = 80;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let Some((file, _)) = super::settings_file(manual) else { return };
    let settings = manual.settings();
    let mut check =
        |value: &Option<Text>, path: &[&str], is_good: fn(&str) -> bool, help: String| {
            let Some(typed) = value.as_deref().filter(|typed| !is_good(typed)) else { return };
            let node = manual.settings.checked.node.nearest(path.iter().copied());
            let at = Span::new(file, node.at.clone());
            let what = path.last().copied().unwrap_or_default();
            let message = format!("`{}` is no address for `{what}`", shortened(typed, QUOTED));
            found.push(RULE.at(at, message).help(help));
        };
    let site = &settings.site;
    let of_site = "write one like https://sms.example.com/, or a path on its host like /sms/";
    check(&site.base_url, &["site", "base_url"], is_of_site, of_site.to_owned());
    let of_source = "write one like https://git.example.com/manual/-/blob/main/{path}";
    check(&site.source_url, &["site", "source_url"], is_of_source, of_source.to_owned());
    let known: Vec<&str> = editors().collect();
    let of_editor = format!(
        "write one like vscode://file/{{path}}:{{line}}, or idea://open?file={{path}}&line={{line}}; known \
         are {}",
        known.join(", ")
    );
    check(&settings.editor, &["editor"], is_of_editor, of_editor);
}
