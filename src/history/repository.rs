//! The door to the repository: finds it, and opens objects and references for reading.
#![expect(clippy::disallowed_methods, reason = "this is the module that opens the repository")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gix_hash::{Kind, ObjectId};
use gix_object::bstr::ByteSlice as _;
use gix_object::{CommitRef, FindExt as _};

use super::{Commit, Person, Unreadable};
use crate::model::value::Date;

/// The largest piece of a pack that is unpacked at once: more than any document or folder takes.
const MAX_OBJECT: usize = 64 << 20;

/// Most commits of the line of record that are read; what is older is unknown.
const MAX_COMMITS: usize = 1_000_000;

/// A commit of the line of record and its tree.
pub(super) struct Step {
    pub(super) commit: Arc<Commit>,
    pub(super) tree: ObjectId,
}

/// A repository, open for reading.
#[derive(Clone)]
pub(super) struct Repository {
    /// How its objects are named.
    pub(super) hash: Kind,
    /// The folder of the manual within its working tree, as names of folders.
    pub(super) folder: Vec<String>,
    /// The folder that Git keeps for this working tree, and the one that all of them share.
    git: PathBuf,
    common: PathBuf,
}

/// The hash of the newest commit.
pub(super) fn newest(root: &Path) -> Option<String> {
    let repository = Repository::open(root).ok()??;
    repository.head().ok().map(|id| id.to_string())
}

impl Repository {
    /// The repository around a folder; nothing where there is none.
    pub(super) fn open(root: &Path) -> Result<Option<Self>, Unreadable> {
        let root = root.canonicalize().map_err(broken)?;
        let Some((top, git)) =
            root.ancestors().map(|top| (top, top.join(".git"))).find(|(_, git)| {
                // A link is not followed: it may lead to a repository that is another one's.
                git.symlink_metadata().is_ok_and(|about| about.is_file() || about.is_dir())
            })
        else {
            return Ok(None);
        };
        let git = if git.is_dir() { git } else { linked(&git)? };
        let common = match std::fs::read_to_string(git.join("commondir")) {
            Ok(path) => git.join(path.trim_end()),
            Err(_) => git.clone(),
        };
        let config = common.join("config");
        let config = gix_config::File::from_path_no_includes(config, gix_config::Source::Local);
        let config = config.map_err(broken)?;
        let has = |key: &str, value: &str| {
            config.string(key).is_some_and(|found| found.eq_ignore_ascii_case(value.as_bytes()))
        };
        if has("extensions.refStorage", "reftable") {
            return Err(Unreadable::Reftable);
        }
        if config.string("extensions.partialClone").is_some() {
            return Err(Unreadable::Partial);
        }
        let hash = if has("extensions.objectFormat", "sha256") { Kind::Sha256 } else { Kind::Sha1 };
        let folder = root.strip_prefix(top).unwrap_or(Path::new(""));
        let folder = folder.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        Ok(Some(Repository { hash, folder, git, common }))
    }

    /// Its objects, for one thread.
    pub(super) fn objects(&self) -> Result<gix_odb::Handle, Unreadable> {
        let options = gix_odb::store::init::Options {
            alloc_limit_bytes: Some(MAX_OBJECT),
            ..gix_odb::store::init::Options::default()
        };
        let objects = gix_odb::at_opts(self.common.join("objects"), self.hash, None, options);
        let mut objects = objects.map_err(broken)?;
        objects.refresh = gix_odb::store::RefreshMode::Never;
        Ok(objects)
    }

    /// The commit that is checked out.
    fn head(&self) -> Result<ObjectId, Unreadable> {
        let (git, common) = (self.git.clone(), self.common.clone());
        let refs = gix_ref::file::Store::for_linked_worktree(git, common, self.hash);
        let mut name = "HEAD".to_owned();
        for _ in 0..5 {
            let found = refs.try_find(name.as_str()).map_err(broken)?;
            match found.ok_or(Unreadable::NoCommit)?.target {
                gix_ref::Target::Object(id) => return Ok(id),
                gix_ref::Target::Symbolic(next) => name = next.as_bstr().to_string(),
            }
        }
        Err(Unreadable::Broken("its HEAD leads round in a circle".to_owned()))
    }

    /// The commit that a branch or a tag names; nothing where there is none of that name.
    pub(super) fn named(&self, name: &str) -> Result<Option<ObjectId>, Unreadable> {
        let (git, common) = (self.git.clone(), self.common.clone());
        let refs = gix_ref::file::Store::for_linked_worktree(git, common, self.hash);
        let mut name = name.to_owned();
        for _ in 0..5 {
            // What can be no name of a reference is none of any.
            let Ok(partial) = gix_ref::PartialName::try_from(name.as_str()) else {
                return Ok(None);
            };
            match refs.try_find(&partial).map_err(broken)?.map(|found| found.target) {
                Some(gix_ref::Target::Object(id)) => return self.peeled(id).map(Some),
                Some(gix_ref::Target::Symbolic(next)) => name = next.as_bstr().to_string(),
                None if name.contains("refs/") || name.starts_with("origin/") => return Ok(None),
                // A branch that was fetched and never checked out here, as in CI.
                None => name = format!("origin/{name}"),
            }
        }
        Ok(None)
    }

    /// The commit that an object is, or that it is a tag of.
    fn peeled(&self, mut id: ObjectId) -> Result<ObjectId, Unreadable> {
        let objects = self.objects()?;
        let mut buffer = Vec::new();
        for _ in 0..10 {
            let found = objects.find(&id, &mut buffer).map_err(broken)?;
            match found.kind {
                gix_object::Kind::Tag => {
                    let tag = gix_object::TagRef::from_bytes(found.data, self.hash);
                    id = tag.map_err(broken)?.target();
                }
                _ => return Ok(id),
            }
        }
        Err(Unreadable::Broken(format!("the tag {id} leads to no commit")))
    }

    /// Whether an object begins with these digits.
    pub(super) fn has(&self, digits: &str) -> Result<bool, Unreadable> {
        let Ok(prefix) = gix_hash::Prefix::from_hex(digits) else { return Ok(false) };
        let objects = self.objects()?;
        Ok(objects.lookup_prefix(prefix, None).map_err(broken)?.is_some())
    }

    /// The commits of the line of record, the oldest first, and whether older ones are missing.
    pub(super) fn line_of_record(&self) -> Result<(Vec<Step>, bool), Unreadable> {
        let objects = self.objects()?;
        let boundary = shallow_boundary(&self.common);
        let mut steps = Vec::new();
        let mut next = Some(self.head()?);
        let mut is_shallow = false;
        let mut buffer = Vec::new();
        while let Some(id) = next.take() {
            if steps.len() == MAX_COMMITS {
                is_shallow = true;
                break;
            }
            let commit = objects.find_commit(&id, &mut buffer).map_err(broken)?;
            let parent = commit.parents().next();
            if boundary.contains(&id) {
                is_shallow = true;
            } else {
                next = parent;
            }
            steps.push(Step { tree: commit.tree(), commit: Arc::new(about(&id, &commit)) });
        }
        steps.reverse();
        Ok((steps, is_shallow))
    }
}

/// The folder to which a `.git` that is a file leads. Git writes such a file into a linked working
/// tree, and into a submodule; each of those leads back to where it is used.
fn linked(file: &Path) -> Result<PathBuf, Unreadable> {
    let text = std::fs::read_to_string(file).map_err(broken)?;
    let path = text.strip_prefix("gitdir:").ok_or(Unreadable::LeadsElsewhere)?.trim();
    let top = file.parent().unwrap_or(file);
    let git = top.join(path).canonicalize().map_err(|_| Unreadable::LeadsElsewhere)?;
    let is_own = |path: PathBuf| path.canonicalize().is_ok_and(|path| path == top);
    let worktree = std::fs::read_to_string(git.join("gitdir")).is_ok_and(|back| {
        let back = git.join(back.trim_end());
        back.parent().is_some_and(|back| is_own(back.to_path_buf()))
    });
    let submodule = || {
        let config =
            gix_config::File::from_path_no_includes(git.join("config"), gix_config::Source::Local);
        let back = config.ok().and_then(|config| config.string("core.worktree"));
        back.is_some_and(|back| is_own(git.join(back.to_string())))
    };
    if worktree || submodule() { Ok(git) } else { Err(Unreadable::LeadsElsewhere) }
}

/// The commits at which a shallow clone ends.
fn shallow_boundary(common: &Path) -> Vec<ObjectId> {
    let text = std::fs::read_to_string(common.join("shallow")).unwrap_or_default();
    text.lines().filter_map(|line| ObjectId::from_hex(line.trim().as_bytes()).ok()).collect()
}

fn about(id: &ObjectId, commit: &CommitRef<'_>) -> Commit {
    let person = |name: &[u8], email: &[u8]| Person {
        name: name.trim().to_str_lossy().into_owned(),
        email: email.trim().to_str_lossy().into_owned(),
    };
    let author = commit.author().ok();
    let committer = commit.committer().ok();
    let time = committer.as_ref().and_then(|one| one.time().ok());
    Commit {
        id: id.to_string(),
        author: author.map(|one| person(one.name, one.email)).unwrap_or_default(),
        committer: committer.map(|one| person(one.name, one.email)).unwrap_or_default(),
        day: time.and_then(|time| day(time.seconds, time.offset)),
    }
}

/// The day of a moment, where the clock is so many seconds ahead of UTC.
fn day(seconds: i64, offset: i32) -> Option<Date> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    let offset = jiff::tz::Offset::from_seconds(offset).ok()?;
    Date::parse(&offset.to_datetime(moment).date().to_string())
}

pub(super) fn broken(error: impl std::fmt::Display) -> Unreadable {
    Unreadable::Broken(error.to_string())
}
