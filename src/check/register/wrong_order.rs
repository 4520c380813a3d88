//! Days of an entry in an order that cannot be, or entries that come after themselves.
//!
//! # Why it matters
//!
//! An action that was done before it was raised, an audit that ends before it begins, a step of the
//! plan that begins before the one that it waits for has ended: one of the two days is wrong, and
//! everything that is worked out from it.
//!
//! # Mend it
//!
//! Write the day as it was or as it is planned, or take out what the entry does not wait for: `MIL-2`
//! in the column `after` of `MIL-3`.

use std::collections::BTreeSet;

use super::{about, asked, called};
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::entries::types::Asks;
use crate::entries::{EntryRef, Registers};
use crate::manual::Manual;

pub(super) const RULE: Rule = Rule::new(
    "wrong-order",
    Family::Register,
    Severity::Error,
    include_str!("wrong_order.rs"),
    Check::Manual(run),
);

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (register, of, check) in asked(manual) {
        for (at, entry) in manual.registers.asked(register, check) {
            match &check.asks {
                Asks::Order(columns) => {
                    let days = columns.iter().filter_map(|one| Some((*one, entry.day(*one)?)));
                    let days: Vec<_> = days.collect();
                    for pair in days.windows(2).filter(|pair| pair[1].1 < pair[0].1) {
                        let [(first, before), (second, after)] = [pair[0], pair[1]];
                        let name = |column: usize| &of.columns[column].id;
                        let message = format!(
                            "{} has {} {after}, before {} {before}",
                            called(of, entry),
                            name(second),
                            name(first)
                        );
                        let finding = RULE
                            .at(entry.cells[second].at, message)
                            .label(entry.cells[first].at, "the day that comes first")
                            .help("write the days as they were, or as they are planned");
                        found.push(about(finding, manual, at));
                    }
                }
                Asks::After(column, from, until) => {
                    found.extend(too_early(manual, at, *column, (*from, *until)));
                }
                _ => {}
            }
        }
        if let Asks::After(column, ..) = &check.asks {
            found.extend(circles(manual, register, *column));
        }
    }
}

/// What an entry waits for and begins before.
fn too_early(
    manual: &Manual,
    at: EntryRef,
    column: usize,
    (from, until): (usize, usize),
) -> Vec<Diagnostic> {
    let registers = &manual.registers;
    let (of, entry) = (registers.of(at.register), registers.entry(at));
    let Some(begins) = entry.day(from) else { return Vec::new() };
    let others = entry.names(column).iter().flat_map(|name| registers.by_id(name));
    let others = others.filter(|other| other.register == at.register && **other != at);
    let early = others.filter_map(|other| {
        let other = registers.entry(*other);
        let end = other.day(until).or(other.day(from)).filter(|end| begins < *end)?;
        let message =
            format!("{} begins before {} has ended, on {end}", called(of, entry), other.id);
        let finding = RULE.at(entry.cells[from].at, message).label(other.at, "it waits for this");
        Some(about(finding.help("move one of the two"), manual, at))
    });
    early.collect()
}

/// Entries that come after themselves, one finding a circle.
fn circles(manual: &Manual, register: usize, column: usize) -> Vec<Diagnostic> {
    let registers = &manual.registers;
    let mut done: BTreeSet<EntryRef> = BTreeSet::new();
    let mut found = Vec::new();
    for (start, _) in registers.entries(register) {
        // The way here, with what is still to be looked at from each place.
        let mut way: Vec<(EntryRef, Vec<EntryRef>)> = Vec::new();
        let mut next = Some(start).filter(|start| !done.contains(start));
        while let Some(at) = next.take().or_else(|| more(&mut way, &mut done)) {
            if let Some(place) = way.iter().position(|(one, _)| *one == at) {
                let names = way[place..].iter().map(|(one, _)| registers.entry(*one).id.as_str());
                let names: Vec<&str> = names.chain([registers.entry(at).id.as_str()]).collect();
                let message = format!("entries come after themselves: {}", names.join(" after "));
                let finding = RULE.at(registers.entry(at).cells[column].at, message);
                found.push(about(finding.help("take one of these out"), manual, at));
            } else if !done.contains(&at) {
                way.push((at, named(registers, at, column)));
            }
        }
    }
    found
}

/// The next entry to look at; what has nothing more is done.
fn more(
    way: &mut Vec<(EntryRef, Vec<EntryRef>)>,
    done: &mut BTreeSet<EntryRef>,
) -> Option<EntryRef> {
    loop {
        let (at, rest) = way.last_mut()?;
        if let Some(next) = rest.pop() {
            return Some(next);
        }
        done.insert(*at);
        way.pop();
    }
}

/// The entries of the same register that a cell names.
fn named(registers: &Registers, at: EntryRef, column: usize) -> Vec<EntryRef> {
    let names = registers.entry(at).names(column).iter();
    let all = names.filter_map(|name| registers.by_id(name).first());
    all.copied().filter(|other| other.register == at.register).collect()
}
