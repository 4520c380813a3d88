//! `check`: every finding in every file, in one run; with `--fix`, what is left of them.

use anyhow::Result;

use super::manual::{self, Part, Showing};
use super::{ExitStatus, Session, args, baseline, mend};
use crate::compile;
use crate::mend::Take;
use crate::render::Options;
use crate::report::{Extent, Format};

pub(super) fn run(args: &args::Check, session: &mut Session) -> Result<ExitStatus> {
    if let Some(fix) = args.fix {
        let take = match fix {
            args::Fix::Safe => Take::Safe,
            args::Fix::All => Take::First,
        };
        let mended = mend::mended(take, &args.paths, session)?;
        if args.dry_run {
            return mend::show(&mended, session);
        }
        mend::write(&mended, session)?;
    }
    let (manual, findings) =
        manual::check(session, &Options::default(), &mut compile::Session::default())?;
    let findings = baseline::apply(&args.baseline, findings, &manual.sources)?;
    let part = Part::new(&args.paths, session, &manual.sources)?;
    let format = match args.format {
        args::Format::Human => Format::Human,
        args::Format::Short => Format::Short,
        args::Format::Json => Format::Json,
        args::Format::Github => Format::Github,
        args::Format::Gitlab => Format::Gitlab,
        args::Format::Sarif => Format::Sarif,
        args::Format::Junit => Format::Junit,
    };
    let extent = Extent { notes: args.extent.notes, every: args.extent.all };
    let showing = Showing { format, extent, denied: (&args.denied).into(), part: &part };
    manual::show(&manual, &findings, &showing, session)
}
