//! The shipped catalogue and clause schemas against `tests/facts`, which were made from the facts
//! about the standard without a look at them.

use std::collections::BTreeMap;
use std::sync::Arc;

use clausebook::standard::format::{Information, Role};
use clausebook::standard::{Standard, Standards};

use super::compiled;

/// Items that are a document and a record at once. Ours are one or the other: these are documents.
const BOTH: [&str; 1] = ["improvements"];

const CLAUSES: &str = include_str!("../../facts/iso-20000-1-2018.tsv");
const ITEMS: &str = include_str!("../../facts/items.tsv");

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).map(|line| line.split('\t').collect())
}

fn shipped() -> Arc<Standards> {
    compiled([]).standards
}

fn the_one(standards: &Standards) -> &Standard {
    assert_eq!(standards.all.len(), 1);
    &standards.all[0]
}

fn information(information: Information) -> &'static str {
    match information {
        Information::None => "none",
        Information::Maintain => "maintain",
        Information::Retain => "retain",
        Information::Both => "maintain+retain",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Heading => "heading",
        Role::Requirement => "requirement",
        Role::Informative => "informative",
    }
}

#[test]
fn the_catalogue_holds_every_clause_of_the_facts_in_order() {
    let standards = shipped();
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    let clauses = the_one(&standards).clauses.iter().map(|clause| {
        [
            &*clause.number,
            role(clause.role),
            information(clause.information),
            clause.obligation.word(),
            yes_no(clause.planned_intervals.is_some()),
            yes_no(clause.conditional.is_some()),
        ]
        .join("\t")
    });
    let facts: Vec<&str> = CLAUSES.lines().skip(1).collect();
    assert_eq!(clauses.collect::<Vec<_>>(), facts);
}

#[test]
fn there_are_88_entries_and_55_items() {
    let standards = shipped();
    let standard = the_one(&standards);
    let count = |role| standard.clauses.iter().filter(|clause| clause.role == role).count();
    let roles = [Role::Heading, Role::Requirement, Role::Informative].map(count);
    assert_eq!((standard.clauses.len(), roles), (88, [25, 62, 1]));
    let items = standard.schemas.values().map(|schema| schema.content.items.len());
    assert_eq!(items.sum::<usize>(), 55);
}

#[test]
fn every_item_of_the_facts_stands_in_the_schema_of_its_clause() {
    let standards = shipped();
    let mut shipped: BTreeMap<&str, [&str; 3]> = BTreeMap::new();
    for (number, schema) in &the_one(&standards).schemas {
        for item in &schema.content.items {
            let facts = [number.as_str(), information(item.information), item.obligation.word()];
            assert_eq!(shipped.insert(&item.item, facts), None, "{} stands twice", item.item);
        }
    }
    for row in rows(ITEMS) {
        let [item, clause, of_facts, obligation] = row[..] else { panic!("{row:?}") };
        let of_facts = if BOTH.contains(&item) { "maintain" } else { of_facts };
        assert_eq!(shipped.remove(item), Some([clause, of_facts, obligation]), "{item}");
    }
    assert!(shipped.is_empty(), "no item of the facts: {shipped:?}");
}

#[test]
fn every_requirement_has_a_schema_and_every_schema_loads_without_a_fault() {
    let standards = shipped();
    assert!(standards.faults.is_empty(), "{:#?}", standards.faults);
    assert!(standards.absent.is_empty());
    let standard = the_one(&standards);
    for clause in &standard.clauses {
        let wanted = clause.role == Role::Requirement;
        assert_eq!(standard.schemas.contains_key(&*clause.number), wanted, "{}", clause.number);
    }
}

#[test]
fn an_item_can_be_evidenced_by_what_may_claim_its_clause() {
    for (number, schema) in &the_one(&shipped()).schemas {
        let may_claim = &schema.content.kinds;
        for item in &schema.content.items {
            let strange: Vec<_> =
                item.kinds.iter().filter(|kind| !may_claim.contains(kind)).collect();
            assert!(may_claim.is_empty() || strange.is_empty(), "{number}: {strange:?}");
        }
    }
}
