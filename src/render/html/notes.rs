//! Footnotes: numbered in the order of their first mention, gathered under the text.

use std::fmt::Write as _;

use super::writer::Writer;

/// A footnote.
pub(super) struct Note {
    pub(super) uses: usize,
    pub(super) html: Option<String>,
}

impl Writer<'_> {
    /// The number of a footnote, in the order of first mention.
    pub(super) fn note(&mut self, name: &str) -> usize {
        if let Some(number) = self.note_numbers.get(name) {
            return *number;
        }
        let number = self.notes.len();
        self.note_numbers.insert(name.to_owned(), number);
        self.notes.push(Note { uses: 0, html: None });
        number
    }

    pub(super) fn reference(&mut self, name: &str) {
        if self.silent > 0 {
            return;
        }
        let at = self.note(name);
        self.notes[at].uses += 1;
        let html = format!(
            "<sup><a{}{}>{}</a></sup>",
            self.attribute("href", &format!("#fn.{}", at + 1)),
            self.attribute("id", &format!("fn.{}.{}", at + 1, self.notes[at].uses)),
            at + 1
        );
        self.push(&html);
    }

    /// The footnotes, under the text, each with the way back.
    pub(super) fn footnotes(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        let notes: Vec<(usize, Note)> =
            notes.into_iter().enumerate().filter(|(_, note)| note.html.is_some()).collect();
        if notes.is_empty() {
            return;
        }
        let open = format!(
            "<section{}{}>\n<ol>\n",
            self.attribute("class", "footnotes"),
            self.attribute("aria-label", "Footnotes")
        );
        self.push(&open);
        for (at, note) in notes {
            let id = self.attribute("id", &format!("fn.{}", at + 1));
            let html = note.html.unwrap_or_default();
            let mut back = String::new();
            for number in 1..=note.uses {
                let _ = write!(
                    back,
                    " <a{}{}>↩</a>",
                    self.attribute("href", &format!("#fn.{}.{number}", at + 1)),
                    self.attribute("aria-label", &format!("Back to reference {number}"))
                );
            }
            let html = match html.trim_end().strip_suffix("</p>") {
                Some(inner) => format!("{inner}{back}</p>"),
                None => format!("{html}{back}"),
            };
            self.push(&format!("<li{id}>{html}</li>\n"));
        }
        self.push("</ol>\n</section>\n");
    }
}
