//! Long lists in parts: pages with a way back and a way on, so that no page grows with the manual.
//!
//! Each part reads without a script. Where there is one, a list that is filtered, sorted or
//! exported fetches the rows of its other parts: they lie beside it as script files, since a page
//! that was opened from disk may load nothing else.

use std::ops::Range;

use serde::Serialize;

use super::block::{self, Block, Rows};
use super::{Link, lists, processes, register, reviews};
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::{self, PART, Root};

/// A list that is as long as the manual is large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum List {
    Register,
    Services,
    Kpis,
    Records,
    Glossary,
    Reviews,
    Handovers,
}

impl List {
    /// All of them.
    pub(in crate::render) const ALL: [List; 7] = [
        List::Register,
        List::Services,
        List::Kpis,
        List::Records,
        List::Glossary,
        List::Reviews,
        List::Handovers,
    ];

    /// Its folder.
    pub(in crate::render) fn folder(self) -> &'static str {
        match self {
            List::Register => "register",
            List::Services => "services",
            List::Kpis => "kpis",
            List::Records => "records",
            List::Glossary => "glossary",
            List::Reviews => "reviews",
            List::Handovers => "processes",
        }
    }

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

    /// Whether its rows are filtered and sorted by a script.
    pub(in crate::render) fn is_table(self) -> bool {
        self != List::Reviews
    }
}

/// Which part a page is, and the ways to the others.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::render) struct Parts {
    /// Its number, from 1.
    pub(in crate::render) part: usize,
    /// How many there are.
    pub(in crate::render) of: usize,
    /// Rows of all parts.
    pub(in crate::render) total: usize,
    /// Ways to the first part, the one before, the one after, the last one.
    pub(in crate::render) ways: Vec<Link>,
    /// What the addresses of the scripts with rows begin with.
    pub(in crate::render) scripts: String,
}

impl Parts {
    /// The part of a list, from 0; nothing when it has no other.
    pub(in crate::render) fn new(
        root: Root,
        folder: &str,
        part: usize,
        total: usize,
    ) -> Option<Self> {
        let of = total.div_ceil(PART);
        if of < 2 {
            return None;
        }
        let last = of - 1;
        let ways = [
            ("First", 0, part > 1),
            ("Previous", part.saturating_sub(1), part > 0),
            ("Next", part + 1, part < last),
            ("Last", last, part + 1 < last),
        ];
        let way = |(word, to, _): (&str, usize, bool)| Link {
            text: word.into(),
            href: Some(format!("{root}{}", routes::part(folder, to))),
        };
        Some(Parts {
            part: part + 1,
            of,
            total,
            ways: ways.into_iter().filter(|(.., there)| *there).map(way).collect(),
            scripts: format!("{root}{folder}/rows-"),
        })
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

/// The rows of a part as a script.
pub(in crate::render) fn rows(part: usize, rows: &str) -> String {
    let rows = serde_json::Value::from(rows);
    format!("clausebookRows({},{rows});\n", part + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_list_has_one_part() {
        assert_eq!(Parts::new(Root::of("kpis/index.html"), "kpis", 0, PART), None);
    }

    #[test]
    fn every_part_leads_to_its_neighbours() {
        let ways = |part| {
            let parts =
                Parts::new(Root::of("kpis/2/index.html"), "kpis", part, 2 * PART + 1).unwrap();
            let ways = parts
                .ways
                .into_iter()
                .map(|way| format!("{} {}", way.text.plain(), way.href.unwrap()));
            ways.collect::<Vec<_>>()
        };
        assert_eq!(ways(0), ["Next ../../kpis/2/index.html", "Last ../../kpis/3/index.html"]);
        assert_eq!(ways(1), ["Previous ../../kpis/index.html", "Next ../../kpis/3/index.html"]);
        assert_eq!(ways(2), ["First ../../kpis/index.html", "Previous ../../kpis/2/index.html"]);
    }
}
