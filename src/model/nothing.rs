//! Words that fill a field and say nothing: `never`, `nowhere`, `n.n.`, a dash.

/// What stands for nothing in any field.
const NOTHING: [&str; 42] = [
    "",
    "none",
    "never",
    "nowhere",
    "nothing",
    "no",
    "nil",
    "null",
    "na",
    "n a",
    "not applicable",
    "not measured",
    "not defined",
    "undefined",
    "unknown",
    "tbd",
    "tba",
    "tbc",
    "nie",
    "niemals",
    "nirgends",
    "nichts",
    "kein",
    "keine",
    "keiner",
    "keines",
    "unbekannt",
    "offen",
    "jamais",
    "nulle part",
    "aucun",
    "aucune",
    "nunca",
    "ninguno",
    "ninguna",
    "mai",
    "nessuno",
    "nessuna",
    "nenhum",
    "geen",
    "ingen",
    "brak",
];

/// What stands for nobody where a person is named.
const NOBODY: [&str; 43] = [
    "nn",
    "n n",
    "nobody",
    "no one",
    "noone",
    "no body",
    "vacant",
    "vacancy",
    "open",
    "unfilled",
    "unassigned",
    "not assigned",
    "not appointed",
    "unstaffed",
    "empty",
    "pending",
    "anyone",
    "anybody",
    "someone",
    "somebody",
    "everyone",
    "everybody",
    "whoever",
    "niemand",
    "unbesetzt",
    "nicht besetzt",
    "vakant",
    "frei",
    "jemand",
    "personne",
    "vacante",
    "poste vacant",
    "à pourvoir",
    "nadie",
    "sin asignar",
    "por asignar",
    "vacío",
    "vacantes",
    "scoperto",
    "da assegnare",
    "ninguém",
    "vago",
    "onbekend",
];

/// What begins words about a person who is still to be found.
const STILL_TO_COME: [&str; 13] = [
    "vacant ",
    "vakant ",
    "unbesetzt ",
    "tbd ",
    "tba ",
    "tbc ",
    "to be ",
    "not yet ",
    "noch nicht",
    "noch zu ",
    "noch offen",
    "wird noch ",
    "position open",
];

/// What stands for no place where records are kept.
const NO_PLACE: [&str; 31] = [
    "somewhere",
    "anywhere",
    "everywhere",
    "wherever",
    "not held",
    "not kept",
    "not stored",
    "not recorded",
    "not yet",
    "nobody",
    "various",
    "various places",
    "various systems",
    "in our heads",
    "in our head",
    "in our minds",
    "our heads",
    "in peoples heads",
    "in heads",
    "from memory",
    "in memory",
    "memory",
    "by heart",
    "verbal",
    "verbally",
    "orally",
    "irgendwo",
    "im kopf",
    "in den köpfen",
    "quelque part",
    "en algún lugar",
];

/// What stands for no time that records are kept.
const NO_TIME: [&str; 12] = [
    "not kept",
    "not retained",
    "not held",
    "not stored",
    "deleted at once",
    "immediately",
    "zero",
    "nobody",
    "somewhat",
    "a while",
    "for a while",
    "some time",
];

/// What tells no period at which something is measured.
const NO_PERIOD: [&str; 45] = [
    "sometimes",
    "ad hoc",
    "adhoc",
    "ad-hoc",
    "when needed",
    "as needed",
    "if needed",
    "when required",
    "as required",
    "if required",
    "when necessary",
    "as necessary",
    "if necessary",
    "on demand",
    "occasionally",
    "from time to time",
    "now and then",
    "at times",
    "irregularly",
    "regularly",
    "periodically",
    "rarely",
    "seldom",
    "often",
    "frequently",
    "once",
    "one time",
    "when possible",
    "when time permits",
    "when asked",
    "if asked",
    "some day",
    "someday",
    "whenever",
    "eventually",
    "not yet",
    "bei bedarf",
    "gelegentlich",
    "manchmal",
    "ab und zu",
    "unregelmäßig",
    "parfois",
    "au besoin",
    "a veces",
    "al bisogno",
];

/// Whether a text stands for nothing: `never`, `nowhere`, `n/a`, a dash.
pub fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&plain(text).as_str())
}

/// Whether a text names nobody where a person is asked for: `vacant`, `N. N.`, `to be hired`.
pub fn is_nobody(text: &str) -> bool {
    let text = plain(text);
    let is = |words: &[&str]| words.contains(&text.as_str());
    is(&NOTHING) || is(&NOBODY) || STILL_TO_COME.iter().any(|words| text.starts_with(words))
}

/// Whether a text names no place where records are kept: `nowhere`, `in our heads`.
pub fn is_no_place(text: &str) -> bool {
    let text = plain(text);
    NOTHING.contains(&text.as_str()) || NO_PLACE.contains(&text.as_str())
}

/// Whether a text says that records are not kept for any time: `0 days`, `not kept`.
pub fn is_no_time(text: &str) -> bool {
    let text = plain(text);
    let zero = text.split(' ').next().is_some_and(|one| one.trim_matches('0').is_empty());
    zero || NOTHING.contains(&text.as_str()) || NO_TIME.contains(&text.as_str())
}

/// Whether a text tells no period: `sometimes`, `when needed`.
pub fn is_no_period(text: &str) -> bool {
    NO_PERIOD.contains(&plain(text).as_str())
}

/// A text in small letters, without punctuation at its ends and full stops, slashes and apostrophes
/// within.
fn plain(text: &str) -> String {
    let text = text.trim_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase();
    let text: String = text.chars().filter(|sign| !"./'’".contains(*sign)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_from_a_person() {
        let none = "n.n.;N. N.;vacant;-;?;nobody;none;unbesetzt;to be hired;tbd;open;(vacant);—;\
                    Vacant since May;n/a; ;Niemand;not yet appointed";
        for text in none.split(';') {
            assert!(is_nobody(text), "{text}");
        }
        for text in ["N. Farrell", "Ann Other", "The duty manager of the roster", "Li Na", "O. Pen"]
        {
            assert!(!is_nobody(text), "{text}");
        }
    }

    #[test]
    fn no_place_and_no_time_are_told_from_places_and_times() {
        for text in [
            "nowhere",
            "-",
            "none",
            "?",
            "somewhere",
            "in our heads",
            "Not held.",
            "in people's heads",
        ] {
            assert!(is_no_place(text), "{text}");
        }
        for text in ["0 days", "0", "not kept", "none", "00 months"] {
            assert!(is_no_time(text), "{text}");
        }
        assert!(!is_no_place("ITSM tool") && !is_no_time("3 years") && !is_no_time("10 years"));
    }
}
