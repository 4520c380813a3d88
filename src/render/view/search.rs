//! What can be found: the text of the published documents by section, and the pages of roles,
//! services, terms and clauses.

use std::ops::Range;

use crate::graph::{Dangling, Target, Why};
use crate::model::document::Document;
use crate::render::edition::Edition;
use crate::search::{self, Entry, Section};

/// Everything that the site's search can find: the documents, then the pages of other things.
pub(in crate::render) struct Findable<'a> {
    edition: &'a Edition<'a>,
    others: Vec<Entry>,
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

    fn entry(&self, number: usize) -> Entry {
        match self.edition.published.get(number) {
            Some(document) => document_entry(self.edition, *document),
            None => self.others[number - self.edition.published.len()].clone(),
        }
    }
}

fn document_entry(edition: &Edition<'_>, number: usize) -> Entry {
    let document = edition.document(number);
    Entry {
        id: document.id.clone(),
        title: document.title().to_owned(),
        kind: document.kind().map_or_else(String::new, |kind| kind.word().to_owned()),
        status: edition.status(document, false).text,
        url: edition.href("", number, None),
        sections: sections(edition, document),
    }
}

/// Roles, services, terms and clauses.
fn others(edition: &Edition<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for item in &edition.roles.all {
        let role = item.entry;
        let competence = role.competence.as_deref().unwrap_or_default();
        let holder = role.holder.as_deref().unwrap_or_default();
        entries.push(page(
            (role.id.0.clone(), role.title.0.clone(), "role"),
            format!("roles/{}/index.html", role.id),
            format!("{holder} {competence}"),
        ));
    }
    for item in &edition.services.all {
        let service = item.entry;
        let outcome = service.outcome.as_deref().unwrap_or_default();
        entries.push(page(
            (service.id.0.clone(), service.title.0.clone(), "service"),
            edition.service("", &service.id.0).href.unwrap_or_default(),
            outcome.to_owned(),
        ));
    }
    for item in &edition.terms.all {
        let term = item.entry;
        entries.push(page(
            (String::new(), term.term.0.clone(), "term"),
            edition.term("", &term.term).unwrap_or_default(),
            term.definition.0.clone(),
        ));
    }
    for (name, _, clause) in edition.manual.standards.named() {
        // An edition for the public has no pages of clauses.
        let Some(url) = edition.clause("", &name).href else { continue };
        entries.push(page((name, clause.title.0.clone(), "clause"), url, clause.summary.0.clone()));
    }
    entries
}

fn page((id, title, kind): (String, String, &str), url: String, text: String) -> Entry {
    let section = Section { text, ..Section::default() };
    Entry { id, title, kind: kind.to_owned(), status: String::new(), url, sections: vec![section] }
}

/// Marks of emphasis, of code, of links and of cells, which nobody searches for.
const MARKUP: [char; 5] = ['*', '`', '|', '[', ']'];

/// The sections of a document with their text.
fn sections(edition: &Edition<'_>, document: &Document) -> Vec<Section> {
    let body = &document.body;
    let mut sections = vec![Section::default()];
    let mut starts = vec![0];
    for heading in body.headings.iter().filter(|heading| heading.level > 1) {
        sections.push(Section {
            slug: heading.slug.clone(),
            heading: edition.filled(document, &heading.text).into_owned(),
            text: String::new(),
        });
        starts.push(heading.at.start);
    }
    let withheld = withheld(edition, document);
    let mut last = 0;
    let mut headings = body.headings.iter().map(|heading| &heading.at).peekable();
    for run in body.prose.iter().map(|run| run.range()) {
        // Both are in the order of the text; a heading's own words stand in its section already.
        while headings.next_if(|at| at.end <= run.start).is_some() {}
        if headings.peek().is_some_and(|at| at.contains(&run.start)) {
            continue;
        }
        if withheld.iter().any(|at| at.contains(&run.start)) {
            continue;
        }
        let place = starts.partition_point(|start| *start <= run.start).max(1) - 1;
        let text = &mut sections[place].text;
        // What is parted by nothing but marks, as a link and its comma, stays together.
        let between = document.text.get(last..run.start).unwrap_or(" ");
        if between.contains(|c: char| c.is_whitespace() || c == '|') {
            text.push(' ');
        }
        last = run.end;
        let words = edition.filled(document, &document.text[run.clone()]);
        if document.text[..run.start].ends_with("[[") {
            text.push_str(&target(edition, &words));
        } else {
            words.split(MARKUP).for_each(|part| text.push_str(part));
        }
    }
    sections.retain(|section| !section.heading.is_empty() || !section.text.is_empty());
    sections
}

/// What a link without words of its own says: `term:impact` says impact, a role its title.
fn target(edition: &Edition<'_>, words: &str) -> String {
    match words.split_once(':') {
        Some(("role", id)) => edition.role("", id).text,
        Some(("term" | "service", name)) => name.to_owned(),
        _ => words.to_owned(),
    }
}

/// Links to documents that the readers may not see: their text would name them.
fn withheld(edition: &Edition<'_>, document: &Document) -> Vec<Range<usize>> {
    let followed = &edition.manual.graph.links[edition.number(document)];
    let links = document.body.links.iter().zip(followed);
    let hidden = links.filter(|(_, target)| match target {
        Ok(Target::Document(number, _)) | Err(Dangling { why: Why::NoSection(number, _), .. }) => {
            !edition.is_visible(*number)
        }
        _ => false,
    });
    hidden.map(|(link, _)| link.at.clone()).collect()
}
