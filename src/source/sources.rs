//! All files of a manual, wherever they come from.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use super::origin::{Memory, Origin};
use super::{SourceFile, from_bytes, is_below, is_text};
use crate::text::{FileId, Position, Span};

/// All files of a manual.
///
/// They stand in the order of their paths, whatever their numbers: with [`Sources::numbered`] a file
/// keeps its number when others come or go.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The files, in the order of their paths.
    pub files: Vec<SourceFile>,
    /// Other files in the content folders (pictures and so on): paths alone.
    pub assets: Vec<String>,
    /// What of the manual's own has been left out.
    pub builtin_only: BuiltinOnly,
    origin: Arc<dyn Origin>,
    /// By the number of a file, its place among the files.
    places: Vec<u32>,
}

/// What acts like a program in a manual and is left out, so that the built-in takes its place: for
/// changes that a stranger proposes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuiltinOnly {
    /// The theme.
    pub theme: bool,
    /// The standards and their schemas.
    pub schema: bool,
}

impl Default for Sources {
    fn default() -> Self {
        Sources::new(Arc::new(Memory::default()), Vec::new(), Vec::new())
    }
}

impl Sources {
    /// The texts and the paths of other files that were found somewhere.
    pub(super) fn new(
        origin: Arc<dyn Origin>,
        files: Vec<SourceFile>,
        mut assets: Vec<String>,
    ) -> Self {
        assets.sort();
        let builtin_only = BuiltinOnly::default();
        Sources { files, assets, builtin_only, origin, places: Vec::new() }.sorted()
    }

    /// A manual that something else than this module has read: its text files, the paths of its other
    /// files, and where these come from.
    pub fn of(
        origin: Arc<dyn Origin>,
        texts: impl IntoIterator<Item = (String, Vec<u8>)>,
        assets: Vec<String>,
    ) -> Self {
        let files = texts.into_iter().map(|(path, bytes)| from_bytes(path, bytes));
        Sources::new(origin, files.collect(), assets)
    }

    /// The same manual without what is left out of it.
    #[must_use]
    pub fn restricted(mut self, builtin_only: BuiltinOnly) -> Self {
        if builtin_only == BuiltinOnly::default() {
            return self;
        }
        let BuiltinOnly { theme, schema } = builtin_only;
        let stays =
            |path: &str| !(theme && is_below(path, "themes") || schema && is_below(path, "schema"));
        self.files.retain(|file| stays(&file.path));
        self.assets.retain(|path| stays(path));
        let restricted = Sources::new(self.origin, self.files, self.assets);
        Sources { builtin_only, ..restricted }
    }

    /// A manual that exists in memory alone; `.md`, `.yaml`, `.json` and theme files are text,
    /// the rest are assets.
    pub fn from_memory<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut texts = Vec::new();
        let mut others = BTreeMap::new();
        for (path, bytes) in files {
            if is_text(path) {
                texts.push((path.to_owned(), bytes.to_vec()));
            } else {
                others.insert(path.to_owned(), bytes.to_vec());
            }
        }
        let assets = others.keys().cloned().collect();
        Sources::of(Arc::new(Memory(others)), texts, assets)
    }

    /// The same manual with other texts over its own, as an editor has them that has not saved yet:
    /// in the place of a file at the same path, or as a new one.
    #[must_use]
    pub fn with_texts(mut self, texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut added = Vec::new();
        for (path, text) in texts {
            let file = from_bytes(path, text.into_bytes());
            match self.find(&file.path) {
                Ok(place) => self.files[place] = SourceFile { id: self.files[place].id, ..file },
                Err(_) => added.push(file),
            }
        }
        self.with(added)
    }

    /// The same manual with files that the binary carries, where it has none at their path.
    #[must_use]
    pub fn with_builtin(self, files: impl IntoIterator<Item = (String, &'static [u8])>) -> Self {
        let mut added = Vec::new();
        for (path, bytes) in files {
            if self.at_path(&path).is_none() {
                added.push(from_bytes(path, bytes.to_vec()));
            }
        }
        self.with(added)
    }

    /// The same manual with the texts of some of its other files, as tables beside a document are. One
    /// that is not there, cannot be read or is no text for all its ending stays what it was.
    #[must_use]
    pub fn with_attached<'p>(self, paths: impl IntoIterator<Item = &'p str>) -> Self {
        let is_other = |path: &&str| {
            self.assets.binary_search_by(|one| one.as_str().cmp(path)).is_ok()
                && self.find(path).is_err()
        };
        let read = |path: &str| {
            let bytes = self.asset(path).ok().filter(|bytes| !is_of_office(bytes))?;
            Some(from_bytes(path.to_owned(), bytes))
        };
        let added = paths.into_iter().filter(is_other).filter_map(read).collect();
        self.with(added)
    }

    fn with(mut self, added: Vec<SourceFile>) -> Self {
        if added.is_empty() {
            return self;
        }
        self.files.extend(added);
        self.sorted()
    }

    /// In the order of the paths, and numbered in it.
    fn sorted(mut self) -> Self {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        for (place, file) in self.files.iter_mut().enumerate() {
            file.id = FileId(small(place));
        }
        self.places = (0..small(self.files.len())).collect();
        self
    }

    /// The same manual with the numbers that its files were given before; a new one gets the next.
    #[must_use]
    pub fn numbered(mut self, numbers: &mut FileNumbers) -> Self {
        // Names that cannot be shown whole may look the same.
        let mut same = 0;
        for place in 0..self.files.len() {
            let (before, rest) = self.files.split_at_mut(place);
            let file = &mut rest[0];
            same =
                if before.last().is_some_and(|one| one.path == file.path) { same + 1 } else { 0 };
            file.id = numbers.of(&file.path, same);
        }
        self.places = vec![u32::MAX; numbers.given as usize];
        for (place, file) in self.files.iter().enumerate() {
            self.places[file.id.0 as usize] = small(place);
        }
        self
    }

    /// The file of a number.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[self.place(id)]
    }

    /// The place of a file among the others, in the order of their paths.
    pub fn place(&self, id: FileId) -> usize {
        self.places[id.0 as usize] as usize
    }

    fn find(&self, path: &str) -> Result<usize, usize> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path))
    }

    /// The file at a path.
    pub fn at_path(&self, path: &str) -> Option<&SourceFile> {
        let place = self.find(path).ok()?;
        Some(&self.files[place]).filter(|file| !file.is_aside())
    }

    /// The files below a folder.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        let inside = move |file: &&SourceFile| {
            file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        self.files.iter().filter(inside)
    }

    /// Start and end of a span, in lines and columns.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let file = self.file(span.file);
        let lines = file.lines();
        let at = |offset: u32| lines.position(&file.text, offset as usize);
        (at(span.start), at(span.end))
    }

    /// The bytes of one of [`Sources::assets`].
    ///
    /// # Errors
    /// The file cannot be read; the message names it.
    pub fn asset(&self, path: &str) -> Result<Vec<u8>> {
        self.origin.bytes(path)
    }

    /// Whether there is a file or a folder at a path from the top of the manual, in a content folder
    /// or not. Nothing of it is read; what git keeps for itself is not looked at.
    pub fn holds(&self, path: &str) -> bool {
        if path.split('/').any(|part| part == ".git") {
            return false;
        }
        let below = format!("{path}/");
        let first = self.files.partition_point(|file| file.path < below);
        let is_folder = self.files.get(first).is_some_and(|file| file.path.starts_with(&below));
        self.find(path).is_ok() || is_folder || self.origin.holds(path)
    }

    /// The folder of the disk in which the files can be opened, where there is one.
    pub fn folder(&self) -> Option<&Path> {
        self.origin.folder()
    }
}

/// The numbers that files were given: a path keeps its own as long as this lives.
#[derive(Debug, Default)]
pub struct FileNumbers {
    by_path: HashMap<String, Vec<FileId>>,
    given: u32,
}

impl FileNumbers {
    /// The number of a file, of several with one path that of this one.
    fn of(&mut self, path: &str, which: usize) -> FileId {
        if let Some(id) = self.by_path.get(path).and_then(|ids| ids.get(which)) {
            return *id;
        }
        let id = FileId(self.given);
        self.given += 1;
        self.by_path.entry(path.to_owned()).or_default().push(id);
        id
    }
}

/// Whether bytes are those of an archive or an old office document, as spreadsheets are saved.
fn is_of_office(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
