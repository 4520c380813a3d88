//! Whom a run trusts.

use clap::Args;

/// What of the manual is left out that acts like a program: for changes that a stranger proposes.
#[derive(Clone, Copy, Debug, Args)]
pub(in crate::cli) struct Trust {
    /// Leave out what lies below themes/: the built-in theme is used
    #[arg(long)]
    pub(in crate::cli) no_theme: bool,
    /// Leave out what lies below schema/: the built-in standards alone are used
    #[arg(long)]
    pub(in crate::cli) no_schema: bool,
}
