//! Says that something has changed, and nothing else.
//!
//! An event of the system means "look again", whatever it says: what has changed is found out by
//! looking. Many events in a row, as a checkout makes them, are one. Where the system cannot
//! watch (network disks, more folders than it allows), one looks every so often instead.
#![expect(
    clippy::disallowed_methods,
    reason = "waits for some time, and looks which folders are there"
)]

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context as _;
use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

/// So long nothing may come before it is quiet.
const QUIET: Duration = Duration::from_millis(8);
/// So long quiet is waited for.
const STORM: Duration = Duration::from_millis(100);
/// So often one looks where the system cannot watch, unless told otherwise.
pub const EVERY: Duration = Duration::from_secs(1);
/// After folders have come one looks once more: what was written into a folder before the system
/// watched it has made no event.
const AGAIN: Duration = Duration::from_millis(250);

/// What Unix says when there are too many of something (`EMFILE`).
const TOO_MANY: i32 = 24;

/// Watches the folders of a manual.
pub struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    words: Sender<Word>,
    events: Receiver<Word>,
    /// What is watched, with the day of its birth: a folder that was made anew is another one.
    watched: BTreeMap<PathBuf, Option<SystemTime>>,
    poll: Option<Duration>,
    look_again: bool,
    trouble: Option<String>,
}

/// What there is to hear.
enum Word {
    /// The system says that something changed, and whether folders may have come with it.
    Changed { folders: bool },
    /// Or why it cannot watch.
    Trouble(notify::Error),
    /// Somebody rang.
    Rung,
}

/// Wakes whoever waits for a change, for another reason.
#[derive(Clone)]
pub struct Bell(Sender<Word>);

impl Bell {
    /// Rings.
    pub fn ring(&self) {
        // Nobody listens any more when the preview ends.
        let _ = self.0.send(Word::Rung);
    }
}

/// Why waiting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woken {
    /// Something changed.
    Changed,
    /// It is time to look whether something has.
    Look,
    /// Somebody rang.
    Rung,
}

impl Watch {
    /// Watches nothing yet; with `poll` it never will, and lets one look every so often.
    ///
    /// # Errors
    /// The folder is not there.
    pub fn new(root: &Path, poll: Option<Duration>) -> anyhow::Result<Watch> {
        let root =
            root.canonicalize().with_context(|| format!("cannot enter {}", root.display()))?;
        let (words, events) = channel();
        let mut watch = Watch {
            root: root.clone(),
            watcher: None,
            words: words.clone(),
            events,
            watched: BTreeMap::new(),
            poll,
            look_again: false,
            trouble: None,
        };
        if poll.is_none() {
            match notify::recommended_watcher(handler(root, words)) {
                Ok(watcher) => watch.watcher = Some(watcher),
                Err(error) => watch.give_up(&error),
            }
        }
        Ok(watch)
    }

    /// Watches these folders (paths from the top of the manual) and what leads to them. Folders
    /// that are not there are watched as soon as they are, when this is called again.
    pub fn follow(&mut self, folders: &[String]) {
        let mut wanted: BTreeMap<PathBuf, RecursiveMode> = BTreeMap::new();
        wanted.insert(self.root.clone(), RecursiveMode::NonRecursive);
        for folder in folders {
            let full: PathBuf = self.root.join(folder).components().collect();
            let above = full.ancestors().skip(1).take_while(|above| above.starts_with(&self.root));
            for above in above {
                wanted.entry(above.to_path_buf()).or_insert(RecursiveMode::NonRecursive);
            }
            wanted.insert(full, RecursiveMode::Recursive);
        }
        let born = |path: &Path| std::fs::metadata(path).ok().map(|about| about.created().ok());
        self.watched.retain(|path, day| born(path) == Some(*day));
        for (path, mode) in wanted {
            let Some(day) = born(&path).filter(|_| !self.watched.contains_key(&path)) else {
                continue;
            };
            let Some(watcher) = &mut self.watcher else { return };
            match watcher.watch(&path, mode) {
                Ok(()) => {
                    self.watched.insert(path, day);
                    self.look_again = true;
                }
                // It has gone again; whatever took it away is an event of the folder above.
                Err(_) if !path.exists() => {}
                Err(error) => self.give_up(&error),
            }
        }
    }

    /// Waits until something has changed, for `most` at most.
    pub fn wait(&mut self, most: Duration) -> Woken {
        let again = self.look_again.then_some(AGAIN);
        let time = [self.poll, again].into_iter().flatten().fold(most, Duration::min);
        match self.events.recv_timeout(time) {
            Ok(Word::Rung) => return Woken::Rung,
            Ok(word) => {
                self.hear(word);
                return Woken::Changed;
            }
            Err(_) => {}
        }
        self.look_again = false;
        Woken::Look
    }

    /// A bell that ends a waiting.
    pub fn bell(&self) -> Bell {
        Bell(self.words.clone())
    }

    /// Waits until it is quiet again after a change, but not for long.
    pub fn settle(&mut self) {
        let until = Instant::now() + STORM;
        while Instant::now() < until {
            let Ok(word) = self.events.recv_timeout(QUIET) else { break };
            self.hear(word);
        }
    }

    /// What a person should know: why there is no watching, if there is none.
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    fn hear(&mut self, word: Word) {
        match word {
            Word::Changed { folders } => self.look_again |= folders,
            Word::Trouble(error) => self.give_up(&error),
            Word::Rung => {}
        }
    }

    /// Goes over to looking every so often.
    fn give_up(&mut self, error: &notify::Error) {
        let why = match &error.kind {
            ErrorKind::MaxFilesWatch => "there are more folders than the system lets a program \
                watch (on Linux: fs.inotify.max_user_watches)"
                .to_owned(),
            ErrorKind::Io(error) if error.raw_os_error() == Some(TOO_MANY) => {
                "more programs watch folders than the system lets (on Linux: \
                 fs.inotify.max_user_instances)"
                    .to_owned()
            }
            _ => format!("the system cannot watch this folder: {error}"),
        };
        let poll = *self.poll.get_or_insert(EVERY);
        self.trouble =
            Some(format!("{why}; looking for changes every {} s instead", poll.as_secs_f32()));
        (self.watcher, self.look_again) = (None, false);
        self.watched.clear();
    }
}

/// Passes on what may concern a manual.
fn handler(root: PathBuf, words: Sender<Word>) -> impl FnMut(notify::Result<Event>) + Send {
    move |event| {
        let word = match event {
            Ok(event) if !concerns(&event, &root) => return,
            Ok(event) => Word::Changed { folders: may_bring_folders(event.kind) },
            Err(error) => Word::Trouble(error),
        };
        // Nobody listens any more when the preview ends.
        let _ = words.send(word);
    }
}

/// Whether a folder may have come with an event: not where it is about what stands in a file.
fn may_bring_folders(kind: EventKind) -> bool {
    !matches!(
        kind,
        EventKind::Access(_)
            | EventKind::Create(CreateKind::File)
            | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))
            | EventKind::Remove(_)
    )
}

/// Whether an event may be about a file of the manual. Files and folders that begin with `.` or
/// `_` are none, and reading changes nothing.
fn concerns(event: &Event, root: &Path) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    if matches!(event.kind, EventKind::Access(_)) && event.kind != written {
        return false;
    }
    let is_hidden = |part: &Component<'_>| {
        let name = part.as_os_str().as_encoded_bytes();
        name.starts_with(b".") || name.starts_with(b"_")
    };
    let hidden = |path: &PathBuf| {
        path.strip_prefix(root).is_ok_and(|inside| inside.components().any(|part| is_hidden(&part)))
    };
    event.paths.is_empty() || !event.paths.iter().all(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::Flag;

    #[test]
    fn only_what_may_be_the_manuals_is_passed_on() {
        let is = |kind, paths: &[&str], expect| {
            let mut event = Event::new(kind);
            event.paths = paths.iter().map(PathBuf::from).collect();
            assert_eq!(concerns(&event, Path::new("/m/.x")), expect, "{paths:?}");
        };
        let changed = EventKind::Modify(ModifyKind::Any);
        is(changed, &["/m/.x/policies/a.md"], true);
        is(changed, &["/m/.x/.git/index"], false);
        is(changed, &["/m/.x/policies/.a.md.swp"], false);
        is(changed, &["/m/.x/policies/_a.md", "/m/.x/policies/a.md"], true);
        is(EventKind::Create(CreateKind::Folder), &["/m/.x/policies"], true);
        is(EventKind::Access(AccessKind::Read), &["/m/.x/policies/a.md"], false);
        is(EventKind::Access(AccessKind::Close(AccessMode::Write)), &["/m/.x/b/a.md"], true);
        assert!(concerns(&Event::new(EventKind::Other).set_flag(Flag::Rescan), Path::new("/m")));
    }

    #[test]
    fn without_watching_one_looks() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch::new(folder.path(), Some(Duration::from_millis(1))).unwrap();
        watch.follow(&["policies".to_owned()]);
        assert_eq!(watch.wait(Duration::from_secs(60)), Woken::Look);
        let limit = notify::Error::new(ErrorKind::MaxFilesWatch);
        watch.give_up(&limit);
        assert!(watch.trouble().unwrap().contains("max_user_watches"), "{:?}", watch.trouble());
    }

    #[test]
    fn a_folder_made_later_is_watched() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch::new(folder.path(), None).unwrap();
        let folders = ["docs/policies".to_owned()];
        let long = Duration::from_secs(60);
        watch.follow(&folders);
        for step in ["docs", "docs/policies", "docs/policies/deep"] {
            std::fs::create_dir(folder.path().join(step)).unwrap();
            while watch.wait(long) != Woken::Changed {}
            watch.settle();
            watch.follow(&folders);
        }
        while watch.wait(long) == Woken::Changed {}
        std::fs::write(folder.path().join("docs/policies/deep/a.md"), "text").unwrap();
        assert_eq!(watch.wait(long), Woken::Changed);
    }
}
