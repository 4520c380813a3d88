//! `check`: every finding in every file, in one run.

use anyhow::Result;

use super::manual::{self, Part, Showing};
use super::{ExitStatus, Session, args};
use crate::diag::Diagnostic;
use crate::report::Format;

pub(super) fn run(args: &args::Check, session: &mut Session) -> Result<ExitStatus> {
    let compiled = manual::compile(session)?;
    let part = Part::new(&args.paths, session, &compiled.sources)?;
    let standing = compiled.findings.standing.iter();
    let findings: Vec<&Diagnostic> =
        standing.filter(|finding| part.has(&compiled.sources.file(finding.at.file).path)).collect();
    let format = match args.format {
        args::Format::Human => Format::Human,
        args::Format::Short => Format::Short,
        args::Format::Json => Format::Json,
        args::Format::Github => Format::Github,
        args::Format::Sarif => Format::Sarif,
        args::Format::Junit => Format::Junit,
    };
    manual::show(&compiled, &findings, &Showing { format, deny: args.deny, part: &part }, session)
}
