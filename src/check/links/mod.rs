//! Links and pictures: where they lead, and what nothing leads to.

mod ambiguous_link;
mod broken_svg;
mod dangling_anchor;
mod dangling_link;
mod image_without_alt;
mod missing_asset;
mod orphan_document;
mod outside_link;
mod remote_image;
mod svg_cleaned;
mod taken_anchor;
mod unpublished_target;
mod unsafe_link;

use super::Rule;
use crate::draw::picture::{self, Picture};
use crate::graph::{Resolved, Target};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::parse::markdown::Link;
use crate::text::Span;

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
    &broken_svg::RULE,
    &svg_cleaned::RULE,
];

/// Every link in the text of every document, with what it leads to.
fn links(manual: &Manual) -> impl Iterator<Item = (&Document, &Link, &Resolved)> {
    let documents = manual.library.documents.iter().zip(&manual.graph.links);
    documents.flat_map(|(document, followed)| {
        document.body.links.iter().zip(followed).map(move |(link, to)| (document, link, to))
    })
}

/// Every picture in the text of every document, with what it leads to.
fn images(manual: &Manual) -> impl Iterator<Item = (&Document, &Link, &Resolved)> {
    let documents = manual.library.documents.iter().zip(&manual.graph.images);
    documents.flat_map(|(document, followed)| {
        document.body.images.iter().zip(followed).map(move |(image, to)| (document, image, to))
    })
}

/// Every SVG picture that is used in a document, and the logo: what it is called, where it is used,
/// and what of it can be published.
fn pictures(manual: &Manual) -> impl Iterator<Item = (&str, Span, Result<Picture, String>)> {
    let all = images(manual).chain(links(manual));
    let used = all.filter_map(|(document, link, to)| match to {
        Ok(Target::Asset(path)) => Some((path.as_str(), document.span(&link.target_at))),
        _ => None,
    });
    let logo = manual.settings().logo().zip(super::theme::site_key(manual, "logo"));
    let is_svg = |(path, _): &(&str, Span)| {
        path.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"))
    };
    let svg = used.chain(logo).filter(is_svg);
    svg.filter_map(|(path, at)| {
        let bytes = match manual.sources.at_path(path) {
            Some(file) => file.text.as_bytes().to_vec(),
            None => manual.sources.asset(path).ok()?,
        };
        Some((path, at, picture::clean(&bytes)))
    })
}
