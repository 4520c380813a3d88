//! Ways through a manual: what a document holds, what bears a name, where links lead.

use gen_lsp_types::{
    BaseSymbolInformation, DocumentLink, DocumentSymbol, FoldingRange, FoldingRangeKind, InlayHint,
    Location, Range, SymbolKind, Uri, WorkspaceSymbol,
};

use super::named::{self, Thing};
use super::workspace::Workspace;
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::model::register::Register;
use crate::text::{Span, key};

/// So many names are told at once.
const MOST: usize = 500;

/// The headings of a document, those below within those above.
pub(super) fn outline(workspace: &Workspace, document: &Document) -> Vec<DocumentSymbol> {
    let lines = workspace.lines(&document.text);
    let headings = &document.body.headings;
    let mut open: Vec<(u8, DocumentSymbol)> = Vec::new();
    let mut top = Vec::new();
    let close = |open: &mut Vec<(u8, DocumentSymbol)>, top: &mut Vec<DocumentSymbol>| {
        let Some((_, done)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, above)) => above.children.get_or_insert_default().push(done),
            None => top.push(done),
        }
    };
    for (index, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            close(&mut open, &mut top);
        }
        let next = headings[index + 1..].iter().find(|next| next.level <= heading.level);
        let end = next.map_or(document.body_at.end, |next| next.at.start);
        let name = if heading.text.trim().is_empty() { "#" } else { heading.text.trim() };
        #[expect(deprecated, reason = "the field has to be given")]
        let symbol = DocumentSymbol {
            name: name.to_owned(),
            detail: None,
            kind: SymbolKind::String,
            tags: None,
            deprecated: None,
            range: lines.range(&(heading.at.start..end.max(heading.at.end))),
            selection_range: lines.range(&heading.at),
            children: None,
        };
        open.push((heading.level, symbol));
    }
    while !open.is_empty() {
        close(&mut open, &mut top);
    }
    top
}

/// Documents, sections and entries of registers whose names hold what was typed.
pub(super) fn symbols(workspace: &Workspace, manual: &Manual, query: &str) -> Vec<WorkspaceSymbol> {
    let wanted = key(query.trim());
    let is_meant = |name: &str| wanted.is_empty() || key(name).contains(&wanted);
    let symbol = |name: String, kind: SymbolKind, within: Option<&str>, at: Span| WorkspaceSymbol {
        location: workspace.location(manual, at).into(),
        data: None,
        base_symbol_information: BaseSymbolInformation {
            name,
            kind,
            tags: None,
            container_name: within.map(str::to_owned),
        },
    };
    let mut found = Vec::new();
    let documents = || manual.library.documents.iter();
    for document in documents() {
        let name = format!("{} {}", document.id, document.title());
        if is_meant(&name) {
            found.push(symbol(name, SymbolKind::File, None, document.at(&["id"])));
        }
    }
    for register in Register::ALL {
        for (number, index, listed) in manual.library.listed(register) {
            let document = &manual.library.documents[number];
            let name = listed.names.join(" \u{b7} ");
            if is_meant(&name) {
                let at = document.at(&[register.key(), &index.to_string(), register.main_field()]);
                found.push(symbol(name, SymbolKind::Object, Some(register.word()), at));
            }
        }
    }
    for document in documents().take_while(|_| !wanted.is_empty()) {
        for heading in document.body.headings.iter().filter(|one| is_meant(&one.text)) {
            let at = document.span(&heading.at);
            found.push(symbol(heading.text.clone(), SymbolKind::String, Some(&document.id), at));
        }
    }
    found.truncate(MOST);
    found
}

/// What can be folded away: the front matter, each section.
pub(super) fn folds(workspace: &Workspace, document: &Document) -> Vec<FoldingRange> {
    let lines = workspace.lines(&document.text);
    let fold = |start: usize, end: usize, kind: Option<FoldingRangeKind>| {
        let start_line = lines.position(start).line;
        let text = document.text[..end].trim_end();
        let end_line = lines.position(text.len()).line;
        let fold = FoldingRange { start_line, end_line, kind, ..FoldingRange::default() };
        (end_line > start_line).then_some(fold)
    };
    let front = (document.body_at.start > 0)
        .then(|| fold(0, document.body_at.start, Some(FoldingRangeKind::Region)))
        .flatten();
    let headings = &document.body.headings;
    let sections = headings.iter().enumerate().filter_map(|(index, heading)| {
        let next = headings[index + 1..].iter().find(|next| next.level <= heading.level);
        fold(heading.at.start, next.map_or(document.body_at.end, |next| next.at.start), None)
    });
    front.into_iter().chain(sections).collect()
}

/// Where a name leads.
pub(super) fn target(workspace: &Workspace, manual: &Manual, thing: &Thing) -> Option<Location> {
    if let Some(at) = named::place(manual, thing) {
        return Some(workspace.location(manual, at));
    }
    match thing {
        Thing::File(path) => Some(Location { uri: workspace.uri(path), range: Range::default() }),
        _ => None,
    }
}

/// The links of a document that can be followed with a click.
pub(super) fn clickable(
    workspace: &Workspace,
    manual: &Manual,
    number: DocumentNumber,
) -> Vec<DocumentLink> {
    let document = &manual.library.documents[number];
    let lines = workspace.lines(&document.text);
    let links = named::links(manual, number).into_iter().filter_map(|link| {
        let (target, tooltip) = match &link.thing {
            Thing::Address(address) => (Uri::from(address.as_str()), None),
            thing => {
                let to = target(workspace, manual, thing)?;
                // Editors read a fragment as a line, counted from 1.
                let address = format!("{}#L{}", to.uri.0, to.range.start.line + 1);
                (Uri::from(address), tooltip(manual, thing))
            }
        };
        let range = lines.range(&link.at);
        Some(DocumentLink { range, target: Some(target), tooltip, data: None })
    });
    links.collect()
}

fn tooltip(manual: &Manual, thing: &Thing) -> Option<String> {
    match thing {
        Thing::Document(number, _) => Some(manual.library.documents[*number].title().to_owned()),
        Thing::Entry(_, name) => Some(name.clone()),
        _ => None,
    }
}

/// The titles behind bare ids: of links whose words are an id alone.
pub(super) fn hints(
    workspace: &Workspace,
    manual: &Manual,
    number: DocumentNumber,
    part: Range,
) -> Vec<InlayHint> {
    let document = &manual.library.documents[number];
    let lines = workspace.lines(&document.text);
    let part = lines.bytes(part);
    let links = document.body.links.iter().zip(&manual.graph.links[number]);
    let bare = links.filter(|(link, _)| {
        let within = link.at.start <= part.end && part.start <= link.at.end;
        within && link.wiki && link.text.trim() == link.target.trim()
    });
    let hints = bare.filter_map(|(link, target)| {
        let title = match target.as_ref().ok()? {
            crate::graph::Target::Document(to, _) => {
                let to = &manual.library.documents[*to];
                (key(to.title()) != key(&to.id)).then(|| to.title().to_owned())?
            }
            crate::graph::Target::Clause(name) => manual.link_targets.clauses.get(name).cloned()?,
            _ => return None,
        };
        Some(InlayHint {
            position: lines.position(link.at.end),
            label: title.into(),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
    });
    hints.collect()
}
