//! A folder that `clausebook.yaml` names leads out of the manual.
//!
//! # Why it matters
//!
//! What is published has to be what stands under version control in the manual's own folder;
//! clause 7.5.3 asks for that control. A path that leads elsewhere would bring in files that have
//! no owner and that another machine, or the next audit, does not see. It is not read.
//!
//! # Mend it
//!
//! Name a folder below the top of the manual:
//!
//! ```yaml
//! content: [policies, processes, records]
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::settings::stays_inside;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "outside-manual",
    Family::Reading,
    Severity::Error,
    include_str!("outside_manual.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let Some((file, _)) = super::settings_file(manual) else { return };
    let node = &manual.settings.checked.node;
    let settings = manual.settings();
    let mut check = |name: &str, path: &[&str], home: &str| {
        if !stays_inside(name) {
            let at = Span::new(file, node.nearest(path.iter().copied()).at.clone());
            let message = match name {
                "" => "this entry names no folder".to_owned(),
                name if name.split('/').any(|part| part.len() > 2 && part.starts_with('.')) => {
                    format!("`{name}` is hidden, and no manual is read from there")
                }
                name => format!("`{name}` leads out of the manual"),
            };
            let finding = RULE.at(at, message);
            found.push(finding.help(format!("name a folder {home}, with `/` between its parts")));
        }
    };
    for (number, folder) in settings.content.iter().flatten().enumerate() {
        check(folder, &["content", &number.to_string()], "below the top of the manual");
    }
    for (number, standard) in settings.standards.iter().flatten().enumerate() {
        check(standard, &["standards", &number.to_string()], "below `schema/`");
    }
    if let Some(theme) = &settings.site.theme {
        check(theme, &["site", "theme"], "below `themes/`");
    }
}
