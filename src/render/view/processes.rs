//! The processes and what they hand over to each other: a map and the same as a table.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Link;
use super::parts::{List, Parts};
use crate::draw::map::{self, Map, Node};
use crate::model::library::DocumentNumber;
use crate::model::value::{Kind, Text};
use crate::render::edition::Edition;
use crate::render::routes::{self, Root};
use crate::render::words::count;
use crate::text::phrase::Phrase;

/// A hand-over.
#[derive(Serialize)]
pub(in crate::render) struct Handover {
    /// Who gives.
    pub(in crate::render) from: Link,
    /// The giver's title, where it is a document.
    pub(in crate::render) from_title: Option<Phrase>,
    /// What is given.
    pub(in crate::render) name: Phrase,
    /// Who takes.
    pub(in crate::render) to: Link,
    /// The taker's title, where it is a document.
    pub(in crate::render) to_title: Option<Phrase>,
}

/// The page.
#[derive(Serialize)]
pub(in crate::render) struct Processes {
    /// How many documents and hand-overs there are, in words.
    pub(in crate::render) lead: String,
    /// The map, on the first part, where it can be drawn.
    pub(in crate::render) map: Option<String>,
    /// Under the map.
    pub(in crate::render) caption: String,
    /// The hand-overs.
    pub(in crate::render) rows: Vec<Handover>,
    /// Which part of the list it is, where the list has several.
    pub(in crate::render) parts: Option<Parts>,
}

/// One end of a hand-over: a document by its number, or whatever else was named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Document(DocumentNumber),
    Other(Text),
}

/// Giver, taker, and what is given; each once, though both ends name it.
type Handovers = BTreeMap<(End, End, String), Phrase>;

/// All hand-overs that published documents name.
fn handovers(edition: &Edition<'_>) -> Handovers {
    let mut found = Handovers::new();
    let end = |name: &Text| match edition.by_id(name) {
        Some(number) => End::Document(number),
        None => End::Other(name.clone()),
    };
    for number in &edition.published {
        let front = &edition.document(*number).front;
        let mut add = |from: End, to: End, name: &Text| {
            found.entry((from, to, name.to_lowercase())).or_insert_with(|| name.phrase());
        };
        for input in &front.inputs {
            add(end(&input.from), End::Document(*number), &input.name);
        }
        for output in &front.outputs {
            add(End::Document(*number), end(&output.to), &output.name);
        }
    }
    found
}

/// How many hand-overs there are.
pub(in crate::render) fn count_all(edition: &Edition<'_>) -> usize {
    handovers(edition).len()
}

/// A part of the page.
pub(in crate::render) fn page(edition: &Edition<'_>, root: Root, part: usize) -> Processes {
    let all = handovers(edition);
    let shown = routes::range(part, all.len());
    let rows = all.iter().skip(shown.start).take(shown.len());
    let rows = rows.map(|((from, to, _), name)| {
        let (from, from_title) = shown_end(edition, root, from);
        let (to, to_title) = shown_end(edition, root, to);
        Handover { from, from_title, name: name.clone(), to, to_title }
    });
    let boxes = nodes(edition, &all);
    let sum = count(boxes.len(), "document", "documents");
    let lead = format!("{sum}, {}.", count(all.len(), "hand-over", "hand-overs"));
    Processes {
        map: if part == 0 { drawn(edition, &boxes, &all, &lead) } else { None },
        caption: "Down at the right, up at the left; an arrow into a process for all that it gets \
                  from that side. The table says what."
            .to_owned(),
        lead,
        rows: rows.collect(),
        parts: Parts::new(root, List::Handovers.folder(), part, all.len()),
    }
}

fn shown_end(edition: &Edition<'_>, root: Root, end: &End) -> (Link, Option<Phrase>) {
    match end {
        End::Document(number) => {
            let document = edition.document(*number);
            (edition.link(root, *number, &document.id), Some(document.title_phrase()))
        }
        End::Other(name) => (edition.person(root, name), None),
    }
}

/// The documents of the map, by clause: processes, and what else takes part in a hand-over.
fn nodes(edition: &Edition<'_>, all: &Handovers) -> Vec<DocumentNumber> {
    let is_process = |n: &&DocumentNumber| edition.document(**n).kind() == Some(Kind::Process);
    let mut found: BTreeSet<DocumentNumber> =
        edition.published.iter().filter(is_process).copied().collect();
    for (from, to, _) in all.keys() {
        if let (End::Document(from), End::Document(to)) = (from, to) {
            found.extend([from, to].into_iter().filter(|n| edition.is_published(**n)));
        }
    }
    let mut found: Vec<DocumentNumber> = found.into_iter().collect();
    found.sort_by_cached_key(|n| (clause(edition, *n), edition.document(*n).id.clone()));
    found
}

/// The numbers of a document's first clause; what claims none comes last.
fn clause(edition: &Edition<'_>, number: DocumentNumber) -> Vec<u32> {
    let clauses = edition.document(number).front.clauses.iter();
    let numbers = clauses.map(|clause| {
        let plain = clause.rsplit(':').next().unwrap_or_default();
        plain.split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect::<Vec<u32>>()
    });
    numbers.min().unwrap_or_else(|| vec![u32::MAX])
}

/// The lane of a document: the clause on the second level.
fn lane(edition: &Edition<'_>, number: DocumentNumber) -> String {
    let numbers: Vec<String> =
        clause(edition, number).iter().take(2).map(ToString::to_string).collect();
    let name = numbers.join(".");
    let standard = edition.standards().all.first();
    let title = standard.and_then(|standard| standard.clause(&name));
    title.map_or_else(|| "Other".to_owned(), |clause| format!("{name} {}", clause.title))
}

fn drawn(
    edition: &Edition<'_>,
    boxes: &[DocumentNumber],
    all: &Handovers,
    description: &str,
) -> Option<String> {
    let place = |end: &End| match end {
        End::Document(number) => boxes.iter().position(|one| one == number),
        End::Other(_) => None,
    };
    if boxes.len() > map::MOST {
        return None;
    }
    let node = |number: &DocumentNumber| Node {
        id: edition.document(*number).id.clone(),
        title: edition.document(*number).title().to_owned(),
        lane: lane(edition, *number),
    };
    map::draw(&Map {
        title: "Map of the processes".to_owned(),
        description: format!("{description} The table says who hands over what to whom."),
        boxes: boxes.iter().map(node).collect(),
        links: all.keys().filter_map(|(from, to, _)| Some((place(from)?, place(to)?))).collect(),
    })
}
