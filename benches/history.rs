//! What reading a history takes: `cargo bench --bench history -- [COMMITS…]`, 20000 when nothing is
//! said, over 1,000 documents. The repository is made by Git's `fast-import`, the same one each time.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark makes a repository and says what it measured"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use clausebook::history::{History, Question};

const DOCUMENTS: usize = 1000;
const TURNS: usize = 3;

fn main() -> Result<()> {
    let args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let mut counts: Vec<usize> = args.map(|arg| arg.parse()).collect::<Result<_, _>>()?;
    if counts.is_empty() {
        counts = vec![20_000];
    }
    println!("commits   documents   editions      s   (the best of {TURNS} runs)");
    for count in counts {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        make(folder.path(), count)?;
        let content = vec!["policies".to_owned(), "processes".to_owned()];
        let question = Question { content, ..Question::default() };
        let mut best = f64::MAX;
        let mut history = History::default();
        for _ in 0..TURNS {
            let start = Instant::now();
            history = History::read(folder.path(), &question);
            best = best.min(start.elapsed().as_secs_f64());
        }
        let editions: usize = history.editions.values().map(Vec::len).sum();
        println!("{count:>7} {:>11} {editions:>10} {best:>6.2}", history.editions.len());
    }
    Ok(())
}

/// A repository in which each commit gives one document its next version.
fn make(folder: &Path, commits: usize) -> Result<()> {
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C").arg(folder).args(args);
        git
    };
    ensure!(git(&["init", "-q", "-b", "main"]).status()?.success(), "git init");
    let mut import = git(&["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .context("git fast-import")?;
    let mut to = std::io::BufWriter::new(import.stdin.take().context("it reads")?);
    let filler = "We keep to this each day, write down what happened, and say so.\n".repeat(100);
    for number in 0..commits {
        let document = (number * 7919) % DOCUMENTS;
        let version = number / DOCUMENTS + 1;
        let mut text = String::new();
        writeln!(
            text,
            "---\nid: DOC-{document:04}\ntitle: Document {document}\nkind: policy\n\
             version: \"{version}.0\"\nstatus: approved\nowner: process-office\n\
             approved: {{by: service-director, on: 2026-01-01}}\n---\n\n# Document {document}\n\n\
             Version {version} of the text.\n\n{filler}"
        )?;
        writeln!(
            to,
            "commit refs/heads/main\ncommitter A B <a@example.com> {} +0100\ndata 4\nNext\n\
             M 100644 inline policies/{}/doc-{document:04}.md\ndata {}\n{text}",
            1_600_000_000 + number * 600,
            document % 20,
            text.len()
        )?;
    }
    drop(to);
    ensure!(import.wait()?.success(), "git fast-import");
    ensure!(git(&["gc", "-q"]).status()?.success(), "git gc");
    Ok(())
}
