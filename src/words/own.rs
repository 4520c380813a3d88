//! Words of a manual's own theme, which win key by key, and what is wrong with them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Form, KEYS, Key, Words};
use crate::model::value::Date;
use crate::parse::yaml::{self, Entry, Node, Value};
use crate::text::NameIndex;

/// Something that is wrong with a file of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordFault {
    /// The smallest thing that is wrong.
    pub at: Range<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl WordFault {
    fn new(at: &Range<usize>, message: String, help: Option<String>) -> Self {
        WordFault { at: at.clone(), message, help }
    }
}

/// The categories of counts.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

impl Words {
    /// The built-in words with those of a file `words/LANGUAGE.yaml` of a manual's own theme; what is
    /// wrong with a word leaves the built-in one in its place.
    pub fn with_own(language: &str, text: &str) -> (Self, Vec<WordFault>) {
        let mut words = Words { forms: Words::of(language).forms, ..Words::in_language(language) };
        let mut faults = Vec::new();
        match yaml::read(text, 0..text.len()) {
            Ok(root) => words.take(&root, &mut faults),
            Err(fault) => faults.push(WordFault::new(&fault.at, fault.message, fault.help)),
        }
        (words, faults)
    }

    fn take(&mut self, root: &Node, faults: &mut Vec<WordFault>) {
        for section in entries(root, "sections of words", faults) {
            let known: BTreeSet<&str> = KEYS.iter().map(|key| key.section).collect();
            if !known.contains(&*section.key) {
                faults.push(unknown(section, "section of words", known.into_iter()));
                continue;
            }
            let of_section = || KEYS.iter().filter(|key| *key.section == *section.key);
            for entry in entries(&section.node, "words", faults) {
                let at = KEYS
                    .iter()
                    .position(|key| *key.section == *section.key && *key.name == *entry.key);
                let Some(at) = at else {
                    faults.push(unknown(entry, "word", of_section().map(|key| key.name)));
                    continue;
                };
                match form(&KEYS[at], &entry.node) {
                    Ok(form) => self.forms[at] = form,
                    Err(fault) => faults.push(fault),
                }
            }
        }
    }
}

/// The entries of a map.
fn entries<'n>(node: &'n Node, what: &str, faults: &mut Vec<WordFault>) -> &'n [Entry] {
    match &node.value {
        Value::Map(entries) => entries,
        Value::Null => &[],
        _ => {
            faults.push(WordFault::new(&node.at, format!("here belong {what}, one a line"), None));
            &[]
        }
    }
}

fn unknown<'k>(entry: &Entry, what: &str, known: impl Iterator<Item = &'k str>) -> WordFault {
    let near = NameIndex::of(known).near(&entry.key).map(|near| near.word.to_owned());
    let help = match near {
        Some(near) => format!("write `{near}`"),
        None => "themes/README.md says where all of them are listed".to_owned(),
    };
    WordFault::new(&entry.key_at, format!("there is no {what} `{}`", entry.key), Some(help))
}

/// The form of a word, as a file has it.
fn form(key: &Key, node: &Node) -> Result<Form, WordFault> {
    let wrong = |at: &Range<usize>, message: &str, help: Option<String>| {
        Err(WordFault::new(at, format!("`{}` {message}", key.name), help))
    };
    match &node.value {
        Value::Text(text) => {
            checked(key, text, &node.at, true)?;
            let text = text.clone().into();
            // A language that does not tell one from many needs no forms.
            Ok(if key.is_plural {
                Form::Plural(vec![("other".into(), text)])
            } else {
                Form::Text(text)
            })
        }
        Value::Map(forms) if key.is_plural => {
            let mut found = Vec::new();
            for entry in forms {
                if !CATEGORIES.contains(&&*entry.key) {
                    return Err(unknown(entry, "form of a count", CATEGORIES.into_iter()));
                }
                let Some(text) = entry.node.text() else {
                    return wrong(&entry.node.at, "needs a text here", None);
                };
                checked(key, text, &entry.node.at, &*entry.key == "other")?;
                found.push((String::from(&*entry.key).into(), text.to_owned().into()));
            }
            if !found.iter().any(|(name, _): &(std::borrow::Cow<'_, str>, _)| name == "other") {
                return wrong(&node.at, "has no form `other`", None);
            }
            Ok(Form::Plural(found))
        }
        _ => wrong(&node.at, "is a text", None),
    }
}

/// Says what a text lacks or has too much of; `whole` wants all placeholders in it.
fn checked(key: &Key, text: &str, at: &Range<usize>, whole: bool) -> Result<(), WordFault> {
    let wrong = |message: String, help: Option<String>| Err(WordFault::new(at, message, help));
    let all = || {
        let names: Vec<String> =
            key.placeholders.iter().map(|name| format!("`{{{name}}}`")).collect();
        let names = names.join(", ");
        Some(if names.is_empty() { "it has none".to_owned() } else { format!("it has {names}") })
    };
    let used: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    if let Some(odd) = used.iter().find(|name| !key.placeholders.contains(name)) {
        return wrong(format!("`{}` has no placeholder `{{{odd}}}`", key.name), all());
    }
    if let Some(lost) = key.placeholders.iter().find(|name| whole && !used.contains(name)) {
        return wrong(format!("`{}` needs its placeholder `{{{lost}}}`", key.name), all());
    }
    let is_paired = text.matches('[').count() == usize::from(key.links)
        && text.matches(']').count() == usize::from(key.links)
        && text.find('[') <= text.find(']');
    if whole && !is_paired {
        let help = if key.links {
            "put the words that are a link in brackets, once: `[these words]`"
        } else {
            "nothing of it is a link: leave the brackets out"
        };
        return wrong(format!("the brackets of `{}` are odd", key.name), Some(help.to_owned()));
    }
    match (key.section, key.name) {
        ("dates", "day") if !is_form_of_day(text) => {
            let help = "write it as strftime does, with year, month and day: `%d.%m.%Y`";
            wrong("no day can be written in this form".to_owned(), Some(help.to_owned()))
        }
        ("frame", "direction") if !matches!(text, "ltr" | "rtl") => wrong(
            "a text runs in no such direction".to_owned(),
            Some("write `ltr` or `rtl`".to_owned()),
        ),
        _ => Ok(()),
    }
}

/// Whether a form tells every day from every other.
fn is_form_of_day(form: &str) -> bool {
    let days = ["2026-03-01", "2027-03-01", "2026-04-01", "2026-03-02"];
    let shown = days
        .iter()
        .filter_map(|day| Date::parse(day))
        .map(|day| jiff::fmt::strtime::format(form, day.0));
    let shown: Result<BTreeSet<String>, _> = shown.collect();
    shown.is_ok_and(|shown| shown.len() == days.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(&str, String)> {
        let (_, faults) = Words::with_own("en", text);
        faults.into_iter().map(|fault| (&text[fault.at], fault.message)).collect()
    }

    #[test]
    fn own_words_win_key_by_key() {
        let text = "frame:\n  register: Documents\n  in_force:\n    one: one\n    other: '{count} of them'\n";
        let (words, faults) = Words::with_own("en-GB", text);
        assert_eq!(faults, []);
        assert_eq!(words.language(), "en-GB");
        assert_eq!(words.frame().register(), "Documents");
        assert_eq!(words.frame().roles(), "Roles");
        assert_eq!([1, 2].map(|n| words.frame().in_force(n)), ["one", "2 of them"]);
    }

    #[test]
    fn a_wrong_word_has_its_finding_and_leaves_the_built_in_one() {
        for (text, at, message) in [
            ("fram: {}", "fram", "there is no section of words `fram`"),
            ("frame: {skp: x}", "skp", "there is no word `skp`"),
            ("frame: {skip: '{x} y'}", "'{x} y'", "`skip` has no placeholder `{x}`"),
            ("frame: {edition: Edition}", "Edition", "`edition` needs its placeholder `{day}`"),
            ("frame: {skip: 'a [b] c'}", "'a [b] c'", "the brackets of `skip` are odd"),
            ("frame: {direction: up}", "up", "a text runs in no such direction"),
            ("dates: {day: '%d.%m.'}", "'%d.%m.'", "no day can be written in this form"),
            ("dates: {day: '%'}", "'%'", "no day can be written in this form"),
            ("frame: {skip: [a]}", "[a]", "`skip` is a text"),
            ("frame: {in_force: {one: x}}", "{one: x}", "`in_force` has no form `other`"),
            ("frame: {in_force: {ones: x}}", "ones", "there is no form of a count `ones`"),
            ("frame: x", "x", "here belong words, one a line"),
        ] {
            assert_eq!(faults(text), [(at, message.to_owned())], "{text}");
        }
        let (words, _) = Words::with_own("en", "frame: {skip: '{x}', main: Haupt}");
        assert_eq!([words.frame().skip(), words.frame().main()], ["Skip to content", "Haupt"]);
        assert_eq!(faults(""), []);
        assert_eq!(faults("a: [").len(), 1);
    }
}
