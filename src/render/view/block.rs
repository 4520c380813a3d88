//! Generated tables: what a fenced block `clausebook` in the text stands for, and what a page
//! adds of a document's own lists that its text does not show.

use serde::Serialize;

use super::lists::{self, ExternalRow, Interface, Kpi, PartyRow, Record, RoleRow, ScopeFacts};
use super::lists::{ServiceRow, TermRow, WaiverRow};
use super::register::{self, Row};
use super::reviews::{self, Review};
use super::roles::{self, Duty, Step};
use super::{Link, MOST};
use crate::model::document::Document;
use crate::model::generated::{Generated, Shows};
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::Root;

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

    /// What they show.
    fn shows(&self) -> Shows {
        match self {
            Rows::Kpis(_) => Shows::Kpis,
            Rows::Records(_) => Shows::Records,
            Rows::Interfaces(_) => Shows::Interfaces,
            Rows::Roles(_) => Shows::Roles,
            Rows::Services(_) => Shows::Services,
            Rows::Terms(_) => Shows::Terms,
            Rows::Parties(_) => Shows::OtherParties,
            Rows::External(_) => Shows::ExternalDocuments,
            Rows::Register(_) => Shows::Register,
            Rows::Reviews(_) => Shows::Reviews,
            Rows::Raci(_) => Shows::Raci,
            Rows::Flow(_) => Shows::Flow,
            Rows::Scope(_) => Shows::Scope,
            Rows::Waivers(_) => Shows::Waivers,
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

/// What the generated blocks in a text show, so that a page does not add it again.
pub(in crate::render) fn shown(document: &Document) -> Vec<Shows> {
    document.generated.iter().flatten().map(|asked| asked.shows).collect()
}

/// Whether a document's text says by a block `flow` where its own steps are drawn.
pub(in crate::render) fn draws_its_flow(document: &Document) -> bool {
    let mut blocks = document.generated.iter().flatten();
    blocks.any(|asked| asked.shows == Shows::Flow && !asked.is_filtered())
}

/// What a block in the text of a document asks for.
pub(in crate::render) fn written(
    edition: &Edition<'_>,
    number: DocumentNumber,
    root: Root,
    asked: &Generated,
) -> Block {
    let own = own(edition, number, root, asked.shows).filter(|_| !asked.is_filtered());
    let (rows, many) = match own {
        Some(rows) => (rows, false),
        None => (whole(edition, root, asked), true),
    };
    let mut made = block(rows, many);
    if many && made.rows.len() > MOST {
        made.more = Some(more(root, asked.shows, made.rows.len() - MOST));
        made.rows.truncate(MOST);
    }
    made
}

/// Where the rows are that a block leaves out.
fn more(root: Root, shows: Shows, number: usize) -> Link {
    let page = match shows {
        Shows::Terms => "glossary",
        Shows::Raci => "roles",
        Shows::Interfaces => "processes",
        Shows::Kpis
        | Shows::Records
        | Shows::Roles
        | Shows::Services
        | Shows::Register
        | Shows::Reviews => shows.word(),
        _ => return Link { text: format!("{number} more").into(), href: None },
    };
    Link { text: format!("{number} more").into(), href: Some(format!("{root}{page}/index.html")) }
}

/// The documents whose steps a block asks to be drawn: the document's own, or those that its
/// filters name. Nothing when it asks for something else.
pub(in crate::render) fn drawn(
    edition: &Edition<'_>,
    number: DocumentNumber,
    asked: &Generated,
) -> Option<Vec<DocumentNumber>> {
    if asked.shows != Shows::Flow {
        return None;
    }
    if !asked.is_filtered() {
        return Some(vec![number]);
    }
    let all = edition.published.iter().copied();
    Some(all.filter(|one| asked.takes_document(edition.document(*one))).collect())
}

/// A block with its name.
pub(in crate::render) fn block(rows: Rows, many: bool) -> Block {
    let shows = rows.shows();
    Block { kind: shows.word(), name: shows.name().to_owned(), rows, many, more: None }
}

/// A document's own list of a kind, when it has one.
pub(in crate::render) fn own(
    edition: &Edition<'_>,
    number: DocumentNumber,
    root: Root,
    shows: Shows,
) -> Option<Rows> {
    let document = edition.document(number);
    let front = &document.front;
    let rows = match shows {
        Shows::Kpis => Rows::Kpis(lists::kpis(edition, root, number).collect()),
        Shows::Records => Rows::Records(lists::records(edition, root, number).collect()),
        Shows::Interfaces => Rows::Interfaces(lists::interfaces(edition, root, document)),
        Shows::Roles => {
            Rows::Roles(front.roles.iter().map(|role| lists::role(edition, root, role)).collect())
        }
        Shows::Services => Rows::Services(
            front.services.iter().map(|one| lists::service(edition, root, one)).collect(),
        ),
        Shows::Terms => Rows::Terms(front.terms.iter().map(lists::term).collect()),
        Shows::OtherParties => Rows::Parties(
            front.other_parties.iter().map(|one| lists::other_party(edition, root, one)).collect(),
        ),
        Shows::ExternalDocuments => Rows::External(lists::external(edition, root, document)),
        Shows::Scope => Rows::Scope(lists::scope(edition, root, document).into_iter().collect()),
        Shows::Waivers => Rows::Waivers(lists::waivers(document)),
        Shows::Flow => Rows::Flow(roles::steps(edition, root, document)),
        _ => return None,
    };
    (rows.len() > 0).then_some(rows)
}

/// The rows of the whole manual that a block asks for.
fn whole(edition: &Edition<'_>, root: Root, asked: &Generated) -> Rows {
    let published = || {
        let all = edition.published.iter().copied();
        all.filter(|number| asked.takes_document(edition.document(*number)))
    };
    match asked.shows {
        Shows::Kpis => {
            Rows::Kpis(published().flat_map(|n| lists::kpis(edition, root, n)).collect())
        }
        Shows::Records => {
            Rows::Records(published().flat_map(|n| lists::records(edition, root, n)).collect())
        }
        Shows::Interfaces => Rows::Interfaces(
            published()
                .flat_map(|n| lists::interfaces(edition, root, edition.document(n)))
                .collect(),
        ),
        Shows::Roles => Rows::Roles(
            edition.roles.all.iter().map(|item| lists::role(edition, root, item.entry)).collect(),
        ),
        Shows::Services => Rows::Services(
            edition
                .services
                .all
                .iter()
                .map(|item| lists::service(edition, root, item.entry))
                .collect(),
        ),
        Shows::Terms => {
            Rows::Terms(edition.terms.all.iter().map(|item| lists::term(item.entry)).collect())
        }
        Shows::OtherParties => Rows::Parties(
            published()
                .flat_map(|n| &edition.document(n).front.other_parties)
                .map(|one| lists::other_party(edition, root, one))
                .collect(),
        ),
        Shows::ExternalDocuments => Rows::External(
            published().flat_map(|n| lists::external(edition, root, edition.document(n))).collect(),
        ),
        Shows::Scope => Rows::Scope(
            published().filter_map(|n| lists::scope(edition, root, edition.document(n))).collect(),
        ),
        Shows::Waivers => {
            Rows::Waivers(published().flat_map(|n| lists::waivers(edition.document(n))).collect())
        }
        Shows::Register => {
            let listed = edition.listed.iter().copied();
            let listed = listed.filter(|number| asked.takes_document(edition.document(*number)));
            Rows::Register(listed.map(|number| register::row(edition, root, number)).collect())
        }
        Shows::Reviews => {
            let numbers: Vec<DocumentNumber> = published().collect();
            Rows::Reviews(reviews::reviews(edition, root, &numbers))
        }
        Shows::Raci => {
            let role = asked.filter("role");
            Rows::Raci(published().flat_map(|n| roles::duties(edition, root, n, role)).collect())
        }
        Shows::Flow => Rows::Flow(
            published().flat_map(|n| roles::steps(edition, root, edition.document(n))).collect(),
        ),
    }
}
