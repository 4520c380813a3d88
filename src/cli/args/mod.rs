//! What was typed. These types never leave `cli`.

mod adopt;
mod as_of;
mod baseline;
mod diff;
mod due;
mod life;
mod lsp;
mod trust;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::check;
use crate::model::value::{Classification, Date, Interval};
pub(super) use adopt::{Adopt, AdoptFormat};
pub(super) use as_of::AsOf;
pub(super) use baseline::Baseline;
pub(super) use diff::{Diff, DiffFormat};
pub(super) use due::{Due, DueFormat};
pub(super) use life::{Approve, Confirm, Draft, Rename, Submit, Withdraw};
pub(super) use lsp::Lsp;
pub(super) use trust::Trust;
pub(super) use values::Seconds;
use values::{audience, base_url, day, interval, port, seconds};

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
Exit status: 0 clean, 1 findings (errors, or warnings under --deny warnings; what only the calendar
brought counts under --deny due), 2 the tool could not do its work.

A command works on the manual of the folder it is started in, or of the nearest one above.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a starter manual for an organization
    Init(Init),
    /// Start a document: the next free id, and every section and field that it needs
    New(New),
    /// Make documents of what there is: Markdown of any tool, Word files
    Adopt(Adopt),
    /// Show every finding in every file
    Check(Check),
    /// Make the site
    Build(Build),
    /// Show the manual in a browser while it is written
    Serve(Serve),
    /// Serve an editor: findings, fixes and names while one types
    Lsp(Lsp),
    /// Show which reviews are due, and which are overdue
    Review(Review),
    /// Shows everything that somebody has to do by a day
    ///
    /// Reviews of documents, open risks, findings and actions, audits, measured values, contracts,
    /// training, milestones: whatever the registers of the manual hold. Exits with 1 when something
    /// is overdue.
    Due(Due),
    /// Begin the next version of a document
    Draft(Draft),
    /// Give documents to those who approve them
    Submit(Submit),
    /// Approve documents, with a checksum of what was approved
    Approve(Approve),
    /// Record that documents were reviewed, and what was looked at
    Confirm(Confirm),
    /// End the life of a document
    Withdraw(Withdraw),
    /// Give a document, a role or a service another id, in every place that names it
    Rename(Rename),
    /// Show what differs between two states of a document, or of the whole manual
    Diff(Diff),
    /// Show clause by clause what is evidenced: documented, partial, gap, with the reason
    Coverage(Coverage),
    /// Tell what a finding means, or what a clause asks for
    Explain(Explain),
    /// Print the JSON Schema of front matter, for editors
    Schema(Schema),
    /// Print shell completions
    Completions(Completions),
    /// Print the manual page, or write all manual pages to a folder
    Man(Man),
}

/// Write a starter manual for an organization
///
/// It is written as drafts of version 0.1; what the organization has to decide is marked and
/// listed. A folder that holds a manual is left alone.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folder to write it to
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Name of the organization, as it should stand on the certificate
    #[arg(long, value_name = "ORG", allow_hyphen_values = true)]
    pub(super) name: String,
}

/// Start a document: the next free id, and every section and field that it needs
#[derive(Debug, Args)]
pub(super) struct New {
    /// Kind of document: policy, process, procedure, plan, scope, raci, catalogue, agreement,
    /// register, report or guideline
    #[arg(value_name = "KIND")]
    pub(super) kind: String,
    /// Its title
    #[arg(value_name = "TITLE")]
    pub(super) title: String,
    /// Clause that it answers, for example 8.6.1; can be given several times
    #[arg(long = "clause", value_name = "N")]
    pub(super) clauses: Vec<String>,
    /// Role that answers for it: an id of the role register
    #[arg(long, value_name = "ROLE")]
    pub(super) owner: Option<String>,
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
    #[command(flatten)]
    pub(super) extent: Extent,
    #[command(flatten)]
    pub(super) denied: Denied,
    /// Mend what can be mended without changing what was meant, then check again; `all` takes what
    /// is only offered, too
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "safe",
        conflicts_with = "as_of"
    )]
    pub(super) fix: Option<Fix>,
    /// Show what --fix would change, as a patch, and write nothing; exit status 1 when there is
    /// something
    #[arg(long, requires = "fix")]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) baseline: Baseline,
    #[command(flatten)]
    pub(super) as_of: AsOf,
    #[command(flatten)]
    pub(super) trust: Trust,
}

/// Which fixes are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Fix {
    /// Those that keep what was plainly meant
    Safe,
    /// The first of each finding, whatever it is
    All,
}

/// How much people are shown of what was found.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Extent {
    /// Show notes too; they are only counted otherwise
    #[arg(long)]
    pub(super) notes: bool,
    /// Show each finding; of a rule with more than twenty only the first three are shown otherwise
    #[arg(long)]
    pub(super) all: bool,
}

/// What makes a run fail, besides errors.
#[derive(Clone, Debug, Args)]
pub(super) struct Denied {
    /// What else makes the run fail, besides errors: warnings; due, which is what only the calendar
    /// brought, such as a review that has fallen due
    #[arg(long, value_enum, value_name = "LEVEL", value_delimiter = ',')]
    pub(super) deny: Vec<Deny>,
}

impl From<&Denied> for check::Denied {
    fn from(typed: &Denied) -> Self {
        let has = |level| typed.deny.contains(&level);
        check::Denied { warnings: has(Deny::Warnings), due: has(Deny::Due) }
    }
}

/// Make the site
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Folder to write it to: a new one, an empty one, or that of an earlier build [default: site,
    /// at the top of the manual]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Show drafts too, with a mark nobody can overlook
    #[arg(long)]
    pub(super) drafts: bool,
    /// Put it in the place of a site that shows more than twice as many documents, or build it
    /// although there are none, or a content folder is not there
    #[arg(long)]
    pub(super) allow_shrink: bool,
    /// Leave out every document above this classification, and every trace of it
    #[arg(long, value_name = "WHO", value_parser = audience)]
    pub(super) audience: Option<Classification>,
    /// Address at which it is published, for the calendar feed and canonical addresses
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(super) base_url: Option<String>,
    /// Replace the files of the folder one by one and keep the folder itself: for one that a
    /// container has mounted. A reader may see pages of two editions until the build ends
    #[arg(long)]
    pub(super) in_place: bool,
    #[command(flatten)]
    pub(super) as_of: AsOf,
    #[command(flatten)]
    pub(super) trust: Trust,
    #[command(flatten)]
    pub(super) extent: Extent,
    #[command(flatten)]
    pub(super) denied: Denied,
}

/// Show the manual in a browser while it is written
///
/// Every open page follows what is saved, shows the findings of its document, and leads to their
/// places in the editor that `editor` of clausebook.yaml names. Nothing is written.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Port to open [default: 20000, or the next one that is free]
    #[arg(long, value_name = "N", value_parser = port)]
    pub(super) port: Option<u16>,
    /// Address to open it on, for other machines to reach [default: this machine alone]
    #[arg(long, value_name = "HOST")]
    pub(super) host: Option<String>,
    /// Another name by which it is reached, through a proxy or a tunnel; can be given several times
    #[arg(long = "allow-host", value_name = "NAME")]
    pub(super) allow_hosts: Vec<String>,
    /// Open it in the browser of this machine, which is started for that
    #[arg(long)]
    pub(super) open: bool,
    /// Show what readers of this classification will see; without drafts, unless --drafts
    #[arg(long, value_name = "WHO", value_parser = audience)]
    pub(super) audience: Option<Classification>,
    /// Show drafts to that audience, too
    #[arg(long, requires = "audience")]
    pub(super) drafts: bool,
    /// Look for changes every so many seconds instead of waiting for word of the system: for
    /// network disks and containers
    #[arg(
        long,
        value_name = "SECONDS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "1",
        value_parser = seconds
    )]
    pub(super) poll: Option<Seconds>,
    #[command(flatten)]
    pub(super) trust: Trust,
}

/// Show which reviews are due, and which are overdue
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 1 when something is overdue.")]
pub(super) struct Review {
    /// How far to look ahead, like 30d or 3 months [default: `review.due_soon` of
    /// clausebook.yaml, or else 30 days]
    #[arg(long, value_name = "TIME", value_parser = interval, allow_hyphen_values = true)]
    pub(super) within: Option<Interval>,
    /// Only documents of this role: its id or its title
    #[arg(long, value_name = "ROLE")]
    pub(super) owner: Option<String>,
    /// How reviews are shown
    #[arg(long, value_enum, default_value_t = ReviewFormat::Table)]
    pub(super) format: ReviewFormat,
}

/// Show clause by clause what is evidenced: documented, partial, gap, with the reason
#[derive(Debug, Args)]
pub(super) struct Coverage {
    /// How coverage is shown
    #[arg(long, value_enum, default_value_t = CoverageFormat::Table)]
    pub(super) format: CoverageFormat,
    #[command(flatten)]
    pub(super) as_of: AsOf,
}

/// How coverage is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CoverageFormat {
    /// A table
    Table,
    /// JSON, as the site's coverage.json
    Json,
    /// CSV
    Csv,
}

/// Tell what a finding means, why an auditor cares, and how to mend it; or what a clause asks
/// for, what evidences it here, and what is missing
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Code of the finding, for example dangling-link, or number of the clause, for example
    /// 8.6.1; all codes are listed without it
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,
}

/// Print the JSON Schema of front matter, for editors
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Kind of document, clausebook.yaml, or clause for a file of schema/NAME/clauses; all of
    /// them are listed without it
    #[arg(value_name = "KIND")]
    pub(super) kind: Option<String>,
    /// Write all of them into this folder instead
    #[arg(
        long,
        value_name = "DIR",
        num_args = 0..=1,
        default_missing_value = "schema/front-matter",
        conflicts_with = "kind"
    )]
    pub(super) write: Option<PathBuf>,
}

/// Print shell completions
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

/// Print the manual page, or write all manual pages to a folder
#[derive(Debug, Args)]
pub(super) struct Man {
    /// Folder to write all of them to
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

/// How reviews are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReviewFormat {
    /// A table
    Table,
    /// JSON, as the site's reviews.json
    Json,
    /// A calendar, as the site's reviews.ics
    Ics,
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
    /// A code quality report of GitLab
    Gitlab,
    /// SARIF 2.1.0
    Sarif,
    /// `JUnit` XML
    Junit,
}

/// A sort of findings that makes a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Warnings too
    Warnings,
    /// What only the calendar brought
    Due,
}
