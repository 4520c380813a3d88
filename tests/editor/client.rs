//! An editor in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Result;
use clausebook::compile::Inputs;
use clausebook::language_server::{self, Ended, Files};
use clausebook::model::value::Date;
use clausebook::source::Sources;
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value as Json, json};

/// Longer than this no answer is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// The folder that the manual seems to lie in.
pub(crate) const TOP: &str = "file:///home/sms";

pub(crate) const SETTINGS: &str = "organization: {name: Example Ltd}\n";

pub(crate) const ROLES: &str = "---\nid: REG-ROL-01\ntitle: Roles\nkind: register\nversion: \"0.1\"\n\
    status: draft\nowner: service-manager\nroles:\n  - {id: service-manager, title: Service manager, \
    holder: Ada}\n  - {id: incident-manager, title: Incident manager, holder: Bo}\n---\n\n# Roles\n\n\
    ```clausebook\nroles\n```\n";

pub(crate) const PROCESS: &str = "---\nid: PRC-INC-01\ntitle: Incident management\nkind: process\n\
    version: \"0.1\"\nstatus: draft\nowner: incident-manager\nclauses: [\"8.6.1\"]\n---\n\n\
    # Incident management\n\n## Purpose\n\nSee [[REG-ROL-01]] and [[8.6.1]].\n";

/// A manual of two documents.
pub(crate) fn manual() -> Client {
    Client::of([
        ("clausebook.yaml", SETTINGS),
        ("policies/roles.md", ROLES),
        ("processes/incident.md", PROCESS),
    ])
}

/// A manual that exists in memory alone.
struct InMemory(BTreeMap<String, String>);

impl Files for InMemory {
    fn tops(&self) -> Vec<PathBuf> {
        vec![PathBuf::from("/home/sms")]
    }

    fn read(&mut self) -> Result<Inputs> {
        let files = self.0.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
        let today = Date::parse("2026-06-15").expect("a day");
        Ok(Inputs::new(Sources::from_memory(files), today))
    }
}

/// An editor that has a manual open.
pub(crate) struct Client {
    connection: Connection,
    server: Option<JoinHandle<Result<Ended>>>,
    asked: i32,
    /// The findings of each file, as they were last told.
    shown: BTreeMap<String, Vec<Json>>,
    /// What was said to the person at the editor.
    pub(crate) said: Vec<String>,
}

impl Client {
    pub(crate) fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Client {
        Client::counting(files, &[])
    }

    /// An editor that can count columns in some units.
    pub(crate) fn counting<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        encodings: &[&str],
    ) -> Client {
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
        let files: Arc<BTreeMap<String, String>> = Arc::new(files.collect());
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(move || {
            let mut open = |folder: &Path| -> Result<Option<Box<dyn Files>>> {
                let is_here = folder.starts_with("/home/sms");
                Ok(is_here.then(|| Box::new(InMemory((*files).clone())) as Box<dyn Files>))
            };
            language_server::serve(&other, &mut open)
        });
        let mut client = Client {
            connection,
            server: Some(server),
            asked: 0,
            shown: BTreeMap::new(),
            said: Vec::new(),
        };
        let general = match encodings {
            [] => json!({}),
            some => json!({"positionEncodings": some}),
        };
        client.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": TOP,
                "capabilities": {"general": general},
                "workspaceFolders": [{"uri": TOP, "name": "sms"}],
            }),
        );
        client.note("initialized", json!({}));
        client
    }

    pub(crate) fn note(&self, method: &str, params: Json) {
        let note = Notification { method: method.to_owned(), params };
        self.connection.sender.send(note.into()).expect("the server listens");
    }

    /// The result of a request.
    #[track_caller]
    pub(crate) fn ask(&mut self, method: &str, params: Json) -> Json {
        self.try_ask(method, params).unwrap_or_else(|why| panic!("{method}: {why}"))
    }

    /// The result of a request, or the code of the error.
    pub(crate) fn try_ask(&mut self, method: &str, params: Json) -> Result<Json, i32> {
        self.asked += 1;
        let id = lsp_server::RequestId::from(self.asked);
        let request = Request { id: id.clone(), method: method.to_owned(), params };
        self.connection.sender.send(request.into()).expect("the server listens");
        loop {
            match self.next() {
                Message::Response(response) if response.id == id => {
                    let response = serde_json::to_value(&response).expect("JSON");
                    return match response.get("error") {
                        Some(error) => {
                            let code = error["code"].as_i64().unwrap_or_default();
                            Err(i32::try_from(code).unwrap_or_default())
                        }
                        None => Ok(response["result"].clone()),
                    };
                }
                other => self.hear(other),
            }
        }
    }

    fn next(&self) -> Message {
        self.connection.receiver.recv_timeout(PATIENCE).expect("the server says something in time")
    }

    fn hear(&mut self, message: Message) {
        let Message::Notification(note) = message else { return };
        if note.method == "textDocument/publishDiagnostics" {
            let uri = note.params["uri"].as_str().unwrap_or_default().to_owned();
            let found = note.params["diagnostics"].as_array().cloned().unwrap_or_default();
            self.shown.insert(uri, found);
        } else if note.method == "window/showMessage" {
            self.said.push(note.params["message"].as_str().unwrap_or_default().to_owned());
        }
    }

    /// The codes of a file's findings, once they are as some condition wants them.
    #[track_caller]
    pub(crate) fn codes_once(&mut self, path: &str, wanted: impl Fn(&[String]) -> bool) {
        loop {
            let codes = self.codes(path);
            if wanted(&codes) {
                return;
            }
            let message = self.connection.receiver.recv_timeout(PATIENCE);
            self.hear(message.unwrap_or_else(|_| panic!("{path} still has {codes:?}")));
        }
    }

    /// The codes of a file's findings, as they were last told.
    pub(crate) fn codes(&self, path: &str) -> Vec<String> {
        let code = |one: &Json| one["code"].as_str().unwrap_or_default().to_owned();
        self.found(path).iter().map(code).collect()
    }

    /// The findings of a file, as they were last told.
    pub(crate) fn found(&self, path: &str) -> &[Json] {
        self.shown.get(&uri(path)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn open(&self, path: &str, text: &str) {
        let document =
            json!({"uri": uri(path), "languageId": "markdown", "version": 1, "text": text});
        self.note("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Takes another text in the place of the whole.
    pub(crate) fn change(&self, path: &str, version: i32, text: &str) {
        let params = json!({
            "textDocument": {"uri": uri(path), "version": version},
            "contentChanges": [{"text": text}],
        });
        self.note("textDocument/didChange", params);
    }

    /// Asks about the place in a text where `§` stands in `marked`.
    #[track_caller]
    pub(crate) fn ask_at(&mut self, method: &str, path: &str, marked: &str) -> Json {
        let mut params = json!({
            "textDocument": {"uri": uri(path)},
            "position": position(marked),
        });
        if method == "textDocument/references" {
            params["context"] = json!({"includeDeclaration": true});
        }
        self.ask(method, params)
    }

    /// Says goodbye; how the server saw it.
    pub(crate) fn leave(mut self) -> Ended {
        self.ask("shutdown", Json::Null);
        self.note("exit", Json::Null);
        let server = self.server.take().expect("it is left once");
        server.join().expect("the server does not break").expect("the server understands")
    }

    /// Goes away without a word.
    pub(crate) fn vanish(mut self) -> Ended {
        let server = self.server.take().expect("it is left once");
        drop(self);
        server.join().expect("the server does not break").expect("the server understands")
    }
}

/// What an editor calls a file of the manual.
pub(crate) fn uri(path: &str) -> String {
    format!("{TOP}/{path}")
}

/// The place of `§`, in the units of UTF-16.
pub(crate) fn position(marked: &str) -> Json {
    let before = marked.split('\u{a7}').next().expect("a place");
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
    json!({"line": line, "character": column})
}

/// A text with `§` put before some words.
#[track_caller]
pub(crate) fn marked(text: &str, words: &str) -> String {
    assert_eq!(text.matches(words).count(), 1, "{words}");
    text.replace(words, &format!("\u{a7}{words}"))
}
