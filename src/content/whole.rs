//! Somebody who reads the whole manual, and no page of it.

use super::reader::{Name, Reader};
use crate::model::SettingsFile;
use crate::model::document::Document;
use crate::model::library::{DocumentNumber, Library};
use crate::model::value::Text;
use crate::model::variables::Variables;
use crate::text::phrase::Phrase;

/// A reader of everything that a library holds, whatever its state.
pub struct WholeReader<'a> {
    library: &'a Library,
    variables: Variables,
}

impl<'a> WholeReader<'a> {
    /// A reader of a library with these settings.
    pub fn new(library: &'a Library, settings: &SettingsFile) -> Self {
        let checked = &settings.checked;
        WholeReader { library, variables: Variables::new(checked.node.clone(), &checked.value) }
    }
}

impl Reader for WholeReader<'_> {
    fn document(&self, number: DocumentNumber) -> &Document {
        &self.library.documents[number]
    }

    fn why_not(&self, _: DocumentNumber) -> Option<String> {
        None
    }

    fn variable<'s>(&'s self, document: &'s Document, name: &str) -> Option<&'s str> {
        self.variables.get(&document.node, name)
    }

    fn heading(&self, number: DocumentNumber, section: &str) -> Phrase {
        let headings = &self.library.documents[number].body.headings;
        let found = headings.iter().find(|heading| heading.slug == section);
        found.map_or(section, |heading| &heading.text).into()
    }

    fn shows_what_was_typed(&self, _: DocumentNumber) -> bool {
        false
    }

    fn role(&self, name: &str) -> Name {
        let role = self.library.role(name);
        name_of(name, role.map(|role| &role.entry.title))
    }

    fn service(&self, name: &str) -> Name {
        let service = self.library.service(name);
        name_of(name, service.map(|service| &service.entry.title))
    }

    fn source_of(&self, _: &str) -> Option<String> {
        None
    }
}

fn name_of(typed: &str, title: Option<&Text>) -> Name {
    Name { words: title.map_or_else(|| typed.into(), Text::phrase), is_listed: title.is_some() }
}
