//! A document names another that some of its readers may not know of, by id or title, in plain words.
//!
//! # Why it matters
//!
//! An edition of the site for some readers leaves out every document above their classification. A
//! link to one is left out with it. Plain words are the author's own and stay: a public page that types
//! the id or the title of a restricted document tells everybody that there is one.
//!
//! # Mend it
//!
//! Write a link: in an edition for fewer readers its words are not shown. Or say it without the name:
//!
//! ```text
//! The steps stand in [[PRC-SEC-04]].
//! The steps are known to those who take them.
//! ```

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::graph::{Resolved, Target};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::model::value::Classification;
use crate::parse::yaml::{Node, Value};
use crate::text::key;

pub(super) const RULE: Rule = Rule::new(
    "classified-name",
    Family::Text,
    Severity::Warning,
    include_str!("classified_name.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let names = Names::of(manual);
    if names.ids.is_empty() && names.titles.is_empty() {
        return;
    }
    for (number, document) in manual.library.documents.numbered() {
        if document.classification() >= names.highest {
            continue;
        }
        let mut told = BTreeSet::new();
        for part in parts(manual, number, document) {
            for (at, other) in names.in_text(document, &part) {
                let above = &manual.library.documents[other];
                if above.classification() > document.classification() && told.insert(other) {
                    found.push(finding(document, above, at));
                }
            }
        }
    }
}

fn finding(document: &Document, above: &Document, at: Range<usize>) -> Diagnostic {
    let (level, own) = (above.classification().word(), document.classification().word());
    let typed = &document.text[at.clone()];
    let is_body = at.start >= document.body_at.start;
    let message = format!("`{typed}` names a document that is {level}");
    let span = document.span(&at);
    let finding = RULE.at(span, message).note(format!("this one is {own}"));
    if !is_body || !above.is_named() {
        return finding.help("say it without the name");
    }
    let link = format!("[[{}]]", above.id);
    let help = format!("write `{link}`, or say it without the name");
    finding.help(help).fix(Fix::offered(format!("write `{link}`"), span, link))
}

/// The places of a document that its readers see and that may name another: the body without links
/// to what is above it, and the values of the front matter.
fn parts(manual: &Manual, number: DocumentNumber, document: &Document) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    values(&document.node, &mut parts);
    let level = document.classification();
    let is_hidden = |to: &Resolved| match to {
        Ok(Target::Document(to, _)) => manual.library.documents[*to].classification() > level,
        Ok(_) => false,
        Err(_) => true,
    };
    let graph = &manual.graph;
    let links = document.body.links.iter().zip(graph.links[number].iter());
    let images = document.body.images.iter().zip(graph.images[number].iter());
    let hidden = links.chain(images).filter(|(_, to)| is_hidden(to));
    let comments =
        document.body.html.iter().filter(|at| document.text[(*at).clone()].starts_with("<!--"));
    let mut left_out: Vec<Range<usize>> = hidden.map(|(link, _)| link.at.clone()).collect();
    left_out.extend(comments.cloned());
    left_out.sort_by_key(|at| at.start);
    let mut from = document.body_at.start;
    for at in left_out {
        if at.start > from {
            parts.push(from..at.start);
        }
        from = from.max(at.end);
    }
    parts.push(from..document.body_at.end.max(from));
    parts
}

/// The values of front matter. One that is an id and nothing else is a name that editions know.
fn values(node: &Node, parts: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Text(_) => parts.push(node.at.clone()),
        Value::List(items) => items.iter().for_each(|item| values(item, parts)),
        Value::Map(entries) => entries.iter().for_each(|entry| values(&entry.node, parts)),
        Value::Null => {}
    }
}

/// What documents are called that not everybody may know of, by the first word of each name.
#[derive(Default)]
struct Names {
    /// Ids, in small letters.
    ids: ByFirstWord,
    /// Titles, in their own letter case: their words are words of the language, too.
    titles: ByFirstWord,
    /// The classification of the highest of these documents.
    highest: Classification,
}

/// The other words of names, and whose they are, the longest names first.
type ByFirstWord = HashMap<String, Vec<(Vec<String>, DocumentNumber)>>;

impl Names {
    fn of(manual: &Manual) -> Self {
        let library = &manual.library;
        let public = library.documents.iter().map(Document::classification).min();
        // What is called like something that everybody talks of names that.
        let common: BTreeSet<String> = library
            .terms()
            .flat_map(|term| std::iter::once(&term.entry.term).chain(&term.entry.also))
            .chain(library.services().map(|service| &service.entry.title))
            .chain(library.roles().map(|role| &role.entry.title))
            .map(|name| key(name))
            .collect();
        let mut names = Names::default();
        for (number, document) in library.documents.numbered() {
            let is_above = Some(document.classification()) > public;
            // What cannot be read as a classification has a finding of its own.
            if !is_above || !document.says_its_classification() {
                continue;
            }
            let title = document.title();
            names.highest = names.highest.max(document.classification());
            add(&mut names.ids, &document.id, number, key);
            if !common.contains(&key(title)) && words(title).count() > 1 {
                add(&mut names.titles, title, number, str::to_owned);
            }
        }
        names.sorted()
    }

    /// Puts the longest names first.
    fn sorted(mut self) -> Self {
        for names in self.ids.values_mut().chain(self.titles.values_mut()) {
            names.sort_by_key(|(words, number)| (std::cmp::Reverse(words.len()), *number));
        }
        self
    }

    /// The names in a part of a document, with their places.
    fn in_text(
        &self,
        document: &Document,
        part: &Range<usize>,
    ) -> Vec<(Range<usize>, DocumentNumber)> {
        let text = &document.text[part.clone()];
        let words: Vec<(usize, &str)> = words(text).collect();
        let mut found = Vec::new();
        let mut small = String::new();
        for (start, (at, first)) in words.iter().enumerate() {
            small.clear();
            small.extend(first.chars().map(|letter| letter.to_ascii_lowercase()));
            let rest = &words[start + 1..];
            let name = of(self.ids.get(&small), rest, |own, typed| *own == key(typed))
                .or_else(|| of(self.titles.get(*first), rest, |own, typed| own == typed));
            let Some((more, number)) = name else { continue };
            let (last, word) = words[start + more];
            let place = part.start + at..part.start + last + word.len();
            // A value that is an id and nothing else is left out of editions.
            if place != *part || part.start >= document.body_at.start {
                found.push((place, number));
            }
        }
        found
    }
}

/// The longest of some names that these words are, after its first: how many there are, and whose
/// name it is.
fn of(
    names: Option<&Vec<(Vec<String>, DocumentNumber)>>,
    typed: &[(usize, &str)],
    is_same: impl Fn(&String, &str) -> bool,
) -> Option<(usize, DocumentNumber)> {
    let mut names = names?.iter();
    let (words, number) = names.find(|(words, _)| {
        words.len() <= typed.len()
            && words.iter().zip(typed).all(|(own, (_, typed))| is_same(own, typed))
    })?;
    Some((words.len(), *number))
}

/// Adds a name. `cased` gives a word as it is compared.
fn add(names: &mut ByFirstWord, name: &str, number: DocumentNumber, cased: fn(&str) -> String) {
    let mut words = words(name).map(|(_, word)| cased(word));
    let Some(first) = words.next() else { return };
    let rest: Vec<String> = words.collect();
    let same = names.entry(first).or_default();
    // Of two documents of one name the first is told.
    if same.iter().all(|(known, _)| *known != rest) {
        same.push((rest, number));
    }
}

/// The words of a text, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(move |word| (word.as_ptr() as usize - start, word))
}
