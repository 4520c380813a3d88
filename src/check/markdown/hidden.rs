//! Sections that stand in a text and, by a slip that a finding tells of, not in its outline: what
//! follows from their being missing stays silent.

use super::{not_a_heading, swallowed_heading, unknown_mark};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::parse::markdown::{self, Heading};

/// The addresses that hidden sections of a document would have, and the topics that they would
/// cover.
pub(in crate::check) fn hidden(manual: &Manual, document: &Document) -> Vec<String> {
    let text = &*document.text;
    let mut words = Vec::new();
    let mut add = |headings: Vec<Heading>| {
        for heading in headings {
            words.push(heading.slug);
            words.extend(heading.covers);
        }
    };
    for at in swallowed_heading::blocks(document) {
        // The first line opens the block.
        let first = text[at.clone()].find('\n').map_or(at.end, |end| at.start + end + 1);
        add(markdown::read(text, first..at.end).headings);
    }
    for (at, marks) in not_a_heading::meant(document) {
        let (marks, said) = text[at].split_at(marks);
        let line = format!("{marks} {}", said.trim_start_matches('\u{a0}'));
        add(markdown::read(&line, 0..line.len()).headings);
    }
    let fixes = unknown_mark::of_document(manual, document).into_iter().flat_map(|one| one.fixes);
    for edit in fixes.flat_map(|fix| fix.edits) {
        let parts = edit.text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        words.extend(parts.filter(|part| !part.is_empty()).map(str::to_owned));
    }
    words
}
