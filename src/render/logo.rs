//! The organization's logo: a picture of the content folders, or one of the theme.

use anyhow::Result;

use super::edition::Edition;
use super::site::Route;

/// Its path in the manual, where the settings name one that is there.
pub(super) fn path<'a>(edition: &Edition<'a>) -> Option<&'a str> {
    let path = edition.settings().logo()?;
    edition.has_file(path).then_some(path)
}

/// Where the logo of a path goes.
pub(super) fn route(path: &str) -> Route {
    format!("assets/logo.{}", path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase())
}

/// Its bytes.
///
/// # Errors
/// It cannot be read.
pub(super) fn bytes(edition: &Edition<'_>) -> Result<Vec<u8>> {
    let path = path(edition).unwrap_or_default();
    edition.file(path)
}
