//! The HTML that is being written, and what all who write it need to know.

use super::sanitize::Marks;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::render::view::block::Block;
use crate::text::phrase::{Part, Phrase};
use crate::text::{escape_to, escaped};

/// HTML that is being written.
pub(super) struct Out<'a> {
    pub(super) edition: &'a Edition<'a>,
    pub(super) document: &'a Document,
    /// The number of the document.
    pub(super) number: DocumentNumber,
    /// The way to the top of the site.
    pub(super) root: Root,
    marks: &'a Marks,
    html: String,
    slots: Vec<Slot>,
}

/// A generated part that waits for its place.
pub(super) enum Slot {
    /// HTML that must not be cleaned: it is ours alone.
    Html(String),
    /// A drawing.
    Drawing(String),
    /// A block.
    Block(Block),
}

impl<'a> Out<'a> {
    pub(super) fn new(
        edition: &'a Edition<'a>,
        number: DocumentNumber,
        root: Root,
        marks: &'a Marks,
        size: usize,
    ) -> Self {
        Out {
            edition,
            document: edition.document(number),
            number,
            root,
            marks,
            html: String::with_capacity(size),
            slots: Vec::new(),
        }
    }

    /// What was written, and what belongs into its slots.
    pub(super) fn done(self) -> (String, Vec<Slot>) {
        (self.html, self.slots)
    }

    /// How many generated parts there are so far.
    pub(super) fn slots(&self) -> usize {
        self.slots.len()
    }

    /// HTML of ours.
    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Words.
    pub(super) fn text(&mut self, words: &str) {
        escape_to(&mut self.html, words);
    }

    /// A phrase, with its decisions marked.
    pub(super) fn phrase(&mut self, phrase: &Phrase) {
        for part in phrase.parts() {
            match part {
                Part::Words(words) => self.text(words),
                Part::Decision(what) => self.decision(what),
            }
        }
    }

    /// A decision that is still to be taken.
    pub(super) fn decision(&mut self, what: &str) {
        self.open("mark", &[("class", "decision")]);
        self.push("To decide: ");
        self.text(what);
        self.push("</mark>");
    }

    /// A tag with attributes, each marked as ours.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.push("<");
        self.push(name);
        for (name, value) in attributes {
            self.attribute(name, value);
        }
        self.push(">");
    }

    /// ` name="value"`, marked as ours.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        let marks = self.marks;
        for part in [" ", name, "=\"", &marks.prefix] {
            self.html.push_str(part);
        }
        escape_to(&mut self.html, value);
        self.html.push('"');
    }

    /// Leaves a place for something that is put in at the end.
    pub(super) fn slot(&mut self, slot: Slot) {
        let place = format!("{}{};", self.marks.slot, self.slots.len());
        self.slots.push(slot);
        self.push(&place);
    }

    /// A small picture of ours, by name.
    pub(super) fn icon(&mut self, name: &str) {
        self.slot(Slot::Html(format!("<i class=\"i {name}\"></i>")));
    }

    /// A picture of the author's.
    pub(super) fn picture(&mut self, address: &str, says: &str) {
        self.slot(Slot::Html(format!(
            "<img src=\"{address}\" alt=\"{}\" loading=\"lazy\">",
            escaped(says)
        )));
    }
}
