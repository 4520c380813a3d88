//! One build at a time into one folder.
//!
//! The lock is the operating system's, on a file beside the folder. It ends with the process that
//! holds it, however that ends, so there is no stale lock and no clock to judge one by.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// A lock that is held as long as this lives.
pub(super) struct Lock {
    path: PathBuf,
    // Held open: to close it is to let go.
    _file: File,
}

/// Takes the lock on `path`, for a build into `out`.
pub(super) fn take(path: &Path, out: &Path) -> Result<Lock> {
    loop {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .with_context(|| cannot(out, path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("another build is writing {} just now: wait until it is done", out.display())
            }
            // A disk without locks: the site still changes in one step, only two builds at once
            // may get in one another's way.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| cannot(out, path));
            }
        }
        if is_still(&file, path) {
            return Ok(Lock { path: path.to_path_buf(), _file: file });
        }
        // The holder before us removed the file between our opening and our locking it.
    }
}

fn cannot(out: &Path, path: &Path) -> String {
    format!("cannot write beside {}: no lock at {}", out.display(), path.display())
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Elsewhere the file may be taken by another process between removal and closing.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether the open file is the one that stands at `path`.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |a: fs::Metadata, b: fs::Metadata| a.ino() == b.ino() && a.dev() == b.dev();
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(there)) => same(open, there),
        _ => false,
    }
}

/// Whether the open file is the one that stands at `path`: it is never removed here.
#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}
