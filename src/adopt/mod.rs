//! From what a firm has to documents of a manual: a folder of Markdown of any tool, or of Word files.
//!
//! Comes in: texts with their paths ([`Original`]). Goes out: [`Adopted`], the files of a manual and, for
//! each, what was understood, from where, and what was guessed or could not be carried over. Nothing is
//! read and nothing is written here.
//!
//! Nothing claims more than the source said: a document is a draft unless its source names version,
//! approver and day, and even then only when [`Options::keep_approvals`] says so.

mod body;
mod control;
mod document;
mod keys;
mod links;
mod raci;
mod values;
pub mod word;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::value::{Date, Kind};
use crate::parse::markdown;
use crate::text::{floor_char, key, slug, unportable};

pub use control::{From, Known, Revision};
pub use keys::{Field, Keys};
pub use links::Links;

use control::Control;
use links::{Place, Places};

/// A text as it lay in the source.
#[derive(Clone, Debug)]
pub struct Original {
    /// Its path from the top of the source.
    pub path: String,
    /// Its text, as Markdown.
    pub text: String,
    /// What was noticed when it was made Markdown.
    pub notes: Vec<Note>,
}

/// How it is done.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names of fields.
    pub keys: Keys,
    /// Whether an approval that the source names whole is kept.
    pub keep_approvals: bool,
    /// The day on which it is done.
    pub today: Date,
    /// Ids and paths that are taken, folded as names are compared.
    pub taken: BTreeSet<String>,
}

/// Something to be looked at by a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The line of the text that it is about, where there is one.
    pub line: Option<usize>,
    /// What it is.
    pub what: String,
}

impl Note {
    /// Something about a line.
    pub fn at(line: usize, what: impl Into<String>) -> Self {
        Note { line: Some(line), what: what.into() }
    }

    /// Something about a file.
    pub fn of_all(what: impl Into<String>) -> Self {
        Note { line: None, what: what.into() }
    }
}

/// What became of a text.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// Where it lay.
    pub from: String,
    /// Where it goes.
    pub to: String,
    /// Its id, and whether the source named it.
    pub id: String,
    /// Whether the source named the id.
    pub id_kept: bool,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: &'static str,
    /// Where the kind is from.
    pub kind_from: &'static str,
    /// The fields that were understood, and where each stood.
    pub understood: Vec<(String, &'static str)>,
    /// The fields that were kept under `x:`.
    pub kept: Vec<String>,
    /// Its links.
    pub links: Links,
    /// What a person should look at.
    pub notes: Vec<Note>,
    /// The file.
    #[serde(skip)]
    pub text: String,
}

/// What there is to write.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Adopted {
    /// The documents, in the order of their paths in the source.
    pub documents: Vec<Document>,
    /// Other files that links lead to: where each lay, and where it goes.
    pub files: BTreeMap<String, String>,
    /// The roles that the documents name, by their ids.
    pub roles: BTreeMap<String, String>,
}

/// A text that has been understood, before its links are followed.
struct Draft<'a> {
    original: &'a Original,
    control: Control,
    title: String,
    kind: Kind,
    kind_from: &'static str,
    text: String,
    notes: Vec<Note>,
    roles: Vec<String>,
    to: String,
    id: String,
    id_kept: bool,
}

/// Makes documents of texts; `others` are the paths of the other files of the source.
pub fn adopt(originals: &[Original], others: &[String], options: &Options) -> Adopted {
    let mut taken = options.taken.clone();
    let mut drafts: Vec<Draft<'_>> =
        originals.iter().map(|original| understand(original, options)).collect();
    for draft in &mut drafts {
        draft.to = path(draft, &mut taken);
    }
    identify(&mut drafts, &mut taken);
    let files = others.iter().map(|old| (old.clone(), file_path(old))).collect();
    let places: Vec<Place> = drafts.iter().map(place).collect();
    let places = Places::new(&places, &files);
    let mut adopted = Adopted::default();
    for draft in &mut drafts {
        let at = [draft.original.path.as_str(), draft.to.as_str()];
        let (text, links) = links::rewritten(&draft.text, at, &places, &mut draft.notes);
        draft.text = text;
        let (made, roles) = document::written(draft, links, options);
        adopted.roles.extend(roles);
        adopted.documents.push(made);
    }
    let named = |file: &&String| adopted.documents.iter().any(|one| one.text.contains(&link(file)));
    adopted.files =
        files.iter().filter(|(_, new)| named(new)).map(|(a, b)| (a.clone(), b.clone())).collect();
    adopted
}

/// The last part of a path as a link writes it.
fn link(path: &str) -> String {
    crate::text::percent::encoded(path.rsplit('/').next().unwrap_or_default())
}

fn understand<'a>(original: &'a Original, options: &Options) -> Draft<'a> {
    let mut control = control::read(&original.text, &options.keys);
    let body::Body { title: heading, text, mut notes } = body::adopt(&control.body);
    notes.splice(0..0, original.notes.iter().cloned());
    let (text, roles) = raci::declared(&text);
    control.body = String::new();
    let stem = original.path.rsplit('/').next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let named = control.get(Field::Title).map(str::to_owned);
    let title = named.or_else(|| heading.clone()).unwrap_or_else(|| from_name(stem));
    let title: String = title.replace("{{", "{ {").chars().take(300).collect();
    let text = if heading.is_some() { text } else { format!("# {title}\n\n{}", text.trim_start()) };
    let folder = original.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (kind, kind_from) = None
        .or_else(|| Some((values::kind(control.get(Field::Kind)?)?, "said")))
        .or_else(|| Some((values::kind(&title)?, "guessed from the title")))
        .or_else(|| Some((values::kind(stem)?, "guessed from the name of the file")))
        .or_else(|| Some((values::kind(folder)?, "guessed from the folder")))
        .unwrap_or((Kind::Guideline, "nothing said so"));
    // A scope statement, a catalogue and a register hold data that no other document can give.
    let kind = match kind {
        Kind::Scope | Kind::Catalogue | Kind::Register => Kind::Guideline,
        kind => kind,
    };
    Draft {
        original,
        control,
        title,
        kind,
        kind_from,
        text,
        notes,
        roles,
        to: String::new(),
        id: String::new(),
        id_kept: false,
    }
}

/// Words of the name of a file.
fn from_name(stem: &str) -> String {
    let words = stem.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>());
    let title = format!("{}{}", first.unwrap_or_default(), letters.as_str());
    if title.is_empty() { "Untitled".to_owned() } else { title }
}

/// The longest part of a path that is made.
const LONGEST: usize = 120;

/// A part of a path that every system can hold.
fn portable(part: &str) -> String {
    let words = slug(&key(part));
    let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    let words = words.join("-");
    let name = words[..floor_char(&words, LONGEST)].trim_matches(['-', '_']);
    match unportable(name) {
        _ if name.is_empty() => "document".to_owned(),
        Some(_) => format!("{name}-document"),
        None => name.to_owned(),
    }
}

/// Where a document goes: the folder of its kind, and below it as it lay.
fn path(draft: &Draft<'_>, taken: &mut BTreeSet<String>) -> String {
    let top = match draft.kind {
        Kind::Process | Kind::Procedure => "processes",
        _ => "policies",
    };
    let (folder, name) = split(&draft.original.path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_page_of_folder = matches!(key(stem).as_str(), "index" | "_index" | "readme");
    let (folder, stem) = match folder.rsplit_once('/') {
        Some((above, last)) if is_page_of_folder => (above, last),
        None if is_page_of_folder && !folder.is_empty() => ("", folder),
        _ => (folder, stem),
    };
    let mut parts = vec![top.to_owned()];
    parts.extend(folder.split('/').filter(|part| !part.is_empty()).map(portable));
    let stem = portable(stem);
    let start = parts.join("/");
    let mut path = format!("{start}/{stem}.md");
    let mut number = 2;
    while !taken.insert(key(&path)) {
        path = format!("{start}/{stem}-{number}.md");
        number += 1;
    }
    path
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Where another file goes.
fn file_path(old: &str) -> String {
    let (folder, name) = split(old);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let mut parts = vec!["policies".to_owned()];
    parts.extend(folder.split('/').filter(|part| !part.is_empty()).map(portable));
    parts.push(format!("{}.{}", portable(stem), key(ending)));
    parts.join("/")
}

/// Gives each document its id: its own where it can be one and nobody has it, or else one of its kind
/// and the words of its title.
fn identify(drafts: &mut [Draft<'_>], taken: &mut BTreeSet<String>) {
    for draft in &mut *drafts {
        let Some(named) = draft.control.get(Field::Id).map(|id| id.trim().replace(' ', "-")) else {
            continue;
        };
        if !is_id(&named) {
            draft.notes.push(Note::of_all(format!("`{named}` cannot be an id here")));
        } else if taken.insert(key(&named)) {
            draft.id = named;
            draft.id_kept = true;
        } else {
            draft.notes.push(Note::of_all(format!("the id `{named}` is that of another document")));
        }
    }
    for draft in drafts.iter_mut().filter(|draft| draft.id.is_empty()) {
        let start = format!("{}-{}", draft.kind.prefix(), document::area(&draft.title));
        let numbers = (1..).map(|number| format!("{start}-{number:02}"));
        let mut free = numbers.filter(|id| taken.insert(key(id)));
        draft.id = free.next().unwrap_or_default();
    }
}

/// Whether a text has the form of an id.
fn is_id(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let ends = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    text.len() <= 64
        && text.bytes().all(inner)
        && ends(text.bytes().next())
        && ends(text.bytes().last())
        && unportable(text).is_none()
        && !text.eq_ignore_ascii_case("index.html")
}

fn place(draft: &Draft<'_>) -> Place {
    let body = markdown::read(&draft.text, 0..draft.text.len());
    Place {
        old: draft.original.path.clone(),
        new: draft.to.clone(),
        title: draft.title.clone(),
        slugs: body.headings.into_iter().map(|heading| heading.slug).collect(),
    }
}

#[cfg(test)]
mod tests;
