//! The manual to a site.
//!
//! Comes in: everything that is known of the manual, and what was found. Goes out: [`site::Site`],
//! and what is wrong with the theme. A page is a function of its view and the theme: templates
//! get one plain value and call nothing that reaches outside. So the same manual on the same day
//! gives the same bytes, on any machine.

pub mod bare;
pub mod calendar;
mod edition;
mod finish;
mod html;
mod logo;
mod machine;
mod paper;
mod theme;
mod view;
pub mod site;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::busy;
use crate::check::text::broken_diagram;
use crate::check::{self, Findings, Manual};
use crate::diag::{Diagnostic, Severity};
use crate::draw::drawings::Drawings;
use crate::draw::picture;
use crate::model::document::Document;
use crate::model::value::Classification;
use edition::{Edition, count};
use paper::Sheet;
use site::{Entry, MANIFEST, Page, Pages, Route, Site, Unmade};
use theme::{Content, SharedValue, Theme};
use view::parts::List;
use view::{
    Missing, Page as Facts, Shared, clauses, document, findings, index, parts, processes, reviews,
    roles, search,
};

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
    manual: &Manual<'_>,
    findings: &Findings,
    options: &Options,
) -> Result<(Site, Vec<Diagnostic>)> {
    match Press::new(manual, &|| findings, options)? {
        Ok(press) => Site::of(&press),
        Err(faults) => Ok((Site::default(), faults)),
    }
}

/// What the rules found, asked for by the page of findings alone: the rules may be at work while
/// other pages are made.
pub type Found<'a> = &'a (dyn Fn() -> &'a Findings + Sync);

/// Makes the pages of one edition of the manual, each when it is asked for.
pub struct Press<'a> {
    edition: Edition<'a>,
    findings: Found<'a>,
    theme: Theme,
    shared: SharedValue,
    involved: OnceLock<Vec<roles::Involved>>,
    jobs: BTreeMap<Route, Job>,
    search: OnceLock<BTreeMap<String, Arc<[u8]>>>,
}

impl<'a> Press<'a> {
    /// Makes ready to print; or says what is wrong with the theme, so that nothing can be printed.
    ///
    /// # Errors
    /// The facts that all pages share are no plain values; a fault of ours.
    pub fn new(
        manual: &'a Manual<'a>,
        findings: Found<'a>,
        options: &'a Options,
    ) -> Result<Result<Self, Vec<Diagnostic>>> {
        let theme = match Theme::load(manual) {
            Ok(theme) => theme,
            Err(faults) => return Ok(Err(faults)),
        };
        let edition = Edition::new(manual, options);
        let shared =
            SharedValue::new(&shared(&edition)).context("the shared facts of all pages")?;
        let jobs = jobs(&edition, &theme);
        let (involved, search) = (OnceLock::new(), OnceLock::new());
        Ok(Ok(Press { edition, findings, theme, shared, involved, jobs, search }))
    }

    /// What each role does in all documents.
    fn involved(&self) -> &[roles::Involved] {
        self.involved.get_or_init(|| roles::involvement(&self.edition))
    }

    /// Whether there is a file at a route, those of the search index aside; nothing is printed.
    pub fn has(&self, route: &str) -> bool {
        self.jobs.contains_key(route)
    }

    /// The search index, made when the first of its files is asked for. Whoever prints on several
    /// threads of rayon's asks for the routes first: a thread that waits here cannot help.
    fn search(&self) -> &BTreeMap<String, Arc<[u8]>> {
        self.search.get_or_init(|| {
            let findable = search::Findable::new(&self.edition);
            let files = crate::search::files(findable.count(), |number| findable.entry(number));
            files.map(|(path, text)| (format!("search/{path}"), text.into_bytes().into())).collect()
        })
    }
}

impl Pages for Press<'_> {
    fn routes(&self) -> Vec<Route> {
        let mut routes: Vec<(Job, &Route)> =
            self.jobs.iter().map(|(route, job)| (*job, route)).collect();
        // Lists of everything come first, so that nobody waits for them at the end.
        routes.sort_by_key(|(job, _)| job.rank());
        let routes = routes.into_iter().map(|(_, route)| route.clone());
        routes.chain(self.search().keys().cloned()).collect()
    }

    fn page(&self, route: &str) -> Result<Option<Page>, Unmade> {
        let bytes = match self.jobs.get(route) {
            Some(job) => busy::with(route, || self.print(route, *job))?,
            None if route == MANIFEST => {
                let mut entries = Vec::new();
                for route in self.routes() {
                    entries.extend(self.page(&route)?.map(|page| Entry::new(&route, &page.bytes)));
                }
                return Ok(Some(site::manifest(entries)?));
            }
            None if route.starts_with("search/") => match self.search().get(route) {
                Some(bytes) => bytes.clone(),
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
    let base = given.or(edition.settings().site.base_url.as_deref())?;
    let known = ["https://", "http://", "/"].iter().any(|start| base.starts_with(start));
    known.then(|| format!("{}/", base.trim_end_matches('/')))
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
        today: edition.today.to_string(),
        edition: edition.options.edition.as_deref(),
        in_force: count(in_force, "document in force", "documents in force"),
        has_clauses: !edition.manual.standards.all.is_empty(),
        has_search: true,
        drafts: edition.options.drafts,
    }
}

/// A file to make.
#[derive(Clone, Copy)]
enum Job {
    Index,
    /// A part of a long list.
    List(List, usize),
    /// The rows of a part of a long list, for the scripts of its other parts.
    Rows(List, usize),
    Roles,
    Findings,
    NotFound,
    Search,
    Clauses,
    Readiness,
    RegisterJson,
    ReviewsJson,
    CoverageJson,
    RaciJson,
    Calendar,
    /// A clause by its place among all clauses.
    Clause(usize),
    Role(usize),
    /// A document by its place among the published ones.
    Document(usize),
    /// A file of the theme.
    Theme,
    /// A picture or another file of the content folders.
    Content,
    Logo,
}

impl Job {
    /// What takes longest comes first.
    fn rank(self) -> u8 {
        match self {
            Job::Clause(_) | Job::Role(_) => 1,
            Job::Document(_) => 2,
            Job::Theme | Job::Content | Job::Logo => 3,
            _ => 0,
        }
    }
}

/// Where pictures and other files of the content folders go.
const CONTENT: &str = "assets/content/";

/// All files by their routes, those of the search index excepted.
fn jobs(edition: &Edition<'_>, theme: &Theme) -> BTreeMap<Route, Job> {
    let mut jobs = BTreeMap::from(
        [
            ("index.html", Job::Index),
            ("404.html", Job::NotFound),
            ("roles/index.html", Job::Roles),
            ("findings/index.html", Job::Findings),
            ("search/index.html", Job::Search),
            ("register.json", Job::RegisterJson),
            ("reviews.json", Job::ReviewsJson),
            ("coverage.json", Job::CoverageJson),
            ("raci.json", Job::RaciJson),
            ("reviews.ics", Job::Calendar),
        ]
        .map(|(route, job)| (route.to_owned(), job)),
    );
    for list in List::ALL {
        let parts = list.parts(edition);
        for part in 0..parts {
            jobs.insert(parts::route(list.folder(), part), Job::List(list, part));
            if parts > 1 && list.is_table() {
                jobs.insert(parts::script(list.folder(), part), Job::Rows(list, part));
            }
        }
    }
    let clauses = edition.manual.standards.named();
    for (place, (name, ..)) in clauses.enumerate() {
        jobs.insert("clauses/index.html".to_owned(), Job::Clauses);
        jobs.insert("readiness/index.html".to_owned(), Job::Readiness);
        jobs.insert(format!("clauses/{}/index.html", name.replace(':', "/")), Job::Clause(place));
    }
    for (number, role) in edition.roles.all.iter().enumerate() {
        jobs.insert(format!("roles/{}/index.html", role.entry.id), Job::Role(number));
    }
    for (place, number) in edition.published.iter().enumerate() {
        jobs.insert(edition.href("", *number, None), Job::Document(place));
        let graph = edition.manual.graph;
        let links = graph.links[*number].iter().filter_map(|link| html::shown(link, false));
        let images = graph.images[*number].iter().filter_map(|link| html::shown(link, true));
        jobs.extend(links.chain(images).map(|path| (format!("{CONTENT}{path}"), Job::Content)));
    }
    jobs.extend(theme.assets.keys().map(|route| (route.clone(), Job::Theme)));
    jobs.extend(logo::path(edition).map(|path| (logo::route(path), Job::Logo)));
    jobs
}

impl Press<'_> {
    fn print(&self, route: &str, job: Job) -> Result<Arc<[u8]>, Unmade> {
        let edition = &self.edition;
        match job {
            Job::Index => {
                let own = index::page(edition, "");
                self.draw(route, "index", edition.settings().title(), &own)
            }
            Job::List(list, part) => self.list(route, list, part),
            Job::Rows(list, part) => {
                let page = self.list(&parts::route(list.folder(), part), list, part)?;
                Ok(parts::rows(part, &page).into_bytes().into())
            }
            Job::Roles => {
                let own = roles::list(edition, "../", self.involved());
                self.draw(route, "roles", "Roles", &own)
            }
            Job::Findings => {
                let own = findings::page(edition, (self.findings)(), "../");
                self.draw(route, "findings", "Findings", &own)
            }
            Job::NotFound => {
                let own = Missing { base: base(edition) };
                let sheet = paper::bare(edition, &self.theme.bare());
                let facts = self.facts(route, "Not found", sheet);
                let content = Content::new(&self.shared, &facts, "missing", &own)?;
                self.theme.render("missing.html", &content).map_err(Unmade::Fault)
            }
            Job::Logo => Ok(logo::bytes(edition)?.into()),
            Job::Search => self.draw(route, "search", "Search", &()),
            Job::Clauses => {
                let own = clauses::Survey::new(edition, "../").clauses();
                self.draw(route, "clauses", "Clauses", &own)
            }
            Job::Readiness => {
                let own = clauses::Survey::new(edition, "../").readiness();
                self.draw(route, "readiness", "Readiness", &own)
            }
            Job::Clause(place) => self.clause(route, place),
            Job::Role(number) => self.role(route, number),
            Job::Document(place) => self.document(route, place),
            Job::RegisterJson => Ok(machine::register(edition)?.into()),
            Job::ReviewsJson => Ok(machine::reviews(edition)?.into()),
            Job::CoverageJson => Ok(machine::coverage(edition).into()),
            Job::RaciJson => Ok(machine::raci(edition)?.into()),
            Job::Calendar => Ok(machine::calendar(edition).into()),
            Job::Theme => Ok(self.theme.assets[route].clone()),
            Job::Content => {
                let bytes = edition.manual.sources.asset(&route[CONTENT.len()..])?;
                let is_svg = route.to_ascii_lowercase().ends_with(".svg");
                Ok(if is_svg { picture::still(&bytes).into() } else { bytes.into() })
            }
        }
    }

    /// A part of a long list.
    fn list(&self, route: &str, list: List, part: usize) -> Result<Arc<[u8]>, Unmade> {
        let root = "../".repeat(route.matches('/').count());
        if list == List::Reviews {
            let own = reviews::page(&self.edition, &root, part);
            return self.draw(route, "reviews", "Reviews", &own);
        }
        if list == List::Handovers {
            let own = processes::page(&self.edition, &root, part);
            return self.draw(route, "processes", "Processes", &own);
        }
        let own = parts::list(&self.edition, &root, list, part);
        let name = if list == List::Register { "register" } else { "list" };
        self.draw(route, name, own.title, &own)
    }

    fn clause(&self, route: &str, place: usize) -> Result<Arc<[u8]>, Unmade> {
        let standards = &self.edition.manual.standards;
        let (_, at, clause) = standards.named().nth(place).context("a clause has a place")?;
        let root = "../".repeat(route.matches('/').count());
        let own = clauses::Survey::new(&self.edition, &root).clause(&at, clause);
        let title = format!("{} {}", own.number, own.title);
        self.draw(route, "clause", &title, &own)
    }

    fn role(&self, route: &str, number: usize) -> Result<Arc<[u8]>, Unmade> {
        let own = roles::page(&self.edition, "../../", number, &self.involved()[number]);
        let title = own.role.title.text.clone();
        self.draw(route, "role", &title, &own)
    }

    fn document(&self, route: &str, place: usize) -> Result<Arc<[u8]>, Unmade> {
        let edition = &self.edition;
        let number = edition.published[place];
        if let Some(fault) = self.undrawn(edition.document(number)) {
            return Err(Unmade::Fault(Box::new(fault)));
        }
        let previous = place.checked_sub(1).map(|before| edition.published[before]);
        let neighbours = [previous, edition.published.get(place + 1).copied()];
        let own = document::page(edition, number, "../../", neighbours);
        let title = match &own.draft {
            Some(draft) => format!("{}: {} {}", draft.label, own.id, own.title),
            None => format!("{} {}", own.id, own.title),
        };
        let sheet = paper::document(edition, edition.document(number));
        let page = self.facts(route, &title, sheet);
        let content = Content::new(&self.shared, &page, "document", &own)?;
        self.theme.render("document.html", &content).map_err(Unmade::Fault)
    }

    /// What is wrong with a diagram that could be read and cannot be drawn, unless the author
    /// makes less of that than an error: its source is shown then.
    fn undrawn(&self, document: &Document) -> Option<Diagnostic> {
        let found = broken_diagram::undrawn(document, &self.edition.options.drawings);
        if found.is_empty() {
            return None;
        }
        let judged = check::judge(found, self.edition.manual).standing;
        judged.into_iter().find(|fault| fault.severity == Severity::Error)
    }

    /// A page that is no document; its template and its own value go by the same name.
    fn draw(
        &self,
        route: &str,
        name: &'static str,
        title: &str,
        own: &impl Serialize,
    ) -> Result<Arc<[u8]>, Unmade> {
        let facts = self.facts(route, title, paper::plain(&self.edition, title));
        let content = Content::new(&self.shared, &facts, name, own)?;
        self.theme.render(&format!("{name}.html"), &content).map_err(Unmade::Fault)
    }

    /// The facts of a page about itself.
    fn facts(&self, route: &str, title: &str, sheet: Sheet) -> Facts {
        let part = route.split('/').next().unwrap_or_default();
        let current = match part {
            "index.html" => "overview",
            "documents" | "register" => "register",
            "clauses" | "readiness" => "clauses",
            "roles" => "roles",
            "reviews" => "reviews",
            "processes" => "processes",
            "services" => "services",
            "kpis" => "kpis",
            "records" => "records",
            "glossary" => "glossary",
            "findings" => "findings",
            _ => "",
        };
        let organization = self.edition.settings().organization_name();
        let base = base(&self.edition);
        Facts {
            title: format!("{title} – {organization}"),
            root: "../".repeat(route.matches('/').count()),
            current,
            policy: sheet.policy,
            print: sheet.style,
            canonical: base.map(|base| format!("{base}{}", route.trim_end_matches("index.html"))),
        }
    }
}
