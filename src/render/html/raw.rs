//! HTML that an author wrote, on its way to being cleaned.

use std::ops::Range;

use super::writer::Writer;

impl Writer<'_> {
    /// HTML of the author's. It is cleaned when all of the body is written; what fragments may lead
    /// to is marked as ours, and so kept.
    pub(super) fn html(&mut self, html: &str, at: &Range<usize>) {
        let document = self.document;
        let start = document.body_at.start;
        let at = start + at.start..start + at.end;
        let text = &*document.text;
        if text.get(at.clone()) != Some(html) {
            self.push(html);
            return;
        }
        let anchors = &document.body.anchors;
        let first = anchors.partition_point(|anchor| anchor.at.start < at.start);
        let within = anchors[first..].iter().take_while(|anchor| anchor.at.end <= at.end);
        let mut from = at.start;
        for anchor in within.filter(|anchor| anchor.taken_by.is_none()) {
            self.push(&text[from..anchor.at.start]);
            let id = self.attribute("id", &anchor.id);
            self.push(&id);
            from = anchor.at.end;
        }
        self.push(&text[from..at.end]);
    }
}
