//! The only reader of the disk: finds the files of a manual and reads them, once.
//!
//! Any bytes are taken: what is not UTF-8 is kept readable up to its first bad byte, with a
//! [`ReadFault`] that says where. Nothing outside the manual's folder is ever read, and no symbolic
//! link is followed: each is a fault too. [`Sources::from_memory`] makes the same thing
//! without a disk, for tests.
//!
//! Longer than most: one reader of the disk, so that what is never read is decided in one place.
#![expect(clippy::disallowed_methods, reason = "this is the module that reads the disk")]

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;

use open::{Refused, Top};

use crate::text::{FileId, LineIndex, join_sorted};

mod aside;
mod limits;
mod open;
mod origin;
mod sources;
mod tree;

pub use origin::Origin;
pub use sources::{BuiltinOnly, FileNumbers, Sources};
pub use tree::{EntryKind, Tree, TreeEntry, read_tree, tree_settings};

use origin::Folder;

pub use limits::{MAX_ASSET_BYTES, MAX_BYTES};

/// Name of the settings file at the top of a manual.
pub const SETTINGS: &str = "clausebook.yaml";

/// One text file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its number.
    pub id: FileId,
    /// Its path from the top of the manual, with `/` on every system.
    pub path: String,
    /// Its text; up to the first bad byte the same as on disk, byte for byte.
    pub text: Arc<str>,
    /// Why it cannot be used, if it cannot.
    pub fault: Option<ReadFault>,
    lines: Arc<OnceLock<LineIndex>>,
}

impl SourceFile {
    /// Whether this is the same file with the same text and the same number as another.
    pub fn is_as(&self, other: &SourceFile) -> bool {
        let same_text = || Arc::ptr_eq(&self.text, &other.text) || self.text == other.text;
        self.id == other.id && self.path == other.path && self.fault == other.fault && same_text()
    }

    /// The same file with another text.
    #[must_use]
    pub fn with_text(&self, text: String) -> Self {
        SourceFile { text: text.into(), lines: Arc::default(), ..self.clone() }
    }

    /// A text that once stood at a path. It is of no file of a manual: its number is none that a place
    /// can be told by.
    pub fn old(path: &str, text: Arc<str>) -> Self {
        let lines = Arc::default();
        SourceFile { id: FileId::NONE, path: path.to_owned(), text, fault: None, lines }
    }

    /// Whether it is known, but not read.
    pub fn is_aside(&self) -> bool {
        matches!(self.fault, Some(ReadFault::Aside { .. }))
    }

    /// Where its lines begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// Why the text of a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    /// The byte at this offset is not UTF-8.
    NotUtf8(usize),
    /// It begins like UTF-16, as some Windows programs save text.
    Utf16,
    /// A symbolic link; none is followed, wherever it leads.
    Link,
    /// Its name is not UTF-8; the path shows the bad bytes as `�`.
    NameNotUtf8,
    /// Larger than a file of its kind may be: so many bytes.
    TooLarge(u64),
    /// With it, all files would be more than are read: it and those after it are not, of which there
    /// are so many; none is counted where that has been said of a file before it.
    TooMuch(usize),
    /// Neither a file nor a folder: a pipe, a device.
    NoFile,
    /// Nothing is wrong with it, but by its place, its ending or its name it is no document: it is
    /// known, so that it can be told of, and its text is not kept.
    Aside {
        /// Whether it begins as a document does: front matter with an id.
        has_id: bool,
    },
}

/// Whether a file is Markdown, by its ending; letter case does not count.
pub fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown")
}

/// Whether a file is one that we read as text.
fn is_text(path: &str) -> bool {
    match path.rsplit('.').next().unwrap_or_default() {
        _ if is_markdown(path) => true,
        "yaml" | "yml" => {
            path.starts_with("schema/") || path.starts_with("themes/") || path == SETTINGS
        }
        "html" | "css" | "js" | "svg" => path.starts_with("themes/"),
        _ => false,
    }
}

/// Reads the settings file alone, to learn which folders the manual has.
///
/// # Errors
/// The disk cannot be read; the message names the file.
pub fn settings(root: &Path) -> Result<Sources> {
    let mut files = Vec::new();
    let top = Top::at(root).with_context(|| cannot_read(root))?;
    let path = root.join(SETTINGS);
    let about = std::fs::symlink_metadata(&path);
    let read = read_one(root, &top, &Found { path, about, fault: None }, None)?;
    files.extend(read.map(|known| known.file.clone()));
    Ok(Sources::new(Folder::at(root), files, Vec::new()))
}

/// Reads a manual: its settings, and every text file below `folders` (paths from `root`, which
/// have been checked to stay inside it). Files and folders that begin with `_` or `.` are left
/// out; a folder that is not there is empty.
///
/// # Errors
/// The disk cannot be read; the message names the file.
pub fn read(root: &Path, folders: &[String]) -> Result<Sources> {
    Disk::new(root).read(folders)
}

/// A manual on the disk, and what was read of it: a file is read again when it changed.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    /// In the order of their paths' bytes.
    known: Vec<Arc<CachedFile>>,
    changed: bool,
}

/// A file that was read.
#[derive(Debug)]
struct CachedFile {
    path: PathBuf,
    stamp: Stamp,
    file: SourceFile,
    /// Whether it had been left alone for some time when it was read. One that is written twice
    /// within a tick of the disk's clock looks the same after the second time.
    settled: bool,
}

/// What a file system says of a file; another one means that its content may be another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    inode: (u64, u64, i64, i64),
}

impl Stamp {
    fn of(about: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        Stamp {
            length: about.len(),
            modified: about.modified().ok(),
            #[cfg(unix)]
            inode: (about.dev(), about.ino(), about.ctime(), about.ctime_nsec()),
        }
    }

    /// Whether the file was last changed long enough ago for the next change to show. A clock that
    /// was set back makes it unsettled, and it is read again.
    fn is_settled(&self) -> bool {
        let age = self.modified.and_then(|then| SystemTime::now().duration_since(then).ok());
        age.is_some_and(|age| age > SETTLED)
    }
}

/// Longer than a tick of the clock of any file system in use (2 seconds on FAT).
const SETTLED: Duration = Duration::from_secs(3);

impl Disk {
    /// A manual of which nothing has been read yet.
    pub fn new(root: &Path) -> Self {
        Disk { root: root.to_path_buf(), known: Vec::new(), changed: true }
    }

    /// Whether the last reading found something else than the one before it.
    pub fn has_changed(&self) -> bool {
        self.changed
    }

    /// Reads the manual as it is now, as [`read`] does. Texts that are what they were are shared
    /// with the last reading.
    ///
    /// # Errors
    /// The disk cannot be read; the message names the file.
    pub fn read(&mut self, folders: &[String]) -> Result<Sources> {
        let root = &self.root;
        let top = Top::at(root).with_context(|| cannot_read(root))?;
        let (mut files, mut assets) = (Vec::new(), Vec::new());
        // Of one spelling, so that the same file has the same path.
        let plain = |path: &str| root.join(path).components().collect::<PathBuf>();
        let mut found = vec![plain(SETTINGS)];
        let mut aside = aside::outside(root, folders);
        for folder in folders {
            let path = plain(folder);
            match top.folder(path.strip_prefix(root).unwrap_or(&path)) {
                Ok(()) => list(&path, &mut found, &mut aside)?,
                Err(Refused::Failed(error)) => {
                    return Err(error).with_context(|| cannot_read(&path));
                }
                // The folder itself, or one above it.
                Err(Refused::Link) => {
                    let fault = Some(ReadFault::Link);
                    let blank = from_bytes(folder.clone(), vec![]);
                    files.push(SourceFile { fault, ..blank });
                }
                // A rule says so of what the settings name.
                Err(_) => {}
            }
        }
        found.extend(aside.iter().cloned());
        // To compare paths part by part takes ten times as long.
        found.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
        found.dedup_by(|a, b| a.as_os_str() == b.as_os_str());
        let found = with_room(root, found);
        let read: Vec<Option<Arc<CachedFile>>> =
            join_sorted(&found, &self.known, |known, found| {
                known.path.as_os_str().cmp(found.path.as_os_str())
            })
            .into_par_iter()
            .map(|(found, known)| {
                let is_aside = aside.contains(&found.path);
                let known_of_it = || Ok(Some(aside::known(root, &top, &found.path, known)));
                if is_aside { known_of_it() } else { read_one(root, &top, found, known) }
            })
            .collect::<Result<_>>()?;
        let new: Vec<Arc<CachedFile>> = read.into_iter().flatten().collect();
        files.reserve(new.len());
        for file in new.iter().map(|known| &known.file) {
            let is_read = is_text(&file.path) || file.fault.is_some();
            if is_read {
                files.push(file.clone());
            }
            // What stands in a content folder can be linked to, whatever its ending.
            let is_below = |folder: &String| is_below(&file.path, folder);
            let is_aside = file.is_aside() && !is_markdown(&file.path);
            if !is_read || is_aside && folders.iter().any(is_below) {
                assets.push(file.path.clone());
            }
        }
        let mut pairs = self.known.iter().zip(&new);
        self.changed = self.known.len() != new.len() || !pairs.all(|(old, new)| old.is_as(new));
        self.known = new;
        Ok(Sources::new(Folder::at(root), files, assets))
    }
}

impl CachedFile {
    /// Whether it says the same of the same file.
    fn is_as(&self, other: &Arc<CachedFile>) -> bool {
        let same_text =
            || Arc::ptr_eq(&self.file.text, &other.file.text) || self.file.text == other.file.text;
        std::ptr::eq(self, &raw const **other)
            || self.path == other.path
                && self.file.fault == other.file.fault
                && same_text()
                && (is_text(&self.file.path) || self.stamp == other.stamp)
    }
}

/// Finds every file below a folder, symbolic links to files among them; links to folders are not
/// followed, so that no file is read twice and no loop is walked. What is no document for all its
/// name goes `aside`.
fn list(folder: &Path, found: &mut Vec<PathBuf>, aside: &mut BTreeSet<PathBuf>) -> Result<()> {
    let hidden = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().as_encoded_bytes();
        entry.depth() > 0
            && (name.starts_with(b".") || name.starts_with(b"_"))
            && !(aside::is_index(name) && entry.file_type().is_file())
    };
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_entry(|entry| !hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if entry.file_type().is_file() && aside::is_aside(entry.file_name()) => {
                aside.insert(entry.into_path());
            }
            Ok(entry) => found.push(entry.into_path()),
            Err(error) if error.depth() == 0 && error.io_error().is_some_and(is_absent) => {}
            Err(error) => return Err(error).with_context(|| cannot_read(folder)),
        }
    }
    Ok(())
}

/// Whether a path is below a folder; `.` is the whole manual.
pub fn is_below(path: &str, folder: &str) -> bool {
    folder == "." || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A file that was found.
struct Found {
    path: PathBuf,
    about: std::io::Result<Metadata>,
    /// Why it is not read, whatever it holds.
    fault: Option<ReadFault>,
}

/// Files that were found, with what the disk says of them, and those among them for which there is no
/// room.
fn with_room(root: &Path, found: Vec<PathBuf>) -> Vec<Found> {
    let about: Vec<_> = found.par_iter().map(std::fs::symlink_metadata).collect();
    let paths: Vec<String> =
        found.iter().map(|path| slashed(path.strip_prefix(root).unwrap_or(path))).collect();
    let lengths = about.iter().map(|about| about.as_ref().ok().filter(|one| one.is_file()));
    let lengths = lengths.map(|about| about.map(Metadata::len));
    let room = limits::room(paths.iter().map(String::as_str).zip(lengths));
    let mut without = room.iter().filter(|has_room| !**has_room).count();
    let files = found.into_iter().zip(about).zip(room);
    let mut fault =
        |has_room: bool| (!has_room).then(|| ReadFault::TooMuch(std::mem::take(&mut without)));
    files.map(|((path, about), has_room)| Found { path, about, fault: fault(has_room) }).collect()
}

/// One file, or nothing where there is none (or a folder behind a link).
fn read_one(
    root: &Path,
    top: &Top,
    found: &Found,
    known: Option<&Arc<CachedFile>>,
) -> Result<Option<Arc<CachedFile>>> {
    let Found { path, about, fault } = found;
    let relative = path.strip_prefix(root).unwrap_or(path);
    let about = match about {
        Ok(about) => about,
        Err(error) if is_absent(error) => return Ok(None),
        Err(error) => bail!("{}: {error}", cannot_read(path)),
    };
    let made = |stamp, file, settled| {
        Some(Arc::new(CachedFile { path: path.clone(), stamp, file, settled }))
    };
    let blank = |fault, about| {
        let file = SourceFile { fault: Some(fault), ..from_bytes(slashed(relative), vec![]) };
        Ok(made(Stamp::of(about), file, false))
    };
    if relative.to_str().is_none() {
        return blank(ReadFault::NameNotUtf8, about);
    }
    if about.file_type().is_symlink() {
        return blank(ReadFault::Link, about);
    }
    if about.is_dir() && relative != Path::new(SETTINGS) {
        return Ok(None);
    }
    if !about.is_file() {
        // To read from a pipe could last for ever.
        return blank(ReadFault::NoFile, about);
    }
    if let Some(fault) = fault {
        return blank(fault.clone(), about);
    }
    let stamp = Stamp::of(about);
    if let Some(known) = known.filter(|known| known.settled && known.stamp == stamp) {
        return Ok(Some(Arc::clone(known)));
    }
    let shown = slashed(relative);
    let most = if is_text(&shown) { MAX_BYTES } else { MAX_ASSET_BYTES };
    if about.len() > most {
        return blank(ReadFault::TooLarge(most), about);
    }
    if !is_text(&shown) {
        return Ok(made(stamp, from_bytes(shown, vec![]), false));
    }
    // Its age counts from before it is read: what changes meanwhile is seen the next time.
    let settled = stamp.is_settled();
    let bytes = match top.read(relative, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(Refused::Absent) => return Ok(None),
        Err(Refused::Link) => return blank(ReadFault::Link, about),
        Err(Refused::NoFile | Refused::Hidden) => return blank(ReadFault::NoFile, about),
        Err(Refused::TooLarge) => return blank(ReadFault::TooLarge(most), about),
        Err(Refused::Failed(error)) => return Err(error).with_context(|| cannot_read(path)),
    };
    let file = match known {
        Some(known) if known.file.fault.is_none() && known.file.text.as_bytes() == bytes => {
            known.file.clone()
        }
        _ => from_bytes(shown, bytes),
    };
    Ok(made(stamp, file, settled))
}

fn cannot_read(path: &Path) -> String {
    format!("cannot read {}", path.display())
}

fn is_absent(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::NotFound
}

/// A path with `/` between its parts, on every system.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// The text of UTF-16, so that a document is known although it is written otherwise than it should be.
fn from_utf16(bytes: &[u8]) -> String {
    let big = bytes.starts_with(&[0xfe, 0xff]);
    let unit = |pair: &[u8]| match (big, pair) {
        (true, [high, low]) | (false, [low, high]) => u16::from_be_bytes([*high, *low]),
        _ => 0xfffd,
    };
    let units: Vec<u16> = bytes[2..].chunks(2).map(unit).collect();
    String::from_utf16_lossy(&units)
}

fn from_bytes(path: String, bytes: Vec<u8>) -> SourceFile {
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let (text, fault) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) if utf16 => (from_utf16(error.as_bytes()), Some(ReadFault::Utf16)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (text, Some(ReadFault::NotUtf8(at)))
        }
    };
    let lines = Arc::default();
    SourceFile { id: FileId(0), path, text: text.into(), fault, lines }
}
