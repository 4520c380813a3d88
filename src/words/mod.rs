//! Every word that the site shows, in the language of the site.
//!
//! Each language has one file, `themes/default/words/LANGUAGE.yaml`, and English is the measure: the
//! build turns it into a function for each word ([`Words::frame`] leads to those of a section), which
//! takes what the word's placeholders need. A language that lacks a word, or a placeholder of one, does
//! not compile. A manual's own theme may say any word otherwise ([`Words::with_own`]).
//!
//! Words are text and never HTML. Where some of them are a link, they stand in brackets:
//! `The [register] lists every document` ([`Words::pieces`]).

mod own;

use std::borrow::Cow;
use std::fmt::Display;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use serde_json::Value as Json;

use crate::model::value::Date;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The language of the words where the site's own has none.
const FALLBACK: &str = "en";

/// What is known of a word before any language says it.
struct Key {
    section: &'static str,
    name: &'static str,
    /// Whether it has a form for each count.
    is_plural: bool,
    placeholders: &'static [&'static str],
    /// Whether some of it is a link.
    links: bool,
}

/// A word of the built-in theme.
enum BuiltIn {
    Text(&'static str),
    Plural(&'static [(&'static str, &'static str)]),
}

/// A word: a text, or one for each category of a count.
#[derive(Clone, Debug)]
enum Form {
    Text(Cow<'static, str>),
    Plural(Vec<(Cow<'static, str>, Cow<'static, str>)>),
}

/// The words of a site.
#[derive(Clone, Debug)]
pub struct Words {
    language: String,
    locale: Locale,
    forms: Vec<Form>,
}

/// A part of a sentence some words of which are a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// Whether it is the link.
    pub is_link: bool,
}

impl Words {
    /// The built-in words for texts of a language: those of its region, else those of the language,
    /// else English.
    pub fn of(language: &str) -> Self {
        let (language, words) = Self::names(language)
            .find_map(|name| BUILT_IN.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)))
            .or_else(|| BUILT_IN.iter().find(|(name, _)| *name == FALLBACK))
            .map_or((FALLBACK, &[][..]), |(name, words)| (*name, &words[..]));
        let forms = words.iter().map(|word| match word {
            BuiltIn::Text(text) => Form::Text((*text).into()),
            BuiltIn::Plural(forms) => {
                let form = |(category, text): &(&'static str, &'static str)| {
                    ((*category).into(), (*text).into())
                };
                Form::Plural(forms.iter().map(form).collect())
            }
        });
        Words { forms: forms.collect(), ..Words::in_language(language) }
    }

    /// The names under which words for a language may be found: `de-AT`, then `de`.
    pub fn names(language: &str) -> impl Iterator<Item = &str> {
        [Some(language), language.split_once('-').map(|(first, _)| first)].into_iter().flatten()
    }

    fn in_language(language: &str) -> Self {
        let locale = language.parse().unwrap_or(Locale::UNKNOWN);
        Words { language: language.to_owned(), locale, forms: Vec::new() }
    }

    /// The names of all words: `section.key`.
    pub fn all() -> impl Iterator<Item = String> {
        KEYS.iter().map(|key| format!("{}.{}", key.section, key.name))
    }

    /// The language that they are in, as HTML names it.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// A day as the language writes it.
    pub fn day(&self, day: Date) -> String {
        jiff::fmt::strtime::format(self.dates().day(), day.0).unwrap_or_else(|_| day.to_string())
    }

    /// A day that may be written in a text; what is none stays as it is.
    pub fn day_in<'t>(&self, text: &'t str) -> Cow<'t, str> {
        Date::parse(text).map_or(text.into(), |day| self.day(day).into())
    }

    /// A number as the language writes it.
    pub fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        let group = self.numbers().group();
        // Four digits are read at a glance, and are written without a mark in most languages.
        if digits.len() < 5 || group == "-" {
            return digits;
        }
        let mut out = String::with_capacity(digits.len() + 4);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(group);
            }
            out.push(digit);
        }
        out
    }

    /// A word by its name, `section.key`, its placeholders filled; nothing when there is no such word,
    /// or when it needs what is not given.
    pub fn named(
        &self,
        name: &str,
        count: Option<usize>,
        given: &[(&str, &str)],
    ) -> Option<String> {
        let (at, text) = self.template(name, count)?;
        let given: Vec<(&str, &dyn Display)> =
            given.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
        is_filled(&KEYS[at], count, &given).then(|| self.filled_text(text, count, &given))
    }

    /// The same in pieces: what stands in brackets is a link.
    pub fn pieces(&self, name: &str, given: &[(&str, &str)]) -> Option<Vec<Piece>> {
        let (at, text) = self.template(name, None)?;
        let given: Vec<(&str, &dyn Display)> =
            given.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
        if !is_filled(&KEYS[at], None, &given) {
            return None;
        }
        let piece =
            |text: &str, is_link| Piece { text: self.filled_text(text, None, &given), is_link };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, (inside, after))) =
            rest.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)))
        {
            pieces.extend([piece(before, false), piece(inside, true)]);
            rest = after;
        }
        pieces.push(piece(rest, false));
        pieces.retain(|piece| !piece.text.is_empty());
        Some(pieces)
    }

    /// The words of a section as JSON, for a script: texts, and forms by category.
    pub fn section(&self, section: &str) -> Json {
        let own = KEYS.iter().zip(&self.forms).filter(|(key, _)| key.section == section);
        let word = |(key, form): (&Key, &Form)| {
            let value = match form {
                Form::Text(text) => Json::from(&**text),
                Form::Plural(forms) => {
                    forms.iter().map(|(name, text)| (&**name, Json::from(&**text))).collect()
                }
            };
            (key.name.to_owned(), value)
        };
        own.map(word).collect()
    }

    /// Place and text of a word, in the form for a count.
    fn template(&self, name: &str, count: Option<usize>) -> Option<(usize, &str)> {
        let (section, key) = name.split_once('.')?;
        let at = KEYS.iter().position(|one| one.section == section && one.name == key)?;
        Some((at, self.form(at, count)))
    }

    fn text(&self, at: usize) -> &str {
        self.form(at, None)
    }

    fn filled(&self, at: usize, given: &[(&str, &dyn Display)]) -> String {
        self.filled_text(self.form(at, None), None, given)
    }

    fn counted(&self, at: usize, count: usize, given: &[(&str, &dyn Display)]) -> String {
        self.filled_text(self.form(at, Some(count)), Some(count), given)
    }

    fn form(&self, at: usize, count: Option<usize>) -> &str {
        match &self.forms[at] {
            Form::Text(text) => text,
            Form::Plural(forms) => {
                let wanted = self.category(count.unwrap_or_default());
                let found = |category: &str| forms.iter().find(|(name, _)| name == category);
                found(wanted).or_else(|| found("other")).map_or("", |(_, text)| text)
            }
        }
    }

    /// The category of a count in this language.
    fn category(&self, count: usize) -> &'static str {
        let rules = PluralRules::try_new_cardinal((&self.locale).into());
        match rules.map_or(PluralCategory::Other, |rules| rules.category_for(count)) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// A text with its placeholders filled; what fills one is not looked at for others.
    fn filled_text(
        &self,
        text: &str,
        count: Option<usize>,
        given: &[(&str, &dyn Display)],
    ) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut parts = text.split('{');
        out.extend(parts.next());
        for part in parts {
            let Some((name, after)) = part.split_once('}') else {
                out.extend(["{", part]);
                continue;
            };
            match (name, count, given.iter().find(|(own, _)| *own == name)) {
                ("count", Some(count), _) => out.push_str(&self.number(count)),
                (.., Some((_, value))) => out.push_str(&value.to_string()),
                _ => out.extend(["{", name, "}"]),
            }
            out.push_str(after);
        }
        out
    }
}

/// Whether all that a word needs is given.
fn is_filled(key: &Key, count: Option<usize>, given: &[(&str, &dyn Display)]) -> bool {
    let has = |name: &&str| {
        *name == "count" && count.is_some() || given.iter().any(|(own, _)| own == name)
    };
    (!key.is_plural || count.is_some()) && key.placeholders.iter().all(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages() -> impl Iterator<Item = Words> {
        BUILT_IN.iter().map(|(name, _)| Words::of(name))
    }

    #[test]
    fn a_language_falls_back_from_its_region_to_english() {
        for (asked, found) in [("en", "en"), ("en-GB", "en"), ("xx", "en"), ("EN", "en")] {
            assert_eq!(Words::of(asked).language(), found, "{asked}");
        }
    }

    #[test]
    fn every_category_that_a_language_knows_has_its_form() {
        for words in languages() {
            let rules = PluralRules::try_new_cardinal((&words.locale).into()).unwrap();
            let whole = (0..1000).chain([1_000_000]).map(|n| words.category(n));
            let used: std::collections::BTreeSet<&str> = whole.collect();
            assert!(rules.categories().count() >= used.len());
            for (key, form) in KEYS.iter().zip(&words.forms) {
                let Form::Plural(forms) = form else { continue };
                for (category, _) in forms {
                    assert!(
                        used.contains(&**category),
                        "{} has no count that is `{category}`: {}.{}",
                        words.language(),
                        key.section,
                        key.name
                    );
                }
                for category in used.iter().filter(|one| !matches!(**one, "many" | "other")) {
                    assert!(
                        forms.iter().any(|(own, _)| own == category),
                        "{}: {}.{} lacks `{category}`",
                        words.language(),
                        key.section,
                        key.name
                    );
                }
            }
        }
    }

    #[test]
    fn a_day_is_written_as_the_language_does() {
        let day = Date::parse("2026-03-01").unwrap();
        for words in languages() {
            let shown = words.day(day);
            assert!(shown.contains("2026") && !shown.contains('%'), "{shown}");
        }
        assert_eq!(Words::of("en").day(day), "2026-03-01");
        assert_eq!(Words::of("en").day_in("none"), "none");
    }

    #[test]
    fn what_fills_a_placeholder_is_taken_as_it_is() {
        let words = Words::of("en");
        let given: [(&str, &dyn Display); 1] = [("a", &"{b} [c]")];
        assert_eq!(words.filled_text("x {a} {count} {b}", Some(2), &given), "x {b} [c] 2 {b}");
        assert_eq!(words.filled_text("{ {a", Some(2), &given), "{ {a");
    }
}
