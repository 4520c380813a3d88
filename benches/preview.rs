//! From a saved file to the new bytes served, measured outside the process:
//! `cargo bench --bench preview -- [DOCUMENTS…] [--edits N]`, 1000 and 10000 documents when nothing
//! is said. With `--edits` it is the memory that is measured: so many edits, of each kind in turn.
//!
//! Three kinds of edits, 200 each: a word in the body of a document; its title, looked for on the
//! page of its neighbour; the theme's page template. A client asks for the page again and again
//! from the moment of saving until it is new. The next edit follows as soon as the findings of the
//! last one are there.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark writes files, runs the program, and says what it measured"
)]

#[expect(dead_code, reason = "one shape of manual is enough here")]
#[path = "corpus/mod.rs"]
mod made_up;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use made_up::Shape;

/// Edits of each kind.
const EDITS: usize = 200;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let (mut counts, mut edits): (Vec<usize>, Option<usize>) = (Vec::new(), None);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--edits" => edits = Some(args.next().context("how many edits?")?.parse()?),
            count => counts.push(count.parse()?),
        }
    }
    if counts.is_empty() {
        counts = vec![1000, 10_000];
    }
    match edits {
        Some(_) => println!("documents   edits  memory MiB"),
        None => println!("documents  edit      median ms    95th ms   slowest ms"),
    }
    for count in counts {
        measure(count, edits)?;
    }
    Ok(())
}

/// A kind of edit: file, content and mark of the edit of a number, and the page that shows it.
struct Edit<'a> {
    name: &'static str,
    target: &'a str,
    make: &'a dyn Fn(usize) -> (PathBuf, String, String),
}

fn measure(count: usize, edits: Option<usize>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    for (path, text) in made_up::manual(count, Shape::Even) {
        save(&folder.path().join(path), &text)?;
    }
    let preview = Preview::start(folder.path())?;
    let (path, id, text) = middle(folder.path())?;
    let own = format!("/documents/{id}/");
    let page = preview.get(&own)?;
    let neighbours = page.split("<nav class=\"pages\"").nth(1).context("a page has neighbours")?;
    let other = neighbours.split("href=\"../").nth(1).context("a link")?;
    let other = format!("/documents/{}/", other.split('/').next().unwrap_or_default());

    let body = |n: usize| {
        let text = text.replacen("\n## ", &format!("\nbodymark{n}x\n\n## "), 1);
        (path.clone(), text, format!("bodymark{n}x"))
    };
    let line = text.lines().find(|line| line.starts_with("title: ")).context("a title")?;
    let title = |n: usize| {
        let text = text.replacen(line, &format!("title: titlemark{n}x"), 1);
        (path.clone(), text, format!("titlemark{n}x"))
    };
    let theme = include_str!("../themes/default/templates/document.html");
    let place = folder.path().join("themes/default/templates/document.html");
    let template = |n: usize| {
        let text = theme.replacen("<main ", &format!("<main data-mark=\"thememark{n}x\" "), 1);
        (place.clone(), text, format!("thememark{n}x"))
    };
    let kinds = [
        Edit { name: "body", target: &own, make: &body },
        Edit { name: "title", target: &other, make: &title },
        Edit { name: "template", target: &own, make: &template },
    ];
    let Some(edits) = edits else {
        for kind in &kinds {
            preview.series(count, kind)?;
        }
        return Ok(());
    };
    for number in 0..=edits {
        preview.edit(&kinds[number % kinds.len()], number)?;
        if [edits / 100, edits / 10, edits / 2, edits].contains(&number) {
            println!("{count:9}  {number:6}  {:10}", preview.memory()?);
        }
    }
    Ok(())
}

/// A document from the middle of the manual: file, id, text.
fn middle(folder: &Path) -> Result<(PathBuf, String, String)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files: Vec<PathBuf> = files
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .filter(|path| !path.ends_with("reg-rol-01.md"))
        .collect();
    let path = files[files.len() / 2].clone();
    let text = std::fs::read_to_string(&path)?;
    let id = text.lines().find_map(|line| line.strip_prefix("id: ")).context("an id")?;
    Ok((path, id.to_owned(), text.clone()))
}

fn save(path: &Path, text: &str) -> Result<()> {
    std::fs::create_dir_all(path.parent().context("a folder above")?)?;
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The preview as a process.
struct Preview {
    process: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Preview {
    fn start(folder: &Path) -> Result<Self> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .args(["serve", "--port", "0", "--today", "2026-06-15"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let out = process.stdout.take().context("its output")?;
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, rest) = line.split_once("http://127.0.0.1:")?;
            rest.split('/').next()?.parse().ok()
        });
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Preview { process, port: port.context("it says where it is")? })
    }

    fn get(&self, target: &str) -> Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let port = self.port;
        write!(stream, "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Resident memory.
    fn memory(&self) -> Result<usize> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("a line")?;
        Ok(line.split_whitespace().next().context("a number")?.parse::<usize>()? / 1024)
    }

    /// Edits, and says how long that took to show; the findings are there when it returns.
    fn edit(&self, kind: &Edit<'_>, number: usize) -> Result<Duration> {
        let (path, text, mark) = (kind.make)(number);
        let start = Instant::now();
        save(&path, &text)?;
        while !self.get(kind.target)?.contains(&mark) {}
        let time = start.elapsed();
        let notes = format!("/_preview/notes?at={}", kind.target);
        while !self.get(&notes)?.contains("\"late\":false") {}
        Ok(time)
    }

    /// Edits again and again, and says how long each took to show.
    fn series(&self, count: usize, kind: &Edit<'_>) -> Result<()> {
        let mut times: Vec<Duration> =
            (0..EDITS).map(|number| self.edit(kind, number)).collect::<Result<_>>()?;
        times.sort();
        let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        println!(
            "{count:9}  {:8}  {:9.1}  {:9.1}  {:9.1}",
            kind.name,
            ms(at(50)),
            ms(at(95)),
            ms(at(100))
        );
        Ok(())
    }
}
