//! `check --baseline`: a firm that brings a hundred documents begins without failures, and gets better.

use std::io;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::{args, say, write};
use crate::check::Findings;
use crate::check::baseline::{Baseline, Compared};
use crate::report::plural;
use crate::source::Sources;
use crate::text::visible::one_line;

/// Takes out what is accepted, or writes what is to be accepted from now on.
pub(super) fn apply(
    args: &args::Baseline,
    findings: Findings,
    sources: &Sources,
) -> Result<Findings> {
    let baseline = match (&args.baseline, &args.write_baseline) {
        (Some(file), _) => read(file)?.with_context(|| {
            format!("there is no {}: --write-baseline makes it", file.display())
        })?,
        (None, Some(file)) => record(file, &Baseline::of(&findings, sources))?,
        (None, None) => return Ok(findings),
    };
    let Compared { new, accepted, gone } = baseline.compare(findings, sources);
    if accepted > 0 {
        say(&format!("{} accepted by the baseline", plural(accepted, "finding")));
    }
    if gone > 0 {
        let what = plural(gone, "finding");
        say(&format!("{what} of the baseline mended: --write-baseline takes them out of it"));
    }
    Ok(new)
}

/// The baseline in a file; nothing where there is no such file.
fn read(file: &Path) -> Result<Option<Baseline>> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    let baseline = Baseline::read(&text);
    baseline.map(Some).with_context(|| format!("{} is no baseline", file.display()))
}

/// Writes what there is, as far as it was accepted before; all of it where there was no baseline.
fn record(file: &Path, found: &Baseline) -> Result<Baseline> {
    let baseline = read(file)?.map_or_else(|| found.clone(), |known| known.shrunk_to(found));
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = file.file_name().with_context(|| format!("{} is no file", file.display()))?;
    let folder = folder.unwrap_or(Path::new("."));
    write::replace(folder, Path::new(name), baseline.text().as_bytes())?;
    let shown = one_line(&file.to_string_lossy());
    say(&format!("{} in {shown}", plural(baseline.len(), "accepted finding")));
    Ok(baseline)
}
