//! A manual from a tree of names that somebody else knows, such as that of a commit: the same files
//! are read and the same are refused as on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};

use super::aside::{self, Outside};
use super::origin::Origin;
use super::{
    MAX_ASSET_BYTES, MAX_BYTES, ReadFault, SETTINGS, SourceFile, Sources, from_bytes, is_below,
    is_markdown, is_text, limits,
};

/// Folders and files of which the names are known before anything is read.
pub trait Tree: Origin {
    /// What a folder holds, in any order; nothing where there is no such folder. The top is empty.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn entries(&self, folder: &str) -> Result<Option<Vec<TreeEntry>>>;
}

/// A name in a folder of a [`Tree`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeEntry {
    /// The name; bytes that are no UTF-8 are shown as `�`.
    pub name: String,
    /// Whether the name is UTF-8.
    pub is_utf8: bool,
    /// What goes by it.
    pub kind: EntryKind,
}

/// What a name in a folder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A folder.
    Folder,
    /// A file of so many bytes.
    File(u64),
    /// A symbolic link.
    Link,
    /// Something else, of which nothing is known: another repository.
    Other,
}

/// Deepest folder that is looked into.
const DEEPEST: usize = 64;

/// Most names that are looked at. On a disk each takes its place; in a repository a few bytes stand for
/// folders that hold each other a million times.
const MOST_NAMES: usize = 1_000_000;

/// The settings file of a tree alone.
///
/// # Errors
/// It cannot be read.
pub fn tree_settings(tree: &Arc<impl Tree + 'static>) -> Result<Sources> {
    read_tree(tree, &[])
}

/// Reads a manual from a tree: its settings, and every text file below `folders`, as
/// [`super::read`] does from the disk.
///
/// # Errors
/// Something of it cannot be read; the message names it.
pub fn read_tree(tree: &Arc<impl Tree + 'static>, folders: &[String]) -> Result<Sources> {
    let mut walk = Walk { tree: &**tree, found: BTreeMap::new(), aside: BTreeSet::new(), names: 0 };
    let mut files = Vec::new();
    for entry in tree.entries("")?.unwrap_or_default() {
        if entry.name == SETTINGS && entry.kind != EntryKind::Folder {
            walk.found.insert(entry.name.clone(), entry);
        }
    }
    for folder in folders {
        if walk.leads_through_link(folder)? {
            let blank = from_bytes(folder.clone(), vec![]);
            files.push(SourceFile { fault: Some(ReadFault::Link), ..blank });
        } else {
            walk.list(if folder == "." { "" } else { folder }, 0)?;
        }
    }
    if !folders.is_empty() {
        walk.outside(folders)?;
    }
    let Walk { found, aside, .. } = walk;
    let length = |entry: &TreeEntry| match entry.kind {
        EntryKind::File(length) => Some(length),
        _ => None,
    };
    let room = limits::room(found.iter().map(|(path, entry)| (path.as_str(), length(entry))));
    let mut without = room.iter().filter(|has_room| !**has_room).count();
    let mut assets = Vec::new();
    for ((path, entry), has_room) in found.iter().zip(room) {
        let too_much = (!has_room).then(|| ReadFault::TooMuch(std::mem::take(&mut without)));
        let file = if aside.contains(path) {
            let fault = Some(ReadFault::Aside { has_id: has_id(&**tree, path) });
            SourceFile { fault, ..from_bytes(path.clone(), vec![]) }
        } else {
            file(&**tree, path, entry, too_much)?
        };
        let is_read = is_text(path) || file.fault.is_some();
        let is_aside = file.is_aside() && !is_markdown(path);
        if !is_read || is_aside && folders.iter().any(|folder| is_below(path, folder)) {
            assets.push(path.clone());
        }
        if is_read {
            files.push(file);
        }
    }
    Ok(Sources::new(Arc::clone(tree) as Arc<dyn Origin>, files, assets))
}

/// One file, with what is wrong with it.
fn file(
    tree: &dyn Tree,
    path: &str,
    entry: &TreeEntry,
    too_much: Option<ReadFault>,
) -> Result<SourceFile> {
    let most = if is_text(path) { MAX_BYTES } else { MAX_ASSET_BYTES };
    let fault = match entry.kind {
        _ if !entry.is_utf8 => Some(ReadFault::NameNotUtf8),
        EntryKind::Link => Some(ReadFault::Link),
        EntryKind::File(length) if too_much.is_none() && length > most => {
            Some(ReadFault::TooLarge(most))
        }
        EntryKind::File(_) => too_much,
        EntryKind::Folder | EntryKind::Other => Some(ReadFault::NoFile),
    };
    if fault.is_some() || !is_text(path) {
        return Ok(SourceFile { fault, ..from_bytes(path.to_owned(), vec![]) });
    }
    let bytes = tree.bytes(path).with_context(|| format!("cannot read {path}"))?;
    Ok(from_bytes(path.to_owned(), bytes))
}

fn has_id(tree: &dyn Tree, path: &str) -> bool {
    tree.bytes(path).is_ok_and(|bytes| aside::begins_with_id(&bytes))
}

/// Looks for the files of a manual.
struct Walk<'a> {
    tree: &'a dyn Tree,
    found: BTreeMap<String, TreeEntry>,
    aside: BTreeSet<String>,
    /// How many names have been looked at.
    names: usize,
}

impl Walk<'_> {
    /// Whether a folder is a symbolic link, or lies below one.
    fn leads_through_link(&self, folder: &str) -> Result<bool> {
        let mut above = String::new();
        for part in folder.split('/').filter(|part| *part != ".") {
            let entries = self.tree.entries(&above)?.unwrap_or_default();
            match entries.iter().find(|entry| entry.name == part).map(|entry| entry.kind) {
                Some(EntryKind::Folder) => above = joined(&above, part),
                Some(EntryKind::Link) => return Ok(true),
                _ => return Ok(false),
            }
        }
        Ok(false)
    }

    /// Finds every file below a folder.
    fn list(&mut self, folder: &str, depth: usize) -> Result<()> {
        if depth > DEEPEST {
            return Ok(());
        }
        for entry in self.tree.entries(folder)?.unwrap_or_default() {
            self.names += 1;
            ensure!(self.names <= MOST_NAMES, "more than {MOST_NAMES} files and folders in it");
            let name = entry.name.as_str();
            let is_file = matches!(entry.kind, EntryKind::File(_));
            let is_index = is_file && aside::is_index(name.as_bytes());
            if name.starts_with(['.', '_']) && !is_index {
                continue;
            }
            let path = joined(folder, name);
            match entry.kind {
                EntryKind::Folder => self.list(&path, depth + 1)?,
                // On the disk it is a folder of files that are not of this repository.
                EntryKind::Other => {}
                _ => {
                    if is_file && entry.is_utf8 && aside::is_aside(std::ffi::OsStr::new(name)) {
                        self.aside.insert(path.clone());
                    }
                    self.found.insert(path, entry);
                }
            }
        }
        Ok(())
    }

    /// Finds the Markdown files that stand outside the folders that are read.
    fn outside(&mut self, folders: &[String]) -> Result<()> {
        if folders.iter().any(|folder| folder == ".") {
            return Ok(());
        }
        let mut looked_at = Outside::default();
        self.stray("", 1, folders, &mut looked_at)
    }

    fn stray(
        &mut self,
        folder: &str,
        depth: usize,
        read: &[String],
        looked_at: &mut Outside,
    ) -> Result<()> {
        let mut entries = self.tree.entries(folder)?.unwrap_or_default();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        for entry in entries {
            let path = joined(folder, &entry.name);
            let is_folder = entry.kind == EntryKind::Folder;
            let is_read = || read.iter().any(|folder| folder.trim_start_matches("./") == path);
            if entry.name.starts_with(['.', '_'])
                || is_folder
                    && (is_read() || aside::is_foreign(&entry.name) || self.is_other(&path))
            {
                continue;
            }
            if !looked_at.may_look() {
                return Ok(());
            }
            if is_folder && depth < aside::DEEP {
                self.stray(&path, depth + 1, read, looked_at)?;
            }
            if matches!(entry.kind, EntryKind::File(_)) && entry.is_utf8 && is_markdown(&path) {
                self.aside.insert(path.clone());
                self.found.insert(path, entry);
            }
        }
        Ok(())
    }

    /// Whether a folder is a manual of its own, or a site.
    fn is_other(&self, folder: &str) -> bool {
        [SETTINGS, "manifest.json"].iter().any(|name| self.tree.holds(&joined(folder, name)))
    }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
