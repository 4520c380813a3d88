//! A manual to a site: what readers see.

pub mod site;

use anyhow::Result;

use crate::check::{Findings, Manual};
use crate::diag::Diagnostic;
use site::Site;

/// Choices about a site.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether drafts are shown, with a mark.
    pub drafts: bool,
    /// Address at which it is published; that of `clausebook.yaml` when absent.
    pub base_url: Option<String>,
}

/// Makes the site of a manual.
///
/// # Errors
/// A picture cannot be read.
pub fn site(
    manual: &Manual<'_>,
    _findings: &Findings,
    options: &Options,
) -> Result<(Site, Vec<Diagnostic>)> {
    let mut site = Site::default();
    let name = manual.settings().organization_name();
    site.add("index.html", format!("<!doctype html>\n<title>{name}</title>\n").into_bytes());
    for document in &manual.library.documents {
        if options.drafts || document.in_force(manual.today) {
            let route = format!("documents/{}/index.html", document.id);
            site.add(route, document.text.as_bytes().to_vec());
        }
    }
    site.seal()?;
    Ok((site, Vec::new()))
}
