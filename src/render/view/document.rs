//! The page of a document.

use std::collections::BTreeMap;

use serde::Serialize;

use super::block::{self, Block};
use super::control::{self, Banner, Cell, Draft, ReviewLine};
use super::editions::{self, Line, Said};
use super::{Chip, Link, MOST};
use crate::content::{self, ContentsLine};
use crate::graph::By;
use crate::model::document::Document;
use crate::model::generated::Shows;
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::html::{self, Body};
use crate::render::routes::Root;
use crate::render::words::{capital, count, kind_word};
use crate::text::percent;
use crate::text::phrase::Phrase;

/// The page of a document.
#[derive(Serialize)]
pub(in crate::render) struct DocumentPage {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Phrase,
    /// The address of the heading that the title stands for.
    pub(in crate::render) anchor: Option<String>,
    pub(in crate::render) lead: Option<Phrase>,
    pub(in crate::render) version: String,
    /// The plural of its kind, for the trail.
    pub(in crate::render) kinds: Option<String>,
    /// The word of its kind, for the way to its part of the register.
    pub(in crate::render) kind: Option<String>,
    /// Status, review, classification.
    pub(in crate::render) chips: Vec<Chip>,
    /// The marks of a document that is not in force.
    pub(in crate::render) draft: Option<Draft>,
    /// What a reader must know first.
    pub(in crate::render) banner: Option<Banner>,
    /// The cells of the control block, in their fixed order.
    pub(in crate::render) cells: Vec<Cell>,
    pub(in crate::render) review: Option<ReviewLine>,
    /// The day of the next review, for the script.
    pub(in crate::render) due: Option<String>,
    pub(in crate::render) contents: Vec<Heading>,
    pub(in crate::render) sections: String,
    /// The text, in parts.
    pub(in crate::render) body: Vec<Piece>,
    /// The document's own lists that its text does not show.
    pub(in crate::render) more: Vec<Section>,
    pub(in crate::render) revisions: Vec<Revision>,
    /// The editions that are on record, the newest first.
    pub(in crate::render) editions: Vec<Line>,
    /// What is not known of them.
    pub(in crate::render) unknown: Option<String>,
    /// What is in work while this is in force.
    pub(in crate::render) ahead: Option<Said>,
    /// Whether it is an old edition.
    pub(in crate::render) old: bool,
    pub(in crate::render) linked: Vec<Linked>,
    pub(in crate::render) previous: Option<Link>,
    pub(in crate::render) next: Option<Link>,
    /// How many more link here than are listed, and where they can be found.
    pub(in crate::render) linked_more: Option<Link>,
    /// Whether there is a drawing in its text.
    pub(in crate::render) drawings: bool,
    /// Where its source can be seen.
    pub(in crate::render) source: Option<String>,
}

/// A piece of the text: HTML, or a generated table.
#[derive(Serialize)]
pub(in crate::render) struct Piece {
    pub(in crate::render) html: Option<String>,
    pub(in crate::render) block: Option<Block>,
}

/// A section that the page adds.
#[derive(Serialize)]
pub(in crate::render) struct Section {
    pub(in crate::render) number: usize,
    pub(in crate::render) id: String,
    pub(in crate::render) block: Block,
}

/// A line of the contents.
#[derive(Serialize)]
pub(in crate::render) struct Heading {
    pub(in crate::render) number: String,
    pub(in crate::render) text: Phrase,
    pub(in crate::render) href: String,
}

/// A line of the revision history.
#[derive(Serialize)]
pub(in crate::render) struct Revision {
    pub(in crate::render) version: String,
    pub(in crate::render) date: String,
    pub(in crate::render) author: Option<Link>,
    pub(in crate::render) summary: Phrase,
    pub(in crate::render) current: bool,
}

/// Something that links here.
#[derive(Serialize)]
pub(in crate::render) struct Linked {
    pub(in crate::render) id: String,
    pub(in crate::render) title: Link,
    pub(in crate::render) how: String,
}

/// The page of a document.
pub(in crate::render) fn page(
    edition: &Edition<'_>,
    number: DocumentNumber,
    root: Root,
    neighbours: [Option<DocumentNumber>; 2],
) -> DocumentPage {
    let document = edition.document(number);
    let front = &document.front;
    let content = edition.content(number);
    let lines = content::contents(&content);
    let more = more(edition, number, root, lines.len());
    let contents = contents(&lines, &more);
    let Body { parts, has_drawings } = html::body(edition, number, root, &content);
    let linked = linked(edition, number, root);
    let [previous, next] = neighbours.map(|neighbour| {
        neighbour.map(|other| edition.link(root, other, edition.document(other).title_phrase()))
    });
    DocumentPage {
        id: document.id.clone(),
        title: document.title_phrase(),
        anchor: content.title_slug.map(str::to_owned),
        lead: content::lead(&content),
        version: front.version.as_ref().map_or_else(String::new, ToString::to_string),
        kinds: front.kind.map(|kind| capital(kind.plural())),
        kind: front.kind.map(kind_word),
        chips: control::chips(edition, document),
        draft: control::draft(edition, root, document),
        banner: control::banner(edition, root, document),
        cells: control::cells(edition, number, root),
        review: control::review_line(edition, document),
        due: control::due(edition, document),
        sections: count(contents.len(), "section", "sections"),
        contents,
        body: parts.into_iter().map(piece).collect(),
        more,
        revisions: revisions(edition, root, document),
        editions: editions::editions(edition, root, &document.id),
        unknown: editions::unknown(edition),
        ahead: editions::ahead(edition, document),
        old: document.is_old(),
        linked_more: (linked.len() > MOST).then(|| Link {
            text: format!("{} more", linked.len() - MOST).into(),
            href: Some(format!("{root}search/index.html?q={}", document.id)),
        }),
        linked: linked.into_iter().take(MOST).collect(),
        drawings: has_drawings,
        previous,
        next,
        source: source(edition, document),
    }
}

fn piece(part: html::Part) -> Piece {
    match part {
        html::Part::Html(html) => Piece { html: Some(html), block: None },
        html::Part::Block(block) => Piece { html: None, block: Some(block) },
    }
}

/// The lists that front matter can hold, in the order in which a page adds them.
pub(super) const OWN: [Shows; 10] = [
    Shows::Scope,
    Shows::Roles,
    Shows::Services,
    Shows::Terms,
    Shows::OtherParties,
    Shows::ExternalDocuments,
    Shows::Interfaces,
    Shows::Kpis,
    Shows::Records,
    Shows::Waivers,
];

/// The lists that the front matter holds and the text does not show, each as a section.
fn more(
    edition: &Edition<'_>,
    number: DocumentNumber,
    root: Root,
    sections: usize,
) -> Vec<Section> {
    let shown = block::shown(edition.document(number));
    let hidden = OWN.into_iter().filter(|shows| !shown.contains(shows));
    let found = hidden.filter_map(|shows| block::own(edition, number, root, shows));
    let blocks = found.map(|rows| block::block(rows, false)).enumerate();
    let section = |(n, block): (usize, Block)| Section {
        number: sections + n + 1,
        id: format!("cb.{}", block.kind),
        block,
    };
    blocks.map(section).collect()
}

fn contents(own: &[ContentsLine<'_>], more: &[Section]) -> Vec<Heading> {
    let own = own.iter().map(|line| Heading {
        number: line.number.to_owned(),
        text: line.text.clone(),
        href: format!("#{}", percent::fragment(line.slug)),
    });
    let added = more.iter().map(|section| Heading {
        number: section.number.to_string(),
        text: section.block.name.as_str().into(),
        href: format!("#{}", section.id),
    });
    let last = [("Revision history", "#cb.revisions"), ("Linked from", "#cb.linked")];
    let last = last.into_iter().map(|(text, href)| Heading {
        number: String::new(),
        text: text.into(),
        href: href.to_owned(),
    });
    own.chain(added).chain(last).collect()
}

/// The revision history of a document.
pub(super) fn revisions(edition: &Edition<'_>, root: Root, document: &Document) -> Vec<Revision> {
    let front = &document.front;
    let made = front.revisions.iter().map(|revision| Revision {
        version: revision.version.to_string(),
        date: revision.date.to_string(),
        author: revision.author.as_ref().map(|name| edition.person(root, name)),
        summary: revision.summary.phrase(),
        current: front.version.as_ref() == Some(&revision.version),
    });
    made.collect()
}

/// What links to a document: one line a document, with how often and why.
fn linked(edition: &Edition<'_>, number: DocumentNumber, root: Root) -> Vec<Linked> {
    let mut from: BTreeMap<DocumentNumber, (usize, Vec<String>)> = BTreeMap::new();
    for back in edition.back(number) {
        let (places, ways) = from.entry(back.from).or_default();
        match &back.by {
            By::Text => *places += 1,
            By::Related => ways.push("related".to_owned()),
            By::Supersedes => ways.push("supersedes this".to_owned()),
            // What the other takes in comes from here; what it gives goes here.
            By::Input(name) => ways.push(format!("takes: {name}")),
            By::Output(name) => ways.push(format!("gives: {name}")),
            By::Agreement => ways.push("agreement".to_owned()),
        }
    }
    let line = |(other, (places, mut ways)): (DocumentNumber, (usize, Vec<String>))| {
        ways.sort();
        ways.dedup();
        if places > 0 {
            ways.insert(0, count(places, "place", "places"));
        }
        Linked {
            id: edition.document(other).id.clone(),
            title: edition.link(root, other, edition.document(other).title_phrase()),
            how: ways.join(", "),
        }
    };
    from.into_iter().map(line).collect()
}

/// The address at which a document's source can be seen, where one is configured.
fn source(edition: &Edition<'_>, document: &Document) -> Option<String> {
    edition.source_of(&document.path)
}
