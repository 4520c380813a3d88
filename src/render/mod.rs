//! The manual to a site.
//!
//! Comes in: everything that is known of the manual, and what was found. Goes out: [`site::Site`],
//! and what is wrong with the theme. A page is a function of its view and the theme: templates
//! get one plain value and call nothing that reaches outside. So the same manual on the same day
//! gives the same bytes, on any machine.

pub mod unthemed;
pub mod calendar;
mod edition;
mod entries;
mod entry_links;
mod escape;
mod html;
mod outputs;
mod logo;
mod machine;
mod by_name;
mod order;
mod policy;
mod print;
mod reader;
mod rehearse;
mod routes;
mod said_words;
mod sheet;
mod text;
mod theme;
mod view;
pub mod visibility;
mod words;
pub mod site;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod link_tests;
#[cfg(test)]
mod phrase_tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Context as _, Result};

use crate::check::Findings;
use crate::content;
use crate::crash_context;
use crate::diag::{Diagnostic, Severity};
use crate::draw::drawings::Drawings;
use crate::manual::Manual;
use crate::model::library::DocumentNumber;
use crate::model::value::Classification;
use crate::search::{File, index as search_index, results, results_number};
use crate::source::is_below;
use edition::Edition;
use outputs::{Output, outputs};
use routes::CONTENT;
use routes::Root;
use site::{Bytes, MANIFEST, ManifestEntry, Page, Pages, Route, Site, SiteContents, Unmade};
use theme::{Content, SharedValue, Theme};
use view::{Shared, roles, search};
use visibility::VisibleManual;

/// What a build was asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether documents that are not in force are published too, with their marks.
    pub drafts: bool,
    /// Where the site will stand; for the calendar and for canonical addresses alone. Wins over
    /// `site.base_url` of the settings.
    pub base_url: Option<String>,
    /// What the edition is called, for example a commit.
    pub edition: Option<String>,
    /// The highest classification that its readers may see; no limit when absent.
    pub audience: Option<Classification>,
    /// Diagrams that have been drawn before.
    pub drawings: Drawings,
}

/// Makes all pages of the site.
///
/// # Errors
/// A picture cannot be read from the disk. What is wrong with the theme is no error but comes
/// back as findings; pages that could not be drawn are then missing.
pub fn site(
    manual: &Manual,
    findings: &Findings,
    options: &Options,
) -> Result<(Site, Vec<Diagnostic>)> {
    let visible = VisibleManual::new(manual, options);
    match Printer::new(&visible, &|| findings)? {
        Ok(printer) => Site::of(&printer),
        Err(faults) => Ok((Site::default(), faults)),
    }
}

pub use rehearse::rehearsed;

/// What the rules found, asked for by the pages that show it alone: the rules may be at work while
/// other pages are made.
pub type FindingsSource<'a> = &'a (dyn Fn() -> &'a Findings + Sync);

/// Makes the pages of one edition of the manual, each when it is asked for.
pub struct Printer<'a> {
    visible: &'a VisibleManual<'a>,
    edition: Edition<'a>,
    findings: FindingsSource<'a>,
    theme: Theme,
    /// The theme that every manual has, once a template of the manual's own is broken.
    builtin: OnceLock<Option<Theme>>,
    /// What is wrong with the theme, as far as that has shown, before levels are set.
    faults: Mutex<BTreeSet<Diagnostic>>,
    shared: SharedValue,
    involved: OnceLock<Vec<roles::Involved>>,
    /// Files by their routes, those of documents, of the content folders and of the search index
    /// excepted: they are found when they are asked for.
    outputs: BTreeMap<Route, Output>,
    content: OnceLock<BTreeSet<Route>>,
    search: OnceLock<SearchIndex>,
    /// Files that were made along with others. A part of a long list comes twice, as a page and as
    /// the script with its rows: whichever is asked for first leaves the other here. The files of
    /// results come with the search index. Whoever asks for a file takes it away, so that a build
    /// does not hold them all; it is made again for whoever asks once more.
    left: Mutex<BTreeMap<Route, Bytes>>,
}

/// The search index, as far as it is kept.
struct SearchIndex {
    /// The files that lead from words to pages.
    words: BTreeMap<Route, Bytes>,
    /// The routes of the files that show pages in results.
    results: Vec<Route>,
}

/// Where the search index goes.
const SEARCH: &str = "search/";

impl<'a> Printer<'a> {
    /// Makes ready to print; or says what is wrong with the theme, so that nothing can be printed.
    ///
    /// # Errors
    /// The facts that all pages share are no plain values; a fault of ours.
    pub fn new(
        visible: &'a VisibleManual<'a>,
        findings: FindingsSource<'a>,
    ) -> Result<Result<Self, Vec<Diagnostic>>> {
        let (theme, faults) = match visible.theme() {
            Ok(theme) => (theme, Vec::new()),
            Err(faults) => {
                let judged = visible.judged(faults.clone());
                // An author may make less of it than an error: then there is the built-in theme.
                let builtin = visible.builtin_theme();
                match builtin.filter(|_| judged.iter().all(|one| one.severity < Severity::Error)) {
                    Some(theme) => (theme, faults),
                    None => return Ok(Err(judged)),
                }
            }
        };
        let edition = Edition::new(visible, Arc::clone(&theme.words));
        let shared =
            SharedValue::new(&shared(&edition)).context("the shared facts of all pages")?;
        let outputs = outputs(&edition, &theme);
        let (involved, content, search) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Ok(Ok(Printer {
            visible,
            edition,
            findings,
            theme,
            builtin: OnceLock::new(),
            faults: Mutex::new(faults.into_iter().collect()),
            shared,
            involved,
            outputs,
            content,
            search,
            left: Mutex::default(),
        }))
    }

    /// Draws a page by a template. Where that is broken and the author makes less of it than an
    /// error, the built-in one draws it.
    fn render(&self, template: &str, content: &Content) -> Result<Bytes, Unmade> {
        let fault = match self.theme.render(template, content) {
            Ok(bytes) => return Ok(bytes),
            Err(fault) => *fault,
        };
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).insert(fault.clone());
        if let Some(fault) = self.visible.grave(vec![fault]) {
            return Err(Unmade::Fault(Box::new(fault)));
        }
        let builtin = self.builtin.get_or_init(|| self.visible.builtin_theme());
        let builtin = builtin.as_ref().context("the built-in theme cannot be read")?;
        builtin.render(template, content).map_err(Unmade::Fault)
    }

    /// What each role does in all documents.
    fn involved(&self) -> &[roles::Involved] {
        self.involved.get_or_init(|| roles::involvement(&self.edition))
    }

    /// Whether there is a file at a route, those of the search index aside; nothing is printed.
    pub fn has(&self, route: &str) -> bool {
        self.output(route).is_some()
    }

    /// What there is to do for a route.
    fn output(&self, route: &str) -> Option<Output> {
        if let Some(output) = self.outputs.get(route) {
            return Some(*output);
        }
        if route.starts_with(CONTENT) {
            return self.content().contains(route).then_some(Output::Content);
        }
        let id = routes::document_id(route)?;
        let number = self.edition.by_id(id)?;
        let is_own = self.edition.document(number).id == id;
        (is_own && self.edition.is_published(number)).then_some(Output::Document(number))
    }

    /// Files of the content folders that published documents show or offer.
    fn content(&self) -> &BTreeSet<Route> {
        self.content.get_or_init(|| {
            let edition = &self.edition;
            let of_document = |number: &DocumentNumber| {
                let links = edition.links(*number).iter();
                let links = links.filter_map(|link| content::shown(link, false));
                let images = edition.images(*number).iter();
                let images = images.filter_map(|link| content::shown(link, true));
                links.chain(images).collect::<Vec<_>>()
            };
            let old = edition.kept().iter().map(|kept| &kept.number);
            let paths = edition.published.iter().chain(old).flat_map(of_document);
            paths.map(|path| format!("{CONTENT}{path}")).collect()
        })
    }

    /// The search index, made when the first of its files is asked for. Whoever prints on several
    /// threads of rayon's asks for the routes first: a thread that waits here cannot help.
    fn search(&self) -> &SearchIndex {
        self.search.get_or_init(|| {
            let made = search_index(&search::Findable::new(&self.edition));
            let file = |(path, text): File| (format!("{SEARCH}{path}"), text.into_bytes().into());
            let leave = |(route, bytes): (Route, Bytes)| {
                self.leave(route.clone(), bytes);
                route
            };
            let results = made.results.into_iter().map(file).map(leave).collect();
            SearchIndex { words: made.words.into_iter().map(file).collect(), results }
        })
    }

    /// A file of the search index.
    fn searched(&self, route: &str) -> Option<Bytes> {
        let Some(number) = results_number(&route[SEARCH.len()..]) else {
            return self.search().words.get(route).cloned();
        };
        self.take(route).or_else(|| {
            let text = results(&search::Findable::new(&self.edition), number)?;
            Some(text.into_bytes().into())
        })
    }
}

impl Printer<'_> {
    /// Takes a file that was left.
    fn take(&self, route: &str) -> Option<Bytes> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).remove(route)
    }

    /// Leaves a file for whoever asks for it next.
    fn leave(&self, route: Route, bytes: Bytes) {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).insert(route, bytes);
    }
}

impl Pages for Printer<'_> {
    fn routes(&self) -> Vec<Route> {
        let mut outputs = self.outputs.clone();
        for route in self.content() {
            outputs.entry(route.clone()).or_insert(Output::Content);
        }
        for number in &self.edition.published {
            let route = self.edition.href(Root::TOP, *number, None);
            outputs.entry(route).or_insert(Output::Document(*number));
        }
        let mut routes: Vec<(Route, Output)> = outputs.into_iter().collect();
        // Lists of everything come first, so that nobody waits for them at the end.
        routes.sort_by_key(|(_, output)| output.rank());
        let routes = routes.into_iter().map(|(route, _)| route);
        let search = self.search();
        // Files of results first: they are made, and wait to be taken.
        let results = search.results.iter().cloned();
        results.chain(routes).chain(search.words.keys().cloned()).collect()
    }

    fn extent(&self) -> SiteContents {
        let Edition { options, published, .. } = &self.edition;
        let mut folders = self.edition.settings().content();
        let paths = || published.iter().map(|number| &self.edition.document(*number).path);
        folders.retain(|folder| paths().any(|path| is_below(path, folder)));
        SiteContents {
            documents: published.len(),
            drafts: options.drafts,
            audience: options.audience.map(|who| who.word().to_owned()),
            folders,
        }
    }

    fn page(&self, route: &str) -> Result<Option<Page>, Unmade> {
        let bytes = match self.output(route) {
            Some(output) => crash_context::with(route, || self.print(route, output))?,
            None if route == MANIFEST => {
                let mut entries = Vec::new();
                for route in self.routes() {
                    entries.extend(
                        self.page(&route)?.map(|page| ManifestEntry::new(&route, &page.bytes)),
                    );
                }
                return Ok(Some(site::manifest(&self.extent(), entries)?));
            }
            None if route.starts_with(SEARCH) => match self.searched(route) {
                Some(bytes) => bytes,
                None => return Ok(None),
            },
            None => return Ok(None),
        };
        Ok(Some(Page::new(route, bytes)))
    }
}

/// The address of the site, with a slash at its end: a full one, or a path on its host.
fn base(edition: &Edition<'_>) -> Option<String> {
    let given = edition.options.base_url.as_deref();
    let base = given.or(edition.settings().base_url())?;
    Some(format!("{}/", base.trim_end_matches('/')))
}

fn shared<'a>(edition: &Edition<'a>) -> Shared<'a> {
    let settings = edition.settings();
    let in_force = edition.published.iter();
    let in_force = in_force.filter(|n| edition.document(**n).in_force(edition.today)).count();
    Shared {
        organization: settings.organization_name(),
        title: settings.title(),
        logo: logo::path(edition).map(|path| site::url_path(&logo::route(path))),
        language: settings.language(),
        words: edition.words.language().to_owned(),
        direction: edition.words.frame().direction().to_owned(),
        today: edition.today.to_string(),
        edition: edition.options.edition.as_deref(),
        in_force: edition.words.frame().in_force(in_force),
        has_clauses: !edition.standards().all.is_empty() && !edition.is_public(),
        pages: outputs::pages(edition),
        has_search: true,
        drafts: edition.options.drafts,
        audience: edition.options.audience.map(Classification::word),
    }
}
