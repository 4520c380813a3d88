//! How far a clean build is from what the disk alone takes: `cargo bench --bench floor -- [DOCUMENTS…]`,
//! 1000 and 10000 when nothing is said.
//!
//! The floor copies the sources, writes the same bytes into the same folders and files, with the same
//! number of threads, and does nothing else. Build and floor take turns, each into a folder of
//! its own and each as a process of its own, whose time on the processors the system counts (to the
//! hundredth of a second, on Linux alone). Nothing is removed before the end: some file systems make
//! new files slowly for minutes after many have gone, and so does a second run right after a first.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark writes files, runs the program, and says what it measured"
)]

#[expect(dead_code, reason = "one shape of manual is enough here")]
#[path = "corpus/mod.rs"]
mod made_up;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use made_up::Shape;
use rayon::prelude::*;
use tempfile::TempDir;

/// How often each is run; the middle one counts.
const TURNS: usize = 3;
/// The argument by which this program is told to be the floor.
const FLOOR: &str = "--be-the-floor";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [FLOOR, sources, site, out] = args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return floor(Path::new(sources), Path::new(site), Path::new(out));
    }
    let mut counts: Vec<usize> = args.iter().map(|arg| arg.parse()).collect::<Result<_, _>>()?;
    if counts.is_empty() {
        counts = vec![1000, 10_000];
    }
    println!("{} threads, the middle of {TURNS} runs", rayon::current_num_threads());
    println!("documents             wall s   user s    sys s");
    let folders: Vec<TempDir> = counts.into_iter().map(measure).collect::<Result<_>>()?;
    drop(folders);
    Ok(())
}

/// Measures a manual of so many documents; the answer is the folder in which that was done.
fn measure(count: usize) -> Result<TempDir> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let sources = folder.path().join("manual");
    for (path, text) in made_up::manual(count, Shape::Even) {
        let path = sources.join(path);
        fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
        fs::write(path, text)?;
    }
    let this = std::env::current_exe()?;
    let out = |what: &str, turn: usize| folder.path().join(format!("{what}-{turn}"));
    let build = |turn| {
        let mut build = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        build.args(["--today", "2026-06-15", "build", "--out"]).arg(out("site", turn));
        build.current_dir(&sources);
        build
    };
    let site = out("site", 0);
    // The first build warms the disk for both, and is what the floor writes.
    Cost::of(&mut build(0))?;
    let (mut builds, mut floors) = (Vec::new(), Vec::new());
    for turn in 1..=TURNS {
        builds.push(Cost::of(&mut build(turn))?);
        let mut floor = Command::new(&this);
        floor.arg(FLOOR).arg(&sources).arg(&site).arg(out("floor", turn));
        floors.push(Cost::told(&mut floor)?);
    }
    let (build, floor) = (middle(builds), middle(floors));
    build.show(count, "build");
    floor.show(count, "floor");
    let times = |of: fn(&Cost) -> f64| of(&build) / of(&floor).max(0.001);
    println!(
        "{count:>9}  ratio  {:>8.1}  of processor time {:.1}",
        times(|cost| cost.wall),
        times(|cost| cost.user + cost.system)
    );
    Ok(folder)
}

/// The floor itself. What it is to write of the site is in memory before the clock starts.
fn floor(from: &Path, site: &Path, out: &Path) -> Result<()> {
    let place = |path: &Path, top: &Path, to: &str| -> Result<PathBuf> {
        Ok(out.join(to).join(path.strip_prefix(top)?))
    };
    let sources: Vec<(PathBuf, PathBuf)> = files(from)?
        .into_iter()
        .map(|path| Ok((place(&path, from, "manual")?, path)))
        .collect::<Result<_>>()?;
    let pages: Vec<(PathBuf, Vec<u8>)> = files(site)?
        .into_iter()
        .map(|path| Ok((place(&path, site, "site")?, fs::read(&path)?)))
        .collect::<Result<_>>()?;
    let made = sources.iter().map(|(to, _)| to).chain(pages.iter().map(|(to, _)| to));
    let folders: BTreeSet<&Path> = made.filter_map(|path| path.parent()).collect();

    let (start, before) = (Instant::now(), processors(14)?);
    for folder in folders {
        fs::create_dir_all(folder)?;
    }
    sources.par_iter().try_for_each(|(to, path)| fs::write(to, fs::read(path)?))?;
    pages.par_iter().try_for_each(|(to, bytes)| fs::write(to, bytes))?;
    let wall = start.elapsed().as_secs_f64();

    let after = processors(14)?;
    println!("{wall} {} {}", after.0 - before.0, after.1 - before.1);
    Ok(())
}

/// All files below a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Seconds that a run took.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    user: f64,
    system: f64,
}

impl Cost {
    /// Runs a program to its end.
    fn of(program: &mut Command) -> Result<Self> {
        let (start, before) = (Instant::now(), processors(16)?);
        let run = program.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        let wall = start.elapsed().as_secs_f64();
        ensure!(run.success(), "{program:?} failed");
        let after = processors(16)?;
        Ok(Cost { wall, user: after.0 - before.0, system: after.1 - before.1 })
    }

    /// Runs a program that says itself what it cost.
    fn told(program: &mut Command) -> Result<Self> {
        let run = program.stderr(Stdio::inherit()).output()?;
        ensure!(run.status.success(), "{program:?} failed");
        let text = String::from_utf8(run.stdout)?;
        let told: Vec<f64> =
            text.split_whitespace().map(str::parse).collect::<Result<_, _>>().context(text)?;
        let [wall, user, system] = told[..] else { anyhow::bail!("the floor says nothing") };
        Ok(Cost { wall, user, system })
    }

    fn show(&self, count: usize, what: &str) {
        let Cost { wall, user, system } = self;
        println!("{count:>9}  {what}  {wall:>8.2} {user:>8.2} {system:>8.2}");
    }
}

/// The run whose wall time is in the middle.
fn middle(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|a, b| a.wall.total_cmp(&b.wall));
    costs[costs.len() / 2]
}

/// Seconds on the processors, in programs and in the system, that Linux has counted for this
/// process: its own in field 14, those of its children in field 16. None elsewhere.
fn processors(field: usize) -> Result<(f64, f64)> {
    let Ok(stat) = fs::read_to_string("/proc/self/stat") else {
        return Ok((0.0, 0.0));
    };
    // The name, the second field, may hold anything; the third is the first behind it.
    let (_, fields) = stat.rsplit_once(')').context("a process has a name")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let seconds = |field: usize| -> Result<f64> {
        let ticks: f64 = fields.get(field - 3).context("a field of the process")?.parse()?;
        // The kernel shows hundredths to programs, whatever it counts in itself.
        Ok(ticks / 100.0)
    };
    Ok((seconds(field)?, seconds(field + 1)?))
}
