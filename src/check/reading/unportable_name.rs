//! The name of a file or folder is one that not every system can hold, or one that another file has
//! already on some of them.
//!
//! # Why it matters
//!
//! A repository is checked out on Windows, on macOS and on Linux. A name that one of them cannot hold
//! makes the checkout fail, or leaves the file out. Two names that differ in letter case alone, or in
//! how their accents are composed, are one name there: one of the two files takes the place of the
//! other, and nobody is told.
//!
//! # Mend it
//!
//! Name files with letters, digits and hyphens, and no two alike:
//!
//! ```text
//! git mv policies/con.md policies/continuity.md
//! git mv "policies/Who signs?.md" policies/who-signs.md
//! ```

use std::collections::BTreeMap;

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::source::{ReadFault, SourceFile, is_below};
use crate::text::{Span, key, unportable};

pub(super) const RULE: Rule = Rule::new(
    "unportable-name",
    Family::Reading,
    Severity::Warning,
    include_str!("unportable_name.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let folders = manual.settings().content();
    let mut first: BTreeMap<String, &SourceFile> = BTreeMap::new();
    let mut told: Vec<&str> = Vec::new();
    let files = manual.sources.files.iter().filter(|file| {
        file.fault != Some(ReadFault::NameNotUtf8)
            && folders.iter().any(|folder| is_below(&file.path, folder))
    });
    for file in files {
        let at = Span::start_of(file.id);
        let end = |part: &str| part.as_ptr() as usize - file.path.as_ptr() as usize + part.len();
        let mut parts = file.path.split('/').map(|part| (part, unportable(part)));
        if let Some((part, Some(why))) = parts.find(|(_, why)| why.is_some()) {
            // A folder is told of once, at its first file.
            let path = &file.path[..end(part)];
            if !told.contains(&path) {
                told.push(path);
                let message = format!("the name `{part}` cannot be held by every system");
                let help = format!("{why}: rename it, with letters, digits and hyphens");
                found.push(RULE.at(at, message).help(help));
            }
        }
        let Some(other) = first.get(&key(&file.path)) else {
            first.insert(key(&file.path), file);
            continue;
        };
        let differs = if other.path.to_lowercase() == file.path.to_lowercase() {
            "in letter case"
        } else {
            "in how their letters are composed"
        };
        let finding = RULE
            .at(at, format!("`{}` has the same name as another file on some systems", file.path))
            .label(Span::start_of(other.id), "this one")
            .help(format!("the two names differ {differs} alone: rename or remove one"));
        found.push(finding);
    }
}
