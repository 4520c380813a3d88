//! Which sections of a document are about a topic, and whether they say enough to cover it.

use std::collections::BTreeMap;

use super::worth::{FEWEST, MOST_TOPICS, Worth};
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::standard::Schema;
use crate::standard::format::Topic;

/// What the sections of each document that claims a clause are worth.
#[derive(Debug, Default)]
pub(super) struct Sections(BTreeMap<DocumentNumber, Vec<Worth>>);

impl Sections {
    /// Keeps what the sections of a document are worth.
    pub(super) fn add(&mut self, number: DocumentNumber, worth: Vec<Worth>) {
        self.0.insert(number, worth);
    }

    /// The first section that covers a topic, and says something. One section covers few topics,
    /// unless it says why it covers more; and the more it covers, the more it has to say.
    pub(super) fn covering(
        &self,
        topic: &Topic,
        number: DocumentNumber,
        document: &Document,
    ) -> Option<String> {
        let worth = self.0.get(&number)?;
        let covers = |(n, reach): &(usize, Reach)| {
            let Worth::Says(words) = worth[*n] else { return false };
            let heading = &document.body.headings[*n];
            let most = if heading.why.is_some() { usize::MAX } else { MOST_TOPICS };
            let topics = heading.covers.len().min(most);
            match reach {
                Reach::Address => true,
                Reach::Mark(place) => *place < most && words >= FEWEST * topics,
            }
        };
        let (n, _) = reaching(topic, document).find(covers)?;
        Some(document.body.headings[n].slug.clone())
    }

    /// The topics of a clause that a document covers.
    pub(super) fn topics_of<'s>(
        &self,
        schema: &'s Schema,
        number: DocumentNumber,
        document: &Document,
    ) -> Vec<&'s str> {
        let topics = schema.content.topics.iter();
        let covered = topics.filter(|topic| self.covering(topic, number, document).is_some());
        covered.map(|topic| &*topic.topic).collect()
    }

    /// The heading of a document that would cover a topic, did its section say more, with what it
    /// is worth.
    pub(super) fn hollow(
        &self,
        topic: &Topic,
        number: DocumentNumber,
        document: &Document,
    ) -> Option<(usize, Worth)> {
        let worth = self.0.get(&number)?;
        let hollow = |(n, _): &(usize, Reach)| !matches!(worth[*n], Worth::Empty | Worth::Title);
        let (n, _) = reaching(topic, document).find(hollow)?;
        Some((n, worth[n]))
    }
}

/// In what way a heading reaches for a topic.
#[derive(Clone, Copy)]
enum Reach {
    /// Its address is the topic.
    Address,
    /// Its mark names the topic, at this place among others.
    Mark(usize),
}

/// The headings that are about a topic, whatever stands below them.
fn reaching<'a>(
    topic: &'a Topic,
    document: &'a Document,
) -> impl Iterator<Item = (usize, Reach)> + 'a {
    let headings = document.body.headings.iter().enumerate();
    headings.filter_map(|(n, heading)| {
        if topic.is_met_in(document.kind(), &heading.slug) {
            return Some((n, Reach::Address));
        }
        let place = heading.covers.iter().position(|word| topic.is_met_by(word))?;
        Some((n, Reach::Mark(place)))
    })
}
