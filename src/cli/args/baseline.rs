//! Findings that are accepted because they were there before.

use std::path::PathBuf;

use clap::Args;

/// Findings that are accepted because they were there before.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Baseline {
    /// Accept the findings that this file holds: show the others alone
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Write the findings that there are to this file, for --baseline; where it is there already,
    /// those alone that it holds, so that it only shrinks
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(in crate::cli) write_baseline: Option<PathBuf>,
}
