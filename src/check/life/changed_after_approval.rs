//! An approved text was changed, and its version was not.
//!
//! # Why it matters
//!
//! An approval is of a text (clause 7.5.3). Who works by version 2.1 must find what was approved as
//! 2.1. The repository holds the text that was approved: the one with which this version first came
//! to the branch as `status: approved`. What differs from it now has been approved by nobody.
//!
//! The whole body counts, and all of the front matter but the record of reviews, accepted findings,
//! related documents, and the end of the document's life. Layout, comments and the kind of line ends
//! do not.
//!
//! # Mend it
//!
//! Give the new text a version of its own, say what changed, and have it approved:
//!
//! ```yaml
//! version: "2.2"
//! status: in-review
//! revisions:
//!   - {version: "2.2", date: 2026-03-01, author: process-office, summary: Night shift added}
//! ```
//!
//! Or put back what was approved. A manual whose documents were changed freely until some day says
//! so in `clausebook.yaml`; what stood in the repository on that day then counts as approved:
//!
//! ```yaml
//! control: {since: 2026-03-01}
//! ```
//!
//! `clausebook approve` writes a checksum of the text beside the approval (`digest`), which is held
//! against the text without a repository, too. Without either, and for what lies before the end of a
//! shallow clone, nothing is known, and nothing is said.

use std::ops::Range;

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::history::Edition;
use crate::manual::Manual;
use crate::model::controlled::{ControlledText, is_same, lines, placed_lines};
use crate::model::document::Document;
use crate::parse::yaml::Entry;

pub(super) const RULE: Rule = Rule::new(
    "changed-after-approval",
    Family::Life,
    Severity::Error,
    include_str!("changed_after_approval.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for document in manual.library.documents.iter().filter(|document| document.is_approved()) {
        let version = document.front.version.as_ref().map(|version| &*version.0);
        let editions = manual.history.of(&document.id);
        let edition = editions.iter().rev().find(|one| Some(&*one.version) == version);
        let approval = document.front.approved.as_ref();
        let written = approval.and_then(|approval| approval.digest.as_deref());
        if edition.is_none() && written.is_none() {
            continue;
        }
        let Some(now) = ControlledText::read(&document.text) else { continue };
        let digest = now.digest();
        match edition.filter(|edition| edition.digest != digest) {
            Some(edition) => found.push(finding(document, &now, edition)),
            None => found.extend(written.and_then(|written| by_digest(document, written, &digest))),
        }
    }
}

/// The finding of a document whose text has not the checksum that its approval holds.
fn by_digest(document: &Document, written: &str, digest: &str) -> Option<Diagnostic> {
    let written = written.trim_start_matches("sha256:").trim();
    if written.eq_ignore_ascii_case(digest) {
        return None;
    }
    let message = "this is not the checksum of the text: it has changed since it was approved";
    let finding = RULE
        .at(document.at(&["approved", "digest"]), message)
        .label(document.at(&["version"]), "the version is still the same")
        .help("give it a new version, or put back what was approved");
    Some(finding)
}

fn finding(document: &Document, now: &ControlledText<'_>, edition: &Edition) -> Diagnostic {
    let commit = &edition.approved;
    let day = commit.day.map_or_else(String::new, |day| format!(" of {day}"));
    let message = format!(
        "version `{}` is not what it was when it was approved, by commit {}{day}",
        edition.version,
        commit.short()
    );
    let then = edition.text.as_deref().and_then(ControlledText::read);
    let at = then.and_then(|then| difference(document, now, &then));
    let version = document.at(&["version"]);
    let finding = match at {
        Some(at) => {
            RULE.at(document.span(&at), message).label(version, "the version is still the same")
        }
        None => RULE.at(version, message),
    };
    let by = edition.altered.as_ref().map_or_else(String::new, |altered| {
        let day = altered.day.map_or_else(String::new, |day| format!(" on {day}"));
        format!("; commit {} changed it{day}", altered.short())
    });
    finding.help(format!("give it a new version, or put back what was approved{by}"))
}

/// The first place at which a text differs from the one that was approved.
fn difference(
    document: &Document,
    now: &ControlledText<'_>,
    then: &ControlledText<'_>,
) -> Option<Range<usize>> {
    let same = |entry: &Entry, other: &ControlledText<'_>| {
        let known = other.entries().find(|one| one.key == entry.key);
        known.is_some_and(|known| is_same(known, entry))
    };
    if let Some(other) = now.entries().find(|entry| !same(entry, then)) {
        return Some(other.key_at.start..other.node.at.end.max(other.key_at.end));
    }
    let is_gone = |entry: &Entry| now.entries().all(|one| one.key != entry.key);
    if then.entries().any(is_gone) {
        return None;
    }
    let mut old = lines(then.body);
    let mut new = placed_lines(now.body);
    let start = document.body_at.start;
    let mut last = start..start;
    loop {
        let (before, after) = (old.next(), new.next());
        match (before, after) {
            (None, None) => return None,
            (before, Some((at, line))) if before != Some(line) => {
                return Some(start + at..start + at + line.len());
            }
            // What is gone stood after this line.
            (_, None) => return Some(last),
            (_, Some((at, line))) => {
                if !line.is_empty() {
                    last = start + at..start + at + line.len();
                }
            }
        }
    }
}
