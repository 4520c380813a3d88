//! The only writer: a site to a folder, so that nobody ever sees half of it.
//!
//! Comes in: a [`Site`] and where it goes. The new site is written beside the old one, in
//! `.NAME.clausebook-new`, and changes places with it in one step. A reader, a crash or a
//! `kill -9` at any moment finds the old site or the new one, whole. Where the system cannot
//! exchange two folders in one step (Windows, some network disks), it takes two renames: a crash
//! exactly between them leaves the old site whole in `.NAME.clausebook-old`, and the next build
//! puts it back before it does anything else.
//!
//! What is removed is what an earlier build wrote: each site lists its files in [`MANIFEST`], and
//! a file that is in no such list is never touched. A folder that holds one is refused before
//! anything is written. Symbolic links are not followed, and are foreign wherever they stand.
//!
//! Two builds into one folder take turns by a lock on `.NAME.clausebook-lock`. The system drops
//! the lock with the process that holds it, so a killed build leaves none behind.
#![expect(clippy::disallowed_methods, reason = "this is the module that writes the disk")]

mod folder;
mod lock;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use rayon::prelude::*;

use crate::render::site::{MANIFEST, Site};
use folder::Folder;

/// Where a site goes, and what it must keep clear of.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The folder.
    pub out: &'a Path,
    /// Folders that hold sources: the top of the manual, its content folders, its theme.
    pub root: &'a Path,
    /// Folders below `root` that hold sources.
    pub sources: &'a [String],
}

/// What publishing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Files that are new or not what they were.
    pub changed: usize,
    /// Files of the earlier site that are gone.
    pub removed: usize,
}

/// Writes a site.
///
/// # Errors
/// The folder may not be used, or the disk refuses. The earlier site is then as it was.
pub fn publish(site: &Site, place: &Place<'_>) -> Result<Written> {
    ensure!(site.pages.contains_key(MANIFEST), "a site without {MANIFEST} cannot be published");
    for route in site.pages.keys() {
        let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
        ensure!(route.split('/').all(plain), "`{route}` is no path inside a site");
    }
    let siblings = Siblings::new(place)?;
    let lock = lock::take(&siblings.lock, place.out)?;
    siblings.recover()?;
    let old = Folder::read(&siblings.out)?;
    if let Some(old) = &old {
        old.refuse_foreign(place.out)?;
    }
    let plan = siblings.plan(site, old.as_ref());
    if old.is_some() && plan.changed.is_empty() && plan.removed == 0 {
        return Ok(plan.written(site));
    }
    if let Err(error) = siblings.write(site, &plan).and_then(|()| siblings.swap(old.is_some())) {
        // What is left of it is removed by the next build, if not now.
        let _ = Folder::clear(&siblings.new);
        return Err(error.context("nothing was published; an earlier site is as it was"));
    }
    // The site is in its place. Remains of the old one are the next build's to remove.
    let _ = Folder::clear(&siblings.new);
    let _ = Folder::clear(&siblings.old);
    drop(lock);
    Ok(plan.written(site))
}

/// What there is to do.
struct Plan<'a> {
    /// Files that are new or not what they were.
    changed: BTreeSet<&'a str>,
    /// How many files of the earlier site are gone.
    removed: usize,
}

impl Plan<'_> {
    fn written(&self, site: &Site) -> Written {
        let changed = self.changed.iter().filter(|file| **file != MANIFEST).count();
        Written { files: site.pages.len(), changed, removed: self.removed }
    }
}

/// The folder of the site, and what stands beside it while it is written.
struct Siblings {
    parent: PathBuf,
    out: PathBuf,
    new: PathBuf,
    old: PathBuf,
    lock: PathBuf,
}

impl Siblings {
    /// Finds them, and refuses a folder where no site may go.
    fn new(place: &Place<'_>) -> Result<Self> {
        let shown = place.out.display();
        let absolute =
            std::path::absolute(place.out).with_context(|| format!("no path: {shown}"))?;
        let Some(name) = absolute.file_name().map(std::ffi::OsStr::to_os_string) else {
            bail!("{shown} cannot hold a site: it is the top of the disk");
        };
        if let Ok(about) = fs::symlink_metadata(&absolute) {
            ensure!(
                !about.is_symlink(),
                "{shown} is a symbolic link: name the folder that it leads to"
            );
            ensure!(about.is_dir(), "{shown} is a file, not a folder");
        }
        let parent = absolute.parent().unwrap_or(&absolute);
        // Where folders above it are still to be made, the nearest that exists decides.
        let real = canonical(parent)?.join(&name);
        keep_clear(&real, place)?;
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder {}", parent.display()))?;
        let parent = parent.to_path_buf();
        let sibling = |kind: &str| {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(&name);
            hidden.push(format!(".clausebook-{kind}"));
            parent.join(hidden)
        };
        let (new, old, lock) = (sibling("new"), sibling("old"), sibling("lock"));
        Ok(Siblings { out: parent.join(&name), new, old, lock, parent })
    }

    /// Mends what a build that was killed left behind.
    fn recover(&self) -> Result<()> {
        if !exists(&self.out) && exists(&self.old) {
            fs::rename(&self.old, &self.out).with_context(|| {
                format!("cannot put the earlier site back from {}", self.old.display())
            })?;
        }
        for debris in [&self.new, &self.old] {
            Folder::clear(debris)?;
        }
        Ok(())
    }

    /// Compares the site with the one that is there.
    fn plan<'a>(&self, site: &'a Site, old: Option<&Folder>) -> Plan<'a> {
        let is_same = |route: &str, bytes: &[u8]| {
            old.is_some_and(|old| old.holds(route)) && is_same(&self.out.join(route), bytes)
        };
        let changed = site.pages.par_iter().filter(|(route, page)| !is_same(route, &page.bytes));
        let gone =
            |old: &Folder| old.files().filter(|file| !site.pages.contains_key(*file)).count();
        Plan {
            changed: changed.map(|(route, _)| route.as_str()).collect(),
            removed: old.map_or(0, gone),
        }
    }

    /// Writes the site into the new folder. Files that are what they were are linked, not
    /// written again.
    fn write(&self, site: &Site, plan: &Plan<'_>) -> Result<()> {
        let cannot = |path: &Path| format!("cannot write {}", path.display());
        fs::create_dir(&self.new).with_context(|| cannot(&self.new))?;
        if let Ok(about) = fs::metadata(&self.out) {
            fs::set_permissions(&self.new, about.permissions())
                .with_context(|| cannot(&self.new))?;
        }
        // First the list of what will be here, so that whoever has to clear it away knows.
        let manifest = self.new.join(MANIFEST);
        write_file(&manifest, &site.pages[MANIFEST].bytes).with_context(|| cannot(&manifest))?;
        let rest: Vec<_> = site.pages.iter().filter(|(route, _)| *route != MANIFEST).collect();
        let folders: BTreeSet<&str> =
            rest.iter().filter_map(|(route, _)| Some(route.rsplit_once('/')?.0)).collect();
        for folder in folders {
            let folder = self.new.join(folder);
            fs::create_dir_all(&folder).with_context(|| cannot(&folder))?;
        }
        rest.par_iter().try_for_each(|(route, page)| {
            let to = self.new.join(route);
            let is_same = !plan.changed.contains(route.as_str());
            if is_same && fs::hard_link(self.out.join(route), &to).is_ok() {
                return Ok(());
            }
            write_file(&to, &page.bytes).with_context(|| cannot(&to))
        })?;
        settle(&self.new).with_context(|| cannot(&self.new))
    }

    /// Puts the new folder in the place of the old one.
    fn swap(&self, replace: bool) -> Result<()> {
        let cannot = || format!("cannot put the new site in place at {}", self.out.display());
        if !replace {
            fs::rename(&self.new, &self.out).with_context(cannot)?;
        } else if let Err(error) = exchange(&self.new, &self.out) {
            if error.kind() == io::ErrorKind::ResourceBusy {
                bail!(
                    "{} is the top of a mounted disk and cannot be replaced: give a folder in it",
                    self.out.display()
                );
            }
            // Two steps where one is not to be had; `recover` mends a crash between them.
            fs::rename(&self.out, &self.old).with_context(cannot)?;
            if let Err(error) = fs::rename(&self.new, &self.out) {
                let _ = fs::rename(&self.old, &self.out);
                return Err(error).with_context(cannot);
            }
        }
        // The renaming itself: a site that is back after a power failure is a whole one anyhow.
        if let Ok(parent) = fs::File::open(&self.parent) {
            let _ = parent.sync_all();
        }
        Ok(())
    }
}

/// The path without links and dots, of which the last parts need not exist yet.
fn canonical(path: &Path) -> Result<PathBuf> {
    let mut missing = Vec::new();
    for above in path.ancestors() {
        match fs::canonicalize(above) {
            Ok(real) => {
                return Ok(missing.iter().rev().fold(real, |path, name| path.join(name)));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                missing.extend(above.file_name());
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot use {}", above.display()));
            }
        }
    }
    bail!("{} is on no disk", path.display())
}

/// Refuses a folder that holds sources, or stands among them.
fn keep_clear(out: &Path, place: &Place<'_>) -> Result<()> {
    let shown = place.out.display();
    let root = canonical(place.root)?;
    ensure!(
        !root.starts_with(out),
        "{shown} holds the manual itself: choose another folder with --out"
    );
    for folder in place.sources {
        let sources = canonical(&root.join(folder))?;
        ensure!(
            !out.starts_with(&sources) && !sources.starts_with(out),
            "{shown} and the sources in {folder}/ are in one another's way: choose another \
             folder with --out"
        );
    }
    Ok(())
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a file holds exactly these bytes.
fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let size = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|it| it.len());
    size == Some(bytes.len() as u64) && fs::read(path).is_ok_and(|found| found == bytes)
}

/// Writes a file that must not be there yet.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    // Linux settles all files in one go, which is many times quicker.
    if cfg!(target_os = "linux") { Ok(()) } else { file.sync_data() }
}

/// Waits until what was written is on the disk: before the new site is put in place, or a power
/// failure could leave it in place with empty pages.
#[cfg(target_os = "linux")]
fn settle(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(fs::File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn settle(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
