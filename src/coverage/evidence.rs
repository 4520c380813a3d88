//! What evidences the items and topics of a clause: documents, sections of them, records.

use super::claims::{Claimant, Survey};
use super::reason::Lack;
use super::reliability::Reliability;
use super::results::{Evidence, TopicCoverage};
use crate::model::library::DocumentNumber;
use crate::standard::format::{Information, Item};
use crate::standard::{ClauseRef, Schema, facts};

/// Evidence of a record: what `records:` declare, and registers and reports that are it.
pub(super) fn retained(
    survey: &Survey<'_>,
    at: &ClauseRef,
    schema: &Schema,
    item: &Item,
    claims: &[&Claimant<'_>],
) -> Vec<Evidence> {
    let declared = survey.records.get(at).map(Vec::as_slice).unwrap_or_default();
    let records = declared
        .iter()
        .map(|(one, n)| (one, &one.document.front.records[*n]))
        .filter(|(_, record)| record.has_place() && record.lasts())
        .filter(|(_, record)| match &record.item {
            Some(named) => **named == *item.item,
            None => recognised(schema, &record.name) == Some(&*item.item),
        })
        .map(|(one, record)| Evidence {
            document: one.number,
            section: None,
            record: Some(record.name.0.clone()),
            standing: one.standing,
            lacks: Vec::new(),
        });
    let documents = claims
        .iter()
        .filter(|one| one.document.kind().is_some_and(|kind| item.kinds.contains(&kind)))
        .filter(|one| recognised(schema, one.document.title()) == Some(&item.item))
        .map(|one| Evidence {
            document: one.number,
            section: None,
            record: None,
            standing: one.standing,
            lacks: Vec::new(),
        });
    records.chain(documents).collect()
}

/// Evidence of a document: those of the right kind, with the topics that they lack.
pub(super) fn maintained(
    survey: &Survey<'_>,
    schema: &Schema,
    item: &Item,
    claims: &[&Claimant<'_>],
) -> Vec<Evidence> {
    let fits = claims.iter().filter(|one| {
        item.kinds.is_empty() || one.document.kind().is_some_and(|kind| item.kinds.contains(&kind))
    });
    fits.filter_map(|one| {
        let mut sections = Vec::new();
        let mut lacks = Vec::new();
        for slug in &item.topics {
            let met = schema
                .topic(slug)
                .and_then(|topic| survey.sections.covering(topic, one.number, one.document));
            match met {
                Some(section) => sections.push(section),
                None => lacks.push(Lack::Topic(slug.0.clone())),
            }
        }
        if !item.topics.is_empty() && sections.is_empty() {
            return None;
        }
        if let Some(validator) = schema.validator(item)
            && !validator.is_valid(&facts::of(
                one.document,
                &survey.sections.topics_of(schema, one.number, one.document),
            ))
        {
            lacks.push(Lack::FrontMatter);
        }
        let section = sections.into_iter().next();
        let (document, standing) = (one.number, one.standing);
        Some(Evidence { document, section, record: None, standing, lacks })
    })
    .collect()
}

/// The topics that a clause needs, and where each is covered.
pub(super) fn topics(
    survey: &Survey<'_>,
    schema: &Schema,
    claims: &[&Claimant<'_>],
) -> Vec<TopicCoverage> {
    schema
        .required()
        .map(|topic| {
            let mut by: Vec<(Reliability, DocumentNumber, String)> = Vec::new();
            let mut unfinished = None;
            for one in claims {
                match survey.sections.covering(topic, one.number, one.document) {
                    Some(_) if one.standing == Reliability::Placeholder => {
                        unfinished = unfinished.or(Some(one.number));
                    }
                    Some(section) => by.push((one.standing, one.number, section)),
                    None => {}
                }
            }
            by.sort();
            let good = by.first().is_some_and(|(standing, ..)| *standing == Reliability::Good);
            let by = by.into_iter().map(|(_, number, section)| (number, section)).collect();
            TopicCoverage { topic: topic.topic.0.clone(), by, good, unfinished }
        })
        .collect()
}

/// The record item of a clause that a name stands for: the one with the longest word in the name.
fn recognised<'s>(schema: &'s Schema, name: &str) -> Option<&'s str> {
    let name = name.to_lowercase();
    let retained = schema.content.items.iter().filter(|i| i.information == Information::Retain);
    let named = retained.flat_map(|item| {
        let own = item.name.to_lowercase();
        let names = item.names.iter().map(|word| word.0.clone());
        names.chain(std::iter::once(own)).map(move |word| (word, item))
    });
    let (_, item) = named
        .filter(|(word, _)| name.contains(word.trim_end_matches('s')))
        .max_by_key(|(word, _)| word.len())?;
    Some(&item.item)
}
