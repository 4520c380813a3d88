//! Old editions as documents: read from their texts, their links followed to what the targets are
//! today.
//!
//! Comes in: a [`Manual`] and the texts of editions, with the paths at which they lay. Goes out: the
//! same manual with each of them kept behind its documents, under a number of its own. With that
//! number an old edition is shown, compared or printed as any document is ([`crate::content`]); no list,
//! no count and no look-up by id or path meets it.
//!
//! [`Plan`] decides which editions a site shows: of a document that has moved on the one in force, and
//! some of those before it; [`settle()`] puts them into the manual.

mod plan;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use plan::{Instead, Plan};
pub use settle::{ArchiveMemo, settle};

use crate::content::{self, Content, Name, Reader};
use crate::history::Edition;
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::model::variables::Variables;
use crate::parse::parse;
use crate::source::SourceFile;
use crate::text::phrase::Phrase;

/// The text of an edition, and the path at which it lay.
#[derive(Clone, Debug)]
pub struct OldText {
    /// The path, from the top of the manual.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
}

impl OldText {
    /// That of an edition, where it is known.
    pub fn of(edition: &Edition) -> Option<Self> {
        Some(OldText { path: edition.path.clone(), text: Arc::clone(edition.text.as_ref()?) })
    }

    /// Reads it, with the values of a manual.
    fn read(&self, variables: &Variables) -> Document {
        let file = SourceFile::old(&self.path, Arc::clone(&self.text));
        Document::new(&file, parse(&file), variables)
    }
}

/// The values that texts of a manual may use.
fn variables(manual: &Manual) -> Variables {
    let settings = &manual.settings.checked;
    Variables::new(settings.node.clone(), &settings.value)
}

/// Reads editions and keeps them behind the documents of a manual. The numbers are those under which
/// they are found, in the same order.
pub fn keep(manual: &mut Manual, editions: &[OldText]) -> Vec<DocumentNumber> {
    let variables = variables(manual);
    let documents = editions.iter().map(|edition| Arc::new(edition.read(&variables)));
    keep_read(manual, documents.collect())
}

/// Keeps editions that have been read.
fn keep_read(manual: &mut Manual, documents: Vec<Arc<Document>>) -> Vec<DocumentNumber> {
    let Manual { library, link_targets, graph, history, .. } = manual;
    let numbers: Vec<DocumentNumber> =
        documents.into_iter().map(|document| library.keep(document)).collect();
    graph.keep(library, link_targets, &numbers, &history.places.left);
    numbers
}

/// The body of a document or of an old edition as a tree, for somebody who reads the whole manual.
pub fn content<'a>(
    manual: &'a Manual,
    number: DocumentNumber,
    reader: &'a WholeReader<'a>,
) -> Content<'a> {
    let document = &manual.library.documents[number];
    let (links, images) = (&manual.graph.links[number], &manual.graph.images[number]);
    content::content(document, number, links, images, reader)
}

/// Somebody who reads the whole manual, drafts and all, and asks for no addresses.
pub struct WholeReader<'a> {
    manual: &'a Manual,
    variables: Variables,
    /// Documents that show what was typed.
    typed: BTreeMap<*const Document, DocumentNumber>,
}

impl<'a> WholeReader<'a> {
    /// Reads a manual.
    pub fn new(manual: &'a Manual) -> Self {
        let typed = manual.graph.excess.keys();
        let typed = typed.map(|number| (&raw const manual.library.documents[*number], *number));
        WholeReader { manual, variables: variables(manual), typed: typed.collect() }
    }
}

impl Reader for WholeReader<'_> {
    fn document(&self, number: DocumentNumber) -> &Document {
        &self.manual.library.documents[number]
    }

    fn why_not(&self, _: DocumentNumber) -> Option<String> {
        None
    }

    fn variable<'s>(&'s self, document: &'s Document, name: &str) -> Option<&'s str> {
        let is_typed = self.typed.contains_key(&(&raw const *document));
        self.variables.get(&document.node, name).filter(|_| !is_typed)
    }

    fn heading(&self, number: DocumentNumber, section: &str) -> Phrase {
        let document = Reader::document(self, number);
        let found = document.body.headings.iter().find(|heading| heading.slug == section);
        found.map_or(section, |heading| &heading.text).into()
    }

    fn shows_what_was_typed(&self, number: DocumentNumber) -> bool {
        self.manual.graph.excess.contains_key(&number)
    }

    fn role(&self, name: &str) -> Name {
        let found = self.manual.library.role(name);
        Name {
            words: found.map_or_else(|| name.into(), |item| item.entry.title.phrase()),
            is_listed: found.is_some(),
        }
    }

    fn service(&self, name: &str) -> Name {
        let found = self.manual.library.service(name);
        Name {
            words: found.map_or_else(|| name.into(), |item| item.entry.title.phrase()),
            is_listed: found.is_some(),
        }
    }

    fn source_of(&self, path: &str) -> Option<String> {
        self.manual.settings().source_of(path)
    }
}

#[cfg(test)]
mod tests {
    use super::{OldText, WholeReader, content, keep};
    use crate::compile::{Inputs, Session, compile};
    use crate::content::{Block, Inline, Reason, To};
    use crate::history::{History, Places};
    use crate::model::value::Date;
    use crate::source::Sources;
    use std::sync::Arc;

    #[test]
    fn an_old_edition_leads_to_what_its_targets_are_today() {
        let texts = [
            ("policies/a.md", "---\nid: POL-A-01\n---\n# A\n\n## Now\n\nText.\n"),
            ("processes/new/b.md", "---\nid: PRC-B-01\n---\n# B\n\n## Stays\n\nText.\n"),
            ("policies/pictures/c.md", "---\nid: POL-C-01\n---\n# C\n"),
        ];
        let sources = Sources::from_memory(texts.map(|(path, text)| (path, text.as_bytes())));
        let today = Date::parse("2026-03-01").unwrap();
        let left = [("processes/b.md".to_owned(), "PRC-B-01".to_owned())];
        let places = Places { left: left.into(), ..Places::default() };
        let history = Arc::new(History { places, ..History::default() });
        let inputs = Inputs { history, ..Inputs::new(sources, today) };
        let mut manual = compile(inputs, &mut Session::default());
        let before = manual.library.documents.len();
        let text = "---\nid: POL-A-01\nversion: \"1.0\"\n---\n# A\n\n## Then\n\n[a](#then) \
                    [b](../processes/b.md#stays) [c](../processes/b.md#gone) \
                    [d](pictures/c.md) [e](none.md) [[POL-A-01]] [[POL-A-01#then]]\n";
        let old = OldText { path: "policies/a.md".into(), text: text.into() };
        let [number] = keep(&mut manual, &[old])[..] else { panic!("one number") };
        let documents = &manual.library.documents;
        assert_eq!(documents.len(), before, "nobody who goes through the documents meets it");
        assert_ne!(manual.library.number_by_id("POL-A-01"), Some(number));
        let now = |id: &str| manual.library.number_by_id(id).unwrap();
        let reader = WholeReader::new(&manual);
        let tree = content(&manual, number, &reader);
        let Some(Block::Paragraph(line)) = tree.blocks.last() else { panic!("a paragraph") };
        let to: Vec<&To<'_>> = line
            .iter()
            .filter_map(
                |inline| if let Inline::Link(link) = inline { Some(&link.to) } else { None },
            )
            .collect();
        assert_eq!(
            to,
            [
                &To::Section("then"),
                &To::Document(now("PRC-B-01"), Some("stays")),
                &To::Nowhere(Reason::NoSection),
                &To::Document(now("POL-C-01"), None),
                &To::Nowhere(Reason::Nothing(crate::graph::Sought::File)),
                &To::Document(now("POL-A-01"), None),
                &To::Nowhere(Reason::NoSection),
            ]
        );
    }
}
