//! What only shows when pages are made: mistakes of a manual's own theme, and diagrams that can be
//! read and not drawn. `check`, `build` and the preview all ask here, so that they count the same.

use std::sync::PoisonError;

use anyhow::Result;
use rayon::prelude::*;

use super::outputs::Output;
use super::routes::Root;
use super::site::{Route, Unmade};
use super::visibility::VisibleManual;
use super::{Options, Printer};
use crate::check::Findings;
use crate::check::text::broken_diagram;
use crate::crash_context;
use crate::diag::Diagnostic;
use crate::draw::drawings;
use crate::manual::Manual;
use crate::model::settings::stays_inside;

/// The findings with those that show when every page is made, drafts and all; nothing when `go_on`
/// says to stop.
///
/// # Errors
/// A file cannot be read.
pub fn rehearsed(
    manual: &Manual,
    findings: Findings,
    options: &Options,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Findings>> {
    let options = Options { drafts: true, audience: None, ..options.clone() };
    let documents = manual.library.documents.shared().par_iter();
    let lines = documents.clone().flat_map_iter(|document| document.diagrams());
    let lines: Vec<usize> = lines.map(|(_, source)| drawings::lines(source)).collect();
    options.drawings.bound(&lines, manual.library.documents.len());
    let undrawn = documents
        .map(|document| go_on().then(|| broken_diagram::undrawn(document, &options.drawings)));
    let Some(undrawn) = undrawn.collect::<Option<Vec<_>>>() else { return Ok(None) };
    let mut found: Vec<Diagnostic> = undrawn.into_iter().flatten().collect();
    if !has_own_theme(manual) {
        return Ok(Some(findings.and(found, manual)));
    }
    let visible = VisibleManual::new(manual, &options);
    match Printer::new(&visible, &|| &findings)? {
        Err(faults) => found.extend(faults),
        Ok(printer) => {
            if printer.theme.has_own_templates() && !printer.rehearse(go_on)? {
                return Ok(None);
            }
            found.extend(printer.faults.into_inner().unwrap_or_else(PoisonError::into_inner));
        }
    }
    Ok(Some(findings.and(found, manual)))
}

/// Whether anything of the theme is the manual's own: nothing is wrong with the built-in one, and a
/// name that leads out of the manual has its finding.
fn has_own_theme(manual: &Manual) -> bool {
    let name = manual.settings().theme();
    let is_own = name != "default" || manual.sources.below("themes").next().is_some();
    is_own && stays_inside(name)
}

impl Printer<'_> {
    /// Makes every page for nobody; `false` when it was told to stop.
    fn rehearse(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Result<bool> {
        let documents = self.edition.published.iter();
        let documents = documents
            .map(|number| (self.edition.href(Root::TOP, *number, None), Output::Document(*number)));
        let outputs = self.outputs.iter().map(|(route, output)| (route.clone(), *output));
        let all: Vec<(Route, Output)> = outputs.chain(documents).collect();
        let made = all.par_iter().map(|(route, output)| {
            if !go_on() {
                return Ok(false);
            }
            match crash_context::with(route, || self.print(route, *output)) {
                // The printer remembers faults.
                Ok(_) | Err(Unmade::Fault(_)) => Ok(true),
                Err(Unmade::Failed(error)) => Err(error),
            }
        });
        made.try_reduce(|| true, |a, b| Ok(a && b))
    }
}
