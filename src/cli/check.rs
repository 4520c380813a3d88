//! `check`: every finding in every file, in one run.

use anyhow::Result;

use super::manual::{self, Part, Showing};
use super::{ExitStatus, Session, args};
use crate::diag::Severity;
use crate::report::Format;

pub(super) fn run(args: &args::Check, session: &mut Session) -> Result<ExitStatus> {
    let (compiled, findings) = manual::check(session)?;
    let part = Part::new(&args.paths, session, &compiled.sources)?;
    let format = match args.format {
        args::Format::Human => Format::Human,
        args::Format::Short => Format::Short,
        args::Format::Json => Format::Json,
        args::Format::Github => Format::Github,
        args::Format::Sarif => Format::Sarif,
        args::Format::Junit => Format::Junit,
    };
    let showing = Showing { format, from: Severity::Note, deny: args.deny, part: &part };
    manual::show(&compiled, &findings, &showing, session)
}
