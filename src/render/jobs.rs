//! What there is to make: each file of the site that is neither a document nor a part of the search
//! index, by its route.

use std::collections::BTreeMap;

use super::edition::Edition;
use super::logo;
use super::site::Route;
use super::theme::Theme;
use super::view::parts::{self, List};

/// A file to make.
#[derive(Clone, Copy)]
pub(super) enum Job {
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
    /// A document by its number.
    Document(usize),
    /// A file of the theme.
    Theme,
    /// A picture or another file of the content folders.
    Content,
    Logo,
}

impl Job {
    /// What takes longest comes first; the two files of a part of a list, which are made together,
    /// one right after the other.
    pub(super) fn rank(self) -> (u8, Option<(List, usize)>) {
        match self {
            Job::List(list, part) | Job::Rows(list, part) => (0, Some((list, part))),
            Job::Clause(_) | Job::Role(_) => (1, None),
            Job::Document(_) => (2, None),
            Job::Theme | Job::Content | Job::Logo => (3, None),
            _ => (0, None),
        }
    }
}

/// Where pictures and other files of the content folders go.
pub(super) const CONTENT: &str = "assets/content/";

/// The pages and files of data that an edition has besides its documents, as the menu names them.
/// What the public reads has no empty ones; any other edition has all of them.
pub(super) fn pages(edition: &Edition<'_>) -> Vec<&'static str> {
    let lists = List::ALL.into_iter().filter(|list| list.parts(edition) > 0);
    let mut pages: Vec<&'static str> = lists.map(List::folder).collect();
    pages.extend(has_roles(edition).then_some("roles"));
    pages.extend(has_matrices(edition).then_some("raci"));
    pages.extend((!edition.is_public()).then_some("findings"));
    pages
}

fn has_roles(edition: &Edition<'_>) -> bool {
    !edition.is_public() || !edition.roles.all.is_empty()
}

fn has_matrices(edition: &Edition<'_>) -> bool {
    let mut published = edition.published.iter().map(|number| edition.document(*number));
    !edition.is_public() || published.any(|document| !document.matrices.is_empty())
}

/// Files by their routes, as [`super::Press`] keeps them.
pub(super) fn jobs(edition: &Edition<'_>, theme: &Theme) -> BTreeMap<Route, Job> {
    let mut jobs = BTreeMap::from(
        [
            ("index.html", Job::Index),
            ("404.html", Job::NotFound),
            ("search/index.html", Job::Search),
            ("register.json", Job::RegisterJson),
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
    for (there, route, job) in [
        (has_roles(edition), "roles/index.html", Job::Roles),
        (has_matrices(edition), "raci.json", Job::RaciJson),
        (List::Reviews.parts(edition) > 0, "reviews.json", Job::ReviewsJson),
        (List::Reviews.parts(edition) > 0, "reviews.ics", Job::Calendar),
        (!edition.is_public(), "findings/index.html", Job::Findings),
        (!edition.is_public(), "coverage.json", Job::CoverageJson),
    ] {
        if there {
            jobs.insert(route.to_owned(), job);
        }
    }
    let clauses = edition.manual.standards.named().filter(|_| !edition.is_public());
    for (place, (name, ..)) in clauses.enumerate() {
        jobs.insert("clauses/index.html".to_owned(), Job::Clauses);
        jobs.insert("readiness/index.html".to_owned(), Job::Readiness);
        jobs.insert(format!("clauses/{}/index.html", name.replace(':', "/")), Job::Clause(place));
    }
    for (number, role) in edition.roles.all.iter().enumerate() {
        jobs.insert(format!("roles/{}/index.html", role.entry.id), Job::Role(number));
    }
    jobs.extend(theme.assets.keys().map(|route| (route.clone(), Job::Theme)));
    jobs.extend(logo::path(edition).map(|path| (logo::route(path), Job::Logo)));
    jobs
}
