//! The files of a commit, read from its objects as the disk would be read.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, bail};
use gix_hash::ObjectId;
use gix_object::bstr::ByteSlice as _;
use gix_object::tree::EntryKind as Mode;
use gix_object::{FindExt as _, FindHeader as _, TreeRefIter};

use super::Unreadable;
use super::repository::{Repository, broken};
use crate::source::{EntryKind, MAX_ASSET_BYTES, Origin, Tree, TreeEntry};

/// Most entries of one folder: more than any disk is asked to list at once.
const MAX_ENTRIES: usize = 200_000;

/// What a commit holds below the top of a manual.
pub struct CommitTree {
    repository: Repository,
    top: ObjectId,
    /// Folders that have been looked into, by their objects.
    folders: Mutex<BTreeMap<ObjectId, Arc<Folder>>>,
}

/// What stands in a folder, by name.
type Folder = BTreeMap<Vec<u8>, (Mode, ObjectId)>;

impl fmt::Debug for CommitTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommitTree({})", self.top)
    }
}

impl CommitTree {
    pub(super) fn new(repository: Repository, top: ObjectId) -> Self {
        CommitTree { repository, top, folders: Mutex::default() }
    }

    /// What stands at a path from the top of the manual, which is empty for the manual itself.
    fn at(&self, path: &str) -> Result<Option<(Mode, ObjectId)>, Unreadable> {
        let above = self.repository.folder.iter().map(String::as_str);
        let below = path.split('/').filter(|part| !part.is_empty() && *part != ".");
        if below.clone().any(|part| part.starts_with('.')) {
            return Ok(None);
        }
        let mut at = (Mode::Tree, self.top);
        for part in above.chain(below) {
            if at.0 != Mode::Tree {
                return Ok(None);
            }
            match self.folder(at.1)?.get(part.as_bytes()) {
                Some(next) => at = *next,
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// What stands in the folder of an object.
    fn folder(&self, id: ObjectId) -> Result<Arc<Folder>, Unreadable> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = folders.get(&id) {
            return Ok(Arc::clone(folder));
        }
        let objects = self.repository.objects()?;
        let mut buffer = Vec::new();
        let found = objects.find(&id, &mut buffer).map_err(broken)?;
        let mut folder = Folder::new();
        for entry in TreeRefIter::from_bytes(found.data, self.repository.hash) {
            let entry = entry.map_err(broken)?;
            if folder.len() == MAX_ENTRIES {
                return Err(Unreadable::Broken(format!("the folder {id} has too many entries")));
            }
            folder.insert(entry.filename.to_vec(), (entry.mode.kind(), entry.oid.to_owned()));
        }
        let folder = Arc::new(folder);
        folders.insert(id, Arc::clone(&folder));
        Ok(folder)
    }
}

/// How many bytes an object has.
fn length(objects: &gix_odb::Handle, id: &ObjectId) -> Result<u64, Unreadable> {
    let header = objects.try_header(id).map_err(broken)?;
    let header = header.ok_or_else(|| Unreadable::Broken(format!("the object {id} is missing")))?;
    Ok(header.size)
}

impl Origin for CommitTree {
    fn bytes(&self, path: &str) -> Result<Vec<u8>> {
        let found = self.at(path).map_err(failed)?;
        let Some((Mode::Blob | Mode::BlobExecutable, id)) = found else {
            bail!("{path} is no file of the manual in this commit");
        };
        let objects = self.repository.objects().map_err(failed)?;
        if length(&objects, &id).map_err(failed)? > MAX_ASSET_BYTES {
            bail!("{path} is larger than {} MiB", MAX_ASSET_BYTES >> 20);
        }
        let mut buffer = Vec::new();
        let found = objects.find_blob(&id, &mut buffer);
        let found =
            found.map_err(|why| failed(broken(why))).context(format!("cannot read {path}"))?;
        Ok(found.data.to_vec())
    }

    fn holds(&self, path: &str) -> bool {
        self.at(path).is_ok_and(|found| found.is_some())
    }
}

impl Tree for CommitTree {
    fn entries(&self, folder: &str) -> Result<Option<Vec<TreeEntry>>> {
        let Some((Mode::Tree, id)) = self.at(folder).map_err(failed)? else { return Ok(None) };
        let folder = self.folder(id).map_err(failed)?;
        let objects = self.repository.objects().map_err(failed)?;
        let entry = |(name, (mode, id)): (&Vec<u8>, &(Mode, ObjectId))| {
            let kind = match mode {
                Mode::Tree => EntryKind::Folder,
                Mode::Blob | Mode::BlobExecutable => EntryKind::File(length(&objects, id)?),
                Mode::Link => EntryKind::Link,
                Mode::Commit => EntryKind::Other,
            };
            let is_utf8 = name.to_str().is_ok();
            Ok(TreeEntry { name: name.to_str_lossy().into_owned(), is_utf8, kind })
        };
        let entries: Result<Vec<TreeEntry>, Unreadable> = folder.iter().map(entry).collect();
        entries.map(Some).map_err(failed)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn failed(why: Unreadable) -> anyhow::Error {
    anyhow::anyhow!("the repository cannot be read: {why}")
}
