//! The one way in which commands write into a manual: never through a link, never half a file.
#![expect(clippy::disallowed_methods, reason = "this is the module that writes documents")]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path};

use anyhow::{Context as _, Result, ensure};
use similar::TextDiff;

use super::Session;
use crate::mend::Change;

/// Makes a file that is not there yet, and the folders above it. `path` counts from `root`.
///
/// # Errors
/// There is such a file, a link is in the way, or the disk refuses; the message names the file.
pub(super) fn new_file(root: &Path, path: &Path, text: &str) -> Result<()> {
    new_bytes(root, path, text.as_bytes())
}

/// The same of a file that need not be text.
///
/// # Errors
/// As of [`new_file`].
pub(super) fn new_bytes(root: &Path, path: &Path, bytes: &[u8]) -> Result<()> {
    let full = root.join(path);
    let cannot = || format!("cannot write {}", full.display());
    folders_of(root, path).with_context(cannot)?;
    let write = || fs::File::create_new(&full)?.write_all(bytes);
    write().with_context(cannot)
}

/// Puts a text in the place of a file, in one step, or makes the file. `path` counts from `root`.
///
/// # Errors
/// A link is in the way, or the disk refuses; the message names the file. It is as it was then.
pub(super) fn replace(root: &Path, path: &Path, text: &[u8]) -> Result<()> {
    let full = root.join(path);
    let cannot = || format!("cannot write {}", full.display());
    folders_of(root, path).with_context(cannot)?;
    let shown = fs::symlink_metadata(&full);
    if let Ok(about) = &shown {
        ensure!(about.is_file(), "{}: it is a link or no file, and is left alone", cannot());
    }
    let write = || -> Result<()> {
        let folder = full.parent().unwrap_or(Path::new("."));
        let mut new = tempfile::Builder::new().prefix(".clausebook-").tempfile_in(folder)?;
        new.write_all(text)?;
        if let Ok(about) = shown {
            new.as_file().set_permissions(about.permissions())?;
        }
        new.as_file().sync_all()?;
        new.persist(&full)?;
        Ok(())
    };
    write().with_context(cannot)
}

/// Makes the folders above a file, each of which must be a real one.
///
/// # Errors
/// One of them is a link or a file, or the disk refuses.
pub(super) fn folders_of(root: &Path, path: &Path) -> Result<()> {
    let mut folder = root.to_path_buf();
    fs::create_dir_all(&folder)?;
    let parts = path.parent().into_iter().flat_map(Path::components);
    for part in parts.filter(|part| !matches!(part, Component::CurDir)) {
        ensure!(matches!(part, Component::Normal(_)), "the path leaves {}", root.display());
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(about) => ensure!(
                about.is_dir(),
                "{} is a link or a file, and nothing is written through it",
                folder.display()
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(&folder)?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Shows a change as a patch, on standard output.
pub(super) fn show(change: &Change, session: &mut Session) -> Result<()> {
    let path = session.shown(change.path.as_ref());
    // A name with a space in it ends at a tab, as in every patch.
    let tab = if path.contains(' ') { "\t" } else { "" };
    let diff = TextDiff::from_lines(&*change.before, &*change.after);
    let mut diff = diff.unified_diff();
    let diff = diff.header(&format!("a/{path}{tab}"), &format!("b/{path}{tab}"));
    write!(session.out, "{diff}")?;
    Ok(())
}

/// Why a file is left alone, if it is.
pub(super) fn in_the_way(root: &Path, change: &Change) -> io::Result<Option<&'static str>> {
    let mut full = root.to_path_buf();
    for part in Path::new(&change.path) {
        full.push(part);
        if fs::symlink_metadata(&full)?.is_symlink() {
            return Ok(Some("is reached through a symbolic link"));
        }
    }
    if fs::read(&full)? != change.before.as_bytes() {
        return Ok(Some("has changed meanwhile"));
    }
    let is_fixed = fs::metadata(&full)?.permissions().readonly();
    Ok(is_fixed.then_some("may not be written"))
}
