//! What is said of a thing where the pointer rests on its name.

use std::fmt::Write as _;
use std::ops::Range;

use super::fields::{described, key_at};
use super::named::{self, Thing};
use crate::check;
use crate::coverage::explain::{self, ClauseFacts};
use crate::diag::Diagnostic;
use crate::manual::Manual;
use crate::model::document::{Document, ReviewState};
use crate::model::front::{ExternalDocument, FrontMatter, OtherParty, Role, Service, Term};
use crate::model::library::DocumentNumber;
use crate::model::register::Register;
use crate::model::schema;
use crate::model::value::Text;

/// What is said at a byte of a document, as Markdown, and of which part of it.
pub(super) fn at(
    manual: &Manual,
    number: DocumentNumber,
    offset: usize,
    findings: &[&Diagnostic],
) -> Option<(String, Range<usize>)> {
    let named = named::at(manual, number, offset);
    let thing = named.and_then(|named| Some((about(manual, &named.thing)?, named.at)));
    let field = || field(&manual.library.documents[number], offset);
    let (mut said, at) = match thing.or_else(field) {
        Some(found) => found,
        None => (String::new(), findings.first()?.at.range()),
    };
    for finding in findings {
        if let Some(page) = rule(finding.code.0) {
            let gap = if said.is_empty() { "" } else { "\n\n---\n\n" };
            let _ = write!(said, "{gap}{page}");
        }
    }
    Some((said, at))
}

/// What is said of a thing; nothing of what says itself all that there is to say.
fn about(manual: &Manual, thing: &Thing) -> Option<String> {
    let library = &manual.library;
    match thing {
        Thing::Document(number, section) => {
            let document = &library.documents[*number];
            let mut said = of_document(manual, document);
            let headings = &document.body.headings;
            let heading = section
                .as_ref()
                .and_then(|section| headings.iter().find(|heading| heading.slug == *section));
            if let Some(heading) = heading {
                let _ = write!(said, "\n\nSection *{}*", plain(&heading.text));
            }
            Some(said)
        }
        Thing::Clause(name) => {
            let (standards, coverage) = (&manual.standards, &manual.coverage);
            let text = explain::clause(ClauseFacts { standards, coverage, library }, name)?;
            let mut lines = text.lines();
            let head = lines.next().unwrap_or_default();
            let rest: Vec<String> = lines.map(plain).collect();
            Some(format!("**{}**\n\n{}", plain(head), rest.join("  \n").trim()))
        }
        Thing::Entry(register, name) => entry(manual, *register, name),
        Thing::Rule(code) => rule(code),
        Thing::File(path) => Some(plain(path)),
        Thing::Address(_) => None,
    }
}

fn of_document(manual: &Manual, document: &Document) -> String {
    let front = &document.front;
    let mut said = format!("**{}** `{}`", plain(document.title()), document.id);
    let mut facts = Vec::new();
    facts.extend(front.version.as_ref().map(|version| format!("version {}", plain(&version.0))));
    let in_force = if document.in_force(manual.today) { ", in force" } else { "" };
    facts.push(format!("{}{in_force}", document.status().word()));
    facts.push(document.classification().word().to_owned());
    facts.extend(front.owner.as_ref().map(|owner| {
        let role = manual.library.role(owner);
        format!("owner {}", plain(role.map_or(owner, |role| &role.entry.title)))
    }));
    let _ = write!(said, "\n\n{}", facts.join(" \u{b7} "));
    if let Some(day) = document.next_review(manual.settings()) {
        let state = match document.review_state(manual.settings(), manual.today) {
            ReviewState::Overdue => ", overdue",
            ReviewState::DueSoon => ", due soon",
            ReviewState::None | ReviewState::Current => "",
        };
        let _ = write!(said, "\n\nnext review {day}{state}");
    }
    said
}

/// What is said of an entry of a register.
fn entry(manual: &Manual, register: Register, name: &str) -> Option<String> {
    let library = &manual.library;
    let line =
        |label: &str, value: Option<&Text>| value.map(|value| format!("{label}: {}", plain(value)));
    let list = |label: &str, values: &[Text]| {
        let values: Vec<String> = values.iter().map(|value| plain(value)).collect();
        (!values.is_empty()).then(|| format!("{label}: {}", values.join(", ")))
    };
    let (title, facts) = match register {
        Register::Roles => {
            let Role { title, holder, deputy, competence, .. } = library.role(name)?.entry;
            let held = if holder.is_none() { Some("nobody holds it".to_owned()) } else { None };
            let facts = vec![
                held.or_else(|| line("held by", holder.as_ref())),
                line("deputy", deputy.as_ref()),
                line("competence", competence.as_ref()),
            ];
            (title, facts)
        }
        Register::Services => {
            let service: &Service = library.service(name)?.entry;
            let facts = vec![
                service.outcome.as_ref().map(|outcome| plain(outcome)),
                line("owner", service.owner.as_ref()),
                line("hours", service.hours.as_ref()),
                line("availability", service.availability.as_ref()),
            ];
            (&service.title, facts)
        }
        Register::Terms => {
            let Term { term, definition, also } = library.entry::<Term>(name)?.entry;
            (term, vec![Some(plain(definition)), list("also", also)])
        }
        Register::OtherParties => {
            let party: &OtherParty = library.party(name)?.entry;
            (&party.title, vec![list("provides", &party.provides)])
        }
        Register::ExternalDocuments => {
            let document: &ExternalDocument = library.entry::<ExternalDocument>(name)?.entry;
            let source = line("published by", Some(&document.source));
            (&document.title, vec![source, line("version", document.version.as_ref())])
        }
    };
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    Some(format!("**{}** `{}`\n\n{}", plain(title), name, facts.join("  \n")))
}

/// The page of a rule.
fn rule(code: &str) -> Option<String> {
    let rule = check::rule(code)?;
    Some(format!("**{}** ({})\n\n{}", rule.code, rule.severity.word(), rule.page()))
}

/// What a field of front matter is for.
fn field(document: &Document, offset: usize) -> Option<(String, Range<usize>)> {
    let (path, at) = key_at(&document.node, offset)?;
    let schema = match document.kind() {
        Some(kind) => schema::of_kind(kind),
        None => schema::derived::<FrontMatter>(),
    };
    let about = described(&schema, &path)?.get("description")?.as_str()?;
    Some((format!("**{}**\n\n{about}", path.join(" \u{203a} ")), at))
}

/// An author's text in Markdown that an editor shows: nothing in it is markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_{}[]<>#|~!&".contains(letter) {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { letter });
    }
    out
}
