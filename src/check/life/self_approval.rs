//! Whoever wrote a version has also approved it.
//!
//! # Why it matters
//!
//! Approval is a second look (clause 7.5.2). Where author and approver are one, there was none,
//! and auditors doubt the rest of the approvals too. Two roles held by the same person are one
//! person; the role register says who holds them.
//!
//! # Mend it
//!
//! Have it approved by somebody else, as a rule the one who answers for the author's work:
//!
//! ```yaml
//! author: process-office
//! approved: {by: service-director, on: 2026-03-01}
//! ```
//!
//! In an organization too small for that, accept the finding with a waiver, and say why.

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::Library;
use crate::model::nothing::is_nobody;
use crate::text::Span;

pub(super) const RULE: Rule = Rule::new(
    "self-approval",
    Family::Life,
    Severity::Warning,
    include_str!("self_approval.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for document in manual.library.documents.iter().filter(|document| document.is_approved()) {
        let (Some((author, author_at)), Some(approval)) =
            (author(document), &document.front.approved)
        else {
            continue;
        };
        let Some(one) = one_and_the_same(&manual.library, author, &approval.by) else { continue };
        let message = match one {
            Same::Name => format!("`{}` approved what it wrote", approval.by),
            Same::Holder(person) => {
                format!("`{}` and the author `{author}` are one person: {person}", approval.by)
            }
        };
        let finding = RULE
            .at(document.at(&["approved", "by"]), message)
            .label(author_at, "written by")
            .help("have somebody else approve it");
        found.push(finding);
    }
}

/// Who wrote the version in force: `author`, or the author of its line of the revisions.
fn author(document: &Document) -> Option<(&str, Span)> {
    if let Some(author) = &document.front.author {
        return Some((author, document.at(&["author"])));
    }
    let revisions = document.front.revisions.iter().enumerate();
    let mut of_version =
        revisions.filter(|(_, one)| Some(&one.version) == document.front.version.as_ref());
    let (number, revision) = of_version.next()?;
    let author = revision.author.as_deref()?;
    Some((author, document.at(&["revisions", &number.to_string(), "author"])))
}

/// In what way two names mean one.
enum Same<'a> {
    /// It is one name, or id and title of one role.
    Name,
    /// One person stands behind both.
    Holder(&'a str),
}

fn one_and_the_same<'a>(library: &'a Library, one: &'a str, other: &'a str) -> Option<Same<'a>> {
    let (role, other_role) = (library.role(one), library.role(other));
    let ids = (role.map(|role| &role.entry.id), other_role.map(|role| &role.entry.id));
    if is_same(one, other) || ids.0.is_some() && ids.0 == ids.1 {
        return Some(Same::Name);
    }
    // A name that is no role is a person's.
    let person = |name: &'a str, role: Option<&'a str>, known: bool| {
        if known { role.filter(|holder| !is_nobody(holder)) } else { Some(name) }
    };
    let holder = role.and_then(|role| role.entry.holder.as_deref());
    let other_holder = other_role.and_then(|role| role.entry.holder.as_deref());
    let person_of_one = person(one, holder, role.is_some())?;
    let person_of_other = person(other, other_holder, other_role.is_some())?;
    is_same(person_of_one, person_of_other).then_some(Same::Holder(person_of_one))
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
