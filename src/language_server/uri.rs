//! Addresses of files, as editors name them, to paths from the top of a manual and back.

use std::path::{Path, PathBuf};

use crate::text::percent::{decoded, encoded};

/// The folder that an address of a file names, or the file.
pub(super) fn file(address: &str) -> Option<PathBuf> {
    Some(PathBuf::from(plain(address)?))
}

/// The path in an address, with `/` between its parts.
fn plain(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    // Another host than this machine is a share, which is named by two slashes.
    let (host, path) = rest.split_at(rest.find('/')?);
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let path = decoded(path).into_owned();
    let drive = path.as_bytes().get(2) == Some(&b':') && path.as_bytes()[1].is_ascii_alphabetic();
    Some(match host {
        "" | "localhost" if drive => path[1..].to_owned(),
        "" | "localhost" => path,
        host => format!("//{}{path}", decoded(host)),
    })
}

/// The top of a manual, by all names that it goes by.
#[derive(Clone, Debug)]
pub(super) struct Top(Vec<String>);

impl Top {
    /// The top that is reached by some paths; the first is the one that addresses are made of.
    pub(super) fn of(paths: &[PathBuf]) -> Self {
        let slashed = |path: &PathBuf| {
            let path = path.to_string_lossy().replace('\\', "/");
            path.strip_prefix("//?/").unwrap_or(&path).trim_end_matches('/').to_owned()
        };
        Top(paths.iter().map(slashed).collect())
    }

    /// The path of an address from the top; nothing where it lies elsewhere.
    pub(super) fn inside(&self, address: &str) -> Option<String> {
        let path = plain(address)?;
        let below = |top: &String| {
            // Windows names one drive in both letter cases.
            let start = path.get(..top.len())?;
            let same = start == top || cfg!(windows) && start.eq_ignore_ascii_case(top);
            path[top.len()..].strip_prefix('/').filter(|_| same)
        };
        let path = self.0.iter().find_map(below)?;
        let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        path.split('/').all(is_plain).then(|| path.to_owned())
    }

    /// The address of a path from the top.
    pub(super) fn address(&self, path: &str) -> String {
        let top = self.0.first().map_or("", String::as_str);
        let root = if top.starts_with('/') { "" } else { "/" };
        format!("file://{root}{}/{}", encoded(top), encoded(path))
    }

    /// The folder itself.
    pub(super) fn folder(&self) -> &Path {
        Path::new(self.0.first().map_or("", String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_paths_and_back() {
        let top = Top::of(&[PathBuf::from("/home/a b/sms"), PathBuf::from("/mnt/sms")]);
        for path in ["policies/p.md", "processes/\u{fc}ber uns/100%#1.md", "clausebook.yaml"] {
            assert_eq!(top.inside(&top.address(path)).as_deref(), Some(path));
        }
        assert_eq!(top.address("p.md"), "file:///home/a%20b/sms/p.md");
        assert_eq!(top.inside("file:///mnt/sms/p.md").as_deref(), Some("p.md"));
        assert_eq!(top.inside("file://localhost/mnt/sms/p.md").as_deref(), Some("p.md"));
        for other in [
            "file:///mnt/other/p.md",
            "file:///mnt/sms",
            "file:///mnt/sms/",
            "file:///mnt/smsx/p.md",
            "file:///mnt/sms/../p.md",
            "file:///mnt/sms/%2e%2e/p.md",
            "untitled:Untitled-1",
            "https://mnt/sms/p.md",
            "",
        ] {
            assert_eq!(top.inside(other), None, "{other}");
        }
    }

    #[test]
    fn drives_and_shares_are_read() {
        assert_eq!(plain("file:///c%3A/sms/p.md").as_deref(), Some("c:/sms/p.md"));
        assert_eq!(plain("file://server/share/p.md").as_deref(), Some("//server/share/p.md"));
        let top = Top::of(&[PathBuf::from("c:\\sms")]);
        assert_eq!(top.inside("file:///c%3A/sms/x/p.md").as_deref(), Some("x/p.md"));
        assert_eq!(top.address("x/p.md"), "file:///c%3A/sms/x/p.md");
    }
}
