//! The documents up to a classification, without what they say to name others.
//!
//! A link that leads to no document of these is taken out of the text by its place, and the words
//! [`ANOTHER`] stand there; a value of front matter that is the id of one becomes these words, too. The
//! text is then read again, so that headings, cells, captions and addresses are made from what is
//! left. No text is searched for names: what an author types as plain words stays, and `check` warns
//! of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::label::{another, escaped, own_words};
use super::names::Names;
use super::{ANOTHER, is_for};
use crate::edit::Edits;
use crate::graph::{Dangling, LinkGraph, LinkTargets, Resolved, Sought, Why, is_picture};
use crate::manual::{Kept, Manual};
use crate::model::document::Document;
use crate::model::front::FrontMatter;
use crate::model::library::{DocumentNumber, Library};
use crate::model::register::Register;
use crate::model::value::{Classification, Text};
use crate::model::variables::Variables;
use crate::parse::markdown::{Body, Heading, Link, Slugs};
use crate::parse::parse;
use crate::parse::yaml::{Node, Value};
use crate::source::{SourceFile, is_markdown};
use crate::text::key;

/// So many times links are taken out: that may change the address of a section, so that links to it
/// have to go as well. What is left of a manual that still has some is shown without its text.
const ROUNDS: usize = 16;

/// The documents up to a classification, and the links among them; `role` says what a role is called
/// that is in no register among them.
pub(super) fn below(
    whole: &Manual,
    limit: Classification,
    role: &dyn Fn(&str) -> String,
) -> (Library, LinkGraph, Vec<Kept>) {
    let mut targets = whole.link_targets.clone();
    targets.entries.retain(|_, entry| {
        let holder = whole.library.documents.at_path(&entry.path);
        holder.is_some_and(|number| is_for(&whole.library.documents[number], limit))
    });
    let mut reader = Reader::new(whole, limit, role);
    let mut documents = reader.documents(limit);
    let mut round = 0;
    let (mut library, mut graph) = loop {
        let library = Library::new(documents, Vec::new());
        let graph = LinkGraph::new(&library, &targets);
        let withheld = reader.withheld(&library, &graph, library.documents.numbers());
        if withheld.is_empty() || round > ROUNDS {
            break (library, graph);
        }
        documents = reader.without(&library, &withheld, round == ROUNDS);
        round += 1;
    };
    let kept = reader.keep(&mut library, &mut graph, &targets, limit);
    (library, graph, kept)
}

/// The links of documents that are withheld, with what stands in the place of each.
type Withheld<'l> = BTreeMap<DocumentNumber, Vec<(&'l Link, String)>>;

/// Reads documents as some readers may.
struct Reader<'a> {
    whole: &'a Manual,
    /// What a role is called that these readers find in no register.
    role: &'a dyn Fn(&str) -> String,
    variables: Variables,
    /// Ids of documents that are not for these readers, as names.
    hidden: BTreeSet<String>,
    /// All that these documents are called.
    names: Names,
    /// Whether there are documents whose ids cannot be read: an id that no document has may be theirs.
    may_be_more: bool,
    /// Paths of documents with sections whose addresses have changed.
    moved: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    fn new(whole: &'a Manual, limit: Classification, role: &'a dyn Fn(&str) -> String) -> Self {
        let library = &whole.library;
        let ids = |shown: bool| {
            let all = library.documents.iter();
            let of = all.filter(move |one| one.is_named() && is_for(one, limit) == shown);
            of.map(|document| key(&document.id)).collect::<BTreeSet<String>>()
        };
        let mut hidden = ids(false);
        let shown = ids(true);
        let is_other = |name: &str| library.role(name).is_some() || library.party(name).is_some();
        hidden.retain(|id| !shown.contains(id) && !is_other(id));
        let names = Names::of(library, |document| !is_for(document, limit));
        Reader {
            whole,
            role,
            names,
            variables: Variables::new(
                whole.settings.checked.node.clone(),
                &whole.settings.checked.value,
            ),
            hidden,
            may_be_more: !library.unread.is_empty()
                || library.documents.iter().any(|document| !document.is_named()),
            moved: BTreeSet::new(),
        }
    }

    /// The documents up to a classification, without what their front matter names.
    fn documents(&self, limit: Classification) -> Vec<Arc<Document>> {
        let all = self.whole.library.documents.numbered();
        let visible = all.filter(|(_, document)| is_for(document, limit));
        visible.map(|(number, _)| self.without_names(number)).collect()
    }

    /// A document of all, without what its front matter names.
    fn without_names(&self, number: DocumentNumber) -> Arc<Document> {
        let document = self.whole.library.documents.shared_at(number);
        let names = self.names(number);
        if names.is_empty() {
            return Arc::clone(document);
        }
        Arc::new(self.read(document, document.text.to_string(), &names, |_| {}))
    }

    /// Keeps the old editions up to a classification behind the documents, without what they say to
    /// name others.
    fn keep(
        &mut self,
        library: &mut Library,
        graph: &mut LinkGraph,
        targets: &LinkTargets,
        limit: Classification,
    ) -> Vec<Kept> {
        let whole = self.whole;
        let is_visible = |kept: &&Kept| is_for(&whole.library.documents[kept.number], limit);
        let kept: Vec<&Kept> = whole.archive.kept.iter().filter(is_visible).collect();
        let mut documents: Vec<Arc<Document>> =
            kept.iter().map(|one| self.without_names(one.number)).collect();
        let mut round = 0;
        loop {
            library.forget_old();
            graph.forget_old(library);
            let numbers: Vec<DocumentNumber> =
                documents.into_iter().map(|document| library.keep(document)).collect();
            graph.keep(library, targets, &numbers, &whole.history.places.left);
            let withheld = self.withheld(library, graph, numbers.iter().copied());
            if withheld.is_empty() || round > ROUNDS {
                let kept = numbers.into_iter().zip(kept);
                return kept.map(|(number, one)| Kept { number, ..one.clone() }).collect();
            }
            let cut = numbers.iter().zip(&kept).map(|(number, one)| match withheld.get(number) {
                Some(links) => self.cut(library, (*number, one.number), links, round == ROUNDS),
                None => Arc::clone(library.documents.shared_at(*number)),
            });
            documents = cut.collect();
            round += 1;
        }
    }

    /// What the front matter of a document says to name documents that are not for these readers, or
    /// that are not known.
    fn names(&self, number: DocumentNumber) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let document = &self.whole.library.documents[number];
        self.scalars(&document.node, &mut names);
        let named = self.whole.graph.named[number].iter();
        let unknown = named.filter(|named| named.target.is_err());
        names.extend(unknown.map(|named| key(&named.name)));
        if let Some(old) = document.front.supersedes.as_deref()
            && self.may_be_more
            && self.whole.library.number_by_id(old).is_none()
        {
            names.insert(key(old));
        }
        names
    }

    fn scalars(&self, node: &Node, names: &mut BTreeSet<String>) {
        match &node.value {
            Value::Text(text) => {
                let name = key(text.trim());
                if self.hidden.contains(&name) {
                    names.insert(name);
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.scalars(item, names)),
            Value::Map(entries) => {
                for entry in entries {
                    self.scalars(&entry.node, names);
                }
            }
            Value::Null => {}
        }
    }

    /// Reads a document from another text, without names in its front matter.
    fn read(
        &self,
        document: &Document,
        text: String,
        names: &BTreeSet<String>,
        address: impl FnOnce(&mut Body),
    ) -> Document {
        let file = if document.is_old() {
            SourceFile::old(&document.path, text.into())
        } else {
            self.whole.sources.file(document.file).with_text(text)
        };
        let mut parsed = parse(&file);
        without_names(&mut parsed.front, names);
        address(&mut parsed.body);
        let level = document.classification();
        let mut document = Document::new(&file, parsed, &self.variables).at_least(level);
        without_others(&mut document.front);
        document
    }

    /// The links of each document that these readers may not follow, and what they read instead.
    fn withheld<'l>(
        &self,
        library: &'l Library,
        graph: &LinkGraph,
        numbers: impl Iterator<Item = DocumentNumber>,
    ) -> Withheld<'l> {
        let mut withheld = BTreeMap::new();
        for number in numbers {
            let document = &library.documents[number];
            let links = document.body.links.iter().zip(&graph.links[number]);
            let images = document.body.images.iter().zip(&graph.images[number]);
            let instead = |(link, to): (&'l Link, &Resolved)| {
                Some((link, self.instead(document, link, to.as_ref().err()?, library)?))
            };
            let mut own: Vec<(&Link, String)> = links.chain(images).filter_map(instead).collect();
            // Words are a part of addresses, and links without any are none: so these go later, when
            // the addresses are made.
            if own.iter().any(|(link, _)| has_words(link)) {
                own.retain(|(link, _)| has_words(link));
            }
            if !own.is_empty() {
                // What stands around another comes before it.
                own.sort_by_key(|(link, _)| (link.at.start, Reverse(link.at.end)));
                withheld.insert(number, own);
            }
        }
        withheld
    }

    /// What stands in the place of a link that leads to nothing these readers know: what may be a
    /// document is not named, a role, a service or a term is what the author typed.
    fn instead(
        &self,
        document: &Document,
        link: &Link,
        dangling: &Dangling,
        library: &Library,
    ) -> Option<String> {
        let may_be_document = match &dangling.why {
            Why::NoSection(number, _) => self.moved.contains(&place(library, *number)),
            Why::Nothing(Sought::Document) => true,
            Why::Nothing(Sought::File) | Why::NotADocument | Why::Outside | Why::Backslashes => {
                let path = link.target.split(['#', '?']).next().unwrap_or_default();
                let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
                !is_picture(path) && (is_markdown(path) || !name.contains('.'))
            }
            Why::Nothing(Sought::Entry(register)) => {
                let name = match register {
                    Register::Roles => (self.role)(&dangling.name),
                    _ => dangling.name.clone(),
                };
                return Some(own_words(document, link).unwrap_or_else(|| escaped(&name)));
            }
            _ => false,
        };
        let own = || own_words(document, link).filter(|_| !self.names.are_in(&link.text));
        let another = || another(&document.text[..link.at.start]).to_owned();
        may_be_document.then(|| own().unwrap_or_else(another))
    }

    /// The documents without links that are withheld; those that still have some lose their text.
    fn without(
        &mut self,
        library: &Library,
        withheld: &Withheld<'_>,
        is_last: bool,
    ) -> Vec<Arc<Document>> {
        let documents: Vec<DocumentNumber> = library.documents.numbers().collect();
        let documents = documents.into_iter().map(|number| {
            let document = library.documents.shared_at(number);
            let Some(links) = withheld.get(&number) else { return Arc::clone(document) };
            match self.whole.library.documents.at_path(&document.path) {
                Some(own) => self.cut(library, (number, own), links, is_last),
                None => Arc::clone(document),
            }
        });
        documents.collect()
    }

    /// A document without links that are withheld; `own` is its number among all.
    fn cut(
        &mut self,
        library: &Library,
        (number, own): (DocumentNumber, DocumentNumber),
        links: &[(&Link, String)],
        is_last: bool,
    ) -> Arc<Document> {
        let document = &library.documents[number];
        let mut edits = Edits::of(&document.text);
        let mut end = 0;
        for (link, instead) in links {
            if link.at.start >= end && edits.replace(link.at.clone(), instead) {
                end = link.at.end;
            }
        }
        if is_last || edits.is_empty() {
            edits = Edits::of(&document.text);
            edits.replace(document.body_at.clone(), "");
        }
        let names = self.names(own);
        let mut moved = false;
        let address = |body: &mut Body| moved = address(body, &document.body.headings, links);
        let read = self.read(document, edits.applied(), &names, address);
        if moved {
            self.moved.insert(place(library, number));
        }
        Arc::new(read)
    }
}

/// What tells a document, or an old edition, from the others while links are taken out.
fn place(library: &Library, number: DocumentNumber) -> String {
    let path = &library.documents[number].path;
    if library.documents.is_old(number) { format!("{path}\0{number:?}") } else { path.clone() }
}

/// Whether a link says something else than its target.
fn has_words(link: &Link) -> bool {
    !link.wiki || link.text != link.target
}

/// Gives the sections of a document the addresses that they had, unless one was made of words that
/// are no longer there. Tells whether there was one.
fn address(body: &mut Body, before: &[Heading], withheld: &[(&Link, String)]) -> bool {
    if body.headings.len() != before.len() {
        return true;
    }
    let is_in =
        |outer: &Range<usize>, at: &Range<usize>| outer.start <= at.start && at.end <= outer.end;
    let mut slugs = Slugs::default();
    let mut changed = Vec::new();
    for (number, old) in before.iter().enumerate() {
        let heading = &mut body.headings[number];
        let mut within = withheld.iter().filter(|(link, _)| has_words(link));
        if heading.slug != old.slug && within.any(|(link, _)| is_in(&old.at, &link.at)) {
            changed.push(number);
        } else {
            heading.slug.clone_from(&old.slug);
            slugs.keep(&old.slug);
        }
    }
    for number in &changed {
        let heading = &mut body.headings[*number];
        heading.slug = slugs.next(std::mem::take(&mut heading.slug));
    }
    !changed.is_empty()
}

/// Puts other words in the place of every value that is one of these names.
fn without_names(node: &mut Node, names: &BTreeSet<String>) {
    match &mut node.value {
        Value::Text(text) if names.contains(&key(text.trim())) => ANOTHER.clone_into(text),
        Value::List(items) => items.iter_mut().for_each(|item| without_names(item, names)),
        Value::Map(entries) => {
            for entry in entries {
                without_names(&mut entry.node, names);
            }
        }
        Value::Text(_) | Value::Null => {}
    }
}

/// Leaves out what names a document that is not for the readers where nothing else is said of it.
fn without_others(front: &mut FrontMatter) {
    let is_other = |name: &Text| **name == *ANOTHER;
    let others = |name: &mut Option<Text>| {
        if name.as_ref().is_some_and(is_other) {
            *name = None;
        }
    };
    front.related.retain(|name| !is_other(name));
    others(&mut front.supersedes);
    front.services.iter_mut().for_each(|service| others(&mut service.agreement));
    front.other_parties.iter_mut().for_each(|party| others(&mut party.agreement));
}
