//! Long lists in parts: pages with a way back and a way on, so that no page grows with the manual.
//!
//! Each part reads without a script. Where there is one, a list that is filtered, sorted or
//! exported fetches the rows of its other parts: they lie beside it as script files, since a page
//! that was opened from disk may load nothing else.

use serde::Serialize;

use super::Link;
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
