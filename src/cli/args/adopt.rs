//! How what a firm has is taken over.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Make documents of what there is: a folder of Markdown of any tool, or of Word files
///
/// Control data is understood in front matter, tables and lines, under many names and in several
/// languages; links, pictures, admonitions and matrices are carried over. Nothing is written over, and
/// everything that was guessed or could not be kept is told. Documents become drafts.
#[derive(Debug, Args)]
pub(in crate::cli) struct Adopt {
    /// The folder, or one file
    #[arg(value_name = "SOURCE")]
    pub(in crate::cli) source: PathBuf,
    /// The manual that they go to [default: the one at hand, or this folder]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) into: Option<PathBuf>,
    /// Tell what would be done, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Keep approvals that name version, approver and day; everything is a draft otherwise
    #[arg(long)]
    pub(in crate::cli) keep_approvals: bool,
    /// A YAML file of your own names: `Policy steward: owner`, or nothing behind the colon to leave a
    /// name alone
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) map: Option<PathBuf>,
    /// How it is told
    #[arg(long, value_enum, default_value_t = AdoptFormat::Table)]
    pub(in crate::cli) format: AdoptFormat,
}

/// How it is told what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AdoptFormat {
    /// A table
    Table,
    /// JSON
    Json,
}
