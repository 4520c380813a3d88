//! `build`: the site, unless there are errors.

use std::path::Path;

use anyhow::Result;

use super::manual::{self, Part, Showing};
use super::{ExitStatus, Session, args, say};
use crate::diag::{Diagnostic, Severity};
use crate::publish::{Place, publish};
use crate::render::{self, Options};
use crate::report::Format;

pub(super) fn run(args: &args::Build, session: &mut Session) -> Result<ExitStatus> {
    let mut compiled = manual::compile(session)?;
    let options = Options {
        drafts: args.drafts,
        base_url: args.base_url.clone(),
        audience: args.audience,
        ..Options::default()
    };
    let (site, found) = render::site(&compiled.manual(), &compiled.findings, &options)?;
    let standing = &mut compiled.findings.standing;
    standing.extend(found);
    standing.sort();
    standing.dedup();
    let worth_stopping = |finding: &&Diagnostic| finding.severity >= Severity::Warning;
    let findings: Vec<&Diagnostic> =
        compiled.findings.standing.iter().filter(worth_stopping).collect();
    let part = Part::default();
    let showing = Showing { format: Format::Human, deny: args.deny, part: &part };
    let status = manual::show(&compiled, &findings, &showing, session)?;
    if status != ExitStatus::Clean {
        say("nothing was published; an earlier site is as it was");
        return Ok(status);
    }
    let out = Path::new(&session.prefix).join(&args.out);
    let content = compiled.settings.checked.value.content();
    let sources: Vec<String> =
        content.into_iter().chain(manual::BESIDE.map(str::to_owned)).collect();
    let written = publish(&site, &Place { out: &out, root: &session.root, sources: &sources })?;
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
