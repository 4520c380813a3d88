//! One state of the manual, as the preview's server asks for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::Shown;
use super::moved::Trace;
use crate::check::{self, Family, Findings};
use crate::compile;
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::render::site::{Page, Pages as _, Route, Unmade};
use crate::render::{Printer, rehearsed};
use crate::serve::Answer;
use crate::source::{SETTINGS, Sources};

/// What the rules found, as soon as they have.
pub(super) type LateFindings = OnceLock<Findings>;

/// A state of the manual.
pub(super) struct PreviewState<'a> {
    pub(super) shown: &'a Shown,
    pub(super) manual: &'a Manual,
    found: &'a LateFindings,
    /// Nothing, when the theme as a whole cannot be used.
    printer: Option<Printer<'a>>,
    printed: Mutex<BTreeMap<Route, Page>>,
    /// What is wrong with the theme, as far as that has shown.
    faults: Mutex<BTreeSet<Diagnostic>>,
    /// Why a newer state could not be read.
    failure: Mutex<Option<String>>,
}

impl<'a> PreviewState<'a> {
    pub(super) fn new(
        shown: &'a Shown,
        manual: &'a Manual,
        found: &'a LateFindings,
        printer: Result<Printer<'a>, Vec<Diagnostic>>,
    ) -> Self {
        let (printer, faults) = match printer {
            Ok(printer) => (Some(printer), Vec::new()),
            Err(faults) => (None, faults),
        };
        let faults = Mutex::new(faults.into_iter().collect());
        let (printed, failure) = (Mutex::default(), Mutex::default());
        PreviewState { shown, manual, found, printer, printed, faults, failure }
    }

    /// The files that it was made from.
    pub(super) fn sources(&self) -> &Sources {
        &self.manual.sources
    }

    /// What was found in them; nothing while the rules are at work.
    pub(super) fn found(&self) -> Option<&'a Findings> {
        self.found.get()
    }

    /// Findings that stand; none while the rules are at work.
    pub(super) fn standing(&self) -> &'a [Diagnostic] {
        self.found().map_or(&[], |found| &found.standing)
    }

    /// What is wrong with the theme, as far as that has shown.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        lock(&self.faults).iter().cloned().collect()
    }

    /// Lets the rules look at it, and says what they found; `false` when they were told to stop.
    pub(super) fn check(&self, memory: &mut compile::Session, stop: &AtomicBool) -> bool {
        let Some(found) = compile::check_unless(self.manual, memory, stop) else { return false };
        let go_on = || !stop.load(Ordering::Relaxed);
        let found = match rehearsed(self.manual, found.clone(), &self.shown.options, &go_on) {
            Ok(Some(all)) => all,
            Ok(None) => return false,
            Err(error) => {
                self.fail(format!("{error:#}"));
                found
            }
        };
        let _ = self.found.set(found);
        self.shown.board.tell();
        true
    }

    /// Why a newer state could not be read.
    pub(super) fn failure(&self) -> Option<String> {
        lock(&self.failure).clone()
    }

    /// Notes why a newer state could not be read; `false` when that is known.
    pub(super) fn fail(&self, why: String) -> bool {
        let mut failure = lock(&self.failure);
        let new = failure.as_deref() != Some(&why);
        *failure = Some(why);
        new
    }

    /// Whether it is shown as some readers will see it: what they may not know of is then told on the
    /// terminal alone.
    pub(super) fn is_limited(&self) -> bool {
        self.shown.options.audience.is_some()
    }

    /// The document whose page a route is.
    pub(super) fn document(&self, route: &str) -> Option<&'a Document> {
        let id = id(route)?;
        self.manual.library.by_id(id).filter(|document| document.id == id)
    }

    /// The path of a document that stood under a route and cannot be read now.
    pub(super) fn unread(&self, route: &str) -> Option<String> {
        match self.shown.moved.follow(id(route)?, self.manual)? {
            Trace::Unread(path) => Some(path),
            Trace::Renamed(_) => None,
        }
    }

    /// Whether a document has a page in this edition.
    pub(super) fn has_page(&self, document: &Document) -> bool {
        self.printer.as_ref().is_some_and(|printer| printer.has(&home(document)))
    }

    /// Findings that stop a build wherever they stand: those of the theme and of the settings.
    pub(super) fn stops(&self) -> Vec<Diagnostic> {
        let settings = self.sources().at_path(SETTINGS).map(|file| file.id);
        let standing = self.standing().iter().filter(|finding| {
            let is_of_theme =
                || check::rule(finding.code.0).is_some_and(|rule| rule.family == Family::Theme);
            finding.severity == Severity::Error
                && (Some(finding.at.file) == settings || is_of_theme())
        });
        let mut stops = lock(&self.faults).clone();
        stops.extend(standing.cloned());
        stops.into_iter().collect()
    }

    /// What is shown at a route: its page, or why there is none.
    pub(super) fn answer(&self, route: &str) -> Answer {
        let Some(printer) = &self.printer else { return self.unmade() };
        let answer = match self.print(printer, route) {
            Answer::Broken => self.unmade(),
            answer => answer,
        };
        if answer != Answer::Missing {
            return answer;
        }
        match id(route).and_then(|id| self.shown.moved.follow(id, self.manual)) {
            Some(Trace::Unread(_)) if !self.is_limited() => Answer::Broken,
            Some(Trace::Renamed(document)) if self.has_page(document) => {
                Answer::Moved(home(document))
            }
            _ => Answer::Missing,
        }
    }

    fn print(&self, printer: &Printer<'_>, route: &str) -> Answer {
        if let Some(page) = lock(&self.printed).get(route) {
            return Answer::Page(page.clone());
        }
        match printer.page(route) {
            Ok(Some(page)) => {
                lock(&self.printed).insert(route.to_owned(), page.clone());
                Answer::Page(page)
            }
            Ok(None) => Answer::Missing,
            Err(Unmade::Fault(fault)) => {
                lock(&self.faults).insert(*fault);
                Answer::Broken
            }
            Err(Unmade::Failed(error)) => {
                self.fail(format!("{error:#}"));
                Answer::Broken
            }
        }
    }
}

impl PreviewState<'_> {
    /// What stands for a page that cannot be made. In an edition for some readers an earlier page may
    /// be of a document that has been closed to them since.
    fn unmade(&self) -> Answer {
        if self.is_limited() { Answer::Withheld } else { Answer::Broken }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The id in the route of a document's page.
fn id(route: &str) -> Option<&str> {
    route.strip_prefix("documents/")?.strip_suffix("/index.html")
}

/// The route of a document's page.
fn home(document: &Document) -> String {
    format!("documents/{}/index.html", document.id)
}
