//! What can be found: the text of the published documents by section, and the pages of roles,
//! services, terms, clauses and lists.

use super::block;
use super::control;
use super::parts::List;
use super::{document, lists};
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::{self, Root};
use crate::render::text::{self, said};
use crate::search::{self, IndexedPage, Section};

/// Everything that the site's search can find: the documents, then the pages of other things.
pub(in crate::render) struct Findable<'a> {
    edition: &'a Edition<'a>,
    others: Vec<IndexedPage>,
}

impl<'a> Findable<'a> {
    /// Looks at an edition.
    pub(in crate::render) fn new(edition: &'a Edition<'a>) -> Self {
        Findable { edition, others: others(edition) }
    }
}

impl search::Findable for Findable<'_> {
    fn count(&self) -> usize {
        self.edition.published.len() + self.others.len()
    }

    fn entry(&self, number: usize) -> IndexedPage {
        match self.edition.published.get(number) {
            Some(document) => document_entry(self.edition, *document),
            None => self.others[number - self.edition.published.len()].clone(),
        }
    }

    fn documents(&self) -> usize {
        self.edition.published.len()
    }

    fn language(&self) -> &str {
        self.edition.settings().language()
    }
}

fn document_entry(edition: &Edition<'_>, number: DocumentNumber) -> IndexedPage {
    let document = edition.document(number);
    let mut sections = text::sections(edition, number, &edition.content(number));
    sections.extend(facts(edition, number));
    IndexedPage {
        id: document.id.clone(),
        title: document.title().to_owned(),
        kind: document.kind().map_or_else(String::new, |kind| kind.word().to_owned()),
        status: edition.status(document, false).text,
        also: predecessors(edition, document),
        url: edition.href(Root::TOP, number, None),
        sections,
    }
}

/// Most ids of predecessors that lead to a document: who looks for an older one finds another first.
const PREDECESSORS: usize = 20;

/// Ids that lead to a document: those that it supersedes, and that these superseded.
fn predecessors(edition: &Edition<'_>, document: &Document) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut next = document.front.supersedes.as_deref();
    while let Some(old) = next.filter(|old| found.iter().all(|one| !one.eq_ignore_ascii_case(old)))
    {
        if old.eq_ignore_ascii_case(&document.id) || found.len() == PREDECESSORS {
            break;
        }
        found.push(old.to_owned());
        let before = edition.by_id(old).map(|number| edition.document(number));
        next = before.and_then(|before| before.front.supersedes.as_deref());
    }
    found
}

/// What a document's page shows around its text: its control block, the lists that the text does
/// not show, its revisions.
fn facts(edition: &Edition<'_>, number: DocumentNumber) -> Vec<Section> {
    let mut sections = vec![Section {
        slug: String::new(),
        heading: "Document control".to_owned(),
        text: control_block(edition, number),
    }];
    let shown = block::shown(edition.document(number));
    for shows in document::OWN.into_iter().filter(|shows| !shown.contains(shows)) {
        if let Some(rows) = block::own(edition, number, Root::TOP, shows) {
            sections.push(Section {
                slug: format!("cb.{}", shows.word()),
                heading: shows.name().to_owned(),
                text: said(&rows),
            });
        }
    }
    let revisions = document::revisions(edition, Root::TOP, edition.document(number));
    if !revisions.is_empty() {
        sections.push(Section {
            slug: "cb.revisions".to_owned(),
            heading: "Revision history".to_owned(),
            text: said(&revisions),
        });
    }
    sections
}

/// The cells of the control block that say something, as a text.
fn control_block(edition: &Edition<'_>, number: DocumentNumber) -> String {
    let mut text = String::new();
    for cell in control::cells(edition, number, Root::TOP).iter().filter(|cell| cell.tone != "none")
    {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(cell.label);
        for value in &cell.values {
            text.extend([" ", &value.text.plain()]);
            text.extend(value.title.iter().flat_map(|title| [" ", title.as_str()]));
        }
    }
    text
}

/// Roles, services, terms, clauses and lists.
fn others(edition: &Edition<'_>) -> Vec<IndexedPage> {
    let mut entries: Vec<IndexedPage> = Vec::new();
    for item in &edition.roles.all {
        let role = item.entry;
        entries.push(page(
            (role.id.0.clone(), role.title.0.clone(), "role"),
            routes::role(&role.id.0),
            said(&lists::role(edition, Root::TOP, role)),
        ));
    }
    for item in &edition.services.all {
        let service = item.entry;
        entries.push(page(
            (service.id.0.clone(), service.title.0.clone(), "service"),
            edition.service(Root::TOP, &service.id.0).href.unwrap_or_default(),
            said(&lists::service(edition, Root::TOP, service)),
        ));
    }
    for item in &edition.terms.all {
        let term = item.entry;
        let entry = page(
            (String::new(), term.term.0.clone(), "term"),
            edition.term(Root::TOP, &term.term).unwrap_or_default(),
            term.definition.0.clone(),
        );
        let also = term.also.iter().map(ToString::to_string).collect();
        entries.push(IndexedPage { also, ..entry });
    }
    for (name, _, clause) in edition.standards().named() {
        // An edition for the public has no pages of clauses.
        let Some(url) = edition.clause(Root::TOP, &name).href else { continue };
        entries.push(page((name, clause.title.0.clone(), "clause"), url, clause.summary.0.clone()));
    }
    entries.extend(gathered(edition));
    entries
}

/// The pages that gather something of the whole manual.
fn gathered(edition: &Edition<'_>) -> Vec<IndexedPage> {
    let list = |title: &str, folder: &str, text: &str| {
        let url = routes::part(folder, 0);
        page((String::new(), title.to_owned(), "list"), url, text.to_owned())
    };
    let mut entries = vec![list("Register", "register", "Every document of the manual.")];
    if !edition.roles.all.is_empty() {
        entries.push(list("Roles", "roles", "Every role, who holds it, and what it answers for."));
    }
    let known = [
        (List::Handovers, "Processes", "What each process takes and gives, and to whom."),
        (List::Services, "Services", "The service catalogue."),
        (List::Kpis, "KPIs", "Every key performance indicator with its target."),
        (List::Records, "Records", "What is recorded, where it is held, how long it is kept."),
        (List::Glossary, "Glossary", "Every term and what it means."),
    ];
    let full = known.into_iter().filter(|(which, ..)| which.rows(edition) > 0);
    entries.extend(full.map(|(which, title, text)| list(title, which.folder(), text)));
    entries
}

fn page((id, title, kind): (String, String, &str), url: String, text: String) -> IndexedPage {
    let section = Section { text, ..Section::default() };
    IndexedPage {
        id,
        title,
        kind: kind.to_owned(),
        url,
        sections: vec![section],
        ..IndexedPage::default()
    }
}
