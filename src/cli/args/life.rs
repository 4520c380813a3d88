//! What is typed for the steps of a document's life.

use clap::Args;

use super::day;
use crate::model::value::Date;

/// Begin the next version of a document
///
/// The version is raised, the status becomes draft, a line of the revision history is added, and the
/// approval of the version before is taken out. Nothing is committed.
#[derive(Debug, Args)]
pub(in crate::cli) struct Draft {
    /// The document
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// What changes, in a sentence, for the revision history
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(in crate::cli) summary: String,
    /// A new edition: 3.0 after 2.4, rather than 2.5
    #[arg(long)]
    pub(in crate::cli) major: bool,
    /// Show the change, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// Give documents to those who approve them
#[derive(Debug, Args)]
pub(in crate::cli) struct Submit {
    /// The documents
    #[arg(value_name = "ID", required = true)]
    pub(in crate::cli) ids: Vec<String>,
    /// Show the change, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// Approve documents, with a checksum of what was approved
///
/// The next review is counted from the day of the approval. Nothing is committed: the commit, and
/// better a signed one, is what proves who approved.
#[derive(Debug, Args)]
pub(in crate::cli) struct Approve {
    /// The documents
    #[arg(value_name = "ID", required = true)]
    pub(in crate::cli) ids: Vec<String>,
    /// The role that approves: its id or its title
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) by: String,
    /// The first day on which they are in force [default: the day itself]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(in crate::cli) effective: Option<Date>,
    /// Show the change, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// Record that documents were reviewed, and what was looked at
///
/// Without --reason, what was looked at is asked for, document by document: a line of standard input
/// each.
#[derive(Debug, Args)]
pub(in crate::cli) struct Confirm {
    /// The documents
    #[arg(value_name = "ID", required = true)]
    pub(in crate::cli) ids: Vec<String>,
    /// The role that reviewed: its id or its title
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) by: String,
    /// What was looked at, in a sentence; for one document
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(in crate::cli) reason: Option<String>,
    /// The review found that they have to change
    #[arg(long)]
    pub(in crate::cli) change_needed: bool,
    /// Show the change, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// End the life of a document
#[derive(Debug, Args)]
pub(in crate::cli) struct Withdraw {
    /// The document
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// The role that decided it: its id or its title
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) by: String,
    /// The document that takes its place
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) superseded_by: Option<String>,
    /// Show the change, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// Give a document, a role or a service another id, in every place that names it
///
/// Front matter, links and the sections that they lead to, heads of matrices, generated blocks, cells
/// of registers and clausebook.yaml: all of them change, or nothing does. Ids in plain words stay, and
/// are listed. Nothing is committed.
#[derive(Debug, Args)]
pub(in crate::cli) struct Rename {
    /// The id of the document, the role or the service
    #[arg(value_name = "OLD")]
    pub(in crate::cli) old: String,
    /// The id that it gets
    #[arg(value_name = "NEW")]
    pub(in crate::cli) new: String,
    /// Show the changes, and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}
