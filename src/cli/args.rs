//! What was typed. These types never leave `cli`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::value::Date;

/// Turns a git repository of Markdown into a checked, published service management manual that
/// answers ISO/IEC 20000-1:2018.
#[derive(Debug, Parser)]
#[command(name = "clausebook", version, max_term_width = 100, after_help = AFTER)]
pub(super) struct Arguments {
    /// Run as if started in this folder
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(super) dir: Option<PathBuf>,
    /// Judge everything for this day instead of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, global = true)]
    pub(super) today: Option<Date>,
    #[command(subcommand)]
    pub(super) command: Command,
}

const AFTER: &str = "\
Exit status: 0 clean, 1 findings (errors, or warnings under --deny warnings), 2 the tool could not
do its work.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show every finding in every file
    Check(Check),
    /// Make the site
    Build(Build),
}

/// Show every finding in every file
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Show only findings in these files and folders; the whole manual is read all the same
    #[arg(value_name = "PATHS")]
    pub(super) paths: Vec<PathBuf>,
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// What else makes the run fail, besides errors
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) deny: Option<Deny>,
}

/// Make the site
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Folder to write it to: a new one, an empty one, or that of an earlier build
    #[arg(long, value_name = "DIR", default_value = "site")]
    pub(super) out: PathBuf,
    /// Show drafts too, with a mark nobody can overlook
    #[arg(long)]
    pub(super) drafts: bool,
    /// Address at which it is published, for the calendar feed and canonical addresses
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// What else keeps it from being published, besides errors
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) deny: Option<Deny>,
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Headline, excerpt, help
    Human,
    /// One line a finding
    Short,
    /// JSON
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// SARIF 2.1.0
    Sarif,
    /// `JUnit` XML
    Junit,
}

/// What makes a run fail besides errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Warnings too
    Warnings,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "no such day; write it like 2026-03-15".into())
}
