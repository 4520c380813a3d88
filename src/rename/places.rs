//! Every place in which a document, a role or a service is named.

use std::ops::Range;

use super::{FileEdits, Renaming, What};
use crate::entries::format::ColumnType;
use crate::entries::{Entry, Named};
use crate::graph::Target;
use crate::manual::Manual;
use crate::model::controlled::ControlledText;
use crate::model::document::Document;
use crate::model::fields::{Names, Scalar, names, scalars};
use crate::model::generated;
use crate::model::library::DocumentNumber;
use crate::parse::yaml;
use crate::source::SETTINGS;
use crate::text::{Span, key};

/// Filters of generated blocks that name a role, and those that name a document.
const OF_ROLES: &str = "owner";
const OF_DOCUMENTS: &str = "document";

/// Finds all of them.
pub(super) fn all(edits: &mut FileEdits<'_>) {
    let manual = edits.manual;
    for (number, document) in manual.library.documents.numbered() {
        front_matter(edits, number, document);
        links(edits, number, document);
        matrices(edits, document);
        blocks(edits, document);
    }
    cells(edits);
    settings(edits);
}

fn front_matter(edits: &mut FileEdits<'_>, number: DocumentNumber, document: &Document) {
    let Some(read) = ControlledText::read(&document.text) else { return };
    for scalar in scalars(&read.front) {
        if edits.is_it(scalar.text) && is_named(edits, number, &scalar) {
            edits.scalar(document.file, scalar.node, 0);
        }
    }
}

/// Whether a field is one of the thing that is renamed.
fn is_named(edits: &FileEdits<'_>, number: DocumentNumber, scalar: &Scalar<'_>) -> bool {
    let library = &edits.manual.library;
    let own = match (edits.renaming.what, scalar.path.as_slice()) {
        (What::Document(of), ["id"]) => {
            return of == number || key(&library.documents[number].id) == key(&edits.renaming.old);
        }
        (What::Role, path) => path == ["roles", "id"],
        (What::Service, path) => path == ["services", "id"],
        _ => false,
    };
    own || match (names(&scalar.path), edits.renaming.what) {
        (Some(Names::Document | Names::Partner), What::Document(_)) => true,
        (Some(Names::Partner), What::Role) => library.number_by_id(scalar.text).is_none(),
        (Some(Names::Entry(register)), what) => what.register() == Some(register),
        _ => false,
    }
}

fn links(edits: &mut FileEdits<'_>, number: DocumentNumber, document: &Document) {
    let Renaming { what, old, .. } = edits.renaming;
    let links = document.body.links.iter().zip(&edits.manual.graph.links[number]);
    for (link, target) in links.filter(|(link, _)| link.wiki) {
        let is_it = match (target, what) {
            (Ok(Target::Document(to, _)), What::Document(of)) => to == of,
            (Ok(Target::Entry(register, main)), what) => {
                what.register() == Some(*register) && key(main) == key(old)
            }
            _ => false,
        };
        let typed = &document.text[link.target_at.clone()];
        let (start, end) = match what {
            What::Document(_) => (0, typed.find('#').unwrap_or(typed.len())),
            _ => (typed.find(':').map_or(0, |colon| colon + 1), typed.len()),
        };
        let at = link.target_at.start;
        if is_it && edits.is_it(&typed[start..end]) {
            edits.word(document.file, at + start..at + end);
        }
    }
}

/// The heads of matrices, which name roles.
fn matrices(edits: &mut FileEdits<'_>, document: &Document) {
    if edits.renaming.what != What::Role {
        return;
    }
    for head in document.matrices.iter().flat_map(|matrix| &matrix.roles) {
        if edits.is_it(&head.text) {
            edits.word(document.file, head.at.clone());
        }
    }
}

/// The filters of generated blocks.
fn blocks(edits: &mut FileEdits<'_>, document: &Document) {
    let filter = match edits.renaming.what {
        What::Document(_) => OF_DOCUMENTS,
        What::Role => OF_ROLES,
        What::Service => return,
    };
    let fences = document.body.fences.iter().filter(|fence| fence.word() == generated::INFO);
    for fence in fences {
        let content = &document.text[fence.content_at.clone()];
        let Ok(node) = yaml::read(content, 0..content.len()) else { continue };
        for scalar in scalars(&node) {
            if scalar.path.last() == Some(&filter) && edits.is_it(scalar.text) {
                edits.scalar(document.file, scalar.node, fence.content_at.start);
            }
        }
    }
}

/// The cells of registers, in tables and in files.
fn cells(edits: &mut FileEdits<'_>) {
    let manual = edits.manual;
    let known = manual.names();
    for register in manual.registers.used() {
        let columns = manual.registers.of(register).columns.iter().enumerate();
        for (column, about) in columns.filter(|(_, column)| column.holds.is_name()) {
            for (_, entry) in manual.registers.entries(register) {
                for name in entry.names(column) {
                    let named = known.find(about, name);
                    if let Some(at) = cell(edits, entry, (column, about.holds), name, named) {
                        edits.word(at.file, at.range());
                    }
                }
            }
        }
    }
}

/// The cell, where it names what is renamed; a measure is named below its document.
fn cell(
    edits: &FileEdits<'_>,
    entry: &Entry,
    (column, holds): (usize, ColumnType),
    name: &str,
    named: Option<Named>,
) -> Option<Span> {
    let is_it = match (named?, edits.renaming.what) {
        (Named::Document(to), What::Document(of)) => to == of && edits.is_it(name),
        (Named::Kpi(to, _), What::Document(of)) if holds == ColumnType::Kpi => {
            to == of && name.split('/').next().is_some_and(|first| edits.is_it(first))
        }
        (Named::Role(_), What::Role) | (Named::Service(_), What::Service) => edits.is_it(name),
        _ => false,
    };
    is_it.then(|| entry.cells[column].at)
}

/// `clausebook.yaml`, which names who has agreed to something.
fn settings(edits: &mut FileEdits<'_>) {
    let manual = edits.manual;
    let Some(file) = manual.sources.at_path(SETTINGS) else { return };
    let Ok(node) = yaml::read(&file.text, 0..file.text.len()) else { return };
    let is_role = edits.renaming.what == What::Role;
    for scalar in scalars(&node) {
        let names_role = matches!(scalar.path.as_slice(), ["not_applicable", "approved_by"]);
        if names_role && is_role && edits.is_it(scalar.text) {
            edits.scalar(file.id, scalar.node, 0);
        }
    }
}

/// The places of an id in a text, as a word of its own in any letter case.
pub(super) fn words(text: &str, id: &str) -> Vec<Range<usize>> {
    let inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let (lower, id) = (text.to_ascii_lowercase(), id.to_ascii_lowercase());
    let found = lower.match_indices(&id).map(|(at, found)| at..at + found.len());
    let is_whole = |at: &Range<usize>| {
        let before = text[..at.start].chars().next_back();
        let mut after = text[at.end..].chars();
        let next = after.next();
        // A dot ends a sentence, unless the id goes on behind it.
        let goes_on = next == Some('.') && after.next().is_some_and(char::is_alphanumeric);
        !before.is_some_and(inside) && !next.is_some_and(inside) && !goes_on
    };
    found.filter(is_whole).collect()
}

/// Where an id is still said in plain words, with the path and the line, in the order of the files.
pub fn still_said(manual: &Manual, id: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for document in &manual.library.documents {
        let file = manual.sources.file(document.file);
        for at in words(&file.text, id) {
            let (start, _) = manual.sources.positions(document.span(&at));
            found.push((document.path.clone(), start.line));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn an_id_is_a_word_of_its_own() {
        let text = "PRC-1, PRC-10, a-PRC-1, prc-1. PRC-1.2 (PRC-1)";
        let found: Vec<usize> = words(text, "PRC-1").iter().map(|at| at.start).collect();
        assert_eq!(found, [0, 24, 40]);
    }
}
