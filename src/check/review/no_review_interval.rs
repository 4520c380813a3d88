//! An approved document does not say how often it is reviewed.
//!
//! # Why it matters
//!
//! A document without an interval never falls due, so nobody looks at it again until an audit
//! does. Clause 7.5.2 asks for review for suitability and adequacy, and what was suitable at the
//! approval does not stay so by itself. Reports are left out: they tell what was, and are not
//! brought up to date.
//!
//! # Mend it
//!
//! Say how often:
//!
//! ```yaml
//! review: {every: 12 months}
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::value::Kind;

pub(super) const RULE: Rule = Rule::new(
    "no-review-interval",
    Family::Review,
    Severity::Warning,
    include_str!("no_review_interval.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let planned = document.front.review.as_ref().is_some_and(|review| review.every.is_some());
    let wrong = document.faulty.contains("review");
    if !document.is_approved() || planned || wrong || document.kind() == Some(Kind::Report) {
        return;
    }
    let at = match document.node.entry("review") {
        Some(_) => document.key("review"),
        None => document.at(&["status"]),
    };
    let finding = RULE.at(at, "approved, but never due for review");
    found.push(finding.help("add how often it is reviewed: `review: {every: 12 months}`"));
}
