//! What there is to make: each file of the site that is neither a document nor a part of the search
//! index, by its route.

use crate::model::library::DocumentNumber;
use std::collections::{BTreeMap, BTreeSet};

use super::edition::Edition;
use super::site::Route;
use super::theme::Theme;
use super::view::due;
use super::view::parts::List;
use super::{logo, routes};
use crate::text::key;

/// A file to make.
#[derive(Clone, Copy)]
pub(super) enum Output {
    Index,
    /// A part of a long list.
    List(List, usize),
    /// The rows of a part of a long list, for the scripts of its other parts.
    Rows(List, usize),
    /// A part of the page of a register of entries: its place among the registers, and the part.
    Entries(usize, usize),
    /// The rows of such a part.
    EntryRows(usize, usize),
    /// The list of these registers.
    Registers,
    EntriesJson,
    /// A part of the page of what is due.
    Due(usize),
    /// The rows of such a part.
    DueRows(usize),
    DueJson,
    /// The calendar of what is due; of a role, by its place among the roles.
    DueCalendar(Option<usize>),
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
    Document(DocumentNumber),
    /// An old edition by its place among those that are kept.
    Old(usize),
    /// A document that has no page any more, by its place among those.
    Ended(usize),
    /// A file of the theme.
    Theme,
    /// A picture or another file of the content folders.
    Content,
    Logo,
}

impl Output {
    /// What takes longest comes first; the two files of a part of a list, which are made together,
    /// one right after the other.
    pub(super) fn rank(self) -> (u8, Option<(List, usize)>) {
        match self {
            Output::List(list, part) | Output::Rows(list, part) => (0, Some((list, part))),
            Output::Entries(..) | Output::EntryRows(..) | Output::Due(_) | Output::DueRows(_) => {
                (0, None)
            }
            Output::Clause(_) | Output::Role(_) => (1, None),
            Output::Document(_) | Output::Old(_) | Output::Ended(_) => (2, None),
            Output::Theme | Output::Content | Output::Logo => (3, None),
            _ => (0, None),
        }
    }
}

/// The pages and files of data that an edition has besides its documents, as the menu names them.
/// What the public reads has no empty ones; any other edition has all of them.
pub(super) fn pages(edition: &Edition<'_>) -> Vec<&'static str> {
    let lists = List::ALL.into_iter().filter(|list| list.parts(edition) > 0);
    let mut pages: Vec<&'static str> = lists.map(List::folder).collect();
    pages.extend((!edition.is_public() || !edition.due().is_empty()).then_some("due"));
    pages.extend(edition.entries.kept().next().map(|_| "registers"));
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

/// The page of what is due, its data and its calendars. The public reads an empty one nowhere.
fn of_due(edition: &Edition<'_>) -> Vec<(Route, Output)> {
    let parts = edition.due().len().div_ceil(routes::PART).max(usize::from(!edition.is_public()));
    let mut outputs = Vec::new();
    for part in 0..parts {
        outputs.push((routes::part(due::FOLDER, part), Output::Due(part)));
        if parts > 1 {
            outputs.push((routes::rows(due::FOLDER, part), Output::DueRows(part)));
        }
    }
    if parts == 0 {
        return outputs;
    }
    outputs.push(("due.json".to_owned(), Output::DueJson));
    outputs.push(("due.ics".to_owned(), Output::DueCalendar(None)));
    for (number, role) in edition.roles.all.iter().enumerate() {
        if edition.due().iter().any(|one| due::is_of_role(edition, one, number)) {
            let route = routes::due_of_role(&role.entry.id.0);
            outputs.push((route, Output::DueCalendar(Some(number))));
        }
    }
    outputs
}

/// The pages of registers of entries; there are none of those that nobody keeps.
fn of_entries(edition: &Edition<'_>) -> Vec<(Route, Output)> {
    let mut outputs = Vec::new();
    for register in edition.entries.kept() {
        let folder = routes::register(&edition.entries.registers.of(register).name);
        let parts = edition.entries.rows(register).len().div_ceil(routes::PART);
        for part in 0..parts {
            outputs.push((routes::part(&folder, part), Output::Entries(register, part)));
            if parts > 1 {
                outputs.push((routes::rows(&folder, part), Output::EntryRows(register, part)));
            }
        }
    }
    if !outputs.is_empty() {
        outputs.push(("registers/index.html".to_owned(), Output::Registers));
        outputs.push(("entries.json".to_owned(), Output::EntriesJson));
    }
    outputs
}

/// Files by their routes, as [`super::Printer`] keeps them.
pub(super) fn outputs(edition: &Edition<'_>, theme: &Theme) -> BTreeMap<Route, Output> {
    let mut outputs = BTreeMap::from(
        [
            ("index.html", Output::Index),
            ("404.html", Output::NotFound),
            ("search/index.html", Output::Search),
            ("register.json", Output::RegisterJson),
        ]
        .map(|(route, output)| (route.to_owned(), output)),
    );
    for list in List::ALL {
        let parts = list.parts(edition);
        for part in 0..parts {
            outputs.insert(routes::part(list.folder(), part), Output::List(list, part));
            if parts > 1 && list.is_table() {
                outputs.insert(routes::rows(list.folder(), part), Output::Rows(list, part));
            }
        }
    }
    outputs.extend(of_entries(edition));
    outputs.extend(of_due(edition));
    for (there, route, output) in [
        (has_roles(edition), "roles/index.html", Output::Roles),
        (has_matrices(edition), "raci.json", Output::RaciJson),
        (List::Reviews.parts(edition) > 0, "reviews.json", Output::ReviewsJson),
        (List::Reviews.parts(edition) > 0, "reviews.ics", Output::Calendar),
        (!edition.is_public(), "findings/index.html", Output::Findings),
        (!edition.is_public(), "coverage.json", Output::CoverageJson),
    ] {
        if there {
            outputs.insert(route.to_owned(), output);
        }
    }
    let clauses = edition.standards().named().filter(|_| !edition.is_public());
    for (place, (name, ..)) in clauses.enumerate() {
        outputs.insert("clauses/index.html".to_owned(), Output::Clauses);
        outputs.insert("readiness/index.html".to_owned(), Output::Readiness);
        outputs.insert(routes::clause(&name), Output::Clause(place));
    }
    for (number, role) in edition.roles.all.iter().enumerate() {
        outputs.insert(routes::role(&role.entry.id.0), Output::Role(number));
    }
    for (place, kept) in edition.kept().iter().enumerate() {
        let Some(recorded) = edition.recorded(kept) else { continue };
        let route = routes::old(&kept.id, &recorded.version, kept.place);
        outputs.entry(route).or_insert(Output::Old(place));
    }
    let mut ids = BTreeSet::new();
    for (place, ended) in edition.ended().enumerate() {
        // Two ids that differ in letter case alone would share a folder on some disks.
        if ids.insert(key(&ended.id)) {
            outputs.insert(routes::document(&ended.id), Output::Ended(place));
        }
    }
    outputs.extend(theme.assets.keys().map(|route| (route.clone(), Output::Theme)));
    outputs.extend(logo::path(edition).map(|path| (logo::route(path), Output::Logo)));
    outputs
}
