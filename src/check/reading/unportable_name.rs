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

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::source::{ReadFault, SETTINGS, is_below};
use crate::text::{Span, key, unportable};

pub(super) const RULE: Rule = Rule::new(
    "unportable-name",
    Family::Reading,
    Severity::Warning,
    include_str!("unportable_name.rs"),
    Check::Manual(run),
);

/// A file, and where a finding about it stands.
type File<'a> = (&'a str, Span);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let mut folders = manual.settings().content();
    folders.extend(["schema", "themes"].map(str::to_owned));
    let is_inside = |path: &str| folders.iter().any(|folder| is_below(path, folder));
    let files = manual.sources.files.iter();
    let files = files.filter(|file| file.fault != Some(ReadFault::NameNotUtf8));
    let files = files.map(|file| (file.path.as_str(), Span::start_of(file.id)));
    // Pictures and the like are known by their paths alone, and told of at the settings.
    let elsewhere = manual.sources.at_path(SETTINGS).or(manual.sources.files.first());
    let assets = manual.sources.assets.iter().map(String::as_str);
    let assets = assets.filter(|path| manual.sources.at_path(path).is_none());
    let assets = assets.filter_map(|path| Some((path, Span::start_of(elsewhere?.id))));
    let mut all: Vec<File<'_>> = files.chain(assets).filter(|(path, _)| is_inside(path)).collect();
    all.sort_unstable();
    all.dedup_by(|one, other| one.0 == other.0);
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut first: BTreeMap<String, File<'_>> = BTreeMap::new();
    for (path, at) in all {
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        for end in ends {
            let part = path[..end].rsplit('/').next().unwrap_or_default();
            // A folder is told of once, at its first file.
            if let Some(why) = unportable(part).filter(|_| told.insert(&path[..end])) {
                let message = format!("the name `{part}` cannot be held by every system");
                let help = format!("{why}: rename it, with letters, digits and hyphens");
                found.push(RULE.at(at, message).help(help));
                break;
            }
            found.extend(like_another(&mut first, (&path[..end], at)));
        }
    }
}

/// A file or folder whose name is another's on some systems.
fn like_another<'a>(first: &mut BTreeMap<String, File<'a>>, file: File<'a>) -> Option<Diagnostic> {
    let (path, at) = file;
    let (other, there) = *first.entry(key(path)).or_insert(file);
    // What lies in a folder that was told of follows from it.
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let other_folder = other.rsplit_once('/').map_or("", |(folder, _)| folder);
    if other == path || other_folder != folder && !other.ends_with(name) {
        return None;
    }
    let differs = if other.to_lowercase() == path.to_lowercase() {
        "in letter case"
    } else {
        "in how their letters are composed"
    };
    let finding = RULE
        .at(at, format!("`{path}` has the same name as `{other}` on some systems"))
        .help(format!("the two names differ {differs} alone: rename or remove one"));
    Some(if there == at { finding } else { finding.label(there, "this one") })
}
