//! How the words of the site get into templates and scripts.
//!
//! A template writes `{{ "frame.skip" | word }}`, and fills placeholders by their names:
//! `{{ "frame.edition" | word(day=site.today) }}`. The filter `pieces` takes a sentence apart at its
//! link, and `day` writes a day. A script names a section: `WORDS.find` is put in as an object.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::check::theme::theme_fault::RULE;
use crate::diag::Diagnostic;
use crate::manual::Manual;
use crate::source::SourceFile;
use crate::text::Span;
use crate::words::Words;

/// What a script writes before the name of a section.
const IN_SCRIPTS: &str = "WORDS.";

/// A part of a sentence, as templates see it.
#[derive(Serialize)]
struct Piece {
    text: String,
    link: bool,
}

/// The built-in words in the language of a manual.
pub(super) fn builtin(manual: &Manual) -> Words {
    Words::of(manual.settings().language())
}

/// The words of a manual: those of its own theme win.
///
/// # Errors
/// What is wrong with its files of words, each at its place; those of other languages are looked at too.
pub(super) fn own(manual: &Manual) -> Result<Words, Vec<Diagnostic>> {
    let language = manual.settings().language();
    let folder = format!("themes/{}/words", manual.settings().theme());
    let mut found: Option<(usize, Words)> = None;
    let mut faults = Vec::new();
    for file in manual.sources.below(&folder) {
        let Some(name) = language_of(file, &folder) else { continue };
        let (words, wrong) = Words::with_own(name, &file.text);
        faults.extend(wrong.into_iter().map(|fault| {
            let finding = RULE.at(Span::new(file.id, fault.at), fault.message);
            match fault.help {
                Some(help) => finding.help(help),
                None => finding,
            }
        }));
        // The file of the region wins over that of the language.
        let rank = Words::names(language).position(|one| one.eq_ignore_ascii_case(name));
        if let Some(rank) = rank
            && found.as_ref().is_none_or(|(best, _)| rank < *best)
        {
            found = Some((rank, words));
        }
    }
    if faults.is_empty() {
        Ok(found.map_or_else(|| builtin(manual), |(_, words)| words))
    } else {
        Err(faults)
    }
}

/// The language whose words a file has, by its name.
fn language_of<'f>(file: &'f SourceFile, folder: &str) -> Option<&'f str> {
    let name = file.path.strip_prefix(folder)?.strip_prefix('/')?;
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))
}

/// Gives templates the filters `word`, `pieces` and `day`.
pub(super) fn register(tera: &mut Tera, words: &Arc<Words>) {
    let own = Arc::clone(words);
    tera.register_filter("word", move |name: &str, given: Kwargs, _: &State<'_>| {
        let (count, given) = fillings(&given);
        own.named(name, count, &borrowed(&given)).ok_or_else(|| missing(name))
    });
    let own = Arc::clone(words);
    tera.register_filter("pieces", move |name: &str, given: Kwargs, _: &State<'_>| {
        let (_, given) = fillings(&given);
        let pieces = own.pieces(name, &borrowed(&given)).ok_or_else(|| missing(name))?;
        let pieces = pieces.into_iter().map(|one| Piece { text: one.text, link: one.is_link });
        Value::try_from_serializable(&pieces.collect::<Vec<_>>())
    });
    let own = Arc::clone(words);
    tera.register_filter("day", move |day: &str, _: Kwargs, _: &State<'_>| {
        own.day_in(day).into_owned()
    });
    let own = Arc::clone(words);
    tera.register_filter(
        "number",
        move |number: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let number = number.as_u64().and_then(|number| usize::try_from(number).ok());
            number
                .map(|number| own.number(number))
                .ok_or_else(|| Error::message("this is no count"))
        },
    );
}

/// What a template gives to fill placeholders: a count, and the rest.
fn fillings(given: &Kwargs) -> (Option<usize>, BTreeMap<String, String>) {
    let mut count = None;
    let mut rest = BTreeMap::new();
    for (name, value) in given.iter() {
        let name = name.to_string();
        match value.as_u64().and_then(|number| usize::try_from(number).ok()) {
            Some(number) if name == "count" => count = Some(number),
            _ => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                rest.insert(name, text);
            }
        }
    }
    (count, rest)
}

fn borrowed(given: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    given.iter().map(|(name, value)| (&**name, &**value)).collect()
}

fn missing(name: &str) -> Error {
    Error::message(format!(
        "there is no word `{name}` of the site, or one of its placeholders is not given"
    ))
}

/// A script with its words: each `WORDS.section` becomes the words of that section.
pub(super) fn in_script(script: &str, words: &Words) -> String {
    let mut out = String::with_capacity(script.len() + 2048);
    let mut parts = script.split(IN_SCRIPTS);
    out.extend(parts.next());
    for part in parts {
        let end = part.find(|letter: char| !letter.is_ascii_lowercase()).unwrap_or(part.len());
        let (section, rest) = part.split_at(end);
        // Both are harmless in strings of JSON, and ended lines in scripts once.
        let json = words.section(section).to_string();
        out.push_str(&json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"));
        out.push_str(rest);
    }
    out
}
