//! Small things that are done to files and folders.
#![expect(clippy::disallowed_methods, reason = "a part of the module that writes the disk")]

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};

/// Lets nobody but its owner into a folder, where the system knows owners.
pub(super) fn keep_private(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .with_context(|| format!("cannot close {} to others", folder.display()))?;
    }
    let _ = folder;
    Ok(())
}

/// Makes a folder that is for nobody but its owner from the start.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "there is no mode to set"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|about| about.is_dir())
}

pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a file holds exactly these bytes.
pub(super) fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let size = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|it| it.len());
    size == Some(bytes.len() as u64) && fs::read(path).is_ok_and(|found| found == bytes)
}

/// Writes a file that must not be there yet.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || in_folder(path, || fs::File::create_new(path))?.write_all(bytes);
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// Makes a file, and the folders above it where they are missing. Each thread makes the folder of
/// the page that it has made: nobody waits until there are all.
pub(super) fn in_folder<T>(path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (make(), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            make()
        }
        (made, _) => made,
    }
}
