//! Where else a folder is mounted: a container that has it holds the folder itself, and would be left
//! with an empty one when two folders change places.

use std::path::{Path, PathBuf};

/// Where a folder, or one within it, is mounted besides: here, or where another process of this
/// machine sees it. Of processes that we may not look at nothing is known.
#[cfg(target_os = "linux")]
pub(super) fn elsewhere(folder: &Path) -> Option<PathBuf> {
    use std::collections::BTreeSet;
    let own = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let own: Vec<Mount> = own.lines().filter_map(Mount::of).collect();
    let place = Place::of(folder, &own)?;
    if let Some(there) = own.iter().find(|mount| place.is_within(mount)) {
        return Some(there.at.clone());
    }
    let processes = std::fs::read_dir("/proc").ok()?.flatten().map(|entry| entry.path());
    let mut seen = BTreeSet::new();
    for process in processes.filter(|path| is_number(path)) {
        // Thousands of processes share a few tables.
        let space = std::fs::read_link(process.join("ns/mnt"));
        if !space.is_ok_and(|space| seen.insert(space)) {
            continue;
        }
        let table = std::fs::read_to_string(process.join("mountinfo")).unwrap_or_default();
        let there = table.lines().filter_map(Mount::of).find(|mount| place.is_within(mount));
        if let Some(there) = there {
            return Some(there.at);
        }
    }
    None
}

/// Where a folder, or one within it, is mounted besides: only Linux says so.
#[cfg(not(target_os = "linux"))]
pub(super) fn elsewhere(_: &Path) -> Option<PathBuf> {
    None
}

#[cfg(target_os = "linux")]
fn is_number(path: &Path) -> bool {
    let name = path.file_name().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// A line of the table of mounts.
#[cfg(any(target_os = "linux", test))]
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    number: String,
    device: String,
    /// Which folder of its file system.
    root: PathBuf,
    /// Where it is seen.
    at: PathBuf,
}

#[cfg(any(target_os = "linux", test))]
impl Mount {
    fn of(line: &str) -> Option<Mount> {
        let mut words = line.split(' ');
        let (number, device) = (words.next()?.to_owned(), words.nth(1)?.to_owned());
        let (root, at) = (unescaped(words.next()?), unescaped(words.next()?));
        Some(Mount { number, device, root, at })
    }
}

/// A folder as its file system has it.
#[cfg(any(target_os = "linux", test))]
struct Place<'m> {
    mount: &'m Mount,
    path: PathBuf,
}

#[cfg(any(target_os = "linux", test))]
impl<'m> Place<'m> {
    fn of(folder: &Path, mounts: &'m [Mount]) -> Option<Place<'m>> {
        // Of several at one place the last lies on top.
        let above = mounts.iter().filter(|mount| folder.starts_with(&mount.at));
        let mount = above.max_by_key(|mount| mount.at.components().count())?;
        let path = mount.root.join(folder.strip_prefix(&mount.at).ok()?);
        Some(Place { mount, path })
    }

    fn is_within(&self, mount: &Mount) -> bool {
        mount.device == self.mount.device
            && mount.number != self.mount.number
            && mount.root.starts_with(&self.path)
    }
}

/// A path as it is, in which the table has `\040` for a blank.
#[cfg(any(target_os = "linux", test))]
fn unescaped(word: &str) -> PathBuf {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let digits = after.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match digits {
            Some(byte) => {
                out.push(char::from(byte));
                rest = &after[3..];
            }
            None => rest = after,
        }
    }
    PathBuf::from(out + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_mounted_besides_is_found() {
        let table = "21 1 259:1 / / rw - ext4 /dev/root rw\n\
                     30 21 259:2 /data /srv rw - ext4 /dev/b rw\n\
                     40 21 259:2 /data/my\\040site /mnt/a\\040b rw - ext4 /dev/b rw\n\
                     41 21 259:2 /data/open/docs /mnt/c rw - ext4 /dev/b rw\n\
                     42 21 259:1 /data/other /mnt/d rw - ext4 /dev/root rw";
        let mounts: Vec<Mount> = table.lines().filter_map(Mount::of).collect();
        let elsewhere = |folder: &str| {
            let place = Place::of(Path::new(folder), &mounts).unwrap();
            mounts.iter().find(|mount| place.is_within(mount)).map(|mount| mount.at.clone())
        };
        assert_eq!(elsewhere("/srv/my site"), Some("/mnt/a b".into()));
        assert_eq!(elsewhere("/srv/open"), Some("/mnt/c".into()), "a folder in it");
        assert_eq!(elsewhere("/srv/other"), None, "of another disk");
        assert_eq!(elsewhere("/srv/open/docs/x"), None, "what lies above it moves with it");
        assert_eq!(elsewhere("/home/site"), None);
    }
}
