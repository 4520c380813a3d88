//! What is named at a place of a document, where it stands, and where else it is named.

use std::ops::Range;

use super::fields::{Names, Scalar, names, scalars};
use crate::check;
use crate::graph::Target;
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::model::register::Register;
use crate::text::Span;

/// Something that has a name in a manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// A document, or a section of it (its address).
    Document(DocumentNumber, Option<String>),
    /// A clause, as links name it.
    Clause(String),
    /// An entry of a register, by its main name.
    Entry(Register, String),
    /// A rule, by its code.
    Rule(&'static str),
    /// A picture or another file, by its path.
    File(String),
    /// An address elsewhere.
    Address(String),
}

/// A name and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Where the name stands, in its file.
    pub(super) at: Range<usize>,
    /// What it names.
    pub(super) thing: Thing,
}

/// What is named at a byte of a document.
pub(super) fn at(manual: &Manual, number: DocumentNumber, offset: usize) -> Option<Named> {
    let here = |one: &Named| one.at.start <= offset && offset <= one.at.end;
    let mut all = all(manual, number);
    all.retain(here);
    // What is declared at a place is asked for after what is named there.
    all.into_iter().chain(declared(manual, number).into_iter().filter(here)).next()
}

/// All that a document names, in the order of the places.
pub(super) fn all(manual: &Manual, number: DocumentNumber) -> Vec<Named> {
    let document = &manual.library.documents[number];
    let mut found = links(manual, number);
    let fields = scalars(&document.node);
    found.extend(fields.iter().filter_map(|scalar| field(manual, scalar)));
    let heads = document.matrices.iter().flat_map(|matrix| &matrix.roles);
    found.extend(heads.filter_map(|head| {
        let thing = entry(manual, Register::Roles, &head.text)?;
        Some(Named { at: head.at.clone(), thing })
    }));
    found.sort_by_key(|one| (one.at.start, one.at.end));
    found
}

/// The links and pictures of a document.
pub(super) fn links(manual: &Manual, number: DocumentNumber) -> Vec<Named> {
    let body = &manual.library.documents[number].body;
    let links = body.links.iter().zip(&manual.graph.links[number]);
    let images = body.images.iter().zip(&manual.graph.images[number]);
    let named = links.chain(images).filter_map(|(link, target)| {
        let thing = match target.as_ref().ok()? {
            Target::Document(to, section) => Thing::Document(*to, section.clone()),
            Target::Section(slug) => Thing::Document(number, Some(slug.clone())),
            Target::Clause(name) => Thing::Clause(name.clone()),
            Target::Entry(register, name) => Thing::Entry(*register, name.clone()),
            Target::Row(_, id) => {
                let at = manual.registers.by_id(id).first()?;
                let source = manual.registers.source(*at);
                Thing::Document(source.document, source.section.clone())
            }
            Target::Asset(path) | Target::Repository(path, _) => Thing::File(path.clone()),
            Target::External(address) => Thing::Address(address.clone()),
            Target::Text | Target::Unread => return None,
        };
        Some(Named { at: link.at.clone(), thing })
    });
    named.collect()
}

/// What a field of front matter names.
fn field(manual: &Manual, scalar: &Scalar<'_>) -> Option<Named> {
    let library = &manual.library;
    let document = || Some(Thing::Document(library.number_by_id(scalar.text)?, None));
    let thing = match names(&scalar.path)? {
        Names::Document => document(),
        Names::Clause => {
            let (at, _) = manual.standards.find(scalar.text)?;
            Some(Thing::Clause(manual.standards.name(&at)))
        }
        Names::Rule => Some(Thing::Rule(check::rule(scalar.text)?.code.0)),
        Names::Entry(register) => entry(manual, register, scalar.text),
        Names::Partner => document()
            .or_else(|| entry(manual, Register::Roles, scalar.text))
            .or_else(|| entry(manual, Register::OtherParties, scalar.text)),
        Names::Day => None,
    };
    Some(Named { at: scalar.at.clone(), thing: thing? })
}

fn entry(manual: &Manual, register: Register, name: &str) -> Option<Thing> {
    let main = manual.library.name_in(register, name)?;
    Some(Thing::Entry(register, main.to_owned()))
}

/// What a document declares: itself, its headings, the entries of its registers.
fn declared(manual: &Manual, number: DocumentNumber) -> Vec<Named> {
    let document = &manual.library.documents[number];
    let mut found = Vec::new();
    if document.is_named() {
        let thing = Thing::Document(number, None);
        found.push(Named { at: document.at(&["id"]).range(), thing });
    }
    found.extend(document.body.headings.iter().map(|heading| Named {
        at: heading.at.clone(),
        thing: Thing::Document(number, Some(heading.slug.clone())),
    }));
    for register in Register::ALL {
        for (index, listed) in register.listed(&document.front).into_iter().enumerate() {
            let Some(main) = listed.names.first() else { continue };
            let thing = Thing::Entry(register, (*main).to_owned());
            found.push(Named { at: main_name(document, register, index).range(), thing });
        }
    }
    found
}

fn main_name(document: &Document, register: Register, index: usize) -> Span {
    document.at(&[register.key(), &index.to_string(), register.main_field()])
}

/// Where a thing stands; nothing for what has no place in the manual.
pub(super) fn place(manual: &Manual, thing: &Thing) -> Option<Span> {
    let library = &manual.library;
    match thing {
        Thing::Document(number, section) => {
            let document = &library.documents[*number];
            let headings = &document.body.headings;
            let heading = section
                .as_ref()
                .and_then(|section| headings.iter().find(|heading| heading.slug == *section));
            Some(match heading {
                Some(heading) => document.span(&heading.at),
                None => document.at(&["id"]),
            })
        }
        Thing::Entry(register, name) => {
            let named = library.listed(*register).find(|(_, _, listed)| {
                listed.names.first().is_some_and(|main| *main == name.as_str())
            });
            let (number, index, _) = named?;
            Some(main_name(&library.documents[number], *register, index))
        }
        Thing::File(path) => manual.sources.at_path(path).map(|file| Span::start_of(file.id)),
        Thing::Clause(_) | Thing::Rule(_) | Thing::Address(_) => None,
    }
}

/// Whether a name of one thing counts as a name of another: a section is part of its document.
fn is_of(thing: &Thing, wanted: &Thing) -> bool {
    match (thing, wanted) {
        (Thing::Document(one, _), Thing::Document(other, None)) => one == other,
        _ => thing == wanted,
    }
}

/// Every place that names a thing, in the order of the files; with the place where it stands.
pub(super) fn references(manual: &Manual, wanted: &Thing, with_own: bool) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    if with_own {
        found.extend(place(manual, wanted));
    }
    for (number, document) in manual.library.documents.numbered() {
        let named = all(manual, number).into_iter().filter(|one| is_of(&one.thing, wanted));
        found.extend(named.map(|one| document.span(&one.at)));
    }
    found.sort_by_key(|at| (manual.sources.place(at.file), at.start, at.end));
    found.dedup();
    found
}
