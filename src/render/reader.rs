//! Those who read an edition: what they find, and what things are called for them.

use super::edition::Edition;
use super::routes::Root;
use crate::content::{self, Content, Name, Reader};
use crate::graph::LONGEST_HEADING;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::text::phrase::Phrase;
use crate::text::shortened;

impl Reader for Edition<'_> {
    fn document(&self, number: DocumentNumber) -> &Document {
        Edition::document(self, number)
    }

    fn why_not(&self, number: DocumentNumber) -> Option<String> {
        (!self.is_published(number)).then(|| Edition::why_not(self, number))
    }

    fn variable<'s>(&'s self, document: &'s Document, name: &str) -> Option<&'s str> {
        Edition::variable(self, document, name)
    }

    fn heading(&self, number: DocumentNumber, section: &str) -> Phrase {
        let document = Edition::document(self, number);
        let found = document.body.headings.iter().find(|heading| heading.slug == section);
        let text = shortened(found.map_or(section, |heading| &heading.text), LONGEST_HEADING);
        let phrase = self.phrase(document, &text);
        Phrase::carried(shortened(phrase.as_carried(), LONGEST_HEADING))
    }

    fn shows_what_was_typed(&self, number: DocumentNumber) -> bool {
        Edition::shows_what_was_typed(self, number)
    }

    fn role(&self, name: &str) -> Name {
        let link = Edition::role(self, Root::TOP, name);
        Name { words: link.text, is_listed: link.href.is_some() }
    }

    fn service(&self, name: &str) -> Name {
        let link = Edition::service(self, Root::TOP, name);
        Name { words: link.text, is_listed: link.href.is_some() }
    }

    fn source_of(&self, path: &str) -> Option<String> {
        Edition::source_of(self, path)
    }
}

impl Edition<'_> {
    /// What a document says to those who read this edition.
    pub(super) fn content(&self, number: DocumentNumber) -> Content<'_> {
        let (links, images) = (self.links(number), self.images(number));
        content::content(Edition::document(self, number), number, links, images, self)
    }
}
