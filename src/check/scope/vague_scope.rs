//! A scope statement that says “all” or “relevant” instead of what is meant.
//!
//! # Why it matters
//!
//! A scope is a border. Words such as “all relevant services” draw none, and an auditor cannot check
//! what lies inside.
//!
//! # Mend it
//!
//! Name the services, places and customers, or the marks by which they are told apart:
//! `customers: [Customers with a managed hosting contract]`.

use std::ops::Range;

use super::scopes;
use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;

pub(super) const RULE: Rule = Rule::new(
    "vague-scope",
    Family::Scope,
    Severity::Warning,
    include_str!("vague_scope.rs"),
    Check::Manual(run),
);

/// Words that draw no border.
const VAGUE: [&str; 10] = [
    "all", "any", "relevant", "various", "certain", "etc", "other", "general", "several",
    "suitable",
];

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    for (document, scope) in scopes(manual) {
        let lists = [
            ("services", &scope.services),
            ("locations", &scope.locations),
            ("customers", &scope.customers),
            ("technologies", &scope.technologies),
            ("boundaries", &scope.boundaries),
        ];
        for (key, list) in lists {
            for (n, value) in list.iter().enumerate() {
                // What the catalogue calls a service is a name, whatever words it is made of.
                if key != "services" || manual.library.service(value).is_none() {
                    judge(document, &["scope", key, &n.to_string()], value, found);
                }
            }
        }
        if let Some(name) = &scope.organization {
            judge(document, &["scope", "organization"], name, found);
        }
    }
}

fn judge(document: &Document, path: &[&str], value: &str, found: &mut Vec<Diagnostic>) {
    let Some(at) = vague(value) else { return };
    let whole = document.at(path);
    let word = &value[at.clone()];
    // The word itself where the value stands in the file as it reads, quotes aside.
    let typed = document.text.get(whole.range()).unwrap_or_default();
    let place = match typed.find(value) {
        Some(start) => {
            let start = whole.range().start + start;
            document.span(&(start + at.start..start + at.end))
        }
        None => whole,
    };
    let message = format!("“{word}” draws no border in “{value}”");
    let help = "name what is meant, or the mark by which it is told apart";
    found.push(RULE.at(place, message).help(help).clause("4.3"));
}

/// The place of the first vague word of a text.
fn vague(text: &str) -> Option<Range<usize>> {
    let words: Vec<Range<usize>> = words(text).collect();
    words.iter().enumerate().find_map(|(n, at)| {
        let word = &text[at.clone()];
        let is_vague = VAGUE.iter().any(|vague| vague.eq_ignore_ascii_case(word));
        let before = n.checked_sub(1).and_then(|n| words.get(n));
        let beside = [before, words.get(n + 1)].into_iter().flatten();
        // “General Hospital” is a name, “General services” is not.
        let mut capitals = beside.map(|at| text[at.clone()].starts_with(char::is_uppercase));
        let is_name = word.starts_with(char::is_uppercase) && capitals.any(|capital| capital);
        (is_vague && !(is_name && word == "General")).then(|| at.clone())
    })
}

/// The places of the words of a text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let places = parts.scan(0, |from, part| {
        let start = text[*from..].find(part).map_or(*from, |at| *from + at);
        *from = start + part.len();
        Some(start..*from)
    });
    places.filter(|at| !at.is_empty())
}
