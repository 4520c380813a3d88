//! What a person at a terminal talks to: one file a command, [`run`] over them.
//!
//! Here, and nowhere else, the command line, the environment and the clock are read, and the exit
//! status is decided. Findings and what was asked for go to standard output, everything else to
//! standard error.
#![expect(clippy::disallowed_methods, reason = "the environment and the clock come in here")]

mod adopt;
mod args;
mod baseline;
mod build;
mod check;
mod coverage;
mod diff;
mod due;
mod explain;
mod guard;
mod init;
mod life;
mod lsp;
mod manual;
mod mend;
mod new;
mod pages;
mod progress;
mod record;
mod rename;
mod review;
mod schema;
mod serve;
mod starter;
mod watchdog;
mod write;

use std::ffi::OsString;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context as _, Result, bail};
use clap::Parser as _;

use crate::crash_context;
use crate::model::value::Date;
use crate::report::Stand;
use crate::source::BuiltinOnly;
use crate::text::visible::lines;
use args::{Arguments, Command};
use guard::Guard;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// Nothing to say.
    Clean,
    /// There are findings: errors, or warnings that were denied; a review is overdue.
    Findings,
    /// The tool could not do its work.
    Failed,
}

impl From<ExitStatus> for std::process::ExitCode {
    fn from(status: ExitStatus) -> Self {
        match status {
            ExitStatus::Clean => 0.into(),
            ExitStatus::Findings => 1.into(),
            ExitStatus::Failed => 2.into(),
        }
    }
}

/// Where and when a command runs, and where its answer goes.
struct Session {
    /// The folder that was named, or the one that the user is in.
    start: PathBuf,
    /// The top of the manual; of a command that needs none, the same.
    root: PathBuf,
    /// Where the user is, seen from the manual.
    stand: Stand,
    /// The day for which everything is judged.
    today: Date,
    /// Standard output.
    out: Guard,
    /// The commit of which the manual is read; the folder as it is when absent.
    record: Option<record::Record>,
    /// Whether the manual's own theme and schemas are left out.
    builtin_only: BuiltinOnly,
    /// Whether standard output takes colour.
    colour: bool,
}

impl Session {
    /// Goes to the top of the manual: the folder where the session began, or the nearest above it.
    /// Stays where there is none; who needs a manual says so.
    fn enter(&mut self) -> Result<()> {
        let Some(top) = manual::top(&self.start)? else { return Ok(()) };
        let here = std::env::current_dir().unwrap_or_default();
        let inside = here.canonicalize().ok().zip(top.canonicalize().ok());
        let inside = inside.and_then(|(here, top)| Some(here.strip_prefix(top).ok()?.to_owned()));
        self.stand = match inside {
            Some(inside) => {
                let inside = inside.to_string_lossy().replace('\\', "/");
                Stand { prefix: String::new(), inside }
            }
            None => Stand { prefix: prefix(&top), inside: String::new() },
        };
        self.root = top;
        Ok(())
    }

    /// Text in bold, where standard output takes that.
    fn bold(&self, text: &str) -> String {
        if self.colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A path in the manual as the user can open it.
    fn shown(&self, path: &Path) -> String {
        self.stand.path(&path.to_string_lossy())
    }
}

/// Says something beside the answer, on standard error.
fn say(text: &str) {
    // Chatter that nobody can read is not worth failing for.
    let _ = io::stderr().write_all(lines(text).as_bytes());
}

/// Runs a command line.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitStatus {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        // Bad usage. It quotes what was typed, and in a pipeline that is what somebody called a branch.
        Err(error) if error.use_stderr() => {
            say(&error.render().to_string());
            return ExitStatus::Failed;
        }
        // Help and version are answers.
        Err(error) => {
            let _ = error.print();
            return ExitStatus::Clean;
        }
    };
    let doing = arguments.command.doing();
    #[cfg(debug_assertions)]
    if let Ok(what) = std::env::var("CLAUSEBOOK_CRASH_AT") {
        crash_context::on_purpose::crash_at(what);
    }
    guarded(doing, move || match command(&arguments) {
        Ok(status) => status,
        Err(error) if is_broken_pipe(&error) => ExitStatus::Clean,
        Err(error) => {
            let why = lines(&format!("{error:#}"));
            let _ = write!(anstream::stderr(), "{ERROR}: {why}");
            ExitStatus::Failed
        }
    })
}

const ERROR: &str = "\x1b[1;31merror\x1b[0m";

/// Runs `work`; a panic in it becomes a message that a person can do something with.
fn guarded(doing: &'static str, work: impl FnOnce() -> ExitStatus) -> ExitStatus {
    let said = AtomicBool::new(false);
    std::panic::set_hook(Box::new(move |info| {
        // Several threads may break on the same thing: it is said once.
        if crash_context::is_contained() || said.swap(true, Ordering::Relaxed) {
            return;
        }
        progress::clear();
        let at = crash_context::current().map(|what| format!(", at {what}")).unwrap_or_default();
        say(&format!(
            "error: clausebook broke while {doing}{at}. This is a mistake in clausebook, not in \
             your documents.\n  {info}\nPlease report these lines, the command that you typed and, \
             if you can, the file it was about.\nAn earlier site is as it was."
        ));
    }));
    caught(work)
}

fn caught(work: impl FnOnce() -> ExitStatus) -> ExitStatus {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(ExitStatus::Failed)
}

fn command(arguments: &Arguments) -> Result<ExitStatus> {
    let mut session = session(arguments.dir.as_deref(), arguments.today)?;
    if arguments.command.is_about_a_manual() {
        session.enter()?;
    }
    session.builtin_only = arguments.command.builtin_only();
    if let Some(typed) = arguments.command.as_of() {
        record::Record::enter(typed, arguments.today, &mut session)?;
    }
    let status = match &arguments.command {
        Command::Init(args) => init::run(args, &mut session),
        Command::New(args) => new::run(args, &mut session),
        Command::Adopt(args) => adopt::run(args, &mut session),
        Command::Check(args) => check::run(args, &mut session),
        Command::Build(args) => build::run(args, &mut session),
        Command::Serve(args) => {
            let day = arguments.today.map_or(serve::Day::Todays(today), |_| serve::Day::Fixed);
            serve::run(args, &mut session, day)
        }
        Command::Lsp(args) => {
            let day = arguments.today.map_or(serve::Day::Todays(today), |_| serve::Day::Fixed);
            lsp::run(*args, &mut session, day)
        }
        Command::Review(args) => review::run(args, &mut session),
        Command::Due(args) => due::run(args, &mut session),
        Command::Draft(args) => life::draft(args, &mut session),
        Command::Submit(args) => life::submit(args, &mut session),
        Command::Approve(args) => life::approve(args, &mut session),
        Command::Confirm(args) => life::confirm(args, &mut session),
        Command::Withdraw(args) => life::withdraw(args, &mut session),
        Command::Rename(args) => rename::run(args, &mut session),
        Command::Diff(args) => diff::run(args, &mut session),
        Command::Coverage(args) => coverage::run(args, &mut session),
        Command::Explain(args) => explain::run(args, &mut session),
        Command::Schema(args) => schema::run(args, &mut session),
        Command::Completions(args) => pages::completions(args, &mut session),
        Command::Man(args) => pages::man(args, &mut session),
    }?;
    session.out.flush().context("cannot write to standard output")?;
    Ok(status)
}

fn session(dir: Option<&Path>, today: Option<Date>) -> Result<Session> {
    let stdout = io::stdout();
    let colour = AutoStream::choice(&stdout) != ColorChoice::Never;
    let out: Box<dyn Write> = if colour {
        Box::new(AutoStream::new(stdout.lock(), ColorChoice::Always))
    } else {
        Box::new(io::BufWriter::new(stdout.lock()))
    };
    let root = dir.unwrap_or(Path::new("."));
    match std::fs::metadata(root) {
        Ok(about) if about.is_dir() => {}
        Ok(_) => bail!("{} is a file, not a folder", root.display()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot enter {}", root.display()));
        }
    }
    let today = today.unwrap_or_else(self::today);
    let stand = Stand { prefix: prefix(root), inside: String::new() };
    let (start, root) = (root.to_path_buf(), root.to_path_buf());
    let out = Guard::new(out, colour);
    let builtin_only = BuiltinOnly::default();
    let record = None;
    Ok(Session { start, root, stand, today, out, record, builtin_only, colour })
}

/// The day that the clock shows.
fn today() -> Date {
    Date(jiff::Zoned::now().date())
}

/// The path to a folder from where the user is, as short as it can be said.
fn prefix(root: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let below = root.strip_prefix(&here).unwrap_or(root);
    let parts = below.components().filter(|part| *part != std::path::Component::CurDir);
    parts.collect::<PathBuf>().to_string_lossy().replace('\\', "/")
}

/// Whether whoever read our answer has gone away, as `head` does.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let cause = cause.downcast_ref::<io::Error>();
        cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    })
}

impl Command {
    /// Whether it works on a manual, wherever in it the user is.
    fn is_about_a_manual(&self) -> bool {
        match self {
            Command::New(_)
            | Command::Adopt(_)
            | Command::Check(_)
            | Command::Build(_)
            | Command::Serve(_)
            | Command::Review(_)
            | Command::Due(_)
            | Command::Draft(_)
            | Command::Submit(_)
            | Command::Approve(_)
            | Command::Confirm(_)
            | Command::Withdraw(_)
            | Command::Rename(_)
            | Command::Diff(_)
            | Command::Coverage(_)
            | Command::Explain(_) => true,
            Command::Init(_)
            | Command::Lsp(_)
            | Command::Schema(_)
            | Command::Completions(_)
            | Command::Man(_) => false,
        }
    }

    /// Whether the manual's own theme and schemas are left out.
    fn builtin_only(&self) -> BuiltinOnly {
        let typed = match self {
            Command::Check(args) => args.trust,
            Command::Build(args) => args.trust,
            Command::Serve(args) => args.trust,
            Command::Lsp(args) => args.trust,
            _ => return BuiltinOnly::default(),
        };
        BuiltinOnly { theme: typed.no_theme, schema: typed.no_schema }
    }

    /// Of which day or commit the manual is read.
    fn as_of(&self) -> Option<&str> {
        let typed = match self {
            Command::Check(args) => &args.as_of,
            Command::Build(args) => &args.as_of,
            Command::Coverage(args) => &args.as_of,
            _ => return None,
        };
        typed.as_of.as_deref()
    }

    /// What the command does, for the message of a panic.
    fn doing(&self) -> &'static str {
        match self {
            Command::Init(_) => "writing the starter manual",
            Command::New(_) => "starting a document",
            Command::Adopt(_) => "taking documents over",
            Command::Check(_) => "checking the manual",
            Command::Build(_) => "building the site",
            Command::Serve(_) => "showing the manual",
            Command::Lsp(_) => "serving an editor",
            Command::Review(_) => "looking up reviews",
            Command::Due(_) => "looking up what is due",
            Command::Draft(_) => "beginning a version",
            Command::Submit(_) => "submitting a document",
            Command::Approve(_) => "approving a document",
            Command::Confirm(_) => "recording a review",
            Command::Withdraw(_) => "withdrawing a document",
            Command::Rename(_) => "renaming something",
            Command::Diff(_) => "comparing two states",
            Command::Coverage(_) => "laying the manual beside the standard",
            Command::Explain(_) => "explaining a rule or a clause",
            Command::Schema(_) => "writing a schema",
            Command::Completions(_) => "writing shell completions",
            Command::Man(_) => "writing manual pages",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure() {
        assert_eq!(caught(|| panic!("on purpose")), ExitStatus::Failed);
    }

    #[test]
    fn a_folder_is_named_as_it_was_typed() {
        assert_eq!(prefix(Path::new(".")), "");
        assert_eq!(prefix(Path::new("./docs/sms/")), "docs/sms");
        assert_eq!(prefix(Path::new("../other")), "../other");
        let here = std::env::current_dir().unwrap();
        assert_eq!(prefix(&here.join("docs")), "docs");
    }
}
