//! A person or role that is nearly one of the role register.
//!
//! # Why it matters
//!
//! An author or a reviewer may be anybody, so every name is taken. `sms-manger` is then somebody who
//! reviewed a document and whom nobody knows: an auditor who asks for the review finds no such role.
//!
//! # Mend it
//!
//! Write the role as the register has it. Where somebody else of nearly that name is meant, enter
//! that role or its holder.
//!
//! ```yaml
//! review: {every: 12 months, last: 2026-03-01, reviewer: sms-manager, outcome: confirmed}
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Check, Family, Rule};
use crate::diag::{Diagnostic, Fix, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::text::{NameIndex, Near, Span, is_one_slip, key, look_alike, plain};

pub(super) const RULE: Rule = Rule::new(
    "nearly-role",
    Family::Raci,
    Severity::Warning,
    include_str!("nearly_role.rs"),
    Check::Manual(run),
);

/// In a shorter name, one letter that differs makes another name.
const SHORTEST: usize = 5;

fn run(manual: &Manual, found: &mut Vec<Diagnostic>) {
    let library = &manual.library;
    let roles: Vec<_> = library.roles().map(|role| role.entry).collect();
    let people = roles.iter().filter_map(|role| role.holder.as_ref());
    let names = roles.iter().flat_map(|role| [role.id.0.as_str(), &*role.title]);
    let known: Vec<&str> = names.chain(people.map(|name| &**name)).collect();
    let keys: BTreeSet<String> = known.iter().map(|name| key(name)).collect();
    let index = NameIndex::of(known);
    // The same few names stand in every document.
    let mut looked_for: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for document in library.documents.iter().filter(|document| document.is_live()) {
        for (name, at) in people_of(document) {
            let near = *looked_for.entry(name).or_insert_with(|| {
                let is_known = name.len() < SHORTEST || keys.contains(&key(name.trim()));
                if is_known { None } else { slip_of(name, &index) }
            });
            let Some(near) = near.filter(|_| !document.is_open(&at.range())) else { continue };
            let mut finding = RULE
                .at(at, format!("`{name}` is nearly `{near}`, which the role register has"))
                .did_you_mean(Some(near))
                .fix(Fix::safe(format!("write `{near}`"), at, near));
            if let Some(one) = look_alike(name) {
                finding = finding.note(one.in_words());
            }
            found.push(finding);
        }
    }
}

/// The known name that another one is a slip of.
fn slip_of<'a>(name: &str, index: &NameIndex<'a>) -> Option<&'a str> {
    let Near { word: near, .. } = index.near(name)?;
    let alike = key(&plain(name)) == key(near) || joined(name) == joined(near);
    // `suppliers` are not a slip of `supplier`.
    let several = |name: &str| key(name).trim_end_matches('s').to_owned();
    (alike || is_one_slip(name, near) && several(name) != several(near)).then_some(near)
}

/// A name without what separates its words.
fn joined(name: &str) -> String {
    key(name).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Everybody whom the front matter names where any name may stand.
fn people_of<'a>(document: &'a Document) -> Vec<(&'a str, Span)> {
    let front = &document.front;
    let mut people = Vec::new();
    let mut add = |name: Option<&'a str>, path: &[&str]| {
        people.extend(name.map(|name| (name, document.at(path))));
    };
    add(front.author.as_deref(), &["author"]);
    let reviewer = front.review.as_ref().and_then(|one| one.reviewer.as_deref());
    add(reviewer, &["review", "reviewer"]);
    for (n, name) in front.distribution.iter().enumerate() {
        add(Some(name), &["distribution", &n.to_string()]);
    }
    for (n, revision) in front.revisions.iter().enumerate() {
        add(revision.author.as_deref(), &["revisions", &n.to_string(), "author"]);
    }
    for (n, role) in front.roles.iter().enumerate() {
        add(role.deputy.as_deref(), &["roles", &n.to_string(), "deputy"]);
    }
    for (n, input) in front.inputs.iter().enumerate() {
        add(Some(&input.from), &["inputs", &n.to_string(), "from"]);
    }
    for (n, output) in front.outputs.iter().enumerate() {
        add(Some(&output.to), &["outputs", &n.to_string(), "to"]);
    }
    people
}
