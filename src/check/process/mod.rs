//! Processes: what they hand to each other, and how they are measured.

mod input_without_producer;
mod missing_handover;
mod output_without_consumer;
mod side;
mod unkept_record;
mod unmeasurable_kpi;

use super::Rule;
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::Library;
use crate::text::Span;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &output_without_consumer::RULE,
    &input_without_producer::RULE,
    &missing_handover::RULE,
    &unmeasurable_kpi::RULE,
    &unkept_record::RULE,
];

/// What to write for the other side of a hand-over.
const WHO: &str = "write the id of a document, of a role or of another party";

/// Who the other side of a hand-over is.
enum Partner<'a> {
    /// A document, which has to name the hand-over too.
    Document(&'a Document),
    /// A role or another party: somebody outside the documents.
    Outside,
    /// Nobody that the manual knows.
    Nobody,
}

fn partner<'a>(library: &'a Library, name: &str) -> Partner<'a> {
    if let Some(document) = library.by_id(name) {
        return Partner::Document(document);
    }
    let outside = library.role(name).is_some() || library.party(name).is_some();
    if outside { Partner::Outside } else { Partner::Nobody }
}

/// Whether what a document gives and takes may be another thing than it says: its id or its front
/// matter has a mistake of its own.
fn is_in_doubt(manual: &Manual, document: &Document) -> bool {
    let number = manual.library.documents.at_path(&document.path);
    let own = manual.library.by_id(&document.id).is_some_and(|one| one.path == document.path);
    let lists = ["inputs", "outputs"];
    !own || document.lost
        || lists.iter().any(|list| document.faulty.contains(*list))
        || number.is_some_and(|number| manual.graph.doubts.of(number).is_some())
}

/// Whether a name of the front matter has its finding as a link that leads nowhere.
fn dangling(manual: &Manual, document: &Document, at: Span) -> bool {
    let number = manual.library.documents.at_path(&document.path);
    let named = number.map(|number| &manual.graph.named[number]);
    named.into_iter().flatten().any(|named| named.at == at && named.target.is_err())
}

/// Everybody who could be a partner, for hints.
fn known(manual: &Manual) -> impl Iterator<Item = &str> {
    let roles = manual.library.roles().map(|role| role.entry.id.0.as_str());
    let parties = manual.library.parties().map(|party| party.entry.id.0.as_str());
    manual.library.ids().chain(roles).chain(parties)
}
