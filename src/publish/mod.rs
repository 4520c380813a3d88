//! The only writer of a site: its pages to a folder, so that nobody ever sees half of it.
//!
//! Comes in: [`Pages`] and where they go. Each page is written as soon as it is made, so that a build
//! holds a few of them and never all. The new site is written beside the old one, in
//! `.NAME.clausebook-new/site`, and changes places with it in one step. A reader, a crash or a
//! `kill -9` at any moment finds the old site or the new one, whole. Where the system cannot
//! exchange two folders in one step (Windows, some network disks), it takes two renames: a crash
//! exactly between them leaves the old site whole in `.NAME.clausebook-new/old`, and the next build
//! puts it back before it does anything else.
//!
//! Nothing waits for the disk itself: a power failure just after a build may leave files empty. The
//! next build compares every byte and writes them again; to wait for each would make a build many
//! times slower, and everything else on the machine with it.
//!
//! What is removed is what an earlier build wrote: each site lists its files in [`MANIFEST`], and
//! a file that is in no such list is never touched. A folder that holds one is refused before
//! anything is written. Symbolic links are not followed, and are foreign wherever they stand.
//!
//! Where the folder itself must stay, since a container or a web server holds it open, a site is
//! brought up to date file by file instead ([`in_place`]); a reader may then see pages of two
//! editions until the build ends.
//!
//! `.NAME.clausebook-new` is closed to all but its owner from the moment it is there, so that at no
//! moment anybody else can read what is only being made or removed: it may be an edition for fewer
//! readers than those of the folder beside it.
//!
//! Two builds into one folder take turns by a lock on `.NAME.clausebook-lock`. The system drops
//! the lock with the process that holds it, so a killed build leaves none behind.
#![expect(clippy::disallowed_methods, reason = "this is the module that writes the disk")]

mod disk;
mod folder;
mod in_place;
mod lock;
mod mounts;
mod shrink;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use rayon::prelude::*;

use crate::render::site::{self, MANIFEST, ManifestEntry, Page, Pages, Route, Unmade};
use disk::{exists, in_folder, is_folder, is_same, keep_private, make_private, write_file};
use folder::{Folder, exchange};

/// The list of files while it is written; it takes the place of the list of what was planned.
const NEXT_MANIFEST: &str = "manifest.json.next";

/// Where a site goes, and what it must keep clear of.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The folder.
    pub out: &'a Path,
    /// Folders that hold sources: the top of the manual, its content folders, its theme.
    pub root: &'a Path,
    /// Folders below `root` that hold sources.
    pub sources: &'a [String],
    /// Whether the folder stays what it is and its files are replaced one by one.
    pub in_place: bool,
    /// Whether it may show far less than the site that stands there.
    pub may_shrink: bool,
}

/// The result of publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Files that are new or not what they were.
    pub changed: usize,
    /// Files of the earlier site that are gone.
    pub removed: usize,
}

/// Why nothing was published. An earlier site is then as it was.
#[derive(Debug)]
pub enum Unpublished {
    /// Pages could not be made: why, each once.
    Unmade(Vec<Unmade>),
    /// The folder may not be used, or the disk refuses.
    Failed(anyhow::Error),
    /// The new site is in its place, but what stood there before could not be removed from beside
    /// it: it may be an edition that fewer people may read.
    Left(Written, anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Unpublished {
    fn from(error: E) -> Self {
        Unpublished::Failed(error.into())
    }
}

/// Writes a site, which has these routes, each page as soon as it is made, and calls `done` after
/// each.
///
/// # Errors
/// A page cannot be made, the folder may not be used, or the disk refuses.
pub fn publish(
    pages: &impl Pages,
    routes: &[Route],
    place: &Place<'_>,
    done: &(dyn Fn() + Sync),
) -> Result<Written, Unpublished> {
    routes.iter().try_for_each(|route| stay_inside(route))?;
    let siblings = Siblings::new(place)?;
    let lock = lock::take(&siblings.lock, place.out)?;
    siblings.recover()?;
    let old = Folder::read(&siblings.out)?;
    if let Some(old) = &old {
        old.refuse_foreign(place.out)?;
        shrink::refuse(old.shows(), &pages.extent(), place)?;
    }
    let written = siblings.write(pages, routes, old.as_ref(), done).and_then(|written| {
        match &old {
            Some(_) if written.changed + written.removed == 0 => {}
            Some(old) if place.in_place => in_place::replace(&siblings.new, &siblings.out, old)?,
            _ => siblings.swap(old.is_some())?,
        }
        Ok(written)
    });
    let cleared = siblings.clear();
    drop(lock);
    let written = match (written, cleared) {
        (Ok(written), Err(left)) => {
            return Err(Unpublished::Left(written, left));
        }
        (written, _) => written,
    };
    written.map_err(|why| match why {
        Unpublished::Left(..) => why,
        Unpublished::Failed(error) => {
            error.context("nothing was published; an earlier site is as it was").into()
        }
        Unpublished::Unmade(why) => Unpublished::Unmade(why),
    })
}

/// Refuses a route that is no path inside a site.
fn stay_inside(route: &str) -> Result<()> {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
    let inside = route != MANIFEST && route.split('/').all(plain);
    ensure!(inside, "`{route}` is no path inside a site");
    Ok(())
}

/// A page that was written, or why it was not.
enum Outcome {
    Same(ManifestEntry),
    Changed(ManifestEntry),
    Unmade(Unmade),
}

/// The folder of the site, and what stands beside it while it is written.
struct Siblings {
    out: PathBuf,
    /// Closed to others; holds the next two.
    closed: PathBuf,
    new: PathBuf,
    old: PathBuf,
    lock: PathBuf,
}

impl Siblings {
    /// Finds them, and refuses a folder where no site may go; `..` is no name of one.
    fn new(place: &Place<'_>) -> Result<Self> {
        let shown = place.out.display();
        let absolute =
            std::path::absolute(place.out).with_context(|| format!("no path: {shown}"))?;
        let ends = absolute.file_name().is_some();
        let absolute = if ends { absolute } else { canonical(&absolute)? };
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
        let sibling = |kind: &str| {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(&name);
            hidden.push(format!(".clausebook-{kind}"));
            parent.join(hidden)
        };
        let (closed, lock) = (sibling("new"), sibling("lock"));
        let (new, old) = (closed.join("site"), closed.join("old"));
        Ok(Siblings { out: parent.join(&name), closed, new, old, lock })
    }

    /// Mends what a build that was killed left behind.
    fn recover(&self) -> Result<()> {
        let is_site = is_folder(&self.closed) && is_folder(&self.old);
        if !exists(&self.out) && is_site {
            fs::rename(&self.old, &self.out).with_context(|| {
                format!("cannot put the earlier site back from {}", self.old.display())
            })?;
        }
        self.clear()
    }

    /// Removes what stands beside the site. What cannot be removed at once is at least for nobody
    /// else to read.
    fn clear(&self) -> Result<()> {
        if !exists(&self.closed) {
            return Ok(());
        }
        ensure!(
            is_folder(&self.closed),
            "{} is a link or a file, which no build of clausebook made: take it away",
            self.closed.display()
        );
        keep_private(&self.closed)?;
        Folder::clear(&self.new)?;
        Folder::clear(&self.old)?;
        let cannot = || format!("cannot remove {}", self.closed.display());
        if let Some(first) = fs::read_dir(&self.closed).with_context(cannot)?.next() {
            bail!(
                "{} is none of an earlier build of clausebook: look at it, then remove it",
                first.with_context(cannot)?.path().display()
            );
        }
        fs::remove_dir(&self.closed).with_context(cannot)
    }

    /// Writes the site into the new folder. Files that are what they were are linked, not
    /// written again.
    fn write(
        &self,
        pages: &impl Pages,
        routes: &[Route],
        old: Option<&Folder>,
        done: &(dyn Fn() + Sync),
    ) -> Result<Written, Unpublished> {
        let cannot = || format!("cannot write {}", self.new.display());
        make_private(&self.closed).with_context(cannot)?;
        fs::create_dir(&self.new).with_context(cannot)?;
        if let Ok(shown) = fs::metadata(&self.out) {
            fs::set_permissions(&self.new, shown.permissions()).with_context(cannot)?;
        }
        // First the list of what will be here, so that whoever has to clear it away knows.
        let planned = routes.iter().map(String::as_str).chain([NEXT_MANIFEST]);
        let planned =
            site::manifest(&pages.extent(), planned.map(ManifestEntry::planned).collect())?;
        write_file(&self.new.join(MANIFEST), &planned.bytes)?;
        let outcomes: Vec<Outcome> = routes
            .par_iter()
            .map(|route| {
                let outcome = self.write_page(route, pages.page(route), old);
                done();
                outcome
            })
            .collect::<Result<_>>()?;
        let (mut entries, mut unmade, mut changed) = (Vec::new(), Vec::new(), 0);
        for outcome in outcomes {
            match outcome {
                Outcome::Same(entry) => entries.push(entry),
                Outcome::Changed(entry) => {
                    changed += 1;
                    entries.push(entry);
                }
                Outcome::Unmade(why) => unmade.push(why),
            }
        }
        if !unmade.is_empty() {
            return Err(Unpublished::Unmade(unmade));
        }
        let files = entries.len() + 1;
        let kept: BTreeSet<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
        let gone = |old: &Folder| {
            old.files().filter(|file| *file != MANIFEST && !kept.contains(file)).count()
        };
        let removed = old.map_or(0, gone);
        let manifest = site::manifest(&pages.extent(), entries)?;
        let next = self.new.join(NEXT_MANIFEST);
        write_file(&next, &manifest.bytes)?;
        fs::rename(&next, self.new.join(MANIFEST)).with_context(cannot)?;
        Ok(Written { files, changed, removed })
    }

    /// Writes one page.
    fn write_page(
        &self,
        route: &str,
        page: Result<Option<Page>, Unmade>,
        old: Option<&Folder>,
    ) -> Result<Outcome> {
        let page = match page {
            Ok(page) => page.with_context(|| format!("the site has no {route} after all"))?,
            Err(why) => return Ok(Outcome::Unmade(why)),
        };
        let entry = ManifestEntry::new(route, &page.bytes);
        let (before, to) = (self.out.join(route), self.new.join(route));
        let is_same = old.is_some_and(|old| old.holds(route)) && is_same(&before, &page.bytes);
        if is_same && in_folder(&to, || fs::hard_link(&before, &to)).is_ok() {
            return Ok(Outcome::Same(entry));
        }
        write_file(&to, &page.bytes)?;
        Ok(if is_same { Outcome::Same(entry) } else { Outcome::Changed(entry) })
    }

    /// Puts the new folder in the place of the old one.
    fn swap(&self, replace: bool) -> Result<()> {
        let cannot = || format!("cannot put the new site in place at {}", self.out.display());
        if !replace {
            return fs::rename(&self.new, &self.out).with_context(cannot);
        }
        if let Some(there) = mounts::elsewhere(&self.out) {
            bail!(
                "{} is mounted at {} as well, where nothing would be left once the folders have \
                 changed places: build with --in-place, which replaces its files one by one",
                self.out.display(),
                there.display()
            );
        }
        if let Err(error) = exchange(&self.new, &self.out) {
            if error.kind() == io::ErrorKind::ResourceBusy {
                bail!(
                    "{} is the top of a mounted disk and cannot be replaced: give a folder in it, or \
                     --in-place to replace its files one by one",
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
