//! One state of the manual, as the preview's server asks for it.

use std::sync::{Mutex, PoisonError};

use anyhow::Result;

use super::trail::{Trace, Trail};
use crate::check::Findings;
use crate::compile::Compiled;
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::render::site::Site;
use crate::render::{self, Options};
use crate::serve::{Answer, Round};
use crate::source::{SETTINGS, Sources};

/// A state of the manual.
pub(super) struct Shop<'a> {
    pub(super) compiled: &'a Compiled,
    pub(super) options: &'a Options,
    pub(super) with_editor: bool,
    trail: &'a Trail,
    site: Site,
    /// What keeps pages from being made.
    faults: Vec<Diagnostic>,
    /// Why a newer state could not be read.
    failure: Mutex<Option<String>>,
}

impl<'a> Shop<'a> {
    pub(super) fn new(
        compiled: &'a Compiled,
        options: &'a Options,
        trail: &'a Trail,
        with_editor: bool,
    ) -> Result<Self> {
        let (site, faults) = render::site(&compiled.manual(), &compiled.findings, options)?;
        let failure = Mutex::default();
        Ok(Shop { compiled, options, with_editor, trail, site, faults, failure })
    }

    /// The files that it was made from.
    pub(super) fn sources(&self) -> &Sources {
        &self.compiled.sources
    }

    /// What was found in them.
    pub(super) fn findings(&self) -> &Findings {
        &self.compiled.findings
    }

    /// What keeps pages from being made.
    pub(super) fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// Why a newer state could not be read.
    pub(super) fn failure(&self) -> Option<String> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes why a newer state could not be read; `false` when that is known.
    pub(super) fn fail(&self, why: String) -> bool {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        let new = failure.as_deref() != Some(&why);
        *failure = Some(why);
        new
    }

    /// Notes where its documents stand.
    pub(super) fn remember(&self, version: u64) {
        self.trail.note(version, self.compiled);
    }

    /// The document whose page a route is.
    pub(super) fn document(&self, route: &str) -> Option<&'a Document> {
        let id = id(route)?;
        self.compiled.library.by_id(id).filter(|document| document.id == id)
    }

    /// The path of a document that stood under a route and cannot be read now.
    pub(super) fn unread(&self, route: &str) -> Option<String> {
        match self.trail.follow(id(route)?, self.compiled)? {
            Trace::Unread(path) => Some(path),
            Trace::Renamed(_) => None,
        }
    }

    /// Whether a document has a page in this edition.
    pub(super) fn has_page(&self, document: &Document) -> bool {
        self.site.pages.contains_key(&home(document))
    }

    /// Findings that stop a build wherever they stand: those of the theme and of the settings.
    pub(super) fn stops(&self) -> impl Iterator<Item = &Diagnostic> {
        let settings = self.sources().at_path(SETTINGS).map(|file| file.id);
        let standing = self.findings().standing.iter();
        let of_settings = standing.filter(move |finding| {
            finding.severity == Severity::Error && Some(finding.at.file) == settings
        });
        let known = |finding: &&Diagnostic| !self.faults.contains(finding);
        self.faults.iter().chain(of_settings.filter(known))
    }
}

impl Round for Shop<'_> {
    fn page(&self, route: &str) -> Answer {
        if let Some(page) = self.site.pages.get(route) {
            return Answer::Page(page.clone());
        }
        if !self.faults.is_empty() {
            return Answer::Broken;
        }
        let trace = id(route).and_then(|id| self.trail.follow(id, self.compiled));
        match trace {
            Some(Trace::Unread(_)) => Answer::Broken,
            Some(Trace::Renamed(document)) if self.has_page(document) => {
                Answer::Moved(home(document))
            }
            _ => Answer::Missing,
        }
    }

    fn notes(&self, route: &str) -> serde_json::Value {
        super::notes::notes(self, route)
    }
}

/// The id in the route of a document's page.
fn id(route: &str) -> Option<&str> {
    route.strip_prefix("documents/")?.strip_suffix("/index.html")
}

/// The route of a document's page.
fn home(document: &Document) -> String {
    format!("documents/{}/index.html", document.id)
}
