//! Addresses and paths as links write them.

use std::collections::BTreeSet;

use crate::model::library::Library;
use crate::parse::markdown::Link;
use crate::text::percent;

/// Whether a path begins with the letter of a drive: it holds on one machine alone.
pub(super) fn is_on_one_machine(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.len() > 1 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':'
}

/// The paths that links of the documents name and that lie in no content folder.
pub fn beyond(library: &Library, folders: &[String]) -> BTreeSet<String> {
    let is_within = |path: &str| {
        folders.iter().any(|folder| {
            let rest = path.strip_prefix(folder.as_str());
            folder == "." || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let mut found = BTreeSet::new();
    for document in &library.documents {
        // A path that does not climb stays in the folder of its document.
        let climbs = |link: &&Link| {
            !link.wiki && (link.target.starts_with('/') || link.target.contains(".."))
        };
        for link in document.body.links.iter().filter(climbs) {
            let target = link.target.trim();
            let path = split(target).0;
            if scheme(target).is_none()
                && !target.starts_with("//")
                && let Some(full) = join(&document.path, &path)
                && !is_within(&full)
            {
                found.insert(full);
            }
        }
    }
    found
}

/// The scheme of an address, `https` of `https://…`. A drive letter is none.
pub(super) fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.len() > 1 && first && scheme.chars().all(rest)).then_some(scheme)
}

/// Path and fragment of a relative link, percent signs resolved, a query dropped.
pub(super) fn split(target: &str) -> (String, Option<String>) {
    let (path, fragment) = match target.split_once('#') {
        Some((path, fragment)) => (path, Some(percent::decoded(fragment).into_owned())),
        None => (target, None),
    };
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    (percent::decoded(path).into_owned(), fragment)
}

/// The path that `link` means in the file `from`, from the top of the manual; nothing when it
/// leaves the manual.
pub(super) fn join(from: &str, link: &str) -> Option<String> {
    if link.contains(['\\', '\0']) {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if link.starts_with('/') {
        parts.clear();
    }
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_never_leave_the_manual() {
        assert_eq!(join("policies/a.md", "../processes/b.md").as_deref(), Some("processes/b.md"));
        assert_eq!(join("policies/a.md", "/processes/b.md").as_deref(), Some("processes/b.md"));
        assert_eq!(join("policies/a.md", "../../etc/passwd"), None);
        assert_eq!(join("a/b/c.md", "./d.md").as_deref(), Some("a/b/d.md"));
    }
}
