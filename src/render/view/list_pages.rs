//! Pages that are one list of everything of a kind in the manual, in parts.

use std::ops::Range;

use serde::Serialize;

use super::block::{self, Block, Rows};
use super::parts::{List, Parts};
use super::{lists, processes, register, reviews};
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::{self, PART, Root};

impl List {
    /// How many rows it has.
    pub(in crate::render) fn rows(self, edition: &Edition<'_>) -> usize {
        let fronts = || edition.published.iter().map(|number| &edition.document(*number).front);
        match self {
            List::Register => edition.listed.len(),
            List::Services => edition.services.all.len(),
            List::Kpis => fronts().map(|front| front.kpis.len()).sum(),
            List::Records => fronts().map(|front| front.records.len()).sum(),
            List::Glossary => edition.terms.all.len(),
            List::Reviews => reviews::due(edition, &edition.published).len(),
            List::Handovers => processes::count_all(edition),
        }
    }

    /// How many parts it has; an empty list has one, too, unless the public reads it.
    pub(in crate::render) fn parts(self, edition: &Edition<'_>) -> usize {
        let least = usize::from(!edition.is_public());
        self.rows(edition).div_ceil(PART).max(least)
    }
}

/// A page that is one list.
#[derive(Serialize)]
pub(in crate::render) struct ListPage {
    /// Its heading.
    pub(in crate::render) title: &'static str,
    /// One sentence under it.
    pub(in crate::render) lead: String,
    /// The list.
    pub(in crate::render) block: Block,
    /// Which part of the list it is, where the list has several.
    pub(in crate::render) parts: Option<Parts>,
}

/// A part of a list, as a page of its own.
pub(in crate::render) fn list(
    edition: &Edition<'_>,
    root: Root,
    list: List,
    part: usize,
) -> ListPage {
    let (title, lead) = match list {
        List::Services => ("Services", "What we deliver, and who answers for it."),
        List::Kpis => ("KPIs", "What we measure, and what we want to reach."),
        List::Records => ("Records", "What we keep as evidence, where, and for how long."),
        List::Glossary => ("Glossary", "What our words mean."),
        List::Register => ("Register", "Every document of the manual, in force or not."),
        List::Reviews => ("Reviews", "When each document is next looked at, and by whom."),
        List::Handovers => ("Processes", "What our processes hand over to each other."),
    };
    let rows = list.rows(edition);
    ListPage {
        title,
        lead: lead.to_owned(),
        block: block_of(edition, root, list, routes::range(part, rows)),
        parts: Parts::new(root, list.folder(), part, rows),
    }
}

/// A part of the list of everything in the manual that is of a kind.
fn block_of(edition: &Edition<'_>, root: Root, list: List, range: Range<usize>) -> Block {
    let published = edition.published.iter().copied();
    let kpis = |number: DocumentNumber| edition.document(number).front.kpis.len();
    let records = |number: DocumentNumber| edition.document(number).front.records.len();
    let rows = match list {
        List::Kpis => Rows::Kpis(within(published.map(|n| (n, kpis(n))), range, |n, own| {
            lists::kpis(edition, root, n).skip(own.start).take(own.len()).collect()
        })),
        List::Records => {
            Rows::Records(within(published.map(|n| (n, records(n))), range, |n, own| {
                lists::records(edition, root, n).skip(own.start).take(own.len()).collect()
            }))
        }
        List::Services => {
            let items = edition.services.all[range].iter();
            let rows = items.map(|item| lists::service(edition, root, item.entry));
            Rows::Services(rows.collect())
        }
        List::Glossary => {
            let items = edition.terms.all[range].iter();
            Rows::Terms(items.map(|item| lists::term(item.entry)).collect())
        }
        List::Register | List::Reviews | List::Handovers => {
            let rows = edition.listed[range].iter();
            let rows = rows.map(|number| register::row(edition, root, *number));
            Rows::Register(rows.collect())
        }
    };
    block::block(rows, true)
}

/// The rows of a range, of documents that have several rows each.
fn within<T>(
    documents: impl Iterator<Item = (DocumentNumber, usize)>,
    range: Range<usize>,
    rows: impl Fn(DocumentNumber, Range<usize>) -> Vec<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    let mut start = 0;
    for (number, many) in documents {
        let own = range.start.max(start)..range.end.min(start + many);
        if own.start < own.end {
            found.extend(rows(number, own.start - start..own.end - start));
        }
        start += many;
    }
    found
}
