//! `completions` and `man`: what a shell and a reader of manuals want to know of the commands.

use std::io::Write;

use anyhow::{Context as _, Result};
use clap::CommandFactory as _;

use super::args::{self, Arguments};
use super::{ExitStatus, Session, say};

pub(super) fn completions(args: &args::Completions, session: &mut Session) -> Result<ExitStatus> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "clausebook", &mut text);
    session.out.write_all(&text)?;
    Ok(ExitStatus::Clean)
}

pub(super) fn man(args: &args::Man, session: &mut Session) -> Result<ExitStatus> {
    let command = Arguments::command();
    let Some(folder) = &args.folder else {
        clap_mangen::Man::new(command).render(&mut session.out)?;
        return Ok(ExitStatus::Clean);
    };
    let folder = session.root.join(folder);
    let cannot = || format!("cannot write manual pages to {}", folder.display());
    std::fs::create_dir_all(&folder).with_context(cannot)?;
    clap_mangen::generate_to(command, &folder).with_context(cannot)?;
    say(&format!("manual pages in {}", folder.display()));
    Ok(ExitStatus::Clean)
}
