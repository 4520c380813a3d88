//! How things are shown: words, links and chips, the same on every page.

use serde::Serialize;

use crate::model::document::Document;
use crate::model::value::{Classification, Date, Kind, Status};

/// Text that may lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    /// What it says.
    pub(super) text: String,
    /// Where it leads; nothing when there is no such page.
    pub(super) href: Option<String>,
}

impl Link {
    /// Text that leads nowhere.
    pub(super) fn plain(text: &str) -> Self {
        Link { text: text.to_owned(), href: None }
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
