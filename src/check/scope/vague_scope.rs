//! A scope statement that says “all” or “relevant” instead of what is meant.
//!
//! # Why it matters
//!
//! A scope is a border. Words such as “all relevant services” draw none, and an auditor cannot check
//! what lies inside.
//!
//! # Mend it
//!
//! Name the services, places and customers, or the marks by which they are told apart: “customers
//! with a managed hosting contract”.

use super::scopes;
use crate::check::{Check, Family, Manual, Rule};
use crate::diag::{Diagnostic, Severity};
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

fn run(manual: &Manual<'_>, found: &mut Vec<Diagnostic>) {
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
                judge(document, &["scope", key, &n.to_string()], value, found);
            }
        }
        if let Some(name) = &scope.organization {
            judge(document, &["scope", "organization"], name, found);
        }
    }
}

fn judge(document: &Document, path: &[&str], value: &str, found: &mut Vec<Diagnostic>) {
    let words = value.split(|c: char| !c.is_alphanumeric());
    let vague = |word: &&str| VAGUE.iter().any(|vague| vague.eq_ignore_ascii_case(word));
    if let Some(word) = words.into_iter().find(vague) {
        let message = format!("“{word}” draws no border in “{value}”");
        let help = "name what is meant, or the mark by which it is told apart";
        found.push(RULE.at(document.at(path), message).help(help).clause("4.3"));
    }
}
