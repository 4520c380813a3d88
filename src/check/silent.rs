//! Findings that follow from something that is said already: they are left out.
//!
//! Where a rule can know that it would judge a consequence, it keeps quiet itself; here is what holds
//! for every rule.

use std::collections::BTreeMap;
use std::ops::Range;

use super::markdown::conflicts;
use crate::diag::{Diagnostic, Edit};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::source::ReadFault;
use crate::text::FileId;

/// Takes out what is found in a file that could not be read as text, what is found of a value that
/// cannot be read as it was meant, and of one that is still to be decided: all have findings of their
/// own.
pub(super) fn without_consequences(found: &mut Vec<Diagnostic>, manual: &Manual) {
    let unclear =
        |document: &&Document| !document.decisions.is_empty() || !document.doubtful.is_empty();
    let open = manual.library.documents.iter().filter(unclear);
    let open: BTreeMap<FileId, &Document> =
        open.map(|document| (document.file, document)).collect();
    let lacks_records = manual.library.documents.iter().any(|document| {
        document.lost || document.faulty.contains("records") || document.faulty.contains("kind")
    });
    without_fixes_in_conflicts(found, manual);
    found.retain(|finding| {
        // What a clause asks for may be among what cannot be read.
        if lacks_records && finding.code.0 == "missing-topic" {
            return false;
        }
        let file = manual.sources.file(finding.at.file);
        if matches!(file.fault, Some(ReadFault::NotUtf8(_) | ReadFault::Utf16)) {
            return finding.code.0 == "not-utf8";
        }
        let document = open.get(&finding.at.file);
        matches!(finding.code.0, "open-decision" | "unreadable-yaml" | "missing-front-matter")
            || !document.is_some_and(|one| is_of_decision(one, finding) || is_unclear(one, finding))
    });
}

/// Takes out the fixes that would change an unfinished merge or what is next to it: which of its
/// versions holds is not known, and its marks have to stay whole.
fn without_fixes_in_conflicts(found: &mut [Diagnostic], manual: &Manual) {
    let mut known: BTreeMap<FileId, Vec<Range<usize>>> = BTreeMap::new();
    let mut touches = |edit: &Edit| {
        let text = &manual.sources.file(edit.at.file).text;
        let unsettled = known.entry(edit.at.file).or_insert_with(|| unsettled(text));
        let at = edit.at.range();
        unsettled.iter().any(|one| at.start <= one.end && one.start <= at.end)
    };
    for finding in found {
        finding.fixes.retain(|fix| !fix.edits.iter().any(&mut touches));
    }
}

/// From the line end before each conflict to the one behind it.
fn unsettled(text: &str) -> Vec<Range<usize>> {
    let around = |at: Range<usize>| text[..at.start].rfind('\n').unwrap_or(0)..at.end;
    conflicts(text).into_iter().map(|one| around(one.at)).collect()
}

/// Whether a finding is about a value of the front matter that is still to be decided.
fn is_of_decision(document: &Document, finding: &Diagnostic) -> bool {
    let at = finding.at.range();
    let in_front = at.end <= document.body_at.start && !at.is_empty();
    in_front && !document.text[at.clone()].contains('\n') && document.is_open(&at)
}

/// Whether a finding is about a value that cannot be read as it was meant.
fn is_unclear(document: &Document, finding: &Diagnostic) -> bool {
    let at = finding.at.range();
    let entry = |key: &String| document.node.entry(key);
    document.doubtful.iter().filter_map(entry).any(|entry| {
        let end = entry.node.at.end.max(entry.key_at.end);
        entry.key_at.start <= at.start && at.end <= end
    })
}
