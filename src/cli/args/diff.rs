//! What is typed for a comparison.

use clap::{Args, ValueEnum};

/// Show what differs between two states of a document, or of the whole manual
///
/// Without --from and --to, the edition in force is compared with the working tree. Exit status: 0
/// nothing differs, 1 something differs, 2 it could not be compared.
#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// The document; the whole manual without it
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: Option<String>,
    /// The old state: a version of the document, a day (YYYY-MM-DD), a commit, a branch or a tag
    /// [default: the edition in force]
    #[arg(long, value_name = "VERSION|DATE|REV")]
    pub(in crate::cli) from: Option<String>,
    /// The new state, in the same way [default: the working tree]
    #[arg(long, value_name = "VERSION|DATE|REV")]
    pub(in crate::cli) to: Option<String>,
    /// How it is shown
    #[arg(long, value_enum, default_value = "text")]
    pub(in crate::cli) format: DiffFormat,
}

/// A format of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiffFormat {
    /// Lines for a terminal
    Text,
    /// A page by itself
    Html,
    /// JSON
    Json,
}
