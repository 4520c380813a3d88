//! A manual in a folder, the preview of it as a process of its own, and a client.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::deadline;

/// Longest time that a test waits for anything.
pub(crate) const LONG: Duration = Duration::from_secs(60);

/// A manual that goes away with the test.
pub(crate) struct Manual(tempfile::TempDir);

impl Manual {
    /// A manual of some drafts.
    pub(crate) fn new(documents: usize) -> Self {
        let manual = Manual(tempfile::tempdir().expect("a folder for the test"));
        manual.write("clausebook.yaml", "organization: {name: Example Ltd}\nstandards: []\n");
        for number in 0..documents {
            manual.write(&format!("policies/guide-{number}.md"), &guide(number, "First words"));
        }
        manual
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// Starts the preview of it, with the words of a line as further arguments.
    pub(crate) fn serve(&self, line: &str) -> Preview {
        self.serve_and_hear(line).0
    }

    /// The same, with the line that says how the manual stands.
    pub(crate) fn serve_and_hear(&self, line: &str) -> (Preview, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_clausebook"))
            .args(["serve", "--port", "0", "--today", "2026-06-15"])
            .args(line.split_whitespace())
            .current_dir(self.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut lines = Lines::of(child.stdout.take().expect("its output"));
        let mut heard = String::new();
        let mut lines = lines.by_ref().inspect(|line| heard.clone_from(line));
        let preview = Preview::of(child, &mut lines, "127.0.0.1");
        (preview, heard)
    }
}

/// The lines that a program writes, each waited for no longer than [`LONG`]. They are read on to the
/// end by a thread, so that the program never waits for a reader.
pub(crate) struct Lines(Receiver<String>);

impl Lines {
    pub(crate) fn of(pipe: impl Read + Send + 'static) -> Self {
        let (to, from) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                let _ = to.send(line);
            }
        });
        Lines(from)
    }
}

impl Iterator for Lines {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        match self.0.recv_timeout(LONG) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("it has said nothing for {LONG:?}"),
        }
    }
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < LONG, "waited {LONG:?} for this: {what}");
    }
}

/// A draft that has nothing to be ashamed of.
pub(crate) fn guide(number: usize, words: &str) -> String {
    format!(
        "---\nid: GDL-TST-{number:03}\ntitle: Guide {number}\nkind: guideline\nversion: \"0.1\"\n\
         status: draft\nclassification: internal\nowner: process-office\n\
         review: {{every: 12 months}}\n---\n\n# Guide {number}\n\n## Purpose\n\n{words}.\n"
    )
}

/// A preview at work; it ends with the test.
pub(crate) struct Preview {
    child: Child,
    pub(crate) port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let of = |line: &'_ str| {
            let (key, _) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(key.len())
        };
        self.head.lines().find_map(|line| of(line).map(|length| line[length + 1..].trim()))
    }
}

impl Preview {
    /// A preview that has just been started: it says where it is.
    pub(crate) fn of(child: Child, lines: &mut impl Iterator<Item = String>, host: &str) -> Self {
        let start = format!("http://{host}:");
        let line = lines.find(|line| line.contains(&start)).expect("it says where it is");
        let rest = line.split_once(&start).map_or("", |(_, rest)| rest);
        let port = rest.split('/').next().and_then(|port| port.parse().ok()).expect("a port");
        Preview { child, port }
    }

    /// Waits until it has ended.
    pub(crate) fn wait(&mut self) -> std::process::ExitStatus {
        deadline::end(&mut self.child, "the preview")
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let at = ([127, 0, 0, 1], self.port).into();
        let stream = TcpStream::connect_timeout(&at, LONG).expect("the server is there");
        stream.set_read_timeout(Some(LONG)).expect("a limit");
        stream.set_write_timeout(Some(LONG)).expect("a limit");
        stream
    }

    /// Asks for something as a browser would.
    pub(crate) fn get(&self, target: &str) -> Answer {
        let port = self.port;
        self.send(&format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"))
            .expect("an answer")
    }

    /// Sends a request as it stands, and reads the answer to its end.
    pub(crate) fn send(&self, request: &str) -> Option<Answer> {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).ok()?;
        let mut bytes = Vec::new();
        // A refused client may find its connection cut; what came before counts.
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    /// Asks for a page again and again, until it is as it should be.
    pub(crate) fn until(&self, target: &str, is_right: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(target);
            if is_right(&answer) {
                return answer;
            }
            assert!(start.elapsed() < LONG, "{target} never became right: {answer:?}");
        }
    }
}
