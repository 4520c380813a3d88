//! What `due` is told.

use clap::{Args, ValueEnum};

use super::interval;
use crate::model::value::Interval;

#[derive(Debug, Args)]
pub(in crate::cli) struct Due {
    /// How far to look ahead, like 30d or 3 months [default: `review.due_soon` of
    /// clausebook.yaml, or else 30 days]
    #[arg(long, value_name = "TIME", value_parser = interval, allow_hyphen_values = true)]
    pub(in crate::cli) within: Option<Interval>,
    /// Only what this role or person answers for
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) owner: Option<String>,
    /// How it is shown
    #[arg(long, value_enum, default_value_t = DueFormat::Table)]
    pub(in crate::cli) format: DueFormat,
}

/// How what is due is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DueFormat {
    /// A table
    Table,
    /// JSON, as the site's due.json
    Json,
    /// CSV
    Csv,
    /// A calendar, as the site's due.ics
    Ics,
    /// Markdown, for a chat, an issue or a mail
    Markdown,
}
