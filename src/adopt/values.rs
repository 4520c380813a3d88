//! What others write into fields of control data, as our values.

use super::keys::folded;
use crate::model::value::{Classification, Date, Interval, Kind, Status};

/// The state that a word means; nothing where it means none of ours.
pub(super) fn status(text: &str) -> Option<Status> {
    Some(match folded(text).as_str() {
        "draft" | "in work" | "in progress" | "wip" | "working draft" | "entwurf" | "brouillon"
        | "borrador" | "proposed" | "not started" => Status::Draft,
        "in review" | "review" | "under review" | "pending approval" | "awaiting approval"
        | "submitted" | "in prufung" | "en revision" => Status::InReview,
        "approved" | "final" | "published" | "active" | "current" | "in force" | "released"
        | "effective" | "live" | "freigegeben" | "gultig" | "approuve" | "aprobado" | "vigente" => {
            Status::Approved
        }
        "superseded" | "replaced" | "obsolete" | "ersetzt" | "remplace" => Status::Superseded,
        "withdrawn" | "retired" | "archived" | "deprecated" | "zuruckgezogen" | "retire" => {
            Status::Withdrawn
        }
        _ => return None,
    })
}

/// The version in a text: `v1.0`, `Version 2.1`, `Rev. 3`.
pub(super) fn version(text: &str) -> Option<String> {
    let text = text.trim();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let words = folded(&text[..start]);
    if !matches!(words.as_str(), "" | "v" | "version" | "rev" | "revision" | "issue" | "r") {
        return None;
    }
    let rest = &text[start..];
    let number = rest.trim_end_matches(|c: char| !c.is_ascii_digit());
    let parts: Vec<&str> = number.split('.').collect();
    let fits = |part: &&str| {
        (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let only = rest[number.len()..].trim().is_empty();
    ((1..=4).contains(&parts.len()) && parts.iter().all(fits) && only).then(|| number.to_owned())
}

/// The day in a text, where it can only be one.
pub(super) fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some(day) = Date::parse(text) {
        return Some(day);
    }
    match Date::readings(text).as_slice() {
        [day] => Some(*day),
        _ => None,
    }
}

/// The length of time in a text: `annually`, `12 months`, `every 2 years`.
pub(super) fn interval(text: &str) -> Option<Interval> {
    let words = folded(text);
    let plain = words.strip_prefix("every ").unwrap_or(&words);
    let known = match plain {
        "annual" | "annually" | "yearly" | "year" | "jahrlich" | "annuel" | "annuelle"
        | "anual" => "12 months",
        "biannual" | "biennial" | "biennially" | "two years" | "every two years" => "24 months",
        "semi annual" | "semi annually" | "half yearly" | "halbjahrlich" => "6 months",
        "quarterly" | "quarter" | "vierteljahrlich" | "trimestriel" | "trimestral" => "3 months",
        "monthly" | "month" | "monatlich" | "mensuel" | "mensual" => "1 month",
        other => other,
    };
    let (count, unit) = known.split_once(' ').unwrap_or((known, ""));
    let unit = match unit {
        "monat" | "monate" | "mois" | "meses" | "mes" => "months",
        "jahr" | "jahre" | "an" | "ans" | "annee" | "annees" | "ano" | "anos" => "years",
        "tage" | "jours" | "dias" => "days",
        other => other,
    };
    Interval::parse(&format!("{count} {unit}")).or_else(|| Interval::parse(known))
}

/// Who may read it, by the words of a text.
pub(super) fn classification(text: &str) -> Option<Classification> {
    let words = folded(text);
    let has = |all: &[&str]| all.iter().any(|word| words.split(' ').any(|one| one == *word));
    Some(match () {
        () if has(&["restricted", "secret", "strictly", "geheim"]) => Classification::Restricted,
        () if has(&["confidential", "vertraulich", "confidentiel", "confidencial"]) => {
            Classification::Confidential
        }
        () if has(&["internal", "intern", "interne", "interno", "proprietary"]) => {
            Classification::Internal
        }
        () if has(&["public", "offentlich", "publico", "unclassified", "open"]) => {
            Classification::Public
        }
        () => return None,
    })
}

/// The kind of document that words name; the last of several, as in *incident process plan*.
pub(super) fn kind(words: &str) -> Option<Kind> {
    let words = folded(words);
    words.split(' ').rev().find_map(|word| {
        Some(match word {
            "policy" | "policies" | "politik" | "leitlinie" | "richtlinie" | "politique"
            | "politica" => Kind::Policy,
            "process" | "processes" | "prozess" | "prozesse" | "processus" | "proceso" => {
                Kind::Process
            }
            "procedure" | "procedures" | "instruction" | "instructions" | "runbook"
            | "playbook" | "sop" | "verfahren" | "arbeitsanweisung" | "procedimiento" => {
                Kind::Procedure
            }
            "plan" | "plans" | "programme" | "program" | "strategy" => Kind::Plan,
            "scope" | "geltungsbereich" => Kind::Scope,
            "raci" => Kind::Raci,
            "catalogue" | "catalog" | "servicekatalog" | "katalog" => Kind::Catalogue,
            "agreement" | "sla" | "ola" | "contract" | "vereinbarung" | "contrat" => {
                Kind::Agreement
            }
            "register" | "registers" | "log" | "inventory" | "list" | "verzeichnis" => {
                Kind::Register
            }
            "report" | "reports" | "bericht" | "minutes" => Kind::Report,
            "guideline" | "guidelines" | "guide" | "guidance" | "handbook" | "leitfaden" => {
                Kind::Guideline
            }
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_out_of_their_words() {
        for (text, wanted) in [
            ("1.0", Some("1.0")),
            ("v1.10", Some("1.10")),
            ("Version 2", Some("2")),
            ("Rev. 3.1", Some("3.1")),
            ("2026-01-01", None),
            ("1.0 draft", None),
            ("", None),
            ("one", None),
        ] {
            assert_eq!(version(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn words_become_our_values() {
        assert_eq!(status("Not started"), Some(Status::Draft));
        assert_eq!(status("FINAL"), Some(Status::Approved));
        assert_eq!(status("mostly fine"), None);
        assert_eq!(interval("Annually").unwrap().to_string(), "12 months");
        assert_eq!(interval("every 2 years").unwrap().to_string(), "2 years");
        assert_eq!(interval("12 Monate").unwrap().to_string(), "12 months");
        assert_eq!(interval("6 months").unwrap().to_string(), "6 months");
        assert_eq!(interval("when needed"), None);
        assert_eq!(date("1 March 2026").unwrap().to_string(), "2026-03-01");
        assert_eq!(date("03/04/2026"), None);
        assert_eq!(classification("Internal use only"), Some(Classification::Internal));
        assert_eq!(classification("Strictly confidential"), Some(Classification::Restricted));
        assert_eq!(kind("Incident Management Process"), Some(Kind::Process));
        assert_eq!(kind("Business continuity plan policy"), Some(Kind::Policy));
        assert_eq!(kind("Welcome"), None);
    }
}
