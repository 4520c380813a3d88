//! A folder on the disk: what stands in it, and what of that an earlier build wrote.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::render::site::{MANIFEST, SiteContents};

/// What stands in a folder.
pub(super) struct Folder {
    /// Files that the list of the folder names, and that list.
    ours: BTreeSet<String>,
    /// Folders that hold such files, or could.
    folders: Vec<PathBuf>,
    /// Everything else, as paths from the top of the folder.
    foreign: Vec<String>,
    /// How much of a manual the site in it shows.
    shows: SiteContents,
}

/// A list that is longer is none of ours: that of a hundred thousand files has a quarter of it.
const MOST_BYTES: u64 = 64 << 20;

/// As much of the list as is needed here.
#[derive(Deserialize)]
struct Manifest {
    /// Sites that earlier versions made do not say it.
    shows: Option<SiteContents>,
    files: Vec<ListedFile>,
}

#[derive(Deserialize)]
struct ListedFile {
    path: String,
    #[serde(rename = "sha256")]
    _sha256: String,
}

impl Folder {
    /// Looks at a folder; nothing where there is none.
    pub(super) fn read(path: &Path) -> Result<Option<Folder>> {
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
            // A link may lead to a site of somebody else's.
            Ok(about) if !about.is_dir() => bail!(
                "{} is a link or a file, which no build of clausebook made: take it away",
                path.display()
            ),
            Ok(_) => {
                let (listed, shows) = listed(path)?;
                let (ours, folders, foreign) = (BTreeSet::new(), Vec::new(), Vec::new());
                let mut folder = Folder { ours, folders, foreign, shows };
                folder.walk(path, "", &listed)?;
                Ok(Some(folder))
            }
        }
    }

    /// Whether an earlier build wrote this file.
    pub(super) fn holds(&self, file: &str) -> bool {
        self.ours.contains(file)
    }

    /// How much of a manual the site in it shows.
    pub(super) fn shows(&self) -> &SiteContents {
        &self.shows
    }

    /// The files that an earlier build wrote.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.ours.iter().map(String::as_str)
    }

    /// Refuses a folder that holds something no earlier build wrote.
    pub(super) fn refuse_foreign(&self, shown: &Path) -> Result<()> {
        let Some(first) = self.foreign.first() else { return Ok(()) };
        let more = match self.foreign.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        bail!(
            "{} holds `{first}`{more}, which no build of clausebook put there. Nothing was \
             changed: choose another folder with --out, or take it out of this one",
            shown.display()
        )
    }

    /// Removes a folder that a build left beside the site, and in it only what a build wrote.
    /// Where there is none, all is well.
    pub(super) fn clear(path: &Path) -> Result<()> {
        let Some(folder) = Folder::read(path)? else { return Ok(()) };
        let foreign: Vec<&String> = folder.foreign.iter().filter(|it| *it != MANIFEST).collect();
        if let Some(first) = foreign.first() {
            bail!(
                "{} was left by an earlier build and holds `{first}`, which no build of \
                 clausebook put there: look at it, then remove the folder",
                path.display()
            );
        }
        let cannot = |path: &Path| format!("cannot remove {}", path.display());
        for file in folder.files().filter(|file| *file != MANIFEST) {
            let file = path.join(file);
            fs::remove_file(&file).with_context(|| cannot(&file))?;
        }
        // Inner folders come after the outer ones that they are in.
        for inner in folder.folders.iter().rev() {
            fs::remove_dir(inner).with_context(|| cannot(inner))?;
        }
        // The list goes last: a killed removal can be taken up again.
        let manifest = path.join(MANIFEST);
        match fs::remove_file(&manifest) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(error).with_context(|| cannot(&manifest))?;
            }
            _ => {}
        }
        fs::remove_dir(path).with_context(|| cannot(path))
    }

    fn walk(&mut self, top: &Path, below: &str, listed: &BTreeSet<String>) -> Result<()> {
        let here = if below.is_empty() { top.to_path_buf() } else { top.join(below) };
        let cannot = || format!("cannot read {}", here.display());
        let mut entries: Vec<fs::DirEntry> = fs::read_dir(&here)
            .with_context(cannot)?
            .collect::<io::Result<_>>()
            .with_context(cannot)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let kind = entry.file_type().with_context(cannot)?;
            let name = entry.file_name();
            let join = |name: &str| match below {
                "" => name.to_owned(),
                _ => format!("{below}/{name}"),
            };
            let Some(path) = name.to_str().map(join) else {
                self.foreign.push(join(&name.to_string_lossy()));
                continue;
            };
            let inside = format!("{path}/");
            let holds_ours = || {
                let first = listed.range(inside.clone()..).next();
                first.is_some_and(|file| file.starts_with(&inside))
            };
            if kind.is_dir() && holds_ours() {
                self.folders.push(entry.path());
                self.walk(top, &path, listed)?;
            } else if kind.is_file() && listed.contains(&path) {
                self.ours.insert(path);
            } else {
                self.foreign.push(path);
            }
        }
        Ok(())
    }
}

/// The files that the list in a folder names, itself included, and what it says of the site; none
/// where there is no list, or one that clausebook did not write.
fn listed(folder: &Path) -> Result<(BTreeSet<String>, SiteContents)> {
    let path = folder.join(MANIFEST);
    let is_list = |about: fs::Metadata| about.is_file() && about.len() <= MOST_BYTES;
    if !fs::symlink_metadata(&path).is_ok_and(is_list) {
        return Ok((BTreeSet::new(), SiteContents::default()));
    }
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let Ok(Manifest { shows, files }) = serde_json::from_slice(&bytes) else {
        return Ok((BTreeSet::new(), SiteContents::default()));
    };
    let is_document = |file: &&ListedFile| {
        file.path.starts_with("documents/") && file.path.matches('/').count() == 2
    };
    let documents = files.iter().filter(is_document).count();
    let shows = shows.unwrap_or(SiteContents { documents, ..SiteContents::default() });
    let own = std::iter::once(MANIFEST.to_owned());
    Ok((files.into_iter().map(|entry| entry.path).chain(own).collect(), shows))
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
/// Two folders change places in one step.
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
/// Two folders change places in one step.
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
