//! Findings as an editor shows them, and the fixes that they carry.

use std::collections::BTreeMap;

use gen_lsp_types::{
    CodeAction, CodeActionKind, Diagnostic as LspDiagnostic, DiagnosticRelatedInformation,
    DiagnosticSeverity, DocumentChange, Edit as LspEdit, OptionalVersionedTextDocumentIdentifier,
    PublishDiagnosticsParams, Range, TextDocumentEdit, TextDocumentIdentifier, WorkspaceEdit,
};

use super::position::Lines;
use super::workspace::Workspace;
use crate::diag::{Diagnostic, Edit, Fix, Severity};
use crate::manual::Manual;
use crate::text::FileId;

/// How we are called beside a finding.
const SOURCE: &str = "clausebook";

/// What has to be shown anew, file by file, now that the rules have looked; nothing while they are at
/// work.
pub(super) fn news(workspace: &mut Workspace) -> Vec<PublishDiagnosticsParams> {
    let Some((manual, findings)) = workspace.found() else { return Vec::new() };
    let mut found: BTreeMap<String, Vec<LspDiagnostic>> = BTreeMap::new();
    for of_file in findings.standing.chunk_by(|a, b| a.at.file == b.at.file) {
        let file = manual.sources.file(of_file[0].at.file);
        let lines = workspace.lines(&file.text);
        let shown = of_file.iter().map(|one| shown(workspace, &manual, one, &lines)).collect();
        found.insert(file.path.clone(), shown);
    }
    let gone = workspace.shown.keys().filter(|path| !found.contains_key(*path));
    let gone: Vec<String> = gone.cloned().collect();
    found.extend(gone.into_iter().map(|path| (path, Vec::new())));
    let mut news = Vec::new();
    for (path, diagnostics) in found {
        let uri = workspace.uri(&path);
        let now = (uri.clone(), diagnostics.clone());
        if workspace.shown.get(&path).unwrap_or(&(uri.clone(), Vec::new())) == &now {
            continue;
        }
        let version = workspace.text(&path).map(|open| open.version);
        if diagnostics.is_empty() {
            workspace.shown.remove(&path);
        } else {
            workspace.shown.insert(path, now);
        }
        news.push(PublishDiagnosticsParams { uri, version, diagnostics });
    }
    news
}

/// A finding as an editor shows it.
fn shown(
    workspace: &Workspace,
    manual: &Manual,
    one: &Diagnostic,
    lines: &Lines<'_>,
) -> LspDiagnostic {
    let labels = one.labels.iter().map(|label| DiagnosticRelatedInformation {
        location: workspace.location(manual, label.at),
        message: label.text.clone(),
    });
    let labels: Vec<_> = labels.collect();
    LspDiagnostic {
        range: lines.range(&one.at.range()),
        severity: Some(match one.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Note => DiagnosticSeverity::Information,
        }),
        code: Some(one.code.0.to_owned().into()),
        code_description: None,
        source: Some(SOURCE.to_owned()),
        message: one.words().into(),
        tags: None,
        related_information: (!labels.is_empty()).then_some(labels),
        data: None,
    }
}

/// What mends the findings of a part of a file.
pub(super) fn actions(workspace: &Workspace, path: &str, part: Range) -> Vec<CodeAction> {
    let Some((manual, findings)) = workspace.found() else { return Vec::new() };
    let Some(file) = manual.sources.at_path(path) else { return Vec::new() };
    let lines = workspace.lines(&file.text);
    let part = lines.bytes(part);
    let here = findings.standing.iter().filter(|one| {
        let at = one.at.range();
        one.at.file == file.id && at.start <= part.end && part.start <= at.end
    });
    let mut actions = Vec::new();
    for one in here {
        for (number, fix) in one.fixes.iter().enumerate() {
            actions.push(CodeAction {
                title: fix.title.clone(),
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: Some(vec![shown(workspace, &manual, one, &lines)]),
                is_preferred: Some(number == 0 && fix.safe),
                edit: Some(changes(workspace, &manual, fix)),
                ..CodeAction::default()
            });
        }
    }
    actions
}

/// The edits of a fix, file by file.
fn changes(workspace: &Workspace, manual: &Manual, fix: &Fix) -> WorkspaceEdit {
    let edits: Vec<&Edit> = fix.edits.iter().collect();
    workspace_edit(workspace, manual, &edits)
}

/// Edits of several files as an editor takes them over, all or none.
pub(super) fn workspace_edit(
    workspace: &Workspace,
    manual: &Manual,
    edits: &[&Edit],
) -> WorkspaceEdit {
    let mut files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        files.entry(edit.at.file).or_default().push(edit);
    }
    let change = |(file, edits): (FileId, Vec<&Edit>)| {
        let path = &manual.sources.file(file).path;
        let version = workspace.text(path).map(|open| open.version);
        let identifier = TextDocumentIdentifier { uri: workspace.uri(path) };
        let edits = workspace.edits(manual, file, &edits);
        DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version,
                text_document_identifier: identifier,
            },
            edits: edits.into_iter().map(LspEdit::TextEdit).collect(),
        })
    };
    let changes = files.into_iter().map(change).collect();
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}
