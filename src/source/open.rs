//! The one opener of everything that is read: folder by folder from the top of the manual, through
//! no symbolic link, and never what is no plain file.
//!
//! A path is looked at and opened in one step, by the handle of the folder above: what changes places
//! meanwhile is not followed either.

use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

/// Why something below the top of a manual is not read.
#[derive(Debug)]
pub(super) enum Refused {
    /// It is not there.
    Absent,
    /// It is a symbolic link, or stands below one.
    Link,
    /// It is no plain file: a folder, a pipe, a device.
    NoFile,
    /// It is larger than was asked for.
    TooLarge,
    /// Its path is none below the top, or a part of it begins with a dot.
    Hidden,
    /// The disk cannot be read.
    Failed(io::Error),
}

/// The top of a manual, held open.
#[derive(Debug)]
pub(super) struct Top {
    #[cfg_attr(
        any(target_os = "linux", target_os = "macos"),
        expect(dead_code, reason = "the handle is what is used")
    )]
    path: PathBuf,
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    handle: std::os::fd::OwnedFd,
}

impl Top {
    /// Opens the top of a manual. Where a user names a link, that is the user's choice.
    pub(super) fn at(path: &Path) -> io::Result<Top> {
        Ok(Top {
            path: path.to_path_buf(),
            #[cfg(any(target_os = "linux", target_os = "macos"))]
            handle: {
                use rustix::fs::{Mode, OFlags, open};
                let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
                open(path, OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::RDONLY, Mode::empty())?
            },
        })
    }

    /// The bytes of a file, of which there are at most `limit`.
    pub(super) fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Refused> {
        let mut file = self.file(path)?;
        let about = file.metadata().map_err(Refused::Failed)?;
        if !about.is_file() {
            return Err(Refused::NoFile);
        }
        if about.len() > limit {
            return Err(Refused::TooLarge);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
        // It may grow while it is read.
        let read = io::Read::by_ref(&mut file).take(limit + 1).read_to_end(&mut bytes);
        match read {
            Err(error) => Err(Refused::Failed(error)),
            Ok(read) if read as u64 > limit => Err(Refused::TooLarge),
            Ok(_) => Ok(bytes),
        }
    }

    /// Whether there is a folder, reached through no link.
    pub(super) fn folder(&self, path: &Path) -> Result<(), Refused> {
        let parts = parts(path)?;
        self.walk(&parts).map(|_| ())
    }
}

/// The parts of a path, none of which leads up or is hidden.
fn parts(path: &Path) -> Result<Vec<&std::ffi::OsStr>, Refused> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(part) if !is_hidden(part.as_encoded_bytes()) => {
                parts.push(part);
            }
            _ => return Err(Refused::Hidden),
        }
    }
    Ok(parts)
}

/// Whether a name is that of something hidden. Some disks pass over signs that nobody sees, and some know
/// `.git` as `GIT~1`, too.
fn is_hidden(name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name);
    let seen = name.trim_start_matches(crate::text::visible::is_hidden);
    let short = seen.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("git~"));
    seen.starts_with('.') || short && seen[4..].starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
mod handles {
    use std::ffi::OsStr;
    use std::fs::File;
    use std::os::fd::{AsFd as _, OwnedFd};
    use std::path::Path;

    use rustix::fs::{AtFlags, FileType, Mode, OFlags, openat, statat};
    use rustix::io::Errno;

    use super::{Refused, Top, parts};

    impl Top {
        /// Goes through folders, one handle after the other.
        pub(in crate::source) fn walk(
            &self,
            folders: &[&OsStr],
        ) -> Result<Option<OwnedFd>, Refused> {
            let mut at: Option<OwnedFd> = None;
            for folder in folders {
                let from = at.as_ref().map_or(self.handle.as_fd(), |fd| fd.as_fd());
                let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
                let next = openat(from, *folder, flags, Mode::empty());
                at = Some(next.map_err(|why| refused(from, folder, why))?);
            }
            Ok(at)
        }

        /// Opens a file without waiting for it, as a pipe would have us do.
        pub(in crate::source) fn file(&self, path: &Path) -> Result<File, Refused> {
            let parts = parts(path)?;
            let Some((name, folders)) = parts.split_last() else { return Err(Refused::NoFile) };
            let folder = self.walk(folders)?;
            let from = folder.as_ref().map_or(self.handle.as_fd(), |fd| fd.as_fd());
            let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
            let file = openat(from, *name, flags, Mode::empty());
            Ok(File::from(file.map_err(|why| refused(from, name, why))?))
        }
    }

    /// Why a part of a path was not opened: the system has one word for a link and for a file where
    /// a folder was asked for.
    fn refused(from: std::os::fd::BorrowedFd<'_>, name: &OsStr, why: Errno) -> Refused {
        match why {
            Errno::NOENT => Refused::Absent,
            Errno::LOOP => Refused::Link,
            Errno::NOTDIR | Errno::NXIO => {
                let about = statat(from, name, AtFlags::SYMLINK_NOFOLLOW);
                match about.map(|about| FileType::from_raw_mode(about.st_mode)) {
                    Ok(FileType::Symlink) => Refused::Link,
                    _ => Refused::NoFile,
                }
            }
            why => Refused::Failed(why.into()),
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
impl Top {
    /// Looks at each part before it is used: the nearest thing to a handle that the standard library
    /// has here.
    fn walk(&self, folders: &[&std::ffi::OsStr]) -> Result<PathBuf, Refused> {
        let mut path = self.path.clone();
        for folder in folders {
            path.push(folder);
            match std::fs::symlink_metadata(&path) {
                Ok(about) if about.is_symlink() => return Err(Refused::Link),
                Ok(about) if about.is_dir() => {}
                Ok(_) => return Err(Refused::NoFile),
                Err(error) => return Err(refused(error)),
            }
        }
        Ok(path)
    }

    pub(super) fn file(&self, path: &Path) -> Result<std::fs::File, Refused> {
        let parts = parts(path)?;
        let Some((name, folders)) = parts.split_last() else { return Err(Refused::NoFile) };
        let path = self.walk(folders)?.join(name);
        match std::fs::symlink_metadata(&path) {
            Ok(about) if about.is_symlink() => Err(Refused::Link),
            Ok(about) if !about.is_file() => Err(Refused::NoFile),
            Ok(_) => std::fs::File::open(&path).map_err(refused),
            Err(error) => Err(refused(error)),
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn refused(error: io::Error) -> Refused {
    match error.kind() {
        io::ErrorKind::NotFound => Refused::Absent,
        _ => Refused::Failed(error),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn only_plain_files_below_the_top_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        for path in ["a/b", ".git", "out"] {
            std::fs::create_dir_all(at(path)).unwrap();
        }
        for (path, text) in [("a/b/c.md", "text"), (".git/config", "secret"), ("out/x", "x")] {
            std::fs::write(at(path), text).unwrap();
        }
        symlink("../.git/config", at("a/logo.png")).unwrap();
        symlink("c.md", at("a/b/inner.md")).unwrap();
        symlink("out", at("linked")).unwrap();
        let top = Top::at(folder.path()).unwrap();
        let read = |path: &str| top.read(Path::new(path), 10);
        assert_eq!(read("a/b/c.md").unwrap(), b"text");
        assert!(matches!(read("a/logo.png"), Err(Refused::Link)));
        assert!(matches!(read("a/b/inner.md"), Err(Refused::Link)));
        assert!(matches!(read("linked/x"), Err(Refused::Link)));
        assert!(matches!(read(".git/config"), Err(Refused::Hidden)));
        assert!(matches!(read("a/../out/x"), Err(Refused::Hidden)));
        for other in ["\u{200c}.git/config", "GIT~1/config", "a/git~2"] {
            assert!(matches!(read(other), Err(Refused::Hidden)), "{other}");
        }
        assert!(matches!(read("a/b"), Err(Refused::NoFile)));
        assert!(matches!(read("a/none"), Err(Refused::Absent)));
        assert!(matches!(top.read(Path::new("a/b/c.md"), 3), Err(Refused::TooLarge)));
        assert!(matches!(top.folder(Path::new("linked")), Err(Refused::Link)));
        assert!(top.folder(Path::new("a/b")).is_ok());
    }
}
