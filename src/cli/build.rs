//! `build`: the site, unless there are errors.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Error, Result, bail};

use super::manual::{self, Part, Showing};
use super::progress::Progress;
use super::{ExitStatus, Session, args, say};
use crate::check::Findings;
use crate::compile;
use crate::diag::Diagnostic;
use crate::manual::Manual;
use crate::publish::{Place, Unpublished, Written, publish};
use crate::render::site::{Pages as _, Route, Unmade};
use crate::render::visibility::VisibleManual;
use crate::render::{Options, Printer};
use crate::report::{Extent, Format};
use crate::source::SETTINGS;

pub(super) fn run(args: &args::Build, session: &mut Session) -> Result<ExitStatus> {
    if session.record.is_some() && args.out.is_none() {
        bail!("--as-of needs --out, so that a site of the past does not take the place of today's");
    }
    let options = Options {
        drafts: args.drafts,
        base_url: args.base_url.clone(),
        audience: args.audience,
        ..Options::default()
    };
    let mut memory = ManuallyDrop::new(compile::Session::default());
    let (manual, mut findings) = manual::check(session, &options, &mut memory)?;
    let manual = ManuallyDrop::into_inner(manual);
    let published = ManuallyDrop::new(compile::published(manual, options.drafts, &mut memory));
    let manual = &published.working;
    let part = Part::default();
    let extent = Extent { notes: args.extent.notes, every: args.extent.all };
    let denied = (&args.denied).into();
    let showing = Showing { format: Format::Human, extent, denied, part: &part };
    let out = match &args.out {
        Some(out) => next_to(&session.start, out),
        None => next_to(&session.root, Path::new("site")),
    };
    let printing = Printing { manual: published.shown(), findings: &findings, options };
    let missing = if args.allow_shrink { Ok(()) } else { ensure_whole(manual, session) };
    let attempt = match missing {
        _ if findings.standing.iter().any(|one| showing.denied.fails(one)) => Ok(None),
        Err(missing) => Err(Unpublished::Failed(missing)),
        Ok(()) => {
            let place = Place {
                out: &out,
                root: &session.root,
                sources: &manual::folders(manual.settings()),
                in_place: args.in_place,
                may_shrink: args.allow_shrink,
            };
            printing.write(&place).map(Some)
        }
    };
    let (written, faults) = match attempt {
        Ok(written) => (Ok(written), Vec::new()),
        Err(Unpublished::Failed(error)) => (Err(error), Vec::new()),
        Err(Unpublished::Left(_, left)) => (
            Err(left
                .context("the new site is in its place, but the earlier one is still beside it")),
            Vec::new(),
        ),
        Err(Unpublished::Unmade(why)) => sorted(why),
    };
    findings.standing.extend(faults);
    let status = manual::show(manual, &findings, &showing, session)?;
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

/// A path from a folder; where the user is in that folder, without saying so.
fn next_to(folder: &Path, path: &Path) -> PathBuf {
    if folder == Path::new(".") { path.to_path_buf() } else { folder.join(path) }
}

/// What to do about a site that would shrink.
const MEANT: &str = "if it is meant, build with --allow-shrink";

/// Refuses a manual of which nothing is there, or a folder that it names is not: a slip in a name
/// must not empty a site.
fn ensure_whole(manual: &Manual, session: &Session) -> Result<()> {
    let settings = manual.settings();
    let is_gone = |folder: &String| match &session.record {
        Some(_) => !manual.sources.holds(folder),
        None => !session.root.join(folder).is_dir(),
    };
    let gone: Vec<String> = settings.content().into_iter().filter(is_gone).collect();
    let library = &manual.library;
    if let (true, Some(gone)) = (settings.content.is_some(), gone.first()) {
        bail!(
            "{gone}/ is not there, which `content` of {SETTINGS} names. Nothing was published, and an \
             earlier site is as it was; {MEANT}"
        );
    }
    if settings.content.as_ref().is_some_and(Vec::is_empty) {
        bail!(
            "`content` of {SETTINGS} names no folder, so there is no document. Nothing was \
             published, and an earlier site is as it was; {MEANT}"
        );
    }
    if library.documents.is_empty() {
        let folders = settings.content().join("/, ");
        let unread = match library.unread.len() {
            0 => String::new(),
            1 => format!(" ({} cannot be read as one)", library.unread[0].path),
            count => format!(" ({count} files there cannot be read as such)"),
        };
        bail!(
            "there is no document in {folders}/{unread}: the site would show 0 documents. Nothing \
             was published, and an earlier site is as it was. `content` of {SETTINGS} names the \
             folders of the documents; {MEANT}"
        );
    }
    Ok(())
}

/// A site to print.
struct Printing<'a> {
    manual: &'a Manual,
    findings: &'a Findings,
    options: Options,
}

impl Printing<'_> {
    /// Prints it and writes it.
    fn write(&self, place: &Place<'_>) -> Result<Written, Unpublished> {
        self.print(|printer, routes, progress| publish(printer, routes, place, &|| progress.step()))
    }

    fn print(
        &self,
        then: impl FnOnce(&Printer<'_>, &[Route], &Progress) -> Result<Written, Unpublished>,
    ) -> Result<Written, Unpublished> {
        let progress = Progress::start("making the site");
        let visible = VisibleManual::new(self.manual, &self.options);
        match Printer::new(&visible, &|| self.findings)? {
            Ok(printer) => {
                let routes = printer.routes();
                progress.of(routes.len());
                then(&printer, &routes, &progress)
            }
            Err(faults) => {
                let unmade = faults.into_iter().map(|fault| Unmade::Fault(Box::new(fault)));
                Err(Unpublished::Unmade(unmade.collect()))
            }
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
