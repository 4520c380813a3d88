//! The site: a map from route to bytes. `render` makes it, `publish` writes it, `serve` shows it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Where a page is, from the top of the site, with `/`: `documents/PRC-INC-01/index.html`.
pub type Route = String;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Its media type.
    pub media: &'static str,
}

impl Page {
    /// A page; its media type follows from its route.
    pub fn new(route: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Page { bytes: bytes.into(), media: media(route) }
    }
}

/// All files of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The files, by route.
    pub pages: BTreeMap<Route, Page>,
}

/// Route of the list of all files with their checksums.
pub const MANIFEST: &str = "manifest.json";

#[derive(Serialize)]
struct Manifest<'a> {
    files: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    sha256: String,
    bytes: usize,
}

impl Site {
    /// Adds a file.
    pub fn add(&mut self, route: impl Into<Route>, bytes: impl Into<Arc<[u8]>>) {
        let route = route.into();
        let page = Page::new(&route, bytes);
        self.pages.insert(route, page);
    }

    /// Adds the manifest: every file but itself, with its SHA-256.
    pub(super) fn seal(&mut self) -> serde_json::Result<()> {
        let pages: Vec<(&Route, &Page)> = self.pages.iter().collect();
        let files = pages
            .par_iter()
            .filter(|(route, _)| *route != MANIFEST)
            .map(|(route, page)| Entry {
                path: route,
                sha256: hex(&Sha256::digest(&page.bytes)),
                bytes: page.bytes.len(),
            })
            .collect();
        let mut bytes = serde_json::to_vec_pretty(&Manifest { files })?;
        bytes.push(b'\n');
        self.add(MANIFEST, bytes);
        Ok(())
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// A path as it is written in a link: everything but the plainest characters with percent signs.
pub(super) fn url_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The media type of a route, by its ending.
fn media(route: &str) -> &'static str {
    let ending = route.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "txt" | "csv" | "md" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_links_are_plain_ascii() {
        assert_eq!(url_path("policies/über uns#1.png"), "policies/%C3%BCber%20uns%231.png");
        assert_eq!(url_path("a-b_c~d/e.f"), "a-b_c~d/e.f");
    }

    #[test]
    fn the_manifest_names_every_file_but_itself() {
        let mut site = Site::default();
        site.add("index.html", b"abc".to_vec());
        site.seal().unwrap();
        let text = std::str::from_utf8(&site.pages[MANIFEST].bytes).unwrap();
        assert!(text.contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assert!(!text.contains(MANIFEST));
    }
}
