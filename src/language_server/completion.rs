//! What may stand where somebody types.

use std::collections::BTreeSet;
use std::ops::Range;

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, TextEdit,
};
use serde_json::Value as Json;

use super::fields::{self, Names};
use super::position::Lines;
use super::typing::{self, Typing};
use crate::check;
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::front::FrontMatter;
use crate::model::generated::Shows;
use crate::model::library::Library;
use crate::model::register::Register;
use crate::model::schema;
use crate::model::value::Kind;
use crate::parse::front_matter::{self, Layout};
use crate::parse::recover;
use crate::parse::yaml::{Node, Value};
use crate::text::percent::decoded;
use crate::text::relative;

/// Something that may be typed.
struct Offer {
    /// What is shown in the list.
    label: String,
    /// What is typed.
    text: String,
    /// What it is, in a few words.
    detail: String,
    /// What it is for.
    about: String,
    kind: CompletionItemKind,
}

impl Offer {
    fn new(text: impl Into<String>, detail: impl Into<String>, kind: CompletionItemKind) -> Self {
        let text = text.into();
        Offer { label: text.clone(), text, detail: detail.into(), about: String::new(), kind }
    }

    fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }
}

/// What may stand at a byte of the text at a path. Names are those of the manual as it was read last;
/// the place is that of the text as it is.
pub(super) fn at(
    manual: &Manual,
    path: &str,
    text: &str,
    offset: usize,
    lines: &Lines<'_>,
) -> Vec<CompletionItem> {
    let typed = typing::at(text, offset);
    let (offers, at) = match &typed {
        Typing::Key { above, at } => (keys(text, above), at),
        Typing::Value { path: keys, at } => (values(manual, text, keys), at),
        Typing::Link { at, closed } => {
            let end = if *closed { "" } else { "]]" };
            let offers = links(manual).into_iter().map(|offer| {
                let text = format!("{}{end}", offer.text);
                Offer { text, ..offer }
            });
            (offers.collect(), at)
        }
        Typing::Section { of, at } => (sections(manual, path, of), at),
        Typing::Address { at } => (addresses(manual, path), at),
        Typing::Head { at } => (heads(manual), at),
        Typing::Topic { at } => (topics(manual, text), at),
        Typing::Language { at } => (languages(), at),
        Typing::Block { at } => (blocks(), at),
        Typing::Text => return Vec::new(),
    };
    offers.into_iter().map(|offer| item(offer, at, lines)).collect()
}

fn item(offer: Offer, at: &Range<usize>, lines: &Lines<'_>) -> CompletionItem {
    let Offer { label, text, detail, about, kind } = offer;
    let edit = TextEdit { range: lines.range(at), new_text: text };
    CompletionItem {
        // Whoever types a title or an id in another letter case finds it too.
        filter_text: Some(format!("{label} {detail}")),
        label,
        kind: Some(kind),
        detail: (!detail.is_empty()).then_some(detail),
        documentation: (!about.is_empty()).then_some(Documentation::String(about)),
        text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
        ..CompletionItem::default()
    }
}

/// The front matter of a text, as far as it can be read.
fn front(text: &str) -> Option<Node> {
    let Layout::Both { yaml, .. } = front_matter::split(text) else { return None };
    Some(recover::read(text, yaml).node)
}

fn described(front: Option<&Node>) -> Json {
    let kind = front.and_then(|node| node.get("kind")?.text()).and_then(Kind::parse);
    kind.map_or_else(schema::derived::<FrontMatter>, schema::of_kind)
}

/// Keys that may stand below others and do not yet.
fn keys(text: &str, above: &[String]) -> Vec<Offer> {
    let front = front(text);
    let schema = described(front.as_ref());
    let above: Vec<&str> = above.iter().map(String::as_str).collect();
    let Some(part) = fields::described(&schema, &above) else { return Vec::new() };
    let part = fields::of_items(part);
    let there: BTreeSet<&str> = match front.as_ref().map(|node| node.nearest(above.clone())) {
        Some(Node { value: Value::Map(entries), .. }) => {
            entries.iter().map(|entry| &*entry.key).collect()
        }
        _ => BTreeSet::new(),
    };
    let required = part.get("required").and_then(Json::as_array);
    let required = |key: &str| required.is_some_and(|all| all.iter().any(|one| one == key));
    let Some(properties) = part.get("properties").and_then(Json::as_object) else {
        return Vec::new();
    };
    let offers = properties.iter().filter(|(key, _)| !there.contains(key.as_str()));
    let offer = |(key, about): (&String, &Json)| {
        let detail = if required(key) { "required" } else { "" };
        let about = about.get("description").and_then(Json::as_str).unwrap_or_default();
        let offer = Offer::new(format!("{key}: "), detail, CompletionItemKind::Property);
        Offer { label: key.clone(), ..offer }.about(about)
    };
    offers.map(offer).collect()
}

/// What a field may hold.
fn values(manual: &Manual, text: &str, path: &[String]) -> Vec<Offer> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let library = &manual.library;
    match fields::names(&path) {
        Some(Names::Document) => documents(library),
        Some(Names::Clause) => {
            let quoted = |offer: Offer| Offer { text: format!("\"{}\"", offer.text), ..offer };
            clauses(manual).into_iter().map(quoted).collect()
        }
        Some(Names::Rule) => {
            let rules = check::rules().map(|rule| {
                Offer::new(rule.code.0, rule.severity.word(), CompletionItemKind::EnumMember)
                    .about(rule.summary())
            });
            rules.collect()
        }
        Some(Names::Entry(register)) => entries(library, register),
        Some(Names::Partner) => {
            let mut offers = documents(library);
            offers.extend(entries(library, Register::Roles));
            offers.extend(entries(library, Register::OtherParties));
            offers
        }
        Some(Names::Day) => {
            vec![Offer::new(manual.today.to_string(), "today", CompletionItemKind::Value)]
        }
        None => {
            let schema = described(front(text).as_ref());
            let words = fields::described(&schema, &path).map(fields::words).unwrap_or_default();
            let offer = |(word, about): (&str, &str)| {
                Offer::new(word, "", CompletionItemKind::EnumMember).about(about)
            };
            words.into_iter().map(offer).collect()
        }
    }
}

fn documents(library: &Library) -> Vec<Offer> {
    let documents = library.documents.iter().filter(|document| document.is_named());
    let offer = |document: &Document| {
        let about = format!("{}, {}", document.path, document.status().word());
        let kind = CompletionItemKind::File;
        Offer::new(document.id.clone(), document.title(), kind).about(about)
    };
    documents.map(offer).collect()
}

fn clauses(manual: &Manual) -> Vec<Offer> {
    let clauses = manual.standards.named().map(|(name, _, clause)| {
        let kind = CompletionItemKind::Reference;
        Offer::new(name, clause.title.0.clone(), kind).about(clause.summary.0.clone())
    });
    clauses.collect()
}

/// The entries of a register, by their main names.
fn entries(library: &Library, register: Register) -> Vec<Offer> {
    let offer = |names: Vec<&str>| {
        let (main, rest) = names.split_first()?;
        let kind = CompletionItemKind::Constant;
        Some(Offer::new(*main, rest.join(", "), kind).about(register.word()))
    };
    library.names_in(register).filter_map(offer).collect()
}

/// What double brackets may lead to.
fn links(manual: &Manual) -> Vec<Offer> {
    let mut offers = documents(&manual.library);
    offers.extend(clauses(manual));
    for register in Register::ALL {
        let Some(word) = register.link() else { continue };
        offers.extend(entries(&manual.library, register).into_iter().map(|offer| {
            let text = format!("{word}:{}", offer.text);
            Offer { label: text.clone(), text, ..offer }
        }));
    }
    offers
}

/// The sections of the document that a link names.
fn sections(manual: &Manual, path: &str, of: &str) -> Vec<Offer> {
    let library = &manual.library;
    let by_path = |path: &str| library.documents.at_path(path).map(|at| &library.documents[at]);
    let to = match of.trim() {
        "" => by_path(path),
        of => library.by_id(of).or_else(|| {
            let wanted = decoded(of);
            library.documents.iter().find(|one| relative(path, &one.path) == *wanted)
        }),
    };
    let Some(document) = to else { return Vec::new() };
    let headings = document.body.headings.iter().map(|heading| {
        let kind = CompletionItemKind::Reference;
        Offer::new(heading.slug.clone(), heading.text.clone(), kind)
    });
    headings.collect()
}

/// Paths of documents and other files, as a link in a document names them.
fn addresses(manual: &Manual, path: &str) -> Vec<Offer> {
    let written = |to: &str| relative(path, to).replace(' ', "%20");
    let documents = manual.library.documents.iter().map(|document| {
        let kind = CompletionItemKind::File;
        Offer::new(written(&document.path), document.title(), kind).about(document.id.clone())
    });
    let files = manual.link_targets.assets.iter();
    let files = files.map(|file| Offer::new(written(file), "", CompletionItemKind::File));
    documents.chain(files).collect()
}

/// The roles, as the head of a matrix names them.
fn heads(manual: &Manual) -> Vec<Offer> {
    let roles = manual.library.roles().map(|role| {
        let kind = CompletionItemKind::Constant;
        Offer::new(role.entry.title.0.clone(), role.entry.id.0.clone(), kind)
    });
    roles.collect()
}

/// The topics of the clauses that a text claims.
fn topics(manual: &Manual, text: &str) -> Vec<Offer> {
    let Some(front) = front(text) else { return Vec::new() };
    let claimed = fields::scalars(&front).into_iter().filter(|one| one.path == ["clauses"]);
    let mut offers = Vec::new();
    for scalar in claimed {
        let Some((at, _)) = manual.standards.find(scalar.text) else { continue };
        let Some(schema) = manual.standards.schema(&at) else { continue };
        offers.extend(schema.content.topics.iter().map(|topic| {
            let detail = format!("{} {}", scalar.text, topic.asks.0);
            Offer::new(topic.topic.0.clone(), detail, CompletionItemKind::EnumMember)
        }));
    }
    offers
}

fn languages() -> Vec<Offer> {
    let kind = CompletionItemKind::Keyword;
    vec![
        Offer::new("clausebook", "a list out of the manual", kind),
        Offer::new("mermaid", "a diagram", kind),
    ]
}

fn blocks() -> Vec<Offer> {
    let shows = Shows::ALL.into_iter();
    shows.map(|one| Offer::new(one.word(), one.name(), CompletionItemKind::EnumMember)).collect()
}
