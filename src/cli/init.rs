//! `init`: a starter manual for an organization, as drafts.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};

use super::{ExitStatus, Session, args, say, starter};
use crate::source::SETTINGS;
use starter::{Decision, File};

/// Longest name of an organization.
const LONGEST: usize = 200;

pub(super) fn run(args: &args::Init, session: &mut Session) -> Result<ExitStatus> {
    let name = name(&args.name)?;
    let folder = session.root.join(&args.folder);
    let shown = session.shown(&args.folder);
    let shown = if shown.is_empty() { "." } else { &shown };
    for taken in [SETTINGS, "policies", "processes"] {
        ensure!(
            std::fs::symlink_metadata(folder.join(taken)).is_err(),
            "{shown} holds a manual already: {taken} is there. Nothing was written"
        );
    }
    let mut files = starter::files(name)?;
    let (own, kept) = repository_files(&folder);
    files.extend(own.iter().cloned());
    write(&folder, &files)?;
    let documents = files.iter().filter(|file| file.is_document()).count();
    let decisions = starter::decisions(&files);
    say(&format!("{documents} draft documents for {name} in {shown}\n"));
    let above =
        if shown == "." { String::new() } else { format!("{}/", shown.trim_end_matches('/')) };
    if !decisions.is_empty() {
        let count = decisions.len();
        writeln!(session.out, "{count} decisions are yours to take:")?;
        for Decision { path, line, what } in &decisions {
            writeln!(session.out, "{above}{path}:{line}: {what}")?;
        }
        session.out.flush()?;
        say(
            "\nEach is marked `{{ decide: … }}` in the text: write the answer in place of the mark.",
        );
    }
    say_repository_files(&own, &kept, &above);
    let there = if shown == "." { String::new() } else { format!("-C {shown} ") };
    say(&format!("Next: clausebook {there}check, then clausebook {there}build --drafts"));
    Ok(ExitStatus::Clean)
}

/// What the repository gets beside the manual, and what of that it has already.
fn repository_files(folder: &Path) -> (Vec<File>, Vec<File>) {
    let absent = |file: &File| std::fs::symlink_metadata(folder.join(&file.path)).is_err();
    starter::repository_files().into_iter().partition(absent)
}

/// Says what the repository got beside the manual.
fn say_repository_files(written: &[File], kept: &[File], above: &str) {
    let list = |files: &[File]| {
        let paths: Vec<String> = files.iter().map(|file| format!("{above}{}", file.path)).collect();
        paths.join(", ")
    };
    if !written.is_empty() {
        say(&format!("Written beside them, for Git and for CI: {}", list(written)));
    }
    if !kept.is_empty() {
        say(&format!("Left as they are, since they are there already: {}", list(kept)));
    }
}

/// The organization's name, or why it cannot be one.
fn name(typed: &str) -> Result<&str> {
    let name = typed.trim();
    ensure!(!name.is_empty(), "the name of the organization is empty");
    ensure!(
        !name.chars().any(char::is_control),
        "the name of the organization must be one line of plain text"
    );
    ensure!(
        !name.contains("{{") && !name.contains("}}"),
        "the name of the organization may not hold `{{{{` or `}}}}`, which mark values in texts"
    );
    ensure!(name.chars().count() <= LONGEST, "the name is longer than {LONGEST} characters");
    Ok(name)
}

/// Writes files into a folder; all of them, or none.
fn write(folder: &Path, files: &[File]) -> Result<()> {
    let mut made = Made::default();
    for file in files {
        let path = folder.join(&file.path);
        let done = made.write(&path, &file.text);
        if let Err(error) = done.with_context(|| format!("cannot write {}", path.display())) {
            made.undo();
            bail!("{error:#}. Nothing was written");
        }
    }
    Ok(())
}

/// What was made so far.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    fn write(&mut self, path: &Path, text: &str) -> std::io::Result<()> {
        let parent = path.parent().unwrap_or(path);
        let mut missing: Vec<&Path> = parent.ancestors().take_while(|it| !it.exists()).collect();
        while let Some(folder) = missing.pop().filter(|it| !it.as_os_str().is_empty()) {
            std::fs::create_dir(folder)?;
            self.folders.push(folder.to_path_buf());
        }
        let mut file = std::fs::File::create_new(path)?;
        self.files.push(path.to_path_buf());
        file.write_all(text.as_bytes())
    }

    /// Takes it all back.
    fn undo(&self) {
        for file in self.files.iter().rev() {
            let _ = std::fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}
