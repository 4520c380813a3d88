//! The manual to a site.
//!
//! Comes in: everything that is known of the manual, and what was found. Goes out: [`site::Site`],
//! and what is wrong with the theme. A page is a function of its view and the theme: templates
//! get one plain value and call nothing that reaches outside. So the same manual on the same day
//! gives the same bytes, on any machine.

pub mod bare;
pub mod calendar;
mod edition;
mod html;
mod machine;
mod paper;
mod theme;
mod view;
pub mod site;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use serde::Serialize;

use crate::check::{Findings, Manual};
use crate::diag::Diagnostic;
use crate::model::value::Classification;
use edition::{Edition, count};
use paper::Sheet;
use site::{Route, Site};
use theme::{Content, SharedValue, Theme};
use view::{
    Page, Shared, block, clauses, document, findings, index, lists, register, reviews, roles,
    search,
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
}

/// Makes the site.
///
/// # Errors
/// A picture cannot be read from the disk. What is wrong with the theme is no error but comes
/// back as findings; pages that could not be drawn are then missing.
pub fn site(
    manual: &Manual<'_>,
    findings: &Findings,
    options: &Options,
) -> Result<(Site, Vec<Diagnostic>)> {
    let theme = match Theme::load(manual) {
        Ok(theme) => theme,
        Err(faults) => return Ok((Site::default(), faults)),
    };
    let edition = Edition::new(manual, findings, options);
    let shared = SharedValue::new(&shared(&edition)).context("the shared facts of all pages")?;
    let involvement = roles::involvement(&edition);
    let press = Press { edition: &edition, theme: &theme, shared: &shared, involved: &involvement };
    let printed: Vec<Printed> =
        jobs(&edition).into_par_iter().map(|job| press.print(job)).collect::<Result<_>>()?;

    let mut site = Site::default();
    let mut assets = BTreeSet::new();
    let mut faults = BTreeSet::new();
    for one in printed {
        assets.extend(one.assets);
        match one.bytes {
            Ok(bytes) => site.add(one.route, bytes),
            Err(fault) => {
                faults.insert(fault);
            }
        }
    }
    for (route, bytes) in &theme.assets {
        site.add(route, bytes.clone());
    }
    for path in assets {
        site.add(format!("assets/content/{path}"), manual.sources.asset(&path)?);
    }
    for (path, text) in crate::search::files(&search::entries(&edition)) {
        site.add(format!("search/{path}"), text.into_bytes());
    }
    site.add("register.json", machine::register(&edition)?);
    site.add("reviews.json", machine::reviews(&edition)?);
    site.add("coverage.json", machine::coverage(&edition));
    site.add("raci.json", machine::raci(&edition)?);
    site.add("reviews.ics", machine::calendar(&edition));
    site.seal()?;
    Ok((site, faults.into_iter().map(|fault: Box<Diagnostic>| *fault).collect()))
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
        language: settings.language(),
        today: edition.today.to_string(),
        edition: edition.options.edition.as_deref(),
        in_force: count(in_force, "document in force", "documents in force"),
        has_clauses: !edition.manual.standards.all.is_empty(),
        has_search: true,
        drafts: edition.options.drafts,
    }
}

/// A page to make.
#[derive(Clone, Copy)]
enum Job {
    Index,
    Register,
    Roles,
    Services,
    Kpis,
    Records,
    Glossary,
    Reviews,
    Findings,
    NotFound,
    Search,
    Clauses,
    Readiness,
    /// A clause by its place among all clauses.
    Clause(usize),
    Role(usize),
    /// A document by its place among the published ones.
    Document(usize),
}

/// All pages, the largest first, so that they are not waited for at the end.
fn jobs(edition: &Edition<'_>) -> Vec<Job> {
    let mut jobs = vec![
        Job::Register,
        Job::Kpis,
        Job::Records,
        Job::Reviews,
        Job::Findings,
        Job::Glossary,
        Job::Services,
        Job::Roles,
        Job::Index,
        Job::NotFound,
        Job::Search,
    ];
    let clauses = edition.manual.standards.named().count();
    if clauses > 0 {
        jobs.extend([Job::Clauses, Job::Readiness]);
        jobs.extend((0..clauses).map(Job::Clause));
    }
    jobs.extend((0..edition.roles.all.len()).map(Job::Role));
    jobs.extend((0..edition.published.len()).map(Job::Document));
    jobs
}

/// A page that was made.
struct Printed {
    route: Route,
    bytes: Result<Arc<[u8]>, Box<Diagnostic>>,
    assets: Vec<String>,
}

/// Makes pages.
struct Press<'a> {
    edition: &'a Edition<'a>,
    theme: &'a Theme,
    shared: &'a SharedValue,
    involved: &'a [roles::Involved],
}

impl Press<'_> {
    fn print(&self, job: Job) -> Result<Printed> {
        let edition = self.edition;
        match job {
            Job::Index => {
                let own = index::page(edition, "");
                self.page("index.html", "index", edition.settings().title(), &own)
            }
            Job::Register => {
                let own = register::register(edition, "../");
                self.page("register/index.html", "register", "Register", &own)
            }
            Job::Roles => {
                let own = roles::list(edition, "../", self.involved);
                self.page("roles/index.html", "roles", "Roles", &own)
            }
            Job::Reviews => {
                let own = reviews::page(edition, "../");
                self.page("reviews/index.html", "reviews", "Reviews", &own)
            }
            Job::Findings => {
                let own = findings::page(edition, "../");
                self.page("findings/index.html", "findings", "Findings", &own)
            }
            Job::NotFound => self.page("404.html", "missing", "Not found", &()),
            Job::Search => self.page("search/index.html", "search", "Search", &()),
            Job::Clauses => {
                let own = clauses::Survey::new(edition, "../").clauses();
                self.page("clauses/index.html", "clauses", "Clauses", &own)
            }
            Job::Readiness => {
                let own = clauses::Survey::new(edition, "../").readiness();
                self.page("readiness/index.html", "readiness", "Readiness", &own)
            }
            Job::Clause(place) => self.clause(place),
            Job::Services | Job::Kpis | Job::Records | Job::Glossary => self.list(job),
            Job::Role(number) => self.role(number),
            Job::Document(place) => self.document(place),
        }
    }

    /// A page that is one list.
    fn list(&self, job: Job) -> Result<Printed> {
        let (folder, kind, title, lead) = match job {
            Job::Services => {
                ("services", "services", "Services", "What we deliver, and who answers for it.")
            }
            Job::Kpis => ("kpis", "kpis", "KPIs", "What we measure, and what we want to reach."),
            Job::Records => (
                "records",
                "records",
                "Records",
                "What we keep as evidence, where, and for how long.",
            ),
            _ => ("glossary", "terms", "Glossary", "What our words mean."),
        };
        let block = block::of_all(self.edition, "../", kind);
        let own = lists::ListPage { title, lead: lead.to_owned(), count: block.rows.len(), block };
        self.page(&format!("{folder}/index.html"), "list", title, &own)
    }

    fn clause(&self, place: usize) -> Result<Printed> {
        let standards = &self.edition.manual.standards;
        let (name, at, clause) = standards.named().nth(place).context("a clause has a place")?;
        let route = format!("clauses/{}/index.html", name.replace(':', "/"));
        let root = "../".repeat(route.matches('/').count());
        let own = clauses::Survey::new(self.edition, &root).clause(&at, clause);
        let title = format!("{} {}", own.number, own.title);
        self.page(&route, "clause", &title, &own)
    }

    fn role(&self, number: usize) -> Result<Printed> {
        let own = roles::page(self.edition, "../../", number, &self.involved[number]);
        let route = format!("roles/{}/index.html", own.role.id);
        let title = own.role.title.text.clone();
        self.page(&route, "role", &title, &own)
    }

    fn document(&self, place: usize) -> Result<Printed> {
        let edition = self.edition;
        let number = edition.published[place];
        let previous = place.checked_sub(1).map(|before| edition.published[before]);
        let neighbours = [previous, edition.published.get(place + 1).copied()];
        let (own, assets) = document::page(edition, number, "../../", neighbours);
        let route = edition.href("", number, None);
        let title = match &own.draft {
            Some(draft) => format!("{}: {} {}", draft.label, own.id, own.title),
            None => format!("{} {}", own.id, own.title),
        };
        let sheet = paper::document(edition, edition.document(number));
        let page = self.facts(&route, &title, sheet);
        let content = Content::new(self.shared, &page, "document", &own)?;
        Ok(Printed { route, bytes: self.theme.render("document.html", &content), assets })
    }

    /// A page that is no document; its template and its own value go by the same name.
    fn page(
        &self,
        route: &str,
        name: &'static str,
        title: &str,
        own: &impl Serialize,
    ) -> Result<Printed> {
        let page = self.facts(route, title, paper::plain(self.edition, title));
        let content = Content::new(self.shared, &page, name, own)?;
        let bytes = self.theme.render(&format!("{name}.html"), &content);
        Ok(Printed { route: route.to_owned(), bytes, assets: Vec::new() })
    }

    /// The facts of a page about itself.
    fn facts(&self, route: &str, title: &str, sheet: Sheet) -> Page {
        let part = route.split('/').next().unwrap_or_default();
        let current = match part {
            "index.html" => "overview",
            "documents" | "register" => "register",
            "clauses" | "readiness" => "clauses",
            "roles" => "roles",
            "reviews" => "reviews",
            "services" => "services",
            "kpis" => "kpis",
            "records" => "records",
            "glossary" => "glossary",
            "findings" => "findings",
            _ => "",
        };
        let organization = self.edition.settings().organization_name();
        let base = base(self.edition);
        Page {
            title: format!("{title} – {organization}"),
            root: "../".repeat(route.matches('/').count()),
            current,
            policy: sheet.policy,
            print: sheet.style,
            canonical: base.map(|base| format!("{base}{}", route.trim_end_matches("index.html"))),
        }
    }
}
