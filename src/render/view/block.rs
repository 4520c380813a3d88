//! Generated tables: what a fenced block `clausebook` in the text stands for, and what a page
//! adds of a document's own lists that its text does not show.

use std::collections::BTreeMap;

use serde::Serialize;

use super::lists::{self, ExternalRow, Interface, Kpi, PartyRow, Record, RoleRow, ScopeFacts};
use super::lists::{ServiceRow, TermRow, WaiverRow};
use super::register::{self, Row};
use super::reviews::{self, Review};
use super::roles::{self, Duty, Step};
use super::{Link, MOST};
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::parse::yaml::{self, Value};
use crate::render::edition::Edition;

/// A generated table or list.
#[derive(Serialize)]
pub(in crate::render) struct Block {
    /// What it is: `kpis`, `records`, …
    pub(in crate::render) kind: &'static str,
    /// What it is called, for those who cannot see that it is a table.
    pub(in crate::render) name: String,
    /// Its rows.
    pub(in crate::render) rows: Rows,
    /// Whether its rows come from several documents, so that each must say from which.
    pub(in crate::render) many: bool,
    /// How many rows of the manual it leaves out, and where they are.
    pub(in crate::render) more: Option<Link>,
}

/// The rows of a block.
#[derive(Serialize)]
#[serde(untagged)]
pub(in crate::render) enum Rows {
    Kpis(Vec<Kpi>),
    Records(Vec<Record>),
    Interfaces(Vec<Interface>),
    Roles(Vec<RoleRow>),
    Services(Vec<ServiceRow>),
    Terms(Vec<TermRow>),
    Parties(Vec<PartyRow>),
    External(Vec<ExternalRow>),
    Register(Vec<Row>),
    Reviews(Vec<Review>),
    Raci(Vec<Duty>),
    Flow(Vec<Step>),
    Scope(Vec<ScopeFacts>),
    Waivers(Vec<WaiverRow>),
}

impl Rows {
    /// How many there are.
    pub(in crate::render) fn len(&self) -> usize {
        match self {
            Rows::Kpis(rows) => rows.len(),
            Rows::Records(rows) => rows.len(),
            Rows::Interfaces(rows) => rows.len(),
            Rows::Roles(rows) => rows.len(),
            Rows::Services(rows) => rows.len(),
            Rows::Terms(rows) => rows.len(),
            Rows::Parties(rows) => rows.len(),
            Rows::External(rows) => rows.len(),
            Rows::Register(rows) => rows.len(),
            Rows::Reviews(rows) => rows.len(),
            Rows::Raci(rows) => rows.len(),
            Rows::Flow(rows) => rows.len(),
            Rows::Scope(rows) => rows.len(),
            Rows::Waivers(rows) => rows.len(),
        }
    }

    /// Keeps no more than the first few.
    fn truncate(&mut self, most: usize) {
        match self {
            Rows::Kpis(rows) => rows.truncate(most),
            Rows::Records(rows) => rows.truncate(most),
            Rows::Interfaces(rows) => rows.truncate(most),
            Rows::Roles(rows) => rows.truncate(most),
            Rows::Services(rows) => rows.truncate(most),
            Rows::Terms(rows) => rows.truncate(most),
            Rows::Parties(rows) => rows.truncate(most),
            Rows::External(rows) => rows.truncate(most),
            Rows::Register(rows) => rows.truncate(most),
            Rows::Reviews(rows) => rows.truncate(most),
            Rows::Raci(rows) => rows.truncate(most),
            Rows::Flow(rows) => rows.truncate(most),
            Rows::Scope(rows) => rows.truncate(most),
            Rows::Waivers(rows) => rows.truncate(most),
        }
    }
}

/// Kinds of blocks, with their names.
const KINDS: [(&str, &str); 14] = [
    ("kpis", "KPIs"),
    ("records", "Records"),
    ("interfaces", "Inputs and outputs"),
    ("roles", "Roles"),
    ("services", "Services"),
    ("terms", "Terms"),
    ("other-parties", "Other parties"),
    ("external-documents", "External documents"),
    ("scope", "Scope"),
    ("waivers", "Accepted findings"),
    ("register", "Documents"),
    ("reviews", "Reviews"),
    ("raci", "Responsibilities"),
    ("flow", "Steps"),
];

/// What a block asks for: its kind, and which rows.
struct Asked {
    kind: &'static str,
    filters: BTreeMap<String, String>,
}

impl Asked {
    /// Reads `kpis`, or `register: {kind: policy}`.
    fn read(content: &str) -> Option<Self> {
        let node = yaml::read(content, 0..content.len()).ok()?;
        let (word, filters) = match node.value {
            Value::Text(word) => (word, BTreeMap::new()),
            Value::Map(mut entries) if entries.len() == 1 => {
                let entry = entries.remove(0);
                let Value::Map(filters) = entry.node.value else {
                    let plain = matches!(entry.node.value, Value::Null);
                    return plain.then(|| Asked::of(&entry.key, BTreeMap::new())).flatten();
                };
                let filters = filters.into_iter().filter_map(|filter| {
                    filter.node.text().map(|text| (filter.key.to_string(), text.to_lowercase()))
                });
                (entry.key.into(), filters.collect())
            }
            _ => return None,
        };
        Asked::of(&word, filters)
    }

    fn of(word: &str, filters: BTreeMap<String, String>) -> Option<Self> {
        let kind = KINDS.iter().find(|(kind, _)| *kind == word.trim())?.0;
        Some(Asked { kind, filters })
    }

    /// Whether a filter, where there is one, names this value.
    fn takes(&self, filter: &str, value: Option<&str>) -> bool {
        self.filters
            .get(filter)
            .is_none_or(|wanted| value.is_some_and(|value| value.to_lowercase() == *wanted))
    }

    /// Whether the filters let a document through.
    fn takes_document(&self, document: &Document) -> bool {
        let front = &document.front;
        self.takes("kind", front.kind.map(crate::model::value::Kind::word))
            && self.takes("status", Some(document.status().word()))
            && self.takes("classification", Some(document.classification().word()))
            && self.takes("owner", front.owner.as_deref())
            && self.takes("document", Some(&document.id))
            && self
                .filters
                .get("clause")
                .is_none_or(|wanted| front.clauses.iter().any(|clause| **clause == *wanted))
    }
}

/// The kinds of the blocks in a text, so that a page does not add what is shown already.
pub(in crate::render) fn kinds(document: &Document) -> Vec<&'static str> {
    let fences = document.body.fences.iter();
    fences
        .filter(|fence| fence.info.split_whitespace().next() == Some("clausebook"))
        .filter_map(|fence| Asked::read(&document.text[fence.content_at.clone()]))
        .map(|asked| asked.kind)
        .collect()
}

/// Whether a document's text says by a block `flow` where its own steps are drawn.
pub(in crate::render) fn draws_its_flow(document: &Document) -> bool {
    let fences = document.body.fences.iter();
    let blocks = fences.filter(|fence| fence.info.split_whitespace().next() == Some("clausebook"));
    blocks
        .filter_map(|fence| Asked::read(&document.text[fence.content_at.clone()]))
        .any(|asked| asked.kind == "flow" && asked.filters.is_empty())
}

/// The block that a fence in the text of a document asks for.
pub(in crate::render) fn written(
    edition: &Edition<'_>,
    number: DocumentNumber,
    root: &str,
    content: &str,
) -> Option<Block> {
    let asked = Asked::read(content)?;
    let own = own(edition, number, root, asked.kind).filter(|_| asked.filters.is_empty());
    let (rows, many) = match own {
        Some(rows) => (rows, false),
        None => (whole(edition, root, &asked), true),
    };
    let mut made = block(asked.kind, rows, many);
    if many && made.rows.len() > MOST {
        made.more = Some(more(root, asked.kind, made.rows.len() - MOST));
        made.rows.truncate(MOST);
    }
    Some(made)
}

/// Where the rows are that a block leaves out.
fn more(root: &str, kind: &str, number: usize) -> Link {
    let page = match kind {
        "terms" => "glossary",
        "raci" => "roles",
        "interfaces" => "processes",
        "kpis" | "records" | "roles" | "services" | "register" | "reviews" => kind,
        _ => return Link { text: format!("{number} more"), href: None },
    };
    Link { text: format!("{number} more"), href: Some(format!("{root}{page}/index.html")) }
}

/// The documents whose steps a block asks to be drawn: the document's own, or those that its
/// filters name. Nothing when it asks for something else.
pub(in crate::render) fn drawn(
    edition: &Edition<'_>,
    number: DocumentNumber,
    content: &str,
) -> Option<Vec<DocumentNumber>> {
    let asked = Asked::read(content).filter(|asked| asked.kind == "flow")?;
    if asked.filters.is_empty() {
        return Some(vec![number]);
    }
    let all = edition.published.iter().copied();
    Some(all.filter(|one| asked.takes_document(edition.document(*one))).collect())
}

/// What a kind of block is called.
pub(super) fn name(kind: &str) -> &str {
    KINDS.iter().find(|(word, _)| *word == kind).map_or(kind, |(_, name)| *name)
}

/// A block with its name.
pub(in crate::render) fn block(kind: &'static str, rows: Rows, many: bool) -> Block {
    Block { kind, name: name(kind).to_owned(), rows, many, more: None }
}

/// A document's own list of a kind, when it has one.
pub(in crate::render) fn own(
    edition: &Edition<'_>,
    number: DocumentNumber,
    root: &str,
    kind: &str,
) -> Option<Rows> {
    let document = edition.document(number);
    let front = &document.front;
    let rows = match kind {
        "kpis" => Rows::Kpis(lists::kpis(edition, root, number).collect()),
        "records" => Rows::Records(lists::records(edition, root, number).collect()),
        "interfaces" => Rows::Interfaces(lists::interfaces(edition, root, document)),
        "roles" => {
            Rows::Roles(front.roles.iter().map(|role| lists::role(edition, root, role)).collect())
        }
        "services" => Rows::Services(
            front.services.iter().map(|one| lists::service(edition, root, one)).collect(),
        ),
        "terms" => Rows::Terms(front.terms.iter().map(lists::term).collect()),
        "other-parties" => Rows::Parties(
            front.other_parties.iter().map(|one| lists::other_party(edition, root, one)).collect(),
        ),
        "external-documents" => Rows::External(lists::external(edition, root, document)),
        "scope" => Rows::Scope(lists::scope(edition, root, document).into_iter().collect()),
        "waivers" => Rows::Waivers(lists::waivers(document)),
        "flow" => Rows::Flow(roles::steps(edition, root, document)),
        _ => return None,
    };
    (rows.len() > 0).then_some(rows)
}

/// The rows of the whole manual that a block asks for.
fn whole(edition: &Edition<'_>, root: &str, asked: &Asked) -> Rows {
    let published = || {
        let all = edition.published.iter().copied();
        all.filter(|number| asked.takes_document(edition.document(*number)))
    };
    match asked.kind {
        "kpis" => Rows::Kpis(published().flat_map(|n| lists::kpis(edition, root, n)).collect()),
        "records" => {
            Rows::Records(published().flat_map(|n| lists::records(edition, root, n)).collect())
        }
        "interfaces" => Rows::Interfaces(
            published()
                .flat_map(|n| lists::interfaces(edition, root, edition.document(n)))
                .collect(),
        ),
        "roles" => Rows::Roles(
            edition.roles.all.iter().map(|item| lists::role(edition, root, item.entry)).collect(),
        ),
        "services" => Rows::Services(
            edition
                .services
                .all
                .iter()
                .map(|item| lists::service(edition, root, item.entry))
                .collect(),
        ),
        "terms" => {
            Rows::Terms(edition.terms.all.iter().map(|item| lists::term(item.entry)).collect())
        }
        "other-parties" => Rows::Parties(
            published()
                .flat_map(|n| &edition.document(n).front.other_parties)
                .map(|one| lists::other_party(edition, root, one))
                .collect(),
        ),
        "external-documents" => Rows::External(
            published().flat_map(|n| lists::external(edition, root, edition.document(n))).collect(),
        ),
        "scope" => Rows::Scope(
            published().filter_map(|n| lists::scope(edition, root, edition.document(n))).collect(),
        ),
        "waivers" => {
            Rows::Waivers(published().flat_map(|n| lists::waivers(edition.document(n))).collect())
        }
        "register" => {
            let listed = edition.listed.iter().copied();
            let listed = listed.filter(|number| asked.takes_document(edition.document(*number)));
            Rows::Register(listed.map(|number| register::row(edition, root, number)).collect())
        }
        "reviews" => {
            let numbers: Vec<DocumentNumber> = published().collect();
            Rows::Reviews(reviews::reviews(edition, root, &numbers))
        }
        "raci" => {
            let role = asked.filters.get("role").map(String::as_str);
            Rows::Raci(published().flat_map(|n| roles::duties(edition, root, n, role)).collect())
        }
        _ => Rows::Flow(
            published().flat_map(|n| roles::steps(edition, root, edition.document(n))).collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn a_block_says_what_it_wants() {
        assert_eq!(Asked::read("kpis\n").unwrap().kind, "kpis");
        let asked = Asked::read("register: {kind: policy}\n").unwrap();
        assert_eq!(asked.kind, "register");
        assert!(asked.takes("kind", Some("policy")));
        assert!(!asked.takes("kind", Some("process")));
        assert!(Asked::read("nonsense").is_none());
        assert!(Asked::read("[").is_none());
    }
}
