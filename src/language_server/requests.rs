//! What an editor may ask, and the answers.

use std::sync::Arc;

use anyhow::Result;
use gen_lsp_types::{
    CodeActionParams, CompletionParams, DefinitionParams, DocumentLinkParams, DocumentSymbolParams,
    FoldingRangeParams, HoverParams, InlayHintParams, Location, MarkupContent, MarkupKind,
    ReferenceParams, TextDocumentPositionParams, Uri, WorkspaceSymbolParams,
};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::position::Encoding;
use super::workspace::Workspace;
use super::{Server, completion, diagnostics, hover, named, navigation, read};
use crate::diag::Diagnostic;
use crate::manual::Manual;
use crate::model::library::DocumentNumber;

/// What this server can do.
pub(super) fn capabilities(encoding: Encoding) -> Json {
    json!({
        "positionEncoding": encoding.kind(),
        "textDocumentSync": {"openClose": true, "change": 2, "save": true},
        "completionProvider": {"triggerCharacters": ["[", "#", ":", " ", "(", "=", ",", "|", "\""]},
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "codeActionProvider": {"codeActionKinds": ["quickfix"]},
        "documentLinkProvider": {},
        "foldingRangeProvider": true,
        "inlayHintProvider": true,
        "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
    })
}

/// A document that an editor asks about, as its user sees it.
struct Asked<'a> {
    workspace: &'a Workspace,
    manual: Arc<Manual>,
    number: DocumentNumber,
}

impl Server<'_, '_> {
    /// The result of a request; nothing where it is none that is understood.
    pub(super) fn result(&mut self, method: &str, params: Json) -> Result<Option<Json>> {
        Ok(Some(match method {
            "textDocument/completion" => self.completion(&read(params)?)?,
            "textDocument/codeAction" => self.actions(&read(params)?)?,
            "textDocument/hover" => self.hover(&read(params)?).into(),
            "textDocument/definition" => self.definition(&read(params)?)?,
            "textDocument/references" => self.references(&read(params)?)?,
            "textDocument/documentSymbol" => {
                let params: DocumentSymbolParams = read(params)?;
                self.about(&params.text_document.uri, |asked| {
                    navigation::outline(asked.workspace, asked.document())
                })?
            }
            "textDocument/foldingRange" => {
                let params: FoldingRangeParams = read(params)?;
                self.about(&params.text_document.uri, |asked| {
                    navigation::folds(asked.workspace, asked.document())
                })?
            }
            "textDocument/documentLink" => {
                let params: DocumentLinkParams = read(params)?;
                self.about(&params.text_document.uri, |asked| {
                    navigation::clickable(asked.workspace, &asked.manual, asked.number)
                })?
            }
            "textDocument/inlayHint" => {
                let InlayHintParams { text_document, range, .. } = read(params)?;
                self.about(&text_document.uri, |asked| {
                    navigation::hints(asked.workspace, &asked.manual, asked.number, range)
                })?
            }
            "workspace/symbol" => self.symbols(&read(params)?)?,
            _ => return Ok(None),
        }))
    }

    /// An answer about a document; nothing where there is no such document.
    fn about<T: Serialize>(
        &mut self,
        uri: &Uri,
        answer: impl FnOnce(&Asked<'_>) -> T,
    ) -> Result<Json> {
        let Some(asked) = self.asked(uri) else { return Ok(Json::Null) };
        Ok(serde_json::to_value(answer(&asked))?)
    }

    fn asked(&mut self, uri: &Uri) -> Option<Asked<'_>> {
        let (at, path) = self.find(uri)?;
        let manual = self.workspaces[at].manual()?;
        let number = manual.library.documents.at_path(&path)?;
        Some(Asked { workspace: &self.workspaces[at], manual, number })
    }

    fn completion(&mut self, params: &CompletionParams) -> Result<Json> {
        let place = &params.text_document_position_params;
        let Some((at, path)) = self.find(&place.text_document.uri) else { return Ok(Json::Null) };
        // The names of a moment ago will do, so that nobody waits for them.
        let Some(manual) = self.workspaces[at].lately() else { return Ok(Json::Null) };
        let workspace = &self.workspaces[at];
        let Some(open) = workspace.text(&path) else { return Ok(Json::Null) };
        let lines = workspace.lines(&open.text);
        let offset = lines.offset(place.position);
        let items = completion::at(&manual, &path, &open.text, offset, &lines);
        Ok(serde_json::to_value(items)?)
    }

    fn actions(&mut self, params: &CodeActionParams) -> Result<Json> {
        let Some((at, path)) = self.find(&params.text_document.uri) else {
            return Ok(Json::Null);
        };
        self.workspaces[at].hear();
        let actions = diagnostics::actions(&self.workspaces[at], &path, params.range);
        Ok(serde_json::to_value(actions)?)
    }

    fn hover(&mut self, params: &HoverParams) -> Option<Json> {
        let place = &params.text_document_position_params;
        let asked = self.asked(&place.text_document.uri)?;
        let offset = asked.offset(place);
        let found = asked.workspace.found();
        let is_here = |one: &&Diagnostic| {
            let at = one.at.range();
            one.at.file == asked.document().file && at.start <= offset && offset <= at.end
        };
        let findings: Vec<&Diagnostic> =
            found.iter().flat_map(|(_, findings)| &findings.standing).filter(is_here).collect();
        let (said, at) = hover::at(&asked.manual, asked.number, offset, &findings)?;
        let contents = MarkupContent { kind: MarkupKind::Markdown, value: said };
        let range = asked.workspace.lines(&asked.document().text).range(&at);
        Some(json!({"contents": contents, "range": range}))
    }

    fn definition(&mut self, params: &DefinitionParams) -> Result<Json> {
        let place = &params.text_document_position_params;
        let Some(asked) = self.asked(&place.text_document.uri) else { return Ok(Json::Null) };
        let named = named::at(&asked.manual, asked.number, asked.offset(place));
        let target = named
            .and_then(|named| navigation::target(asked.workspace, &asked.manual, &named.thing));
        Ok(serde_json::to_value(target)?)
    }

    fn references(&mut self, params: &ReferenceParams) -> Result<Json> {
        let place = &params.text_document_position_params;
        let Some(asked) = self.asked(&place.text_document.uri) else { return Ok(Json::Null) };
        let Some(named) = named::at(&asked.manual, asked.number, asked.offset(place)) else {
            return Ok(Json::Null);
        };
        let with_own = params.context.include_declaration;
        let places = named::references(&asked.manual, &named.thing, with_own).into_iter();
        let places: Vec<Location> =
            places.map(|at| asked.workspace.location(&asked.manual, at)).collect();
        Ok(serde_json::to_value(places)?)
    }

    fn symbols(&mut self, params: &WorkspaceSymbolParams) -> Result<Json> {
        let mut found = Vec::new();
        for workspace in &mut self.workspaces {
            if let Some(manual) = workspace.manual() {
                found.extend(navigation::symbols(workspace, &manual, &params.query));
            }
        }
        Ok(serde_json::to_value(found)?)
    }
}

impl Asked<'_> {
    fn document(&self) -> &crate::model::document::Document {
        &self.manual.library.documents[self.number]
    }

    /// The byte of a place in the document.
    fn offset(&self, place: &TextDocumentPositionParams) -> usize {
        self.workspace.lines(&self.document().text).offset(place.position)
    }
}
