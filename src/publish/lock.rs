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

/// How often a lock file may vanish between opening and locking it: each time another build has just
/// ended. More than that is no other build, but something that plays with the file.
const TRIES: usize = 100;

/// Takes the lock on `path`, for a build into `out`.
pub(super) fn take(path: &Path, out: &Path) -> Result<Lock> {
    for _ in 0..TRIES {
        let file = open(path).with_context(|| cannot(out, path))?;
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
    bail!("{}: it is replaced again and again", cannot(out, path))
}

/// Opens the lock file, or makes it. A symbolic link in its place is refused, not followed: it would
/// make a file wherever it leads.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or_default());
    }
    if fs::symlink_metadata(path).is_ok_and(|about| !about.is_file()) {
        return Err(io::Error::other("what stands there is no file: take it away"));
    }
    options.open(path)
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
