//! The site: a map from route to bytes. `render` makes it, `publish` writes it, `serve` shows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
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

/// All files of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The files, by route.
    pub pages: BTreeMap<Route, Page>,
}

/// Route of the list of all files with their checksums.
pub const MANIFEST: &str = "manifest.json";

impl Site {
    /// Adds a file.
    pub fn add(&mut self, route: impl Into<Route>, bytes: impl Into<Arc<[u8]>>) {
        let page = Page { bytes: bytes.into(), media: "application/octet-stream" };
        self.pages.insert(route.into(), page);
    }

    /// Adds the manifest: every file but itself, with its SHA-256.
    pub(crate) fn seal(&mut self) -> serde_json::Result<()> {
        let hex =
            |bytes: &[u8]| bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let files: Vec<_> = self
            .pages
            .iter()
            .map(|(path, page)| {
                let sha256 = hex(&Sha256::digest(&page.bytes));
                json!({"path": path, "sha256": sha256, "bytes": page.bytes.len()})
            })
            .collect();
        self.add(MANIFEST, serde_json::to_vec_pretty(&json!({ "files": files }))?);
        Ok(())
    }
}
