//! A site brought up to date file by file, where its folder must stay the one that it is.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::disk::{in_folder, is_same, write_file};
use super::folder::Folder;
use crate::render::site::{self, MANIFEST, ManifestEntry};

/// Where a file is written that cannot be moved in one step, below the site.
const PART: &str = ".clausebook-part";

/// Brings the site in `out`, which holds what `old` lists, to what stands in `new`.
///
/// What is gone goes first, so that nothing that was taken out of an edition stays readable while
/// the rest is written. The list of files is replaced last; until then the list in the folder names
/// the files of both sites, so that a build that was killed can be taken up again.
pub(super) fn replace(new: &Path, out: &Path, old: &Folder) -> Result<()> {
    let next = Folder::read(new)?.context("the new site is where it was written")?;
    let files: BTreeSet<&str> = next.files().filter(|file| *file != MANIFEST).collect();
    let both = files.iter().copied().chain(old.files().filter(|file| *file != MANIFEST));
    let both: BTreeSet<&str> = both.chain([PART]).collect();
    let both = site::manifest(old.shows(), both.into_iter().map(ManifestEntry::planned).collect())?;
    put(out, MANIFEST, &both.bytes)?;
    // Of an edition for other readers no page stays, changed or not.
    let same_readers = old.shows().audience == next.shows().audience;
    let stays =
        |file: &str| [MANIFEST, PART].contains(&file) || same_readers && files.contains(file);
    for gone in old.files().filter(|file| !stays(file)) {
        let gone = out.join(gone);
        fs::remove_file(&gone).with_context(|| format!("cannot remove {}", gone.display()))?;
        remove_empty(out, &gone);
    }
    for file in &files {
        let (from, to) = (new.join(file), out.join(file));
        let bytes = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        if !is_same(&to, &bytes) {
            put(out, file, &bytes)?;
        }
    }
    let from = new.join(MANIFEST);
    let bytes = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
    put(out, MANIFEST, &bytes)
}

/// Puts a file in its place in one step: a reader finds the old bytes or the new ones.
fn put(out: &Path, file: &str, bytes: &[u8]) -> Result<()> {
    let (part, to) = (out.join(PART), out.join(file));
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot remove {}", part.display()));
        }
        _ => {}
    }
    write_file(&part, bytes)?;
    in_folder(&to, || fs::rename(&part, &to))
        .with_context(|| format!("cannot write {}", to.display()))
}

/// Removes the folders above a file that hold nothing any more, up to the top of the site.
fn remove_empty(out: &Path, file: &Path) {
    let above = file.ancestors().skip(1).take_while(|folder| *folder != out);
    for folder in above {
        // One that still holds something stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
