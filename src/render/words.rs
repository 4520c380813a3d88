//! How things are shown: words, links and chips, the same on every page.

use serde::Serialize;

use crate::model::document::Document;
use crate::model::value::{Classification, Date, Kind, Status};
use crate::text::phrase::Phrase;

/// Text that may lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    /// What it says.
    pub(super) text: Phrase,
    /// Where it leads; nothing when there is no such page.
    pub(super) href: Option<String>,
}

impl Link {
    /// Text that leads nowhere.
    pub(super) fn plain(text: impl Into<Phrase>) -> Self {
        Link { text: text.into(), href: None }
    }
}

/// A state: a word with a glyph and a tone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Chip {
    /// `ok`, `warn`, `bad`, `draft`, `accent`, `mute` or `plain`.
    pub(super) tone: &'static str,
    /// Name of the icon.
    pub(super) icon: &'static str,
    /// The word.
    pub(super) text: String,
}

impl Chip {
    /// A chip.
    pub(super) fn new(tone: &'static str, icon: &'static str, text: impl Into<String>) -> Self {
        Chip { tone, icon, text: text.into() }
    }
}

/// The chip of a document's status on a day; `long` says whether it is in force, too.
pub(super) fn status(document: &Document, today: Date, long: bool) -> Chip {
    let in_force = document.in_force(today);
    match document.status() {
        Status::Approved if in_force && long => Chip::new("ok", "check", "Approved, in force"),
        Status::Approved if in_force => Chip::new("ok", "check", "Approved"),
        Status::Approved => Chip::new("accent", "clock", "Approved, not yet in force"),
        Status::InReview if long => Chip::new("accent", "eye", "In review, not in force"),
        Status::InReview => Chip::new("accent", "eye", "In review"),
        Status::Draft if long => Chip::new("draft", "pen", "Draft, not in force"),
        Status::Draft => Chip::new("draft", "pen", "Draft"),
        Status::Superseded => Chip::new("mute", "barred", "Superseded"),
        Status::Withdrawn => Chip::new("mute", "cross", "Withdrawn"),
    }
}

/// A classification as a chip.
pub(super) fn classification(level: Classification) -> Chip {
    Chip::new("plain", "lock", capital(level.word()))
}

/// The word of a kind, for tables.
pub(super) fn kind_word(kind: Kind) -> String {
    if kind == Kind::Raci { "RACI".to_owned() } else { capital(kind.word()) }
}

/// A word with a capital first letter, its hyphens as spaces.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.map(|letter| if letter == '-' { ' ' } else { letter })).collect()
}

/// How far a day is from another, in words: `in 12 days`, `today`, `3 days overdue`.
pub(super) fn until(today: Date, due: Date) -> String {
    match today.days_until(due) {
        0 => "today".to_owned(),
        1 => "in 1 day".to_owned(),
        -1 => "1 day overdue".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days overdue", -days),
    }
}

/// A count with its word.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Inputs, Session, compile};
    use crate::source::Sources;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_status_says_whether_the_document_is_in_force() {
        let chip = |status: &str, on: &str, long: bool| {
            let text = format!(
                "---\nid: P-01\ntitle: P\nkind: policy\nstatus: {status}\neffective: 2026-06-15\n---\n\n# P\n"
            );
            let sources = Sources::from_memory([("policies/p.md", text.as_bytes())]);
            let manual = compile(Inputs::new(sources, day(on)), &mut Session::default());
            super::status(manual.library.by_id("P-01").unwrap(), day(on), long).text
        };
        for (status, on, short, long) in [
            ("approved", "2026-06-14", "Approved, not yet in force", "Approved, not yet in force"),
            ("approved", "2026-06-15", "Approved", "Approved, in force"),
            ("in-review", "2026-06-15", "In review", "In review, not in force"),
            ("draft", "2026-06-15", "Draft", "Draft, not in force"),
            ("superseded", "2026-06-15", "Superseded", "Superseded"),
            ("withdrawn", "2026-06-15", "Withdrawn", "Withdrawn"),
        ] {
            assert_eq!(
                [chip(status, on, false), chip(status, on, true)],
                [short, long],
                "{status}"
            );
        }
    }

    #[test]
    fn days_and_counts_are_said_in_words() {
        let today = day("2026-03-01");
        for (due, words) in [
            ("2026-03-01", "today"),
            ("2026-03-02", "in 1 day"),
            ("2026-03-03", "in 2 days"),
            ("2026-02-28", "1 day overdue"),
            ("2026-02-27", "2 days overdue"),
            ("2027-03-01", "in 365 days"),
        ] {
            assert_eq!(until(today, day(due)), words, "{due}");
        }
        assert_eq!([0, 1, 2].map(|n| count(n, "day", "days")), ["0 days", "1 day", "2 days"]);
        assert_eq!(
            ["", "in-review", "\u{e9}tat-major", "RACI"].map(capital),
            ["", "In review", "\u{c9}tat major", "RACI"]
        );
        assert_eq!([Kind::Raci, Kind::Policy].map(kind_word), ["RACI", "Policy"]);
    }
}
