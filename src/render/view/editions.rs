//! Which editions of a document there are, what has become of each, and what is in work after the one in
//! force.

use serde::Serialize;

use super::{Chip, Link};
use crate::manual::{Kept, Standing};
use crate::model::document::Document;
use crate::model::value::{Date, Status};
use crate::render::edition::Edition;
use crate::render::routes::{self, Root};

/// An edition that is on record.
#[derive(Serialize)]
pub(in crate::render) struct Line {
    /// Its version, with the way to its page where it has one.
    pub(in crate::render) version: Link,
    /// The day on which its approval came to be on record.
    pub(in crate::render) day: Option<String>,
    /// What has become of it.
    pub(in crate::render) chip: Chip,
    /// The beginning of the hash of the commit that brought the approval.
    pub(in crate::render) commit: Option<String>,
}

/// A sentence that stands over a text, and a way on.
#[derive(Serialize)]
pub(in crate::render) struct Said {
    /// `warn` or `bad`.
    pub(in crate::render) tone: &'static str,
    /// The sentence in bold.
    pub(in crate::render) head: String,
    /// What follows.
    pub(in crate::render) text: String,
    /// Where the edition in force can be read, when it is another page.
    pub(in crate::render) link: Option<Link>,
}

/// What has become of an edition.
pub(super) fn chip(standing: &Standing, today: Date) -> Chip {
    match standing {
        Standing::InForce => Chip::new("ok", "check", "In force"),
        Standing::Superseded(version, Some(day)) if *day <= today => {
            Chip::new("mute", "barred", format!("Superseded by {version} on {day}"))
        }
        Standing::Superseded(version, _) => {
            Chip::new("mute", "barred", format!("Superseded by {version}"))
        }
        Standing::Last => Chip::new("mute", "barred", "Last version, not in force"),
    }
}

/// The editions of a document that are on record, the newest first.
pub(in crate::render) fn editions(edition: &Edition<'_>, root: Root, id: &str) -> Vec<Line> {
    let shown = edition.by_id(id).filter(|number| edition.is_published(*number));
    let shown = shown.map(|number| edition.document(number)).filter(|one| one.is_approved());
    let version = shown.and_then(|document| document.front.version.as_ref());
    let line = |(recorded, kept): (&crate::history::Edition, Option<&Kept>)| {
        let is_shown = kept.is_none() && version.is_some_and(|own| own.0 == recorded.version);
        let href = match kept {
            Some(kept) => Some(routes::old(id, &recorded.version, kept.place)),
            None => is_shown.then(|| routes::document(id)),
        };
        let later = recorded.first_day.filter(|day| *day > edition.today);
        Line {
            version: Link {
                text: recorded.version.as_str().into(),
                href: href.map(|route| root.to(&route)),
            },
            day: recorded.approved.day.map(|day| day.to_string()),
            chip: match (kept, later) {
                (Some(kept), _) => chip(&kept.standing, edition.today),
                (None, Some(day)) => Chip::new("accent", "clock", format!("In force from {day}")),
                (None, None) if is_shown => Chip::new("ok", "check", "In force"),
                (None, None) => Chip::new("mute", "barred", "Earlier version"),
            },
            commit: (!edition.is_public()).then(|| recorded.approved.short().to_owned()),
        }
    };
    edition.editions(id).into_iter().rev().map(line).collect()
}

/// What is not known of the editions: those before the end of a shallow clone.
pub(in crate::render) fn unknown(edition: &Edition<'_>) -> Option<String> {
    let day = edition.known_since()?.day.map_or_else(String::new, |day| format!(" {day}"));
    Some(format!(
        "What was approved before{day} is not known here: the repository is a shallow clone."
    ))
}

/// What is in work while an earlier edition is in force, or what was altered.
pub(in crate::render) fn ahead(edition: &Edition<'_>, document: &Document) -> Option<Said> {
    let ahead = edition.ahead(document)?;
    let own = &ahead.in_force;
    let mut kept = edition.kept_of(&document.id).iter();
    let kept = kept.find(|kept| kept.standing == Standing::InForce);
    let place = kept.map(|kept| kept.place);
    let link = place.filter(|_| ahead.is_shown).map(|place| Link {
        text: format!("version {own}").into(),
        href: Some(routes::below(own, place)),
    });
    let version = &ahead.version;
    let said = |tone, head: String, text: String| Said { tone, head, text, link };
    Some(if ahead.altered && ahead.is_shown {
        said(
            "bad",
            "This text was changed after it was approved.".to_owned(),
            "Its version is still the same, and nobody has approved what is new in it.".to_owned(),
        )
    } else if ahead.altered {
        said(
            "warn",
            "The text in work was changed after it was approved.".to_owned(),
            "Its version is still the same. This is the text that was approved.".to_owned(),
        )
    } else if ahead.is_shown {
        said("warn", format!("Version {own} is in force."), String::new())
    } else {
        match (ahead.status, ahead.first_day) {
            (Status::Approved, Some(day)) => said(
                "warn",
                format!("Version {version} will be in force from {day}."),
                "Until then this text is.".to_owned(),
            ),
            (Status::InReview, _) => said(
                "warn",
                format!("Version {version} is in review."),
                "Until it is approved this text is in force.".to_owned(),
            ),
            _ => said(
                "warn",
                format!("Version {version} is in work."),
                "Until it is approved this text is in force.".to_owned(),
            ),
        }
    })
}
