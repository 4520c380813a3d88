//! Links and pictures: where they lead, and what nothing leads to.

mod ambiguous_link;
mod dangling_anchor;
mod dangling_link;
mod image_without_alt;
mod missing_asset;
mod orphan_document;
mod outside_link;
mod remote_image;
mod taken_anchor;
mod unpublished_target;
mod unsafe_link;

use super::{Manual, Rule};
use crate::graph::Resolved;
use crate::model::document::Document;
use crate::parse::markdown::Link;

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &dangling_link::RULE,
    &dangling_anchor::RULE,
    &ambiguous_link::RULE,
    &taken_anchor::RULE,
    &outside_link::RULE,
    &unpublished_target::RULE,
    &unsafe_link::RULE,
    &orphan_document::RULE,
    &missing_asset::RULE,
    &remote_image::RULE,
    &image_without_alt::RULE,
];

/// Every link in the text of every document, with what it leads to.
fn links<'a>(
    manual: &'a Manual<'_>,
) -> impl Iterator<Item = (&'a Document, &'a Link, &'a Resolved)> {
    let documents = manual.library.documents.iter().zip(&manual.graph.links);
    documents.flat_map(|(document, followed)| {
        document.body.links.iter().zip(followed).map(move |(link, to)| (document, link, to))
    })
}

/// Every picture in the text of every document, with what it leads to.
fn images<'a>(
    manual: &'a Manual<'_>,
) -> impl Iterator<Item = (&'a Document, &'a Link, &'a Resolved)> {
    let documents = manual.library.documents.iter().zip(&manual.graph.images);
    documents.flat_map(|(document, followed)| {
        document.body.images.iter().zip(followed).map(move |(image, to)| (document, image, to))
    })
}
