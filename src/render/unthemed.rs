//! What pages of documents show, without a theme: for those who want to look at many of them fast,
//! as the fuzzing targets do.

use std::sync::Arc;

use super::Options;
use super::edition::Edition;
use super::routes::{self, Root};
use super::said_words;
use super::view::document;
use super::visibility::VisibleManual;
use crate::manual::Manual;
use crate::model::library::DocumentNumber;

/// What the page of a document shows.
#[derive(Clone, Debug)]
pub struct UnthemedPage {
    /// The HTML of its text.
    pub html: String,
    /// All that its template is given, as JSON.
    pub json: String,
}

/// The page of each document of the edition.
///
/// # Errors
/// A value that cannot be JSON, which would be a mistake of ours.
pub fn documents(manual: &Manual, options: &Options) -> serde_json::Result<Vec<UnthemedPage>> {
    let visible = VisibleManual::new(manual, options);
    let edition = Edition::new(&visible, Arc::new(said_words::builtin(manual)));
    let page = |number: &DocumentNumber| {
        let root = Root::of(&routes::document(&edition.document(*number).id));
        let own = document::page(&edition, *number, root, [None, None]);
        let html = own.body.iter().filter_map(|piece| piece.html.as_deref()).collect();
        Ok(UnthemedPage { html, json: serde_json::to_string(&own)? })
    };
    edition.published.iter().map(page).collect()
}
