//! `coverage`: clause by clause, what is evidenced and what is missing.

use anyhow::Result;
use std::io::Write as _;

use super::{ExitStatus, Session, args, manual, say};
use crate::coverage::export::Export;
use crate::text::visible::lines;

pub(super) fn run(args: &args::Coverage, session: &mut Session) -> Result<ExitStatus> {
    let published = manual::published(session)?;
    let manual = published.shown();
    let export = Export::new(&manual.coverage, &manual.library, &manual.standards);
    let text = match args.format {
        args::CoverageFormat::Table => lines(&export.table()),
        args::CoverageFormat::Json => export.json(),
        args::CoverageFormat::Csv => export.csv(),
    };
    session.out.write_all(text.as_bytes())?;
    session.out.flush()?;
    let unread = manual.library.broken();
    if unread > 0 {
        say(&format!("{unread} files cannot be read as documents: `clausebook check` says why"));
    }
    Ok(ExitStatus::Clean)
}
