//! A file that looks like a document is not published: it stands in no content folder, or its
//! ending is none that is read.
//!
//! # Why it matters
//!
//! Whoever wrote it believes that it is part of the manual. It is on no page, no rule has looked at
//! it, and the clauses that it should evidence are gaps.
//!
//! # Mend it
//!
//! Documents are the files that end in `.md` or `.markdown` in the folders that `content` of
//! `clausebook.yaml` names. Give the file that ending and its front matter, move it there, or name
//! its folder:
//!
//! ```yaml
//! content: [policies, processes, docs]
//! ```
//!
//! A file of a content folder that is meant to stay out gets a name that begins with `_`. A file to
//! which a document links is not told of: it is published with the document, unless a browser would
//! run it.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::graph::Target;
use crate::manual::Manual;
use crate::source::{ReadFault, SourceFile, is_below, is_markdown};
use crate::text::{Span, key};

pub(super) const RULE: Rule = Rule::new(
    "unpublished-file",
    Family::Reading,
    Severity::Warning,
    include_str!("unpublished_file.rs"),
    Check::Manual(run),
);

/// Names that files for whoever works on a repository have, with any ending.
const CUSTOMARY: [&str; 16] = [
    "readme",
    "changelog",
    "changes",
    "history",
    "contributing",
    "code_of_conduct",
    "security",
    "support",
    "governance",
    "maintainers",
    "authors",
    "license",
    "notice",
    "architecture",
    "agents",
    "claude",
];

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let aside = manual.sources.files.iter().filter(|file| file.is_aside());
    let folders = manual.settings().content();
    let (inside, outside): (Vec<&SourceFile>, Vec<&SourceFile>) =
        aside.partition(|file| folders.iter().any(|folder| is_below(&file.path, folder)));
    if !inside.is_empty() {
        let linked = linked(manual);
        let unlinked = inside.into_iter().filter(|file| !linked.contains(file.path.as_str()));
        found.extend(unlinked.filter_map(of_content));
    }
    let read = ["schema", "themes"].map(str::to_owned);
    let mut groups: BTreeMap<&str, Vec<&SourceFile>> = BTreeMap::new();
    let stray = |file: &&SourceFile| {
        is_markdown(&file.path)
            && !read.iter().any(|folder| is_below(&file.path, folder))
            && (has_id(file) || !is_customary(&file.path))
    };
    for file in outside.into_iter().filter(stray) {
        let top = file.path.split_once('/').map_or(file.path.as_str(), |(top, _)| top);
        groups.entry(top).or_default().push(file);
    }
    found.extend(groups.iter().map(|(top, files)| of_folder(top, files)));
}

/// The files to which documents link.
fn linked<'a>(manual: &'a Manual) -> BTreeSet<&'a str> {
    let graph = &manual.graph;
    let all = graph.links.iter().chain(&graph.images).flatten();
    let path = |link: &'a Result<Target, _>| match link {
        Ok(Target::Asset(path)) => Some(path.as_str()),
        _ => None,
    };
    all.filter_map(path).collect()
}

fn has_id(file: &SourceFile) -> bool {
    file.fault == Some(ReadFault::Aside { has_id: true })
}

fn is_customary(path: &str) -> bool {
    let name = key(path.rsplit('/').next().unwrap_or_default());
    CUSTOMARY.contains(&name.split('.').next().unwrap_or_default())
}

fn finding(file: &SourceFile, message: String, is_note: bool) -> Diagnostic {
    let mut finding = RULE.at(Span::start_of(file.id), message);
    if is_note {
        finding.severity = Severity::Note;
    }
    finding
}

/// A file of a content folder that is not read.
fn of_content(file: &SourceFile) -> Option<Diagnostic> {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    if name.starts_with('_') {
        let message = format!("`{name}` is not published: its name begins with `_`");
        let finding = finding(file, message, true);
        return Some(finding.help("give it another name, if it is a document of the manual"));
    }
    let lower = name.to_lowercase();
    let is_kin = ["md", "mkd", "qmd"].iter().any(|kin| lower.contains(&format!(".{kin}")));
    let is_written = is_kin || lower.rsplit_once('.').is_some_and(|(_, end)| end.len() > 1);
    let message = format!("`{name}` is not published: documents end in `.md` or `.markdown`");
    let finding = finding(file, message, !is_kin && !has_id(file));
    let help = "write it as Markdown in a file that ends in `.md`, link to it from a document, or \
                begin its name with `_` if it is no document";
    // What has nothing but an odd name has a finding of its own.
    (is_written || has_id(file)).then(|| finding.help(help))
}

/// The Markdown files of a folder that is none of the content folders, or one at the top.
fn of_folder(top: &str, files: &[&SourceFile]) -> Diagnostic {
    let first = files.iter().find(|file| has_id(file)).unwrap_or(&files[0]);
    let is_note = !has_id(first);
    let more = match files.len() - 1 {
        0 => String::new(),
        1 => format!(" and 1 more file of {top}/"),
        count => format!(" and {count} more files of {top}/"),
    };
    let verb = if files.len() == 1 { "is" } else { "are" };
    let message =
        format!("`{}`{more} {verb} not published: it stands in no content folder", first.path);
    let at_top = first.path == top;
    let help = if at_top {
        "move it to a folder that `content` of clausebook.yaml names".to_owned()
    } else {
        format!("add `{top}` to `content` of clausebook.yaml, or move what belongs to the manual")
    };
    finding(first, message, is_note).help(help)
}
