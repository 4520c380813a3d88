//! Headings: their numbers, their levels so that none is skipped, their addresses.

use std::borrow::Cow;

use super::tree::{Heading, Inline};
use super::words::phrase;
use crate::model::document::Document;
use crate::text::phrase::Phrase;

/// The headings that have been met.
#[derive(Default)]
pub(super) struct Headings<'a> {
    /// Their words, a number that they bring along included.
    pub(super) phrases: Vec<Phrase>,
    /// The address of the heading that repeats the title.
    pub(super) title_slug: Option<&'a str>,
    /// The levels of the headings above, as they were written.
    levels: Vec<u8>,
    /// The numbers of the headings above.
    numbers: Vec<String>,
    /// How many headings of each shown level there are under the heading above.
    counters: [usize; 7],
}

impl<'a> Headings<'a> {
    /// A heading: its number, its level so that none is skipped, its address. Nothing where it is the
    /// title over again.
    pub(super) fn heading(
        &mut self,
        document: &'a Document,
        level: u8,
        mut line: Vec<Inline<'a>>,
    ) -> Option<Heading<'a>> {
        let known = document.body.headings.get(self.phrases.len());
        let said = phrase(&line).trimmed_end();
        let text = said.plain().into_owned();
        self.phrases.push(said);
        let slug = known?.slug.as_str();
        let is_first = self.title_slug.is_none() && self.levels.is_empty();
        if level == 1 && is_first && document.title().split_whitespace().eq(text.split_whitespace())
        {
            self.title_slug = Some(slug);
            return None;
        }
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
            self.numbers.pop();
        }
        self.levels.push(level);
        let shown = (self.levels.len() + 1).min(6);
        self.counters[shown] += 1;
        self.counters[shown + 1..].fill(0);
        let own = own_number(&text);
        let own_number = without_number(&mut line, own).then(|| own.to_owned());
        let number = if own_number.is_some() {
            own.trim().trim_end_matches(['.', ')']).to_owned()
        } else {
            let above = self.numbers.last().map(|above| format!("{above}."));
            format!("{}{}", above.unwrap_or_default(), self.counters[shown])
        };
        self.numbers.push(number.clone());
        Some(Heading { level: shown, number, slug, own_number, words: line })
    }
}

/// Takes the number that a heading brings along from its line, where it stands there as words.
fn without_number(line: &mut [Inline<'_>], own: &str) -> bool {
    let Some(Inline::Text(words)) = line.first_mut().filter(|_| !own.is_empty()) else {
        return false;
    };
    let rest = match words {
        Cow::Borrowed(text) => text.strip_prefix(own).map(Cow::Borrowed),
        Cow::Owned(text) => text.strip_prefix(own).map(|rest| Cow::Owned(rest.to_owned())),
    };
    let Some(rest) = rest else { return false };
    *words = rest;
    true
}

/// The number that a heading brings along, with the blank after it: `4.2 ` of `4.2 Scope`.
fn own_number(text: &str) -> &str {
    let Some((first, rest)) = text.split_once(' ') else { return "" };
    let bare = first.trim_end_matches(['.', ')']);
    let is_number = !bare.is_empty()
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.split('.').all(|part| {
            !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit())
        });
    if is_number && !rest.trim().is_empty() { &text[..=first.len()] } else { "" }
}
