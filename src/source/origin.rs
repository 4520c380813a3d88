//! Where the files of a manual come from, as far as it is asked once their texts are there: a folder
//! of the disk, or memory. The tree of a commit is another (`history::CommitTree`).
#![expect(clippy::disallowed_methods, reason = "a part of the module that reads the disk")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};

use super::open::{Refused, Top};
use super::{MAX_ASSET_BYTES, cannot_read};

/// Where the files of a manual come from. Paths count from the top of the manual.
pub trait Origin: Debug + Send + Sync {
    /// The bytes of a file that is no text of the manual, such as a picture.
    ///
    /// # Errors
    /// The file cannot be read; the message names it.
    fn bytes(&self, path: &str) -> Result<Vec<u8>>;

    /// Whether there is a file or a folder at a path. Nothing of it is read.
    fn holds(&self, path: &str) -> bool;

    /// The folder of the disk in which the files can be opened, where there is one.
    fn folder(&self) -> Option<&Path> {
        None
    }
}

/// A folder of the disk.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn at(path: &Path) -> Arc<Self> {
        Arc::new(Folder(path.to_path_buf()))
    }
}

impl Origin for Folder {
    fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let full = self.0.join(path);
        let top = Top::at(&self.0).with_context(|| cannot_read(&self.0))?;
        // It may have become another since it was found.
        match top.read(Path::new(path), MAX_ASSET_BYTES) {
            Ok(bytes) => Ok(bytes),
            Err(Refused::Failed(error)) => Err(error).with_context(|| cannot_read(&full)),
            Err(Refused::TooLarge) => {
                bail!("{} is larger than {} MiB", full.display(), MAX_ASSET_BYTES >> 20)
            }
            Err(_) => bail!("{} is no longer a file of the manual", full.display()),
        }
    }

    fn holds(&self, path: &str) -> bool {
        let top = std::fs::canonicalize(&self.0);
        let real = std::fs::canonicalize(self.0.join(path));
        top.is_ok_and(|top| real.is_ok_and(|real| real.starts_with(top)))
    }

    fn folder(&self) -> Option<&Path> {
        Some(&self.0)
    }
}

/// Memory: bytes by path.
#[derive(Debug, Default)]
pub(super) struct Memory(pub(super) BTreeMap<String, Vec<u8>>);

impl Origin for Memory {
    fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        self.0.get(path).cloned().with_context(|| format!("there is no file {path}"))
    }

    fn holds(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let first = self.0.range(below.clone()..).next();
        self.0.contains_key(path) || first.is_some_and(|(one, _)| one.starts_with(&below))
    }
}
