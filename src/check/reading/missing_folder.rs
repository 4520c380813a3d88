//! A folder that `clausebook.yaml` names holds no document.
//!
//! # Why it matters
//!
//! A folder that was renamed takes its documents out of the manual without a word: the site is
//! built, and a dozen procedures are not on it. What was meant to be published and is not there
//! should be noticed before the auditor does.
//!
//! # Mend it
//!
//! Write the folder's name as it is on disk, letter case too, or take it out of the list:
//!
//! ```yaml
//! content: [policies, processes]
//! ```

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::settings::stays_inside;
use crate::source::is_below;
use crate::text::{FileId, Span};

pub(super) const RULE: Rule = Rule::new(
    "missing-folder",
    Family::Reading,
    Severity::Warning,
    include_str!("missing_folder.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let Some((file, _)) = super::settings_file(manual) else { return };
    if manual.settings().content.as_ref().is_some_and(Vec::is_empty) {
        let at = Span::new(file, manual.settings.checked.node.nearest(["content"]).at.clone());
        let finding = RULE.at(at, "`content` names no folder, so there is no document");
        found.push(finding.help("name the folders of the documents, or take `content` out"));
    }
    of_rules(manual, file, found);
    let listed = manual.settings().content.iter().flatten().enumerate();
    for (number, typed) in listed.filter(|(_, folder)| stays_inside(folder)) {
        let folder = typed.trim_end_matches('/').trim_start_matches("./");
        if folder == "." || holds_documents(manual, folder) {
            continue;
        }
        let node = manual.settings.checked.node.nearest(["content", &number.to_string()]);
        let at = Span::new(file, node.at.clone());
        let finding = RULE.at(at, format!("there is no document in the folder `{folder}`"));
        found.push(finding.help("write the folder's name as it is on disk, or take it out"));
    }
}

/// Folders that rules are set for.
fn of_rules(manual: &Manual, file: FileId, found: &mut Vec<Diagnostic>) {
    for name in manual.settings().folders.keys() {
        let folder = name.trim_end_matches('/').trim_start_matches("./");
        if folder == "." || holds_documents(manual, folder) {
            continue;
        }
        let folders = manual.settings.checked.node.get("folders");
        let Some(entry) = folders.and_then(|folders| folders.entry(name)) else { continue };
        let at = Span::new(file, entry.key_at.clone());
        let finding = RULE.at(at, format!("there is no document in the folder `{folder}`"));
        found.push(finding.help("write the folder's path from the top of the manual"));
    }
}

/// Whether a document, readable or not, stands below a folder.
fn holds_documents(manual: &Manual, folder: &str) -> bool {
    let library = &manual.library;
    library.documents.any_below(folder)
        || library.unread.iter().any(|unread| is_below(&unread.path, folder))
}
