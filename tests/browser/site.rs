//! The sites that the tests open: built once each by the program itself, served by a server of a
//! few lines, or opened from the disk.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::deadline::Finish as _;
use crate::hostile_corpus;

/// A built site.
pub(crate) struct Site {
    /// Where it is on the disk.
    pub(crate) folder: PathBuf,
    /// The day for which it was built.
    pub(crate) day: String,
    /// Its address over HTTP, with a slash at the end.
    pub(crate) http: String,
    /// Its address on the disk, with a slash at the end.
    pub(crate) file: String,
}

static SCRATCH: OnceLock<PathBuf> = OnceLock::new();

/// Tells where the tests may write. The folder goes away when `main` ends.
pub(crate) fn write_to(folder: &Path) {
    SCRATCH.set(folder.to_owned()).expect("it is told once");
}

/// A folder to write to.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = SCRATCH.get().expect("main has told it").join(name);
    std::fs::create_dir_all(&folder).expect("a folder of the tests");
    folder
}

/// The repository, which is a manual itself.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The project's own manual.
pub(crate) fn own() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let day = last_day(repository());
        Site::build("own", repository(), &["--today", &day], &day)
    })
}

/// A manual as `init` writes it, with its drafts shown.
pub(crate) fn drafts() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = scratch("drafts-manual");
        run(&folder, &["init", ".", "--name", "Example Ltd"]);
        let day = "2026-06-15";
        Site::build("drafts", &folder, &["--drafts", "--today", day], day)
    })
}

/// A manual of matrices and tables that are wider than a sheet of paper.
pub(crate) fn wide() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = scratch("wide-manual");
        let policies = folder.join("policies");
        std::fs::create_dir_all(&policies).expect("a folder");
        let write = |id: &str, kind: &str, body: &str| {
            let text = format!(
                "---\nid: {id}\ntitle: Wide {id}\nkind: {kind}\nversion: \"0.1\"\nstatus: draft\n\
                 owner: role-1\n---\n\n# Wide {id}\n\nWords before.\n\n{body}\nWords after.\n"
            );
            std::fs::write(policies.join(format!("{id}.md")), text).expect("a file");
        };
        let row = |first: &str, columns: usize, cell: &dyn Fn(usize) -> String| {
            let cells: Vec<String> = (1..=columns).map(cell).collect();
            format!("| {first} | {} |\n", cells.join(" | "))
        };
        let matrix = |roles: usize| {
            let mut table = "## RACI\n\n".to_owned();
            table.push_str(&row("Activity", roles, &|n| format!("Responsibility of number{n}")));
            table.push_str(&row("---", roles, &|_| "---".into()));
            for step in 1..=roles.min(8) {
                let letter = |n| if n == step { "A/R" } else { "I" }.to_owned();
                table.push_str(&row(&format!("Activity number {step}"), roles, &letter));
            }
            table
        };
        write("RAC-16", "raci", &matrix(16));
        write("RAC-40", "raci", &matrix(40));
        write("PRC-08", "process", &matrix(8));
        let table = |columns: usize| {
            let mut table = "## Prices\n\n".to_owned();
            table.push_str(&row("Name", columns, &|n| format!("Target {n}")));
            table.push_str(&row("---", columns, &|_| "---".into()));
            table.push_str(&row("First", columns, &|n| format!("Longvalue{n}")));
            table
        };
        let folded =
            "<details><summary>Exceptions</summary>\n\nNever on public holidays.\n\n</details>\n";
        write("POL-09", "policy", &format!("{}\n{folded}", table(9)));
        write("POL-40", "policy", &table(40));
        let day = "2026-06-15";
        Site::build("wide", &folder, &["--drafts", "--today", day], day)
    })
}

/// The manual of `tests/hostile`, with its drafts shown.
pub(crate) fn hostile() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = scratch("hostile-manual");
        let rules = run(&folder, &["explain"]);
        hostile_corpus::write(&folder, &hostile_corpus::codes(&rules));
        let day = hostile_corpus::DAY;
        Site::build("hostile", &folder, &["--drafts", "--today", day], day)
    })
}

/// The manual of `tests/search`: each document holds what one kind of query asks for.
pub(crate) fn searched() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let day = "2026-06-15";
        Site::build("searched", &repository().join("tests/search"), &["--today", day], day)
    })
}

/// The last day on which something of a manual was approved or came into force.
fn last_day(manual: &Path) -> String {
    let files = ["policies", "processes"].map(|folder| manual.join(folder));
    let files = files.iter().flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let mut last = String::new();
    for file in files {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a document");
        for key in ["on: ", "effective: ", "last: "] {
            let days = text.split(key).skip(1).filter_map(|rest| rest.get(..10));
            let days = days.filter(|day| day.starts_with("20") && day.as_bytes()[4] == b'-');
            last = last.max(days.max().unwrap_or_default().to_owned());
        }
    }
    last
}

/// Runs the program, which has to succeed; gives what it wrote.
#[track_caller]
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .current_dir(folder)
        .args(arguments)
        .finish()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{arguments:?}\n{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stdout)
}

impl Site {
    /// Builds a manual and serves it.
    pub(crate) fn build(name: &str, manual: &Path, arguments: &[&str], day: &str) -> Self {
        let folder = scratch("sites").join(name);
        let out = folder.to_str().expect("a path of letters");
        run(manual, &[&["build", "--out", out], arguments].concat());
        // Nothing else is above it, so that what leads out of the site is found out.
        let http = serve(folder.clone());
        let file = format!("file://{}/", folder.canonicalize().expect("the site").display());
        Site { folder, day: day.to_owned(), http, file }
    }

    /// The two addresses at which readers open it.
    pub(crate) fn addresses(&self) -> [&str; 2] {
        [&self.http, &self.file]
    }

    /// Every file below the site, with `/`, in order.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        for entry in walkdir::WalkDir::new(&self.folder).sort_by_file_name() {
            let entry = entry.expect("the site can be read");
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(&self.folder).expect("below the site");
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
        found
    }

    /// Every page, in order.
    pub(crate) fn pages(&self) -> Vec<String> {
        self.files().into_iter().filter(|path| path.ends_with(".html")).collect()
    }

    /// A page of each kind; of documents one of each kind of document.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let kind = |page: &String| {
            let parts: Vec<&str> = page.split('/').collect();
            let kind = match parts[..] {
                ["documents", id, _] => id.split('-').next().unwrap_or(id),
                [first, _, _] => first,
                _ => page,
            };
            seen.insert(kind.to_owned())
        };
        self.pages().into_iter().filter(kind).collect()
    }

    /// A file of the site as text.
    pub(crate) fn read(&self, path: &str) -> String {
        let read = std::fs::read_to_string(self.folder.join(path));
        read.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// How many bytes a file of the site has, whose address is given.
    pub(crate) fn bytes(&self, url: &str) -> u64 {
        let path = self.addresses().iter().find_map(|base| url.strip_prefix(base));
        let path = path.unwrap_or_else(|| panic!("{url} is not in the site"));
        let path = path.split(['?', '#']).next().unwrap_or_default();
        std::fs::metadata(self.folder.join(path)).map_or(0, |file| file.len())
    }
}

/// Serves a folder at a free port of this machine until the program ends; gives the address.
fn serve(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it has an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            // A browser that goes away in the middle is no fault of the site.
            std::thread::spawn(move || answer(&stream, &folder));
        }
    });
    format!("http://{address}/")
}

/// Answers one request, as a web server without any setting would.
fn answer(mut stream: &TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let target = first.split(' ').nth(1).unwrap_or("/");
    let path = decode(target.split('?').next().unwrap_or_default());
    let path = path.trim_start_matches('/');
    let inside = !path.split('/').any(|part| part == "..");
    let found = inside.then(|| std::fs::read(folder.join(path)).ok()).flatten();
    let (status, body) = match found {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", b"not found".to_vec()),
    };
    let media = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ics" => "text/calendar",
        _ => "application/octet-stream",
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}

/// A path without its percent signs.
fn decode(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = rest.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
