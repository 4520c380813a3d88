//! Files that are no documents, but might be taken for some: Markdown beside the content folders,
//! text of another ending in them. They are known by name and not read, so that a rule can tell of
//! them.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::open::Top;
use super::{CachedFile, ReadFault, SETTINGS, SourceFile, Stamp, from_bytes, is_markdown, slashed};
use crate::text::unportable;

/// So deep is looked outside the content folders.
pub(super) const DEEP: usize = 4;
/// So many entries are looked at there: the repository may hold whatever else.
const MOST: usize = 5_000;
/// So much of a file is looked at to learn whether it begins as a document.
const HEAD: u64 = 4096;
/// Folders that hold what others wrote, or what was built.
const FOREIGN: [&str; 8] =
    ["node_modules", "target", "site", "public", "vendor", "dist", "build", "venv"];
/// Endings of text that people write and we do not read.
const WRITTEN: [&str; 20] = [
    "mdx", "mdown", "mkd", "mkdn", "mdwn", "mdtext", "rmd", "qmd", "rst", "adoc", "asciidoc",
    "org", "textile", "docx", "doc", "docm", "odt", "rtf", "pages", "tex",
];

/// Whether a file of a content folder is no document, though its name says that people read it.
pub(super) fn is_aside(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    if is_markdown(name) {
        return is_index(name.as_bytes());
    }
    let lower = name.to_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    let inner = [".md.", ".markdown."].iter().any(|inner| lower.contains(inner));
    WRITTEN.contains(&ending) || inner || unportable(name).is_some()
}

/// Whether a name is the one that other generators give to the page of a folder.
pub(super) fn is_index(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"_index.md") || name.eq_ignore_ascii_case(b"_index.markdown")
}

/// The Markdown files that stand outside the folders that are read, as far as is looked.
pub(super) fn outside(root: &Path, folders: &[String]) -> BTreeSet<PathBuf> {
    if folders.iter().any(|folder| folder == ".") {
        return BTreeSet::new();
    }
    let read: Vec<PathBuf> =
        folders.iter().map(|folder| root.join(folder).components().collect()).collect();
    let is_wanted = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let path: PathBuf = entry.path().components().collect();
        entry.depth() == 0
            || !name.starts_with(['.', '_'])
                && !(entry.file_type().is_dir()
                    && (read.contains(&path) || is_foreign(&name) || is_other(&path)))
    };
    let entries = WalkDir::new(root).max_depth(DEEP).sort_by_file_name().into_iter();
    let mut looked_at = Outside::default();
    let files = entries.filter_entry(is_wanted).take_while(|_| looked_at.may_look()).flatten();
    let is_stray = |entry: &DirEntry| {
        entry.file_type().is_file() && entry.path().to_str().is_some_and(is_markdown)
    };
    files.filter(is_stray).map(|entry| entry.path().components().collect()).collect()
}

/// How many entries have been looked at outside the content folders.
#[derive(Default)]
pub(super) struct Outside(usize);

impl Outside {
    /// Counts one more; `false` when those were enough.
    pub(super) fn may_look(&mut self) -> bool {
        self.0 += 1;
        self.0 <= MOST
    }
}

/// Whether a folder of this name holds what others wrote, or what was built.
pub(super) fn is_foreign(name: &str) -> bool {
    FOREIGN.contains(&name)
}

/// Whether a folder is a manual of its own, or a site.
fn is_other(folder: &Path) -> bool {
    folder.join(SETTINGS).exists() || folder.join("manifest.json").exists()
}

/// What is known of such a file.
pub(super) fn known(
    root: &Path,
    top: &Top,
    path: &Path,
    known: Option<&Arc<CachedFile>>,
) -> Arc<CachedFile> {
    let stamp = std::fs::symlink_metadata(path).ok().map(|about| Stamp::of(&about));
    if let Some(known) = known.filter(|it| it.settled && Some(&it.stamp) == stamp.as_ref()) {
        return Arc::clone(known);
    }
    let settled = stamp.as_ref().is_some_and(Stamp::is_settled);
    let relative = path.strip_prefix(root).unwrap_or(path);
    let fault = Some(ReadFault::Aside { has_id: has_id(top, relative) });
    let file = SourceFile { fault, ..from_bytes(slashed(relative), vec![]) };
    Arc::new(CachedFile {
        path: path.to_path_buf(),
        stamp: stamp.unwrap_or_default(),
        file,
        settled,
    })
}

/// Whether a file begins with front matter that has an id. What cannot be read has none.
fn has_id(top: &Top, path: &Path) -> bool {
    let mut head = Vec::new();
    let file = top.file(path).ok();
    let read = file.map(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_some_and(|read| read.is_ok()) && begins_with_id(&head)
}

/// Whether bytes begin with front matter that has an id.
pub(super) fn begins_with_id(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(usize::try_from(HEAD).unwrap_or(usize::MAX))];
    let text = String::from_utf8_lossy(head);
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    lines.next().is_some_and(|first| first.trim_end() == "---")
        && lines.take_while(|line| line.trim_end() != "---").any(|line| line.starts_with("id:"))
}
