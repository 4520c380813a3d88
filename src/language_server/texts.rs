//! The texts that are open in an editor: what its user sees, saved or not.

use std::collections::BTreeMap;

use gen_lsp_types::{TextDocumentContentChangeEvent as Event, Uri};

use super::position::{Encoding, Lines};

/// A text that is open.
#[derive(Clone, Debug)]
pub(super) struct OpenText {
    /// How the editor names the file.
    pub(super) uri: Uri,
    /// Which state of the text it is, as the editor counts.
    pub(super) version: i32,
    /// The text.
    pub(super) text: String,
}

/// All texts that are open, by their paths from the top of the manual.
#[derive(Debug, Default)]
pub(super) struct OpenTexts(BTreeMap<String, OpenText>);

impl OpenTexts {
    /// Opens a text, or takes another in its place.
    pub(super) fn open(&mut self, path: String, text: OpenText) {
        self.0.insert(path, text);
    }

    /// Takes changes over, one after the other; nothing is open where none was opened.
    pub(super) fn change(&mut self, path: &str, version: i32, events: Vec<Event>, by: Encoding) {
        let Some(open) = self.0.get_mut(path) else { return };
        open.version = version;
        for event in events {
            match event {
                Event::TextDocumentContentChangePartial(part) => {
                    let at = Lines::of(&open.text, by).bytes(part.range);
                    open.text.replace_range(at, &part.text);
                }
                Event::TextDocumentContentChangeWholeDocument(whole) => open.text = whole.text,
            }
        }
    }

    /// Closes a text; what is on the disk counts again.
    pub(super) fn close(&mut self, path: &str) -> bool {
        self.0.remove(path).is_some()
    }

    /// The text at a path.
    pub(super) fn at(&self, path: &str) -> Option<&OpenText> {
        self.0.get(path)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &OpenText)> {
        self.0.iter().map(|(path, open)| (path.as_str(), open))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gen_lsp_types::{Position, Range, TextDocumentContentChangePartial as Partial};

    #[test]
    fn changes_are_taken_over_one_after_the_other() {
        let mut texts = OpenTexts::default();
        let open = |text: &str| OpenText { uri: Uri::from("u"), version: 1, text: text.into() };
        texts.open("p.md".into(), open("a\u{1f692}c\nd"));
        let at = |line, character| Position { line, character };
        let part = |start, end, text: &str| {
            let (range, text) = (Range { start, end }, text.to_owned());
            #[expect(deprecated, reason = "editors may still send it")]
            Event::TextDocumentContentChangePartial(Partial { range, range_length: None, text })
        };
        let events = vec![
            part(at(0, 1), at(0, 3), "b"),
            part(at(0, 3), at(1, 0), " "),
            part(at(9, 9), at(9, 9), "!"),
        ];
        texts.change("p.md", 2, events, Encoding::Utf16);
        let now = texts.at("p.md").unwrap();
        assert_eq!((now.text.as_str(), now.version), ("abc d!", 2));
        texts.change("q.md", 2, Vec::new(), Encoding::Utf16);
        assert!(texts.at("q.md").is_none());
        assert!(texts.close("p.md") && !texts.close("p.md"));
    }
}
