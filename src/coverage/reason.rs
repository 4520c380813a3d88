//! Why a clause or an item of it is not documented: as a value, and in words here alone.

use super::reliability::Reliability;
use crate::standard::format::Information;

/// Why a clause, or an item of it, is not documented.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Nothing is the item: what it is, and its name.
    Absent(Information, String),
    /// The document of this id does not cover all of it.
    Incomplete(String, Vec<Lack>),
    /// The document of this id cannot be relied on.
    Unreliable(String, Reliability),
    /// No document covers these topics.
    Uncovered(Vec<String>),
    /// It does not apply, for this reason, which this person or role has decided.
    NotApplicable(String, String),
}

/// What a document lacks of an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// A topic: its slug.
    Topic(String),
    /// What the item's JSON Schema asks of the front matter.
    FrontMatter,
}

impl Reason {
    /// In words, as they stand inside a sentence.
    fn in_words(&self) -> String {
        match self {
            Reason::Absent(Information::Retain, name) => {
                format!("no record is declared for {}", lower_first(name))
            }
            Reason::Absent(Information::None, _) => "no document claims this clause".to_owned(),
            Reason::Absent(_, name) => format!("no document is the {}", lower_first(name)),
            Reason::Incomplete(id, lacks) => {
                format!("{id} does not cover {}", in_list(lacks.iter().map(Lack::in_words)))
            }
            Reason::Unreliable(id, how) => {
                let words = how.in_words().unwrap_or_default();
                format!("{id} {words}")
            }
            Reason::Uncovered(topics) => {
                format!("nothing covers {}", in_list(topics.iter().map(|slug| readable(slug))))
            }
            Reason::NotApplicable(reason, by) => format!("{reason} (decided by {by})"),
        }
    }

    /// As the beginning of a sentence; an id stays as it is written.
    pub fn sentence(&self) -> String {
        let words = self.in_words();
        match self {
            Reason::Absent(..) | Reason::Uncovered(_) => upper_first(&words),
            _ => words,
        }
    }
}

impl Lack {
    /// The topic that is lacking, where it is one.
    pub fn topic(&self) -> Option<&str> {
        match self {
            Lack::Topic(slug) => Some(slug),
            Lack::FrontMatter => None,
        }
    }

    fn in_words(&self) -> String {
        match self {
            Lack::Topic(slug) => readable(slug),
            Lack::FrontMatter => "what its schema asks of the front matter".to_owned(),
        }
    }
}

/// Several reasons as one sentence; the first three, since the clause's page lists all.
pub(super) fn sentence(reasons: &[Reason]) -> String {
    let Some((first, rest)) = reasons.split_first() else { return String::new() };
    let shown = std::iter::once(first.sentence()).chain(rest.iter().map(Reason::in_words));
    let mut out = shown.take(3).collect::<Vec<_>>().join("; ");
    if reasons.len() > 3 {
        out.push_str("; and more");
    }
    out
}

/// A slug as words.
fn readable(slug: &str) -> String {
    slug.replace('-', " ")
}

/// `a, b and c`, at most four.
fn in_list(all: impl ExactSizeIterator<Item = String>) -> String {
    let more = all.len().saturating_sub(4);
    let mut words: Vec<String> = all.take(4).collect();
    if more > 0 {
        words.push(format!("{more} more"));
    }
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// A name inside a sentence: `Major incident procedure` begins small there, `SMS scope` does not.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !text.chars().nth(1).is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
