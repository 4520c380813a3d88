//! The order in which documents are listed.

use crate::model::library::{DocumentNumber, Documents};
use crate::model::value::Kind;

/// Where the register lists a document.
pub(super) fn place(
    documents: &Documents,
    number: DocumentNumber,
) -> (usize, &str, DocumentNumber) {
    let document = &documents[number];
    (rank(document.kind()), &document.id, number)
}

/// The order in which the register lists kinds: what binds most comes first.
fn rank(kind: Option<Kind>) -> usize {
    const ORDER: [Kind; 11] = [
        Kind::Scope,
        Kind::Policy,
        Kind::Plan,
        Kind::Process,
        Kind::Procedure,
        Kind::Raci,
        Kind::Catalogue,
        Kind::Agreement,
        Kind::Register,
        Kind::Report,
        Kind::Guideline,
    ];
    kind.and_then(|kind| ORDER.iter().position(|one| *one == kind)).unwrap_or(ORDER.len())
}
