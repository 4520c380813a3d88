//! A language server: what an editor asks of a manual while somebody writes it, over the Language
//! Server Protocol.
//!
//! Comes in: a connection, and manuals as [`Files`]. Goes out: the findings of `check` as they would be
//! if everything were saved, their fixes, what may be typed, what a name means and where else it
//! stands. Texts that are open count as they are in the editor; they lie over the disk as an overlay
//! of [`crate::source::Sources`]. A manual is read and checked on a thread of its own, through the
//! memos of a [`crate::compile::Session`]; answers are given one after the other, and none from a text
//! that is no longer there.

mod analyst;
mod completion;
mod diagnostics;
mod fields;
mod hover;
mod named;
mod navigation;
mod position;
mod requests;
mod texts;
mod typing;
mod uri;
mod workspace;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use crossbeam_channel::{Receiver, Sender};
use gen_lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    InitializeParams, Uri,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use position::Encoding;
use texts::OpenText;
use workspace::Workspace;

pub use workspace::Files;

/// Opens the manual that a folder belongs to; nothing where there is none.
pub type Opener<'a> = dyn FnMut(&Path) -> Result<Option<Box<dyn Files>>> + 'a;

/// How the conversation with an editor ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The editor said goodbye first, as the protocol asks.
    Properly,
    /// The editor went away.
    Abruptly,
}

/// Serves an editor until it goes away.
///
/// # Errors
/// What comes over the connection is not the protocol.
pub fn serve(connection: &Connection, open: &mut Opener<'_>) -> Result<Ended> {
    let (id, params) = match connection.initialize_start() {
        Ok(start) => start,
        Err(error) if error.channel_is_disconnected() => return Ok(Ended::Abruptly),
        Err(error) => return Err(error).context("an editor should begin with `initialize`"),
    };
    let params: InitializeParams =
        serde_json::from_value(params).context("`initialize` cannot be read")?;
    let general = params.capabilities.general.as_ref();
    let offered = general.and_then(|general| general.position_encodings.as_deref());
    let encoding = Encoding::choose(offered.unwrap_or_default());
    let about = json!({
        "capabilities": requests::capabilities(encoding),
        "serverInfo": {"name": "clausebook", "version": env!("CARGO_PKG_VERSION")},
    });
    match connection.initialize_finish(id, about) {
        Ok(()) => {}
        Err(error) if error.channel_is_disconnected() => return Ok(Ended::Abruptly),
        Err(error) => return Err(error).context("an editor should go on with `initialized`"),
    }
    let (bell, rung) = crossbeam_channel::unbounded();
    let mut server = Server {
        out: connection.sender.clone(),
        open,
        encoding,
        bell,
        workspaces: Vec::new(),
        is_leaving: false,
    };
    server.begin(&params);
    server.run(&connection.receiver, &rung)
}

/// An editor and the manuals that are open in it.
struct Server<'a, 'o> {
    out: Sender<Message>,
    open: &'a mut Opener<'o>,
    encoding: Encoding,
    bell: Sender<()>,
    workspaces: Vec<Workspace>,
    /// Whether it has been told that the editor is about to go.
    is_leaving: bool,
}

impl Server<'_, '_> {
    /// Opens the manuals in the folders that the editor has open, and asks to be told of changes.
    fn begin(&mut self, params: &InitializeParams) {
        for folder in folders(params) {
            self.enter(&folder);
        }
        let watch = json!({"registrations": [{
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": [{"globPattern": "**/*"}]},
        }]});
        let can = params.capabilities.workspace.as_ref();
        let can = can.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        if can.and_then(|files| files.dynamic_registration) == Some(true) {
            let id = "watch".to_owned().into();
            self.send(Request { id, method: "client/registerCapability".into(), params: watch });
        }
    }

    /// Opens the manual that a folder belongs to, unless it is open; its number.
    fn enter(&mut self, folder: &Path) -> Option<usize> {
        let files = match (self.open)(folder) {
            Ok(found) => found?,
            Err(error) => {
                self.say(&format!("{error:#}"));
                return None;
            }
        };
        let mut workspace = Workspace::open(files, self.encoding, self.bell.clone());
        let is_same = |one: &Workspace| one.top.folder() == workspace.top.folder();
        if let Some(number) = self.workspaces.iter().position(is_same) {
            return Some(number);
        }
        if let Err(error) = workspace.look() {
            self.say(&format!("{error:#}"));
        }
        self.workspaces.push(workspace);
        Some(self.workspaces.len() - 1)
    }

    /// Listens until the editor goes away.
    fn run(&mut self, messages: &Receiver<Message>, rung: &Receiver<()>) -> Result<Ended> {
        loop {
            crossbeam_channel::select! {
                recv(messages) -> message => match message {
                    Ok(Message::Request(request)) => self.answer(request),
                    Ok(Message::Notification(note)) if note.method == "exit" => {
                        return Ok(if self.is_leaving { Ended::Properly } else { Ended::Abruptly });
                    }
                    Ok(Message::Notification(note)) => self.note(note),
                    Ok(Message::Response(_)) => {}
                    Err(_) => return Ok(Ended::Abruptly),
                },
                recv(rung) -> _ => self.tell(),
            }
        }
    }

    /// Tells what has been found since.
    fn tell(&mut self) {
        for number in 0..self.workspaces.len() {
            if let Some(failed) = self.workspaces[number].hear() {
                self.say(&failed);
            }
            for news in diagnostics::news(&mut self.workspaces[number]) {
                self.notify("textDocument/publishDiagnostics", &news);
            }
        }
    }

    /// Answers a request.
    fn answer(&mut self, request: Request) {
        let Request { id, method, params } = request;
        if method == "shutdown" {
            self.is_leaving = true;
            self.send(Response::new_ok(id, Json::Null));
            return;
        }
        let response = if self.is_leaving {
            let why = "the editor has said that it goes".to_owned();
            Response::new_err(id, ErrorCode::InvalidRequest as i32, why)
        } else {
            match self.result(&method, params) {
                Ok(Some(result)) => Response::new_ok(id, result),
                Ok(None) => {
                    let why = format!("`{method}` is not understood");
                    Response::new_err(id, ErrorCode::MethodNotFound as i32, why)
                }
                Err(error) => {
                    let why = format!("{error:#}");
                    Response::new_err(id, ErrorCode::InvalidParams as i32, why)
                }
            }
        };
        self.send(response);
    }

    /// Takes over what has changed.
    fn note(&mut self, note: Notification) {
        let done = match note.method.as_str() {
            "textDocument/didOpen" => read(note.params).map(|params| self.opened(params)),
            "textDocument/didChange" => read(note.params).map(|params| self.changed(params)),
            "textDocument/didClose" => read(note.params).map(|params| self.closed(&params)),
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                self.look();
                Ok(())
            }
            "workspace/didChangeWorkspaceFolders" => {
                self.folders_changed(&note.params);
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(error) = done {
            self.say(&format!("`{}` cannot be read: {error:#}", note.method));
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let Some((number, path)) = self.find_or_enter(&document.uri) else { return };
        let open = OpenText { uri: document.uri, version: document.version, text: document.text };
        let workspace = &mut self.workspaces[number];
        workspace.texts.open(path, open);
        workspace.renew();
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        let Some((number, path)) = self.find(&document.text_document_identifier.uri) else {
            return;
        };
        let encoding = self.encoding;
        let workspace = &mut self.workspaces[number];
        workspace.texts.change(&path, document.version, params.content_changes, encoding);
        workspace.renew();
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        let Some((number, path)) = self.find(&params.text_document.uri) else { return };
        if self.workspaces[number].texts.close(&path)
            && let Err(error) = self.workspaces[number].look()
        {
            self.say(&format!("{error:#}"));
        }
    }

    /// Reads the disk again.
    fn look(&mut self) {
        for number in 0..self.workspaces.len() {
            if let Err(error) = self.workspaces[number].look() {
                self.say(&format!("{error:#}"));
            }
        }
    }

    fn folders_changed(&mut self, params: &Json) {
        let added = params["event"]["added"].as_array().into_iter().flatten();
        let added: Vec<PathBuf> =
            added.filter_map(|folder| uri::file(folder["uri"].as_str()?)).collect();
        for folder in added {
            self.enter(&folder);
        }
    }

    /// The manual that a file belongs to, and its path there.
    fn find(&self, uri: &Uri) -> Option<(usize, String)> {
        let inside = |one: &Workspace| one.top.inside(&uri.0);
        let found = self
            .workspaces
            .iter()
            .enumerate()
            .filter_map(|(number, one)| Some((number, inside(one)?)));
        // Of a manual within a manual, the inner one.
        found.min_by_key(|(_, path)| path.len())
    }

    fn find_or_enter(&mut self, uri: &Uri) -> Option<(usize, String)> {
        self.find(uri).or_else(|| {
            self.enter(uri::file(&uri.0)?.parent()?)?;
            self.find(uri)
        })
    }

    /// Tells the person at the editor what went wrong.
    fn say(&self, text: &str) {
        self.notify("window/showMessage", &json!({"type": 1, "message": text}));
    }

    fn notify(&self, method: &str, params: &impl serde::Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }

    fn send(&self, message: impl Into<Message>) {
        // Where nobody listens any more, the next message that is waited for says so.
        let _ = self.out.send(message.into());
    }
}

/// What a message holds, as its type.
fn read<P: DeserializeOwned>(params: Json) -> Result<P> {
    Ok(serde_json::from_value(params)?)
}

/// The folders that an editor has open.
#[expect(deprecated, reason = "older editors name one folder alone")]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let several = params.workspace_folders_initialize_params.workspace_folders.clone();
    let several = serde_json::to_value(several).unwrap_or_default();
    let several = several.as_array().into_iter().flatten();
    let several: Vec<PathBuf> =
        several.filter_map(|folder| uri::file(folder["uri"].as_str()?)).collect();
    if !several.is_empty() {
        return several;
    }
    params.root_uri.as_ref().and_then(|uri| uri::file(&uri.0)).into_iter().collect()
}
