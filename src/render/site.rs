//! The site: routes, and the bytes of each. `render` makes it, `publish` writes it, `serve` shows it.
//!
//! A site is [`Pages`]: it knows all its routes at once and makes a page when it is asked for. So a
//! build holds no more pages than it is writing, and a preview makes the one that is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::diag::Diagnostic;
use crate::text::percent;

/// Where a page is, from the top of the site, with `/`: `documents/PRC-INC-01/index.html`.
pub type Route = String;

/// The bytes of a file, shared by those who show it.
pub type Bytes = Arc<Vec<u8>>;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its bytes.
    pub bytes: Bytes,
    /// Its media type.
    pub media: &'static str,
}

impl Page {
    /// A page; its media type follows from its route.
    pub fn new(route: &str, bytes: impl Into<Bytes>) -> Self {
        Page { bytes: bytes.into(), media: media(route) }
    }
}

/// Why a page could not be made.
#[derive(Debug)]
pub enum Unmade {
    /// The theme has a mistake, or a diagram breaks while it is drawn.
    Fault(Box<Diagnostic>),
    /// The machine failed: a picture cannot be read.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Unmade {
    fn from(error: E) -> Self {
        Unmade::Failed(error.into())
    }
}

/// How much of a manual a site shows, and to whom. Its manifest says so, for the build that takes its
/// place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteContents {
    /// How many documents have a page.
    pub documents: usize,
    /// Whether drafts are among them.
    pub drafts: bool,
    /// The classification up to which documents are shown, where that is limited.
    pub audience: Option<String>,
    /// The content folders that they come from.
    pub folders: Vec<String>,
}

impl SiteContents {
    /// What `build` was told to get such a site, after "built".
    pub fn edition(&self) -> String {
        let drafts = if self.drafts { "with --drafts" } else { "without drafts" };
        let audience = self.audience.iter().map(|who| format!(" and --audience {who}"));
        drafts.to_owned() + &audience.collect::<String>()
    }
}

/// A site that makes its files when they are asked for. The same route always gives the same bytes.
pub trait Pages: Sync {
    /// All routes but that of the [`MANIFEST`], what takes longest first.
    fn routes(&self) -> Vec<Route>;

    /// How much of the manual it shows.
    fn extent(&self) -> SiteContents;

    /// The file at a route; nothing where there is none.
    ///
    /// # Errors
    /// The theme has a mistake, or the machine failed.
    fn page(&self, route: &str) -> Result<Option<Page>, Unmade>;
}

/// All files of a site, made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The files, by route, the manifest among them.
    pub pages: BTreeMap<Route, Page>,
}

impl Site {
    /// Makes every page, and says what is wrong with the theme; pages that could not be drawn are
    /// then missing.
    ///
    /// # Errors
    /// The machine failed.
    pub fn of(pages: &impl Pages) -> anyhow::Result<(Self, Vec<Diagnostic>)> {
        let made: Vec<_> = pages
            .routes()
            .into_par_iter()
            .map(|route| match pages.page(&route) {
                Ok(page) => Ok((route, Ok(page))),
                Err(Unmade::Fault(fault)) => Ok((route, Err(fault))),
                Err(Unmade::Failed(error)) => Err(error),
            })
            .collect::<anyhow::Result<_>>()?;
        let mut site = Site::default();
        let mut faults = BTreeSet::new();
        for (route, page) in made {
            match page {
                Ok(Some(page)) => {
                    site.pages.insert(route, page);
                }
                Ok(None) => {}
                Err(fault) => {
                    faults.insert(*fault);
                }
            }
        }
        let entries: Vec<ManifestEntry> = site
            .pages
            .par_iter()
            .map(|(route, page)| ManifestEntry::new(route, &page.bytes))
            .collect();
        site.pages.insert(MANIFEST.to_owned(), manifest(&pages.extent(), entries)?);
        Ok((site, faults.into_iter().collect()))
    }
}

/// Route of the list of all files with their checksums.
pub const MANIFEST: &str = "manifest.json";

#[derive(Serialize)]
struct Manifest<'a> {
    shows: &'a SiteContents,
    files: Vec<ManifestEntry>,
}

/// A file in the manifest.
#[derive(Serialize)]
pub struct ManifestEntry {
    /// Its route.
    pub path: Route,
    sha256: String,
    bytes: usize,
}

impl ManifestEntry {
    /// A file and its SHA-256.
    pub fn new(route: &str, bytes: &[u8]) -> Self {
        let sha256 = HEXLOWER.encode(&Sha256::digest(bytes));
        ManifestEntry { path: route.to_owned(), sha256, bytes: bytes.len() }
    }

    /// A file that is still to be written.
    pub fn planned(route: &str) -> Self {
        ManifestEntry { path: route.to_owned(), sha256: String::new(), bytes: 0 }
    }
}

/// The manifest: what the site shows, and every file but itself, sorted by route.
///
/// # Errors
/// Never, in practice: the list is plain.
pub fn manifest(shows: &SiteContents, mut files: Vec<ManifestEntry>) -> serde_json::Result<Page> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut bytes = serde_json::to_vec_pretty(&Manifest { shows, files })?;
    bytes.push(b'\n');
    Ok(Page::new(MANIFEST, bytes))
}

/// A path as it is written in a link.
pub fn url_path(path: &str) -> String {
    percent::encoded(path)
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

    struct One;

    impl Pages for One {
        fn routes(&self) -> Vec<Route> {
            vec!["index.html".to_owned()]
        }

        fn extent(&self) -> SiteContents {
            SiteContents::default()
        }

        fn page(&self, route: &str) -> Result<Option<Page>, Unmade> {
            Ok(Some(Page::new(route, b"abc".to_vec())))
        }
    }

    #[test]
    fn the_manifest_names_every_file_but_itself() {
        let (site, faults) = Site::of(&One).unwrap();
        assert!(faults.is_empty());
        let text = std::str::from_utf8(&site.pages[MANIFEST].bytes).unwrap();
        assert!(text.contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assert!(!text.contains(MANIFEST));
    }
}
