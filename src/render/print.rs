//! One file at a time: the view of a page, its template, and what stands around every page.

use anyhow::Context as _;
use serde::Serialize;

use super::outputs::Output;
use super::routes::{self, CONTENT, Root};
use super::sheet::{self, Sheet};
use super::site::{Bytes, Route, Unmade};
use super::theme::Content;
use super::view::list_pages;
use super::view::parts::{self, List};
use super::view::{
    Missing, Page as Facts, clauses, document, due, entries, findings, index, old, processes,
    reviews, roles,
};
use super::{Printer, base, logo, machine};
use crate::diag::Diagnostic;
use crate::draw::picture;
use crate::model::library::DocumentNumber;

/// The bytes of a file of the author's as they are published. What was left out of a picture, or why
/// nobody can show it, is a finding.
fn shown(route: &str, bytes: Vec<u8>) -> Vec<u8> {
    if !route.to_ascii_lowercase().ends_with(".svg") {
        return bytes;
    }
    picture::clean(&bytes)
        .map_or_else(|_| picture::NOTHING.into(), |picture| picture.svg.into_bytes())
}

impl Printer<'_> {
    /// Makes the file of a route.
    pub(super) fn print(&self, route: &str, output: Output) -> Result<Bytes, Unmade> {
        let edition = &self.edition;
        match output {
            Output::Index => {
                let own = index::page(edition, Root::of(route));
                self.draw(route, "index", edition.settings().title(), &own)
            }
            Output::List(list, part) | Output::Rows(list, part) => self.part(route, list, part),
            Output::Entries(register, part) | Output::EntryRows(register, part) => {
                self.entries(route, register, part)
            }
            Output::Due(part) | Output::DueRows(part) => self.due(route, part),
            Output::DueJson => Ok(machine::due(edition)?.into()),
            Output::DueCalendar(role) => Ok(machine::due_calendar(edition, role).into()),
            Output::Registers => {
                let own = entries::list(edition, Root::of(route));
                self.draw(route, "registers", "Registers", &own)
            }
            Output::EntriesJson => Ok(machine::entries(edition)?.into()),
            Output::Roles => {
                let own = roles::list(edition, Root::of(route), self.involved());
                self.draw(route, "roles", "Roles", &own)
            }
            Output::Findings => {
                let own = findings::page(edition, (self.findings)(), Root::of(route));
                self.draw(route, "findings", "Findings", &own)
            }
            Output::NotFound => {
                let own = Missing { base: base(edition) };
                let sheet = sheet::self_contained(edition, &self.theme.bare());
                let facts = self.facts(route, "Not found", sheet);
                let content = Content::new(&self.shared, &facts, "missing", &own)?;
                self.render("missing.html", &content)
            }
            Output::Logo => Ok(shown(route, logo::bytes(edition)?).into()),
            Output::Search => self.draw(route, "search", "Search", &()),
            Output::Clauses => {
                let own = clauses::Survey::new(edition, Root::of(route)).clauses();
                self.draw(route, "clauses", "Clauses", &own)
            }
            Output::Readiness => {
                let own =
                    clauses::Survey::new(edition, Root::of(route)).readiness((self.findings)());
                self.draw(route, "readiness", "Readiness", &own)
            }
            Output::Clause(place) => self.clause(route, place),
            Output::Role(number) => self.role(route, number),
            Output::Document(number) => self.document(route, number),
            Output::Old(place) => self.old(route, place),
            Output::Ended(place) => {
                let ended = self.edition.ended().nth(place).context("a document has a place")?;
                let own = old::ended(&self.edition, ended, Root::of(route));
                let title = format!("{}: {}", own.chip.text, own.id);
                self.draw(route, "ended", &title, &own)
            }
            Output::RegisterJson => Ok(machine::register(edition)?.into()),
            Output::ReviewsJson => Ok(machine::reviews(edition)?.into()),
            Output::CoverageJson => Ok(machine::coverage(edition).into()),
            Output::RaciJson => Ok(machine::raci(edition)?.into()),
            Output::Calendar => Ok(machine::calendar(edition).into()),
            Output::Theme => Ok(self.theme.assets[route].clone()),
            Output::Content => {
                let bytes = edition.file(&route[CONTENT.len()..])?;
                Ok(shown(route, bytes).into())
            }
        }
    }

    /// A part of a long list, or the script with its rows; the other of the two is left.
    fn part(&self, route: &str, list: List, part: usize) -> Result<Bytes, Unmade> {
        if let Some(bytes) = self.take(route) {
            return Ok(bytes);
        }
        let (page_at, rows_at) =
            (routes::part(list.folder(), part), routes::rows(list.folder(), part));
        let drawn = self.list(&page_at, list, part)?;
        Ok(self.one_of(route, (page_at, rows_at), part, drawn))
    }

    /// A part of the page of a register of entries, or the script with its rows.
    fn entries(&self, route: &str, register: usize, part: usize) -> Result<Bytes, Unmade> {
        if let Some(bytes) = self.take(route) {
            return Ok(bytes);
        }
        let folder = routes::register(&self.edition.entries.registers.of(register).name);
        let (page_at, rows_at) = (routes::part(&folder, part), routes::rows(&folder, part));
        let own = entries::page(&self.edition, Root::of(&page_at), register, part);
        let drawn = self.draw_list(&page_at, "entries", &own.title, &own)?;
        Ok(self.one_of(route, (page_at, rows_at), part, drawn))
    }

    /// A part of the page of what is due, or the script with its rows.
    fn due(&self, route: &str, part: usize) -> Result<Bytes, Unmade> {
        if let Some(bytes) = self.take(route) {
            return Ok(bytes);
        }
        let (page_at, rows_at) = (routes::part(due::FOLDER, part), routes::rows(due::FOLDER, part));
        let own = due::page(&self.edition, Root::of(&page_at), part);
        let drawn = self.draw_list(&page_at, "due", "Due", &own)?;
        Ok(self.one_of(route, (page_at, rows_at), part, drawn))
    }

    /// Of a page and its rows, which are made together, the one that was asked for; the other is left.
    fn one_of(
        &self,
        route: &str,
        (page_at, rows_at): (Route, Route),
        part: usize,
        (page, rows): (Bytes, String),
    ) -> Bytes {
        if !self.outputs.contains_key(&rows_at) {
            return page;
        }
        let rows = parts::rows(part, &rows).into_bytes().into();
        if route == page_at {
            self.leave(rows_at, rows);
            page
        } else {
            self.leave(page_at, page);
            rows
        }
    }

    /// A part of a long list, and its rows by themselves.
    fn list(&self, route: &str, list: List, part: usize) -> Result<(Bytes, String), Unmade> {
        let root = Root::of(route);
        match list {
            List::Reviews => {
                let own = reviews::page(&self.edition, root, part);
                Ok((self.draw(route, "reviews", "Reviews", &own)?, String::new()))
            }
            List::Handovers => {
                let own = processes::page(&self.edition, root, part);
                self.draw_list(route, "processes", "Processes", &own)
            }
            _ => {
                let own = list_pages::list(&self.edition, root, list, part);
                let name = if list == List::Register { "register" } else { "list" };
                self.draw_list(route, name, own.title, &own)
            }
        }
    }

    /// A page that shows a list. Its rows have a template of their own and are drawn first, since a
    /// script has them too.
    fn draw_list(
        &self,
        route: &str,
        name: &'static str,
        title: &str,
        own: &impl Serialize,
    ) -> Result<(Bytes, String), Unmade> {
        let facts = self.facts(route, title, sheet::plain(&self.edition, title));
        let content = Content::new(&self.shared, &facts, name, own)?;
        let rows = self.render(&format!("{name}_rows.html"), &content)?;
        let rows = String::from_utf8_lossy(&rows).into_owned();
        let page = self.render(&format!("{name}.html"), &content.with_rows(&rows))?;
        Ok((page, rows))
    }

    fn clause(&self, route: &str, place: usize) -> Result<Bytes, Unmade> {
        let standards = self.edition.standards();
        let (_, at, clause) = standards.named().nth(place).context("a clause has a place")?;
        let root = Root::of(route);
        let own = clauses::Survey::new(&self.edition, root).clause(&at, clause);
        let title = format!("{} {}", own.number, own.title);
        self.draw(route, "clause", &title, &own)
    }

    fn role(&self, route: &str, number: usize) -> Result<Bytes, Unmade> {
        let own = roles::page(&self.edition, Root::of(route), number, &self.involved()[number]);
        let title = own.role.title.text.plain().into_owned();
        self.draw(route, "role", &title, &own)
    }

    fn document(&self, route: &str, number: DocumentNumber) -> Result<Bytes, Unmade> {
        let edition = &self.edition;
        if let Some(fault) = self.undrawn(number) {
            return Err(Unmade::Fault(Box::new(fault)));
        }
        let neighbours = edition.neighbours(number);
        let own = document::page(edition, number, Root::of(route), neighbours);
        let title = match &own.draft {
            Some(draft) => format!("{}: {} {}", draft.label, own.id, own.title.plain()),
            None => format!("{} {}", own.id, own.title.plain()),
        };
        let sheet = sheet::document(edition, edition.document(number));
        let page = self.facts(route, &title, sheet);
        let content = Content::new(&self.shared, &page, "document", &own)?;
        self.render("document.html", &content)
    }

    /// The page of an old edition.
    fn old(&self, route: &str, place: usize) -> Result<Bytes, Unmade> {
        let edition = &self.edition;
        let kept = &edition.kept()[place];
        let own = old::page(edition, kept, Root::of(route));
        let mark = own.draft.as_ref().map_or("In force", |draft| &draft.label);
        let title = format!("{mark}: {} {}", own.id, own.title.plain());
        let sheet = sheet::old(edition, edition.document(kept.number), &own.mark());
        let facts = self.facts(route, &title, sheet);
        let content = Content::new(&self.shared, &facts, "document", &own)?;
        self.render("document.html", &content)
    }

    /// What is wrong with a diagram that could be read and cannot be drawn, unless the author
    /// makes less of that than an error: its source is shown then.
    fn undrawn(&self, number: DocumentNumber) -> Option<Diagnostic> {
        let found = self.visible.undrawn(number);
        if found.is_empty() { None } else { self.visible.grave(found) }
    }

    /// A page that is no document; its template and its own value go by the same name.
    fn draw(
        &self,
        route: &str,
        name: &'static str,
        title: &str,
        own: &impl Serialize,
    ) -> Result<Bytes, Unmade> {
        let facts = self.facts(route, title, sheet::plain(&self.edition, title));
        let content = Content::new(&self.shared, &facts, name, own)?;
        self.render(&format!("{name}.html"), &content)
    }

    /// The facts of a page about itself.
    fn facts(&self, route: &str, title: &str, sheet: Sheet) -> Facts {
        let part = route.split('/').next().unwrap_or_default();
        let current = match part {
            "index.html" => "overview",
            "documents" | "register" => "register",
            "clauses" | "readiness" => "clauses",
            "due" => "due",
            "registers" => "registers",
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
            root: Root::of(route).to_string(),
            current,
            policy: sheet.policy,
            print: sheet.style,
            canonical: base.map(|base| format!("{base}{}", route.trim_end_matches("index.html"))),
        }
    }
}
