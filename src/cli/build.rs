//! `build`: the site, unless there are errors.

use std::path::Path;

use anyhow::{Error, Result};
use rayon::prelude::*;

use super::manual::{self, Part, Showing};
use super::{ExitStatus, Session, args, say};
use crate::compile::Compiled;
use crate::diag::{Diagnostic, Severity};
use crate::publish::{Place, Unpublished, Written, publish};
use crate::render::site::{Pages as _, Unmade};
use crate::render::{Options, Press};
use crate::report::Format;

pub(super) fn run(args: &args::Build, session: &mut Session) -> Result<ExitStatus> {
    let mut compiled = manual::compile(session)?;
    let part = Part::default();
    let showing = Showing { format: Format::Human, deny: args.deny, part: &part };
    let out = Path::new(&session.prefix).join(&args.out);
    let attempt = if showing.fails(&compiled.findings.standing) {
        rehearse(&compiled, args)
    } else {
        write(&compiled, args, &out, session)
    };
    let (written, faults) = match attempt {
        Ok(written) => (Ok(Some(written)), Vec::new()),
        Err(Unpublished::Failed(error)) => (Err(error), Vec::new()),
        Err(Unpublished::Unmade(why)) => sorted(why),
    };
    let standing = &mut compiled.findings.standing;
    standing.extend(faults);
    standing.sort();
    standing.dedup();
    let worth_stopping = |finding: &&Diagnostic| finding.severity >= Severity::Warning;
    let findings: Vec<&Diagnostic> =
        compiled.findings.standing.iter().filter(worth_stopping).collect();
    let status = manual::show(&compiled, &findings, &showing, session)?;
    let Some(written) = written? else {
        say("nothing was published; an earlier site is as it was");
        return Ok(status);
    };
    say(&format!(
        "{} files in {} ({} new or changed, {} removed)",
        written.files,
        out.display(),
        written.changed,
        written.removed
    ));
    say(&format!("open {}", out.join("index.html").display()));
    Ok(ExitStatus::Clean)
}

/// Prints the site and writes it.
fn write(
    compiled: &Compiled,
    args: &args::Build,
    out: &Path,
    session: &Session,
) -> Result<Written, Unpublished> {
    let sources = manual::folders(&compiled.settings.checked.value);
    let place = Place { out, root: &session.root, sources: &sources };
    print(compiled, args, |press| publish(press, &place, &|| ()))
}

/// Prints the site for nobody, to see what is wrong with the theme besides all the rest.
fn rehearse(compiled: &Compiled, args: &args::Build) -> Result<Written, Unpublished> {
    print(compiled, args, |press| {
        let unmade = press.routes().into_par_iter().filter_map(|route| press.page(&route).err());
        Err(Unpublished::Unmade(unmade.collect()))
    })
}

fn print(
    compiled: &Compiled,
    args: &args::Build,
    then: impl FnOnce(&Press<'_>) -> Result<Written, Unpublished>,
) -> Result<Written, Unpublished> {
    let options = Options {
        drafts: args.drafts,
        base_url: args.base_url.clone(),
        audience: args.audience,
        ..Options::default()
    };
    match Press::new(&compiled.manual(), &|| &compiled.findings, &options)? {
        Ok(press) => then(&press),
        Err(faults) => {
            let unmade = faults.into_iter().map(|fault| Unmade::Fault(Box::new(fault)));
            Err(Unpublished::Unmade(unmade.collect()))
        }
    }
}

/// Parts what is wrong with the theme from a failure of the machine.
fn sorted(unmade: Vec<Unmade>) -> (Result<Option<Written>, Error>, Vec<Diagnostic>) {
    let mut written = Ok(None);
    let mut faults = Vec::new();
    for why in unmade {
        match why {
            Unmade::Fault(fault) => faults.push(*fault),
            Unmade::Failed(error) => written = Err(error),
        }
    }
    (written, faults)
}
