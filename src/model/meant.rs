//! What an author plainly meant by a value that its field does not hold: the word of a list in
//! another letter case or language, a day in another form, characters that look like others.
//!
//! What was meant is read on with, so that one slip has no consequences; the finding stands all the
//! same, and says what to write.

use super::value::{Date, Interval};
use super::violation::{Meant, Wrong};
use crate::text::{key, look_alike, near, nearest, plain};

/// Words of other languages for those of our lists, and ours for others in use.
const WORDS: [(&str, &str); 52] = [
    ("entwurf", "draft"),
    ("brouillon", "draft"),
    ("borrador", "draft"),
    ("concept", "draft"),
    ("wip", "draft"),
    ("in prüfung", "in-review"),
    ("prüfung", "in-review"),
    ("review", "in-review"),
    ("en revue", "in-review"),
    ("en revisión", "in-review"),
    ("freigegeben", "approved"),
    ("genehmigt", "approved"),
    ("gültig", "approved"),
    ("in kraft", "approved"),
    ("approuvé", "approved"),
    ("aprobado", "approved"),
    ("goedgekeurd", "approved"),
    ("released", "approved"),
    ("final", "approved"),
    ("valid", "approved"),
    ("published", "approved"),
    ("ersetzt", "superseded"),
    ("abgelöst", "superseded"),
    ("replaced", "superseded"),
    ("zurückgezogen", "withdrawn"),
    ("retired", "withdrawn"),
    ("obsolete", "withdrawn"),
    ("öffentlich", "public"),
    ("intern", "internal"),
    ("vertraulich", "confidential"),
    ("confidentiel", "confidential"),
    ("confidencial", "confidential"),
    ("vertrouwelijk", "confidential"),
    ("streng vertraulich", "restricted"),
    ("secret", "restricted"),
    ("richtlinie", "policy"),
    ("leitlinie", "policy"),
    ("politique", "policy"),
    ("prozess", "process"),
    ("processus", "process"),
    ("proceso", "process"),
    ("verfahren", "procedure"),
    ("arbeitsanweisung", "procedure"),
    ("work instruction", "procedure"),
    ("workinstruction", "procedure"),
    ("work-instruction", "procedure"),
    ("katalog", "catalogue"),
    ("catalog", "catalogue"),
    ("vereinbarung", "agreement"),
    ("bericht", "report"),
    ("bestätigt", "confirmed"),
    ("änderung nötig", "change-needed"),
];

/// What may have been meant by something that is wrong, the likeliest first.
pub(super) fn candidates(wrong: &Wrong) -> Vec<Meant> {
    match wrong {
        Wrong::Missing(_) | Wrong::Value { found: None, .. } => Vec::new(),
        Wrong::Unknown { key, known, beside } => {
            let free = |word: &&String| !beside.contains(word);
            let free: Vec<String> = known.iter().filter(free).cloned().collect();
            of_key(key, &free).into_iter().collect()
        }
        Wrong::Date(typed) => match Date::readings(typed)[..] {
            [day] => vec![Meant { text: day.to_string(), safe: true }],
            _ => Vec::new(),
        },
        Wrong::Value { found: Some(typed), expected } => match expected.words() {
            [] => of_form(typed),
            words => of_word(typed, words).into_iter().collect(),
        },
    }
}

/// The key that was meant, perhaps with a value that has run into it.
fn of_key(typed: &str, known: &[String]) -> Option<Meant> {
    let is_known = |word: &str| known.iter().any(|one| one == word);
    let bare = plain(typed.trim()).trim().to_owned();
    if is_known(&bare) {
        return Some(Meant { text: bare, safe: true });
    }
    if let Some((word, _)) = split(&bare).filter(|(word, _)| is_known(word)) {
        return Some(Meant { text: word.to_owned(), safe: true });
    }
    let small = key(&bare).replace([' ', '-'], "_");
    if is_known(&small) {
        return Some(Meant { text: small, safe: true });
    }
    let own = of_other_language(&small).filter(|word| is_known(word));
    own.map(|text| Meant { text: text.to_owned(), safe: true }).or_else(|| {
        let near = near(&bare, known.iter().map(String::as_str))?;
        Some(Meant { text: near.word.to_owned(), safe: near.certain })
    })
}

/// Fields by their names in other languages.
fn of_other_language(key: &str) -> Option<&'static str> {
    Some(match key {
        "titel" | "titre" | "titulo" => "title",
        "eigentümer" | "eigner" | "verantwortlich" | "propriétaire" | "eigenaar" => "owner",
        "verfasser" | "autor" | "auteur" => "author",
        "art" | "typ" | "type" | "doctype" => "kind",
        "fassung" | "versión" => "version",
        "zustand" | "statut" | "estado" => "status",
        "klassifizierung" | "einstufung" => "classification",
        "genehmigt" | "freigabe" | "approval" => "approved",
        "gültig_ab" | "effective_date" | "effective_from" => "effective",
        "abschnitte" | "clause" => "clauses",
        "verteiler" => "distribution",
        "aufbewahrung" => "retention",
        "rollen" => "roles",
        "begriffe" => "terms",
        "history" | "changes" | "änderungen" => "revisions",
        _ => return None,
    })
}

/// A key and a value that have run together: `by:sms-manager`, `every 18 months`.
pub(super) fn split(typed: &str) -> Option<(&str, &str)> {
    let (word, value) = typed.split_once(':').or_else(|| typed.split_once(' '))?;
    let value = value.trim();
    (!value.is_empty()).then_some((word.trim(), value))
}

/// The word of a list that was meant.
fn of_word(typed: &str, allowed: &[String]) -> Option<Meant> {
    let bare = plain(typed);
    let bare = bare.trim_matches(['"', '\'', ' ', '.', ',', ';']);
    let small = key(bare);
    let joined = small.replace([' ', '_'], "-");
    let find = |word: &str| allowed.iter().find(|one| key(one) == word).cloned();
    if let Some(text) = find(&small).or_else(|| find(&joined)) {
        return Some(Meant { text, safe: true });
    }
    let other = WORDS.iter().find(|(word, _)| *word == small).map(|(_, ours)| *ours);
    if let Some(text) = other.and_then(find) {
        return Some(Meant { text, safe: false });
    }
    let near = near(bare, allowed.iter().map(String::as_str))?;
    Some(Meant { text: near.word.to_owned(), safe: near.certain })
}

/// Text of the form that a field has: without characters that look like others, a length of time
/// in words, a version without the letter before it.
fn of_form(typed: &str) -> Vec<Meant> {
    let mut found = Vec::new();
    let bare = plain(typed);
    let bare = bare.trim_matches(['"', '\'', ' ', ',', ';']);
    let mut add = |text: &str, safe| found.push(Meant { text: text.to_owned(), safe });
    if bare != typed && !bare.is_empty() {
        add(
            bare,
            look_alike(typed).is_some() || !typed.contains(bare) || bare.len() + 2 >= typed.len(),
        );
    }
    let small = bare.to_lowercase();
    let every = match small.as_str() {
        "yearly" | "annual" | "annually" | "jährlich" | "every year" | "1 jahr" => "12 months",
        "half-yearly" | "halbjährlich" | "every six months" | "biannual" => "6 months",
        "quarterly" | "vierteljährlich" | "every quarter" => "3 months",
        "monthly" | "monatlich" | "every month" => "1 month",
        "weekly" | "wöchentlich" | "every week" => "1 week",
        "biennial" | "every two years" => "24 months",
        "daily" | "täglich" => "1 day",
        _ => "",
    };
    if !every.is_empty() {
        add(every, true);
    }
    let words: Vec<&str> = small.split_whitespace().collect();
    if let [count, unit] | ["every", count, unit] = words[..] {
        let unit =
            nearest(unit, ["days", "weeks", "months", "years", "day", "week", "month", "year"]);
        let unit = match words.last() {
            Some(&"monate" | &"mois" | &"meses") => Some("months"),
            Some(&"jahre" | &"jahr" | &"ans" | &"años") => Some("years"),
            Some(&"tage" | &"jours") => Some("days"),
            _ => unit,
        };
        let text = unit.map(|unit| format!("{count} {unit}"));
        if let Some(text) = text.filter(|text| Interval::parse(text).is_some()) {
            add(&text, true);
        }
    }
    let version = small.trim_start_matches("version").trim_start_matches(['v', '.', ' ']);
    if version != small {
        add(version.trim(), true);
    }
    if bare.contains(',') {
        add(&bare.replace(',', "."), true);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_understood_in_other_letter_cases_and_languages() {
        let allowed = ["draft", "in-review", "approved"].map(str::to_owned);
        let meant = |typed| of_word(typed, &allowed).map(|meant| (meant.text, meant.safe));
        assert_eq!(meant("Approved"), Some(("approved".into(), true)));
        assert_eq!(meant("In Review"), Some(("in-review".into(), true)));
        assert_eq!(meant("aproved"), Some(("approved".into(), true)));
        assert_eq!(meant("Freigegeben"), Some(("approved".into(), false)));
        assert_eq!(meant("sometimes"), None);
    }

    #[test]
    fn forms_are_understood() {
        let first = |typed: &str| of_form(typed).first().map(|meant| meant.text.clone());
        assert_eq!(first("“2.2”").as_deref(), Some("2.2"));
        assert_eq!(first("yearly").as_deref(), Some("12 months"));
        assert_eq!(first("12 moths").as_deref(), Some("12 months"));
        assert_eq!(first("v2.1").as_deref(), Some("2.1"));
        assert_eq!(first("2,1").as_deref(), Some("2.1"));
        assert_eq!(first("18"), None);
    }
}
