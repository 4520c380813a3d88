//! Registers: one page for each, an entry a row, and a page that lists them.

use serde::Serialize;

use super::parts::Parts;
use super::{Chip, Link};
use crate::entries::format::ColumnType;
use crate::entries::types::{Asks, RegisterType};
use crate::entries::{Entry, EntryRef};
use crate::model::value::Date;
use crate::render::edition::Edition;
use crate::render::routes::{self, Root};
use crate::render::words::count;
use crate::text::phrase::Phrase;

/// Most columns of a page that a register's type does not know.
const MOST_OTHERS: usize = 12;

/// A register, as a page of its own, or a part of it.
#[derive(Serialize)]
pub(in crate::render) struct Page {
    /// Its name.
    pub(in crate::render) name: String,
    /// Its heading.
    pub(in crate::render) title: String,
    /// One sentence under it.
    pub(in crate::render) lead: String,
    /// How many entries there are, how many are open, how many overdue, in words.
    pub(in crate::render) counts: Vec<String>,
    /// The word for one entry.
    pub(in crate::render) one: String,
    /// Titles of the columns.
    pub(in crate::render) columns: Vec<String>,
    /// Which columns can be chosen from, as the script reads it.
    pub(in crate::render) filters: String,
    /// The rows of this part.
    pub(in crate::render) rows: Vec<Row>,
    /// The documents that hold them.
    pub(in crate::render) sources: Vec<Link>,
    /// Which part of the list it is, where the list has several.
    pub(in crate::render) parts: Option<Parts>,
}

/// An entry.
#[derive(Serialize)]
pub(in crate::render) struct Row {
    /// Its address on the page.
    pub(in crate::render) anchor: Option<String>,
    /// Whether it is closed.
    pub(in crate::render) closed: bool,
    /// Its cells.
    pub(in crate::render) cells: Vec<Cell>,
    /// What names it.
    pub(in crate::render) named_by: Vec<Link>,
}

/// A cell.
#[derive(Default, Serialize)]
pub(in crate::render) struct Cell {
    /// What stands there, where it names nothing.
    pub(in crate::render) text: Phrase,
    /// What it names.
    pub(in crate::render) links: Vec<Link>,
    /// Its state.
    pub(in crate::render) chip: Option<Chip>,
    /// `id`, `number`, `day`, `overdue`, or nothing.
    pub(in crate::render) kind: &'static str,
}

/// A column of a page.
enum Shown {
    /// One of the type.
    Own(usize),
    /// Another, by its title.
    Other(String),
}

/// A part of the page of a register.
pub(in crate::render) fn page(
    edition: &Edition<'_>,
    root: Root,
    register: usize,
    part: usize,
) -> Page {
    let all = edition.entries.rows(register);
    let of = edition.entries.registers.of(register);
    let columns = columns(edition, register);
    let rows = all[routes::range(part, all.len())].iter();
    let rows = rows.map(|at| row(edition, root, *at, &columns));
    let folder = routes::register(&of.name);
    let titles = columns.iter().map(|column| match column {
        Shown::Own(n) => of.columns[*n].title.clone(),
        Shown::Other(title) => title.clone(),
    });
    Page {
        name: of.name.clone(),
        title: of.title.clone(),
        lead: of.lead.clone(),
        counts: counts(edition, register),
        one: of.entry.clone(),
        filters: filters(of, &columns),
        rows: rows.collect(),
        columns: titles.collect(),
        sources: sources(edition, root, register),
        parts: Parts::new(root, &folder, part, all.len()),
    }
}

/// The columns that any entry of a register fills in.
fn columns(edition: &Edition<'_>, register: usize) -> Vec<Shown> {
    let registers = edition.entries.registers;
    let of = registers.of(register);
    let mut used = vec![false; of.columns.len()];
    let mut others: Vec<String> = Vec::new();
    for at in edition.entries.rows(register) {
        let entry = registers.entry(*at);
        for (used, cell) in used.iter_mut().zip(&entry.cells) {
            *used |= !cell.text.trim().is_empty();
        }
        for check in &of.checks {
            // What is worked out has a column, whether or not anybody has written it.
            if let Asks::Product(parts, is) = &check.asks {
                used[*is] |= entry.product(parts).is_some();
            }
        }
        for (n, _) in &entry.others {
            let title = registers.source(*at).other(*n);
            if others.len() < MOST_OTHERS && !others.iter().any(|one| one == title) {
                others.push(title.to_owned());
            }
        }
    }
    let own = used.into_iter().enumerate().filter(|(_, used)| *used);
    own.map(|(n, _)| Shown::Own(n)).chain(others.into_iter().map(Shown::Other)).collect()
}

/// Columns with few values, which are chosen from.
fn filters(of: &RegisterType, columns: &[Shown]) -> String {
    let plain = |title: &str| title.replace([',', ':'], " ");
    let chosen = columns.iter().enumerate().filter_map(|(place, column)| {
        let Shown::Own(n) = column else { return None };
        let column = &of.columns[*n];
        let few = matches!(
            column.holds,
            ColumnType::Word | ColumnType::Role | ColumnType::Kpi | ColumnType::Party
        );
        few.then(|| format!("{}:{place}", plain(&column.title)))
    });
    chosen.collect::<Vec<_>>().join(",")
}

fn row(edition: &Edition<'_>, root: Root, at: EntryRef, columns: &[Shown]) -> Row {
    let registers = edition.entries.registers;
    let (of, entry) = (registers.of(at.register), registers.entry(at));
    let cells = columns.iter().map(|column| match column {
        Shown::Own(n) => cell(edition, root, at, *n),
        Shown::Other(title) => {
            let source = registers.source(at);
            let found = entry.others.iter().find(|(n, _)| source.other(*n) == title);
            let text = found.map(|(_, text)| said(edition, at, text)).unwrap_or_default();
            Cell { text, ..Cell::default() }
        }
    });
    Row {
        anchor: edition.entries.anchor(at),
        closed: of.state.is_some() && !of.is_open(entry),
        cells: cells.collect(),
        named_by: edition.names_of_entry(root, at),
    }
}

fn cell(edition: &Edition<'_>, root: Root, at: EntryRef, n: usize) -> Cell {
    let registers = edition.entries.registers;
    let (of, entry) = (registers.of(at.register), registers.entry(at));
    let column = &of.columns[n];
    let text = entry.text(n).trim();
    let is_state = of.state.as_ref().is_some_and(|state| state.column == n);
    if is_state && !text.is_empty() {
        let chip = Some(state(of, entry, edition.today, text));
        return Cell { chip, ..Cell::default() };
    }
    if column.holds.is_name() {
        let names = entry.names(n).iter();
        let links = names.map(|name| edition.named_in_cell(root, column, name)).collect();
        let kind = if column.holds == ColumnType::Entry { "id" } else { "" };
        return Cell { links, kind, ..Cell::default() };
    }
    let late = of.due == Some(n) && is_late(of, entry, edition.today);
    let kind = match column.holds {
        ColumnType::Date if late => "overdue",
        ColumnType::Date | ColumnType::Period => "day",
        ColumnType::Number => "number",
        _ if n == 0 && column.id == "id" => "id",
        _ => "",
    };
    // What can be worked out from other cells is shown.
    let worked_out = of.number(entry, n).filter(|_| !entry.has(n)).map(|one| one.to_string());
    let text = worked_out.map_or_else(|| said(edition, at, text), |text| text.as_str().into());
    Cell { text, kind, ..Cell::default() }
}

/// The text of a cell, with the decisions in it.
fn said(edition: &Edition<'_>, at: EntryRef, text: &str) -> Phrase {
    let holder = edition.document(edition.entries.registers.document(at));
    edition.phrase(holder, text)
}

fn is_late(of: &RegisterType, entry: &Entry, today: Date) -> bool {
    of.due(entry).is_some_and(|day| day < today)
}

fn state(of: &RegisterType, entry: &Entry, today: Date, text: &str) -> Chip {
    let (tone, icon) = match (of.is_open(entry), is_late(of, entry, today)) {
        (true, true) => ("bad", "clock"),
        (true, false) => ("accent", "clock"),
        (false, _) => ("ok", "check"),
    };
    Chip::new(tone, icon, text)
}

/// How many entries there are, how many are open, how many overdue.
fn counts(edition: &Edition<'_>, register: usize) -> Vec<String> {
    let registers = edition.entries.registers;
    let of = registers.of(register);
    let all = edition.entries.rows(register).iter().map(|at| registers.entry(*at));
    let open = all.clone().filter(|entry| of.is_open(entry)).count();
    let late = all.clone().filter(|entry| is_late(of, entry, edition.today)).count();
    let mut counts = vec![count(all.count(), "entry", "entries")];
    if of.state.is_some() {
        counts.push(format!("{open} open"));
    }
    if late > 0 {
        counts.push(format!("{late} overdue"));
    }
    counts
}

/// The documents that hold the entries of a register.
fn sources(edition: &Edition<'_>, root: Root, register: usize) -> Vec<Link> {
    let sources = edition.entries.registers.all[register].sources.iter();
    let mut numbers: Vec<_> = sources.map(|source| source.document).collect();
    numbers.dedup();
    numbers.retain(|number| edition.is_published(*number));
    let link = |number| edition.link(root, number, edition.document(number).title_phrase());
    numbers.into_iter().take(super::MOST).map(link).collect()
}

/// The registers that are kept.
#[derive(Serialize)]
pub(in crate::render) struct List {
    /// One line each.
    pub(in crate::render) rows: Vec<Line>,
}

/// A register in the list.
#[derive(Serialize)]
pub(in crate::render) struct Line {
    /// Its title, with the way to its page.
    pub(in crate::render) title: Link,
    /// What it holds.
    pub(in crate::render) lead: String,
    /// How many entries.
    pub(in crate::render) entries: usize,
    /// How many of them are open; nothing where they have no state.
    pub(in crate::render) open: Option<usize>,
    /// How many are overdue.
    pub(in crate::render) overdue: usize,
    /// The clauses that it evidences.
    pub(in crate::render) clauses: Vec<Link>,
}

/// The page that lists the registers.
pub(in crate::render) fn list(edition: &Edition<'_>, root: Root) -> List {
    let registers = edition.entries.registers;
    let line = |register: usize| {
        let of = registers.of(register);
        let all = edition.entries.rows(register).iter().map(|at| registers.entry(*at));
        let is_open = |entry: &&Entry| of.is_open(entry);
        let page = routes::part(&routes::register(&of.name), 0);
        let mut clauses: Vec<&str> = of.evidence.iter().map(|one| one.clause.as_str()).collect();
        clauses.dedup();
        Line {
            title: Link { text: of.title.as_str().into(), href: Some(format!("{root}{page}")) },
            lead: of.lead.clone(),
            entries: all.clone().count(),
            open: of.state.as_ref().map(|_| all.clone().filter(is_open).count()),
            overdue: all.filter(|entry| is_late(of, entry, edition.today)).count(),
            clauses: clauses.into_iter().map(|clause| edition.clause(root, clause)).collect(),
        }
    };
    List { rows: edition.entries.kept().map(line).collect() }
}
