//! A link leads to a section that its document does not have.
//!
//! # Why it matters
//!
//! The page opens, but at its top: the reader looks for the step that was meant and perhaps takes
//! another one. It happens when a heading is reworded, and nobody notices, because the link still
//! seems to work.
//!
//! # Mend it
//!
//! Write the section as the heading reads now: lower case, hyphens for spaces. A heading that is
//! linked to often can be given an address that stays:
//!
//! ```markdown
//! ## Escalation to management {#escalation}
//!
//! See [how to escalate](#escalation) and [[PRC-INC-01#escalation]].
//! ```

use std::collections::BTreeMap;

use crate::check::markdown::hidden;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::graph::{Dangling, Target, Why};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::parse::markdown::Link;
use crate::text::{NameIndex, Near, Span};

pub(super) const RULE: Rule = Rule::new(
    "dangling-anchor",
    Family::Links,
    Severity::Error,
    include_str!("dangling_anchor.rs"),
    Check::Manual(run),
);

/// A list of sections longer than this is no help.
const MOST_SECTIONS: usize = 8;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let mut slugs: BTreeMap<DocumentNumber, NameIndex<'_>> = BTreeMap::new();
    let mut lost: BTreeMap<DocumentNumber, Vec<String>> = BTreeMap::new();
    for (document, link, resolved) in super::links(manual) {
        if let Ok(Target::Document(_, Some(section)) | Target::Section(section)) = resolved {
            found.extend(of_case(document, link, section));
        }
        let Err(Dangling { why: Why::NoSection(number, fragment), .. }) = resolved else {
            continue;
        };
        let target = &manual.library.documents[*number];
        // A section that a slip keeps out of the outline has a finding of its own.
        let hidden = lost.entry(*number).or_insert_with(|| hidden(manual, target));
        if hidden.contains(fragment) {
            continue;
        }
        let known = || {
            let headings = target.body.headings.iter().map(|heading| heading.slug.as_str());
            headings.chain(target.body.targets())
        };
        let near = slugs.entry(*number).or_insert_with(|| NameIndex::of(known())).near(fragment);
        let at = fragment_at(document, link);
        let place = if target.path == document.path { "this document" } else { &target.id };
        let finding = RULE.at(at, format!("there is no section `{fragment}` in {place}"));
        found.push(match near {
            Some(Near { word, certain }) => {
                let right = format!("#{word}");
                let finding = finding.did_you_mean(Some(&right));
                if document.text[at.range()].starts_with('#') {
                    let fix = Fix::offered(format!("write `{right}`"), at, right);
                    finding.fix(Fix { safe: certain, ..fix })
                } else {
                    finding
                }
            }
            None => finding.help(sections(target)),
        });
    }
}

/// A fragment that only its letter case parts from its section.
fn of_case(document: &Document, link: &Link, section: &str) -> Option<Diagnostic> {
    let (_, typed) = link.target.trim().split_once('#')?;
    let typed = typed.trim();
    if typed == section || !typed.eq_ignore_ascii_case(section) {
        return None;
    }
    let at = fragment_at(document, link);
    let right = format!("#{section}");
    let mut finding = RULE.at(at, format!("the section is written `{right}`"));
    finding.severity = Severity::Warning;
    let finding = finding.help(format!("write `{right}`: on other pages letter case counts"));
    if !document.text[at.range()].starts_with('#') {
        return Some(finding);
    }
    Some(finding.fix(Fix::safe(format!("write `{right}`"), at, right)))
}

/// The place of the fragment within the link: the smallest thing that is wrong.
fn fragment_at(document: &Document, link: &Link) -> Span {
    let typed = &document.text[link.target_at.clone()];
    match typed.find('#') {
        Some(hash) if typed == link.target => {
            document.span(&(link.target_at.start + hash..link.target_at.end))
        }
        _ => document.span(&link.target_at),
    }
}

fn sections(of: &Document) -> String {
    let headings = &of.body.headings;
    let slugs: Vec<String> =
        headings.iter().take(MOST_SECTIONS).map(|heading| format!("#{}", heading.slug)).collect();
    match headings.len().saturating_sub(MOST_SECTIONS) {
        _ if slugs.is_empty() => "it has no headings: lead to the document itself".to_owned(),
        0 => format!("its sections are {}", slugs.join(", ")),
        more => format!("its sections are {} and {more} more", slugs.join(", ")),
    }
}
