//! Of which day a run is.

use clap::Args;

/// The manual as it stood once, rather than as it stands.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct AsOf {
    /// Take the manual as the repository held it: at the end of a day (YYYY-MM-DD), or at a commit,
    /// branch or tag. It is judged for that day, unless --today says another
    #[arg(long, value_name = "DATE|REV")]
    pub(in crate::cli) as_of: Option<String>,
}
