//! Addresses and paths as links write them.

use std::collections::BTreeSet;

use crate::model::library::Library;
use crate::parse::markdown::Link;
use crate::text::{join, percent};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Inputs, Session, compile};
    use crate::model::value::Date;
    use crate::source::Sources;

    #[test]
    fn paths_out_of_the_content_folders_are_those_that_climb_out_of_them() {
        let links = [
            "../other/a.md",
            "/docs/b%20c.md#part",
            "/policies/own.md",
            "/policiesx/near.md",
            "../policies/own.md",
            "../processes/own.md?x",
            "../../beyond.md",
            "own.md",
            "https://x.example/../a.md",
            "//x.example/../a.md",
            "mailto:a..b@x.example",
        ];
        let body = links.map(|to| format!("[x]({to})\n")).concat();
        let text = format!("---\nid: P-01\n---\n\n# P\n\n{body}\n[[../wiki]]\n");
        let sources = Sources::from_memory([("policies/p.md", text.as_bytes())]);
        let today = Date::parse("2026-06-15").unwrap();
        let manual = compile(Inputs::new(sources, today), &mut Session::default());
        let folders = ["policies", "processes"].map(str::to_owned);
        let found: Vec<String> = beyond(&manual.library, &folders).into_iter().collect();
        assert_eq!(found, ["docs/b c.md", "other/a.md", "policiesx/near.md"]);
        assert!(beyond(&manual.library, &[".".to_owned()]).is_empty());
    }

    #[test]
    fn paths_are_joined_and_never_leave_the_manual() {
        assert_eq!(join("policies/a.md", "../processes/b.md").as_deref(), Some("processes/b.md"));
        assert_eq!(join("policies/a.md", "/processes/b.md").as_deref(), Some("processes/b.md"));
        assert_eq!(join("policies/a.md", "../../etc/passwd"), None);
        assert_eq!(join("a/b/c.md", "./d.md").as_deref(), Some("a/b/d.md"));
    }
}
