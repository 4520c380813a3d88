//! What the language server is started with.

use clap::Args;

use super::Trust;

/// Serve an editor over standard input and output, as the Language Server Protocol says
///
/// Editors start it themselves. It shows the findings of `check` while somebody types, with their
/// fixes, completes names and fields, says what a name means, and leads to where it stands. Nothing is
/// written.
#[derive(Clone, Copy, Debug, Args)]
pub(in crate::cli) struct Lsp {
    /// Accepted for editors that pass it: there is no other way to talk
    #[arg(long)]
    pub(in crate::cli) stdio: bool,
    #[command(flatten)]
    pub(in crate::cli) trust: Trust,
}
