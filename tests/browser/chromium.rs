//! A client of the protocol that browsers speak with developers: one Chromium for all tests, spoken
//! to through two pipes.
//!
//! `--remote-debugging-pipe` reads commands from file 3 and writes answers and events to file 4,
//! each a JSON object that ends with a zero byte. A shell puts the program's standard input and
//! output in their place, so no port is open, and the browser ends when this program does.

use std::collections::HashMap;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take. Far more than it should: the machine may be busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// The browser, and what it has said so far.
pub(crate) struct Chromium {
    process: Mutex<Child>,
    pipe: Arc<Mutex<Option<ChildStdin>>>,
    heard: Arc<Heard>,
}

/// What the browser has said, and a bell that rings when it says more.
#[derive(Default)]
struct Heard {
    said: Mutex<Said>,
    bell: Condvar,
}

#[derive(Default)]
struct Said {
    last_id: u64,
    answers: HashMap<u64, Value>,
    events: HashMap<String, Vec<Value>>,
    ended: bool,
}

static BROWSER: OnceLock<Chromium> = OnceLock::new();

/// The browser of all tests; it is started when the first one asks.
pub(crate) fn browser() -> &'static Chromium {
    BROWSER.get_or_init(|| {
        let program = program().expect("tests that need the browser run only where there is one");
        Chromium::start(&program)
    })
}

/// Ends the browser, if it was ever started, and waits until it is gone.
pub(crate) fn end() {
    if let Some(browser) = BROWSER.get() {
        hold(&browser.pipe).take();
        crate::deadline::end(&mut hold(&browser.process), "the browser");
    }
}

/// Where Chromium is: `CLAUSEBOOK_CHROMIUM`, or one of its customary names on the path.
pub(crate) fn program() -> Option<PathBuf> {
    if let Some(program) = std::env::var_os("CLAUSEBOOK_CHROMIUM") {
        return Some(program.into());
    }
    ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| on_path(name))
}

/// Where a program is, if it is on the path.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

impl Chromium {
    fn start(program: &Path) -> Self {
        let profile = crate::site::scratch("profile");
        let mut process = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null"])
            .arg(program)
            .args(["--headless", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu"])
            // It opens nothing but what the tests made, and containers forbid it the sandbox.
            .args(["--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"])
            .args(["--disable-background-networking", "--disable-component-update"])
            .args(["--disable-sync", "--disable-extensions", "--disable-quic"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Chromium starts");
        let pipe = Arc::new(Mutex::new(process.stdin.take()));
        let heard = Arc::new(Heard::default());
        let out = process.stdout.take().expect("its output is a pipe");
        let (for_reader, answers) = (Arc::clone(&heard), Arc::clone(&pipe));
        std::thread::spawn(move || listen(BufReader::new(out), &for_reader, &answers));
        Chromium { process: Mutex::new(process), pipe, heard }
    }

    /// Carries out a command, and gives its result.
    #[track_caller]
    pub(crate) fn call(&self, session: &str, method: &str, parameters: &Value) -> Value {
        self.try_call(session, method, parameters)
            .unwrap_or_else(|error| panic!("{method} {parameters}: {error}"))
    }

    /// Carries out a command that may fail, as one that finds its page gone.
    pub(crate) fn try_call(
        &self,
        session: &str,
        method: &str,
        parameters: &Value,
    ) -> Result<Value, String> {
        let id = self.tell(session, method, parameters);
        let mut answer = self.wait(method, |said| said.answers.remove(&id));
        match answer.get("error") {
            Some(error) => Err(error.to_string()),
            None => Ok(answer["result"].take()),
        }
    }

    /// Sends a command without waiting for its answer; gives the number of the answer.
    pub(crate) fn tell(&self, session: &str, method: &str, parameters: &Value) -> u64 {
        let id = {
            let mut said = self.said();
            said.last_id += 1;
            said.last_id
        };
        let mut message = json!({"id": id, "method": method, "params": parameters});
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        send(&self.pipe, &message);
        id
    }

    /// How many events of a session there were so far.
    pub(crate) fn count(&self, session: &str) -> usize {
        self.said().events.get(session).map_or(0, Vec::len)
    }

    /// The events of a session, from one on.
    pub(crate) fn events(&self, session: &str, from: usize) -> Vec<Value> {
        let said = self.said();
        said.events
            .get(session)
            .map_or(Vec::new(), |events| events[from.min(events.len())..].into())
    }

    /// Waits for an event of a session, from one on.
    pub(crate) fn event(
        &self,
        session: &str,
        from: usize,
        what: &str,
        is: impl Fn(&str, &Value) -> bool,
    ) -> Value {
        let mut next = from;
        self.wait(what, |said| {
            let events = said.events.get(session)?;
            let found = events[next.min(events.len())..]
                .iter()
                .find(|event| is(event["method"].as_str().unwrap_or_default(), &event["params"]));
            next = events.len();
            found.cloned()
        })
    }

    fn wait<T>(&self, what: &str, mut look: impl FnMut(&mut Said) -> Option<T>) -> T {
        let until = Instant::now() + PATIENCE;
        let mut said = self.said();
        loop {
            if let Some(found) = look(&mut said) {
                return found;
            }
            assert!(!said.ended, "Chromium ended before {what}");
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "no {what} within {PATIENCE:?}");
            let waited = self.heard.bell.wait_timeout(said, left);
            said = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        hold(&self.heard.said)
    }
}

/// Holds what a test that failed may have held: nothing is left half done in it.
fn hold<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

fn send(pipe: &Mutex<Option<ChildStdin>>, message: &Value) {
    let mut pipe = hold(pipe);
    let pipe = pipe.as_mut().expect("the browser is not ended before the tests are");
    // A browser that has ended is told by the reader of its other pipe.
    let _ = pipe.write_all(format!("{message}\0").as_bytes()).and_then(|()| pipe.flush());
}

/// Reads what the browser says, until it ends.
fn listen(mut out: impl std::io::BufRead, heard: &Heard, pipe: &Mutex<Option<ChildStdin>>) {
    let mut bytes = Vec::new();
    while out.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
        bytes.pop();
        let message: Value = serde_json::from_slice(&bytes).expect("the browser speaks JSON");
        bytes.clear();
        let mut said = hold(&heard.said);
        if let Some(id) = message["id"].as_u64() {
            said.answers.insert(id, message);
        } else {
            let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
            if message["method"] == "Page.javascriptDialogOpening" {
                // A dialog holds up its page, and with it the test that should tell of it.
                said.last_id += 1;
                let parameters = json!({"accept": true});
                let answer = json!({"id": said.last_id, "sessionId": session,
                    "method": "Page.handleJavaScriptDialog", "params": parameters});
                send(pipe, &answer);
            }
            said.events.entry(session).or_default().push(message);
        }
        heard.bell.notify_all();
    }
    hold(&heard.said).ended = true;
    heard.bell.notify_all();
}
