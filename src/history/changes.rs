//! What each commit of the line of record did to the documents.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use gix_hash::ObjectId;
use gix_object::bstr::ByteSlice as _;
use gix_object::tree::EntryKind;
use gix_object::{FindExt as _, FindHeader as _, TreeRefIter};
use rayon::prelude::*;

use super::repository::{Repository, Step, broken};
use super::{Commit, Unreadable};
use crate::model::controlled::ControlledText;
use crate::model::value::{Date, Status};
use crate::parse::yaml::Node;
use crate::source::MAX_BYTES;

/// What a commit did to the files of the content folders.
#[derive(Clone, Debug)]
pub struct Change {
    /// The commit.
    pub commit: Arc<Commit>,
    /// The files that it changed: their paths from the top of the manual, and what stands there
    /// since; nothing where there is no document any more.
    pub files: Vec<(String, Option<Arc<OldDocument>>)>,
}

/// A document as it once was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldDocument {
    /// Its id.
    pub id: String,
    /// Its version, as it was written; empty where it had none.
    pub version: String,
    /// Whether it said that it was approved.
    pub is_approved: bool,
    /// The first day on which its readers could rely on it, as it says.
    pub first_day: Option<Date>,
    /// Checksum of its controlled text.
    pub digest: String,
    /// The object that holds its text.
    pub blob: String,
}

impl OldDocument {
    /// Reads a text; nothing where it has no id.
    pub fn read(text: &str, blob: &str) -> Option<Self> {
        let read = ControlledText::read(text)?;
        let value =
            |key: &str| read.front.get(key).and_then(|node| node.text()).unwrap_or_default();
        let id = value("id").trim().to_owned();
        (!id.is_empty()).then(|| OldDocument {
            version: value("version").trim().to_owned(),
            is_approved: value("status").trim() == Status::Approved.word(),
            first_day: first_day(&read.front),
            digest: read.digest(),
            blob: blob.to_owned(),
            id,
        })
    }
}

/// The later of the day of approval and the effective date, as [`crate::model::document::Document`]
/// counts it.
fn first_day(front: &Node) -> Option<Date> {
    let day =
        |node: Option<&Node>| node.and_then(Node::text).and_then(|text| Date::parse(text.trim()));
    day(front.get("effective")).max(day(front.get("approved").and_then(|node| node.get("on"))))
}

/// Trees that were looked at last; a commit changes few of those of the one before.
const KEPT_TREES: usize = 512;

/// Deepest folder that is looked into.
const DEEPEST: usize = 32;

/// Most folders and files that may differ within one [`CHUNK`]. A few bytes of a repository can stand for
/// folders that hold each other a million million times.
const MOST_DIFFERENT: usize = 1_000_000;

/// Commits that one thread looks at in a row.
const CHUNK: usize = 512;

/// Commits, by their place on the line of record, and what each changed.
type Changes = Vec<(usize, Vec<Changed>)>;

/// Where changes are read from.
pub(super) struct Source<'a> {
    pub(super) repository: &'a Repository,
    /// The content folders, from the top of the manual.
    pub(super) content: &'a [String],
}

/// A file that another object took the place of.
struct Changed {
    path: String,
    blob: Option<ObjectId>,
}

impl Source<'_> {
    /// What each commit changed; commits that changed no document are left out.
    pub(super) fn changes(&self, steps: &[Step]) -> Result<Vec<Change>, Unreadable> {
        let chunks: Vec<(usize, &[Step])> = steps.chunks(CHUNK).enumerate().collect();
        let found: Result<Vec<Changes>, Unreadable> = chunks
            .par_iter()
            .map(|(number, chunk)| {
                let start = number * CHUNK;
                let before = start.checked_sub(1).map(|at| steps[at].tree);
                Reader::new(self)?.chunk(start, before, chunk)
            })
            .collect();
        let found: Changes = found?.into_iter().flatten().collect();
        let documents = self.documents(&found)?;
        let document = |blob: ObjectId| documents.get(&blob).cloned().flatten();
        let change = |(at, files): (usize, Vec<Changed>)| Change {
            commit: Arc::clone(&steps[at].commit),
            files: files.into_iter().map(|one| (one.path, one.blob.and_then(document))).collect(),
        };
        Ok(found.into_iter().map(change).collect())
    }

    /// The documents in all blobs, each read once.
    fn documents(
        &self,
        found: &[(usize, Vec<Changed>)],
    ) -> Result<HashMap<ObjectId, Option<Arc<OldDocument>>>, Unreadable> {
        let blobs: BTreeSet<ObjectId> =
            found.iter().flat_map(|(_, files)| files).filter_map(|one| one.blob).collect();
        let blobs: Vec<ObjectId> = blobs.into_iter().collect();
        let read = |chunk: &[ObjectId]| {
            let mut reader = Reader::new(self)?;
            let one = |blob: &ObjectId| Ok((*blob, reader.document(blob)?));
            chunk.iter().map(one).collect::<Result<Vec<_>, Unreadable>>()
        };
        let read: Result<Vec<Vec<_>>, Unreadable> = blobs.par_chunks(CHUNK).map(read).collect();
        Ok(read?.into_iter().flatten().collect())
    }
}

/// Reads objects on one thread.
pub(super) struct Reader<'a> {
    source: &'a Source<'a>,
    objects: gix_odb::Handle,
    trees: HashMap<ObjectId, Arc<[u8]>>,
    buffer: Vec<u8>,
    /// Folders and files that were found to differ.
    different: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Result<Self, Unreadable> {
        let objects = source.repository.objects()?;
        Ok(Reader { source, objects, trees: HashMap::new(), buffer: Vec::new(), different: 0 })
    }

    /// What each of some commits changed in the content folders.
    fn chunk(
        &mut self,
        start: usize,
        mut before: Option<ObjectId>,
        steps: &[Step],
    ) -> Result<Changes, Unreadable> {
        let mut found = Vec::new();
        for (at, step) in (start..).zip(steps) {
            let mut changed = Vec::new();
            for folder in self.source.content {
                let old = before.map(|tree| self.folder(tree, folder)).transpose()?.flatten();
                let new = self.folder(step.tree, folder)?;
                self.compare([old, new], folder, 0, &mut changed)?;
            }
            if !changed.is_empty() {
                found.push((at, changed));
            }
            before = Some(step.tree);
        }
        Ok(found)
    }

    /// The tree of a content folder.
    fn folder(&mut self, top: ObjectId, folder: &str) -> Result<Option<ObjectId>, Unreadable> {
        let mut at = top;
        let above = self.source.repository.folder.iter().map(String::as_str);
        for part in above.chain(folder.split('/')) {
            let tree = self.tree(at)?;
            let mut entries = TreeRefIter::from_bytes(&tree, self.source.repository.hash);
            let found = entries.find_map(|entry| match entry {
                Ok(entry) if entry.filename == part && entry.mode.is_tree() => {
                    Some(Ok(entry.oid.to_owned()))
                }
                Ok(_) => None,
                Err(error) => Some(Err(broken(error))),
            });
            match found.transpose()? {
                Some(found) => at = found,
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// The bytes of a tree.
    fn tree(&mut self, id: ObjectId) -> Result<Arc<[u8]>, Unreadable> {
        if let Some(tree) = self.trees.get(&id) {
            return Ok(Arc::clone(tree));
        }
        let found = self.objects.find(&id, &mut self.buffer).map_err(broken)?;
        if found.kind != gix_object::Kind::Tree {
            return Err(Unreadable::Broken(format!("the object {id} is no folder")));
        }
        let tree: Arc<[u8]> = Arc::from(found.data);
        if self.trees.len() >= KEPT_TREES {
            self.trees.clear();
        }
        self.trees.insert(id, Arc::clone(&tree));
        Ok(tree)
    }

    /// The files that differ between two folders, before and after.
    fn compare(
        &mut self,
        [old, new]: [Option<ObjectId>; 2],
        path: &str,
        depth: usize,
        changed: &mut Vec<Changed>,
    ) -> Result<(), Unreadable> {
        if old == new || depth > DEEPEST {
            return Ok(());
        }
        self.count()?;
        let empty: Arc<[u8]> = Arc::from([]);
        let old = old.map_or(Ok(Arc::clone(&empty)), |id| self.tree(id))?;
        let new = new.map_or(Ok(empty), |id| self.tree(id))?;
        let hash = self.source.repository.hash;
        let mut before = TreeRefIter::from_bytes(&old, hash).peekable();
        let mut after = TreeRefIter::from_bytes(&new, hash).peekable();
        loop {
            let order = match (before.peek(), after.peek()) {
                (None, None) => return Ok(()),
                (Some(Err(_)), _) => Ordering::Less,
                (_, Some(Err(_))) => Ordering::Greater,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(Ok(before)), Some(Ok(after))) => before.cmp(after),
            };
            let left =
                if order.is_le() { before.next().transpose().map_err(broken)? } else { None };
            let right =
                if order.is_ge() { after.next().transpose().map_err(broken)? } else { None };
            if let (Some(left), Some(right)) = (&left, &right)
                && left.oid == right.oid
                && left.mode == right.mode
            {
                continue;
            }
            let Some(name) = left.as_ref().or(right.as_ref()).map(|entry| entry.filename) else {
                continue;
            };
            let Ok(name) = name.to_str() else { continue };
            if name.starts_with('.') || name.contains(char::is_control) {
                continue;
            }
            let path = format!("{path}/{name}");
            let object = |entry: &Option<gix_object::tree::EntryRef<'_>>, kinds: &[EntryKind]| {
                let entry = entry.as_ref().filter(|entry| kinds.contains(&entry.mode.kind()));
                entry.map(|entry| entry.oid.to_owned())
            };
            let folders = [&left, &right].map(|entry| object(entry, &[EntryKind::Tree]));
            self.compare(folders, &path, depth + 1, changed)?;
            let files = [EntryKind::Blob, EntryKind::BlobExecutable];
            let [was, is] = [&left, &right].map(|entry| object(entry, &files));
            if was != is && crate::source::is_markdown(&path) {
                self.count()?;
                changed.push(Changed { path, blob: is });
            }
        }
    }

    /// Counts what differs, and ends where that has no end.
    fn count(&mut self) -> Result<(), Unreadable> {
        self.different += 1;
        if self.different > MOST_DIFFERENT {
            let what = format!("a commit changes more than {MOST_DIFFERENT} files and folders");
            return Err(Unreadable::Broken(what));
        }
        Ok(())
    }

    /// The document in a blob; nothing where there is none, or one too large to be read.
    fn document(&mut self, blob: &ObjectId) -> Result<Option<Arc<OldDocument>>, Unreadable> {
        let text = self.text(blob)?;
        Ok(text.and_then(|text| OldDocument::read(&text, &blob.to_string()).map(Arc::new)))
    }

    /// The text of a blob; nothing where it is larger than any file that is read, or no UTF-8.
    pub(super) fn text(&mut self, blob: &ObjectId) -> Result<Option<String>, Unreadable> {
        let header = self.objects.try_header(blob).map_err(broken)?;
        if header.is_none_or(|header| header.size > MAX_BYTES) {
            return Ok(None);
        }
        let found = self.objects.find_blob(blob, &mut self.buffer).map_err(broken)?;
        Ok(std::str::from_utf8(found.data).ok().map(str::to_owned))
    }
}
