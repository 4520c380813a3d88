//! Clauses of the standard: what is claimed, what it needs, what is left out.

mod bad_clause_schema;
mod clause_excluded;
mod clause_uncovered;
mod customary_topic;
mod empty_section;
mod hollow_section;
mod missing_topic;
mod not_top_management;
mod unknown_clause;
mod unknown_item;
mod wrong_kind_for_clause;

use super::Rule;
use crate::diag::Diagnostic;
use crate::manual::Manual;
use crate::model::document::Document;
use crate::standard::ClauseRef;
use crate::standard::format::Role;
use crate::text::{Near, Span, nearest};

/// The rules of this family.
pub(super) const RULES: &[&Rule] = &[
    &unknown_clause::RULE,
    &wrong_kind_for_clause::RULE,
    &missing_topic::RULE,
    &hollow_section::RULE,
    &not_top_management::RULE,
    &empty_section::RULE,
    &clause_uncovered::RULE,
    &clause_excluded::RULE,
    &unknown_item::RULE,
    &customary_topic::RULE,
    &bad_clause_schema::RULE,
];

/// The place of the entry by which a document claims a clause.
fn entry(manual: &Manual, document: &Document, clause: &ClauseRef) -> Span {
    let claims = |name: &str| manual.standards.find(name).is_some_and(|(at, _)| at == *clause);
    let entry = document.front.clauses.iter().position(|name| claims(name));
    document.at(&["clauses", &entry.unwrap_or_default().to_string()])
}

/// A finding of a rule: there is no clause of this name.
fn unknown(rule: &Rule, manual: &Manual, name: &str, at: Span) -> Diagnostic {
    let standards = &manual.standards.all;
    if let Some((wanted, _)) = name.rsplit_once(':')
        && standards.iter().all(|standard| standard.name != wanted)
    {
        let names: Vec<&str> = standards.iter().map(|standard| standard.name.as_str()).collect();
        let finding = rule.at(at, format!("this manual does not answer to `{wanted}`"));
        let finding = finding.help(format!("it answers to {}", names.join(", ")));
        return finding.did_you_mean(nearest(wanted, names));
    }
    let finding = rule.at(at, format!("there is no clause `{name}`"));
    if let Some(right) = oddly_written(manual, name) {
        return finding.meant(Some(Near { word: &right, certain: true }), at);
    }
    let help = clauses_near(manual, name).or_else(|| {
        let (name, at, _) =
            manual.standards.named().find(|(_, _, one)| one.role == Role::Requirement)?;
        let title = &manual.standards.all[at.standard].about.title;
        Some(format!("clauses of {title} are written like `{name}`"))
    });
    match help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// The standard that a name of a clause begins with, with its colon, and the number in the rest.
fn parts(name: &str) -> Option<(String, &str)> {
    let (prefix, number) = match name.rsplit_once(':') {
        Some((standard, number)) => (format!("{standard}:"), number),
        None => (String::new(), name),
    };
    let mut words = number.split_whitespace();
    let number = words.find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    Some((prefix, number))
}

/// The one clause that a name means which has its digits: `8.6.1.`, `Clause 8.6.1`, `861`.
fn oddly_written(manual: &Manual, name: &str) -> Option<String> {
    let standards = &manual.standards;
    let (prefix, number) = parts(name)?;
    let bare = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let same = |at: &ClauseRef| {
        standards.find(&format!("{prefix}{}", at.number)).is_some_and(|(found, _)| found == *at)
            && bare(&at.number) == bare(number)
    };
    let requirements = standards.named().filter(|(_, _, one)| one.role == Role::Requirement);
    let mut right = requirements.filter(|(_, at, _)| same(at)).map(|(right, ..)| right);
    right.next().filter(|_| right.next().is_none())
}

/// The clauses that there are beside one that does not exist, for `8.6.9`.
fn clauses_near(manual: &Manual, name: &str) -> Option<String> {
    let standards = &manual.standards;
    let (prefix, number) = parts(name)?;
    let mut above = number;
    while let Some((shorter, _)) = above.rsplit_once('.') {
        above = shorter;
        let Some((at, clause)) = standards.find(&format!("{prefix}{above}")) else { continue };
        if clause.role == Role::Requirement {
            return Some(format!("did you mean `{}`?", standards.name(&at)));
        }
        let below: Vec<&str> =
            standards.all[at.standard].below(above).map(|one| &*one.number).collect();
        return Some(format!("{} has {}", standards.name(&at), below.join(", ")));
    }
    None
}
