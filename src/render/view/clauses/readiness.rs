//! The readiness page: what a stage 1 audit would look at, and what it would raise, as far as that
//! can be seen from the documents. It never says that a manual is fit for an audit: whether a text
//! is right, and whether people work by it, no program can tell.

use serde::Serialize;

use super::{Counts, Piece, Survey, chip, counts};
use crate::check::Findings;
use crate::coverage::{ItemCoverage, State};
use crate::model::document::ReviewState;
use crate::render::view::findings::{Worst, worst};
use crate::render::view::{Chip, Link};
use crate::render::words::count;
use crate::standard::format::{Information, Obligation};
use crate::text::phrase::Phrase;

/// Most findings of the checks that the page lists.
const MOST_FINDINGS: usize = 20;

/// Something that an auditor would raise.
#[derive(Serialize)]
pub(in crate::render) struct Raise {
    /// `Major` or `Minor`.
    pub(in crate::render) grade: Chip,
    pub(in crate::render) clause: Link,
    pub(in crate::render) text: Vec<Piece>,
}

/// An item of mandatory documented information.
#[derive(Serialize)]
pub(in crate::render) struct Mandatory {
    pub(in crate::render) clause: Link,
    pub(in crate::render) name: String,
    pub(in crate::render) kind: String,
    pub(in crate::render) obligation: &'static str,
    pub(in crate::render) document: Option<Link>,
    pub(in crate::render) what: Phrase,
    pub(in crate::render) version: String,
    pub(in crate::render) approved: String,
    pub(in crate::render) review: String,
    pub(in crate::render) chip: Chip,
}

/// The readiness page.
#[derive(Serialize)]
pub(in crate::render) struct Readiness {
    pub(in crate::render) verdict: String,
    pub(in crate::render) chip: Chip,
    pub(in crate::render) counts: Counts,
    pub(in crate::render) raises: Vec<Raise>,
    /// Errors and warnings of the checks.
    pub(in crate::render) found: Worst,
    pub(in crate::render) items: Vec<Mandatory>,
    pub(in crate::render) item_count: String,
}

impl Survey<'_> {
    /// The readiness page.
    pub(in crate::render) fn readiness(&self, findings: &Findings) -> Readiness {
        let mut raises = Vec::new();
        let mut items = Vec::new();
        for covered in &self.edition.coverage().clauses {
            let clause = self.link(&covered.clause);
            let grade = match covered.state {
                State::Documented | State::NotApplicable => None,
                State::Gap => Some(Chip::new("bad", "gap", "Major")),
                State::Partial => Some(Chip::new("warn", "half", "Minor")),
            };
            if let Some(grade) = grade {
                let text = self.pieces(&format!("{}. {}", covered.title, covered.reason()));
                raises.push(Raise { grade, clause: clause.clone(), text });
            }
            let asked = covered.items.iter().filter(|i| i.obligation != Obligation::None);
            items.extend(asked.map(|item| self.mandatory(&clause, item)));
        }
        raises.sort_by_key(|raise| raise.grade.tone);
        let counts = counts(self.edition.coverage().clauses.iter().map(|c| c.state.word()));
        let found = worst(self.edition, findings, self.root, MOST_FINDINGS);
        let (verdict, chip) = match (counts.gap, counts.partial) {
            (0, 0) => (
                "Every requirement clause is answered by documents in force.".to_owned(),
                match &found.counts {
                    Some(counts) => Chip::new("warn", "half", counts.clone()),
                    None => Chip::new("mute", "about", "Nothing that can be seen from here"),
                },
            ),
            (0, partial) => (
                format!("{} only in part answered.", count(partial, "clause is", "clauses are")),
                Chip::new("warn", "half", format!("{partial} partial")),
            ),
            (gap, _) => (
                format!("{} without evidence.", count(gap, "clause is", "clauses are")),
                Chip::new("bad", "gap", count(gap, "gap", "gaps")),
            ),
        };
        let item_count = count(items.len(), "item", "items");
        Readiness { verdict, chip, counts, raises, found, items, item_count }
    }

    fn mandatory(&self, clause: &Link, item: &ItemCoverage) -> Mandatory {
        let best = item.evidence.first();
        let document = best.map(|one| self.edition.document(one.document));
        let front = document.map(|document| &document.front);
        let review = document.map(|document| {
            let due = document.next_review(self.edition.settings());
            let due = due.map_or("none planned".to_owned(), |day| day.to_string());
            match self.edition.review_state(document) {
                ReviewState::Overdue => format!("overdue since {due}"),
                _ => due,
            }
        });
        let version = front.and_then(|front| front.version.as_ref());
        let approved = front.and_then(|front| front.approved.as_ref());
        Mandatory {
            clause: clause.clone(),
            name: item.name.clone(),
            kind: match item.information {
                Information::Retain => "record".to_owned(),
                _ => "document".to_owned(),
            },
            obligation: item.obligation.word(),
            document: best.map(|one| {
                let id = &self.edition.document(one.document).id;
                self.edition.link(self.root, one.document, id)
            }),
            what: best.map(|one| self.evidence(one).what).unwrap_or_default(),
            version: version.map_or_else(String::new, ToString::to_string),
            approved: approved.map_or_else(String::new, |approved| approved.on.to_string()),
            review: review.unwrap_or_default(),
            chip: chip(item.state),
        }
    }
}
