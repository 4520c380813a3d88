//! A measure without a unit, a target, a direction, a period or a source.
//!
//! # Why it matters
//!
//! “Improve satisfaction” cannot be missed, so it cannot be met. Objectives and measures without a
//! number are a frequent finding against clauses 6.2 and 9.1.
//!
//! # Mend it
//!
//! Say all five: `{id: MTTR, name: Mean time to restore, unit: hours, target: "<= 4", direction: down,
//! measured: monthly, source: ITSM tool}`. A figure to know, without a better or worse, has `direction: info`
//! and needs no target.

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::front::Kpi;
use crate::model::nothing::{is_no_period, is_nothing};
use crate::model::value::{Direction, Target, Text};

pub(super) const RULE: Rule = Rule::new(
    "unmeasurable-kpi",
    Family::Process,
    Severity::Warning,
    include_str!("unmeasurable_kpi.rs"),
    Check::Document(run),
);

fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    if !document.is_live() {
        return;
    }
    for (n, kpi) in document.front.kpis.iter().enumerate() {
        let number = n.to_string();
        let whole = document.at(&["kpis", &number]).range();
        if document.violations.iter().any(|wrong| whole.contains(&wrong.at.start)) {
            continue; // What could not be read is not there, and has its own finding.
        }
        let for_information = kpi.direction == Some(Direction::Info);
        let parts = [
            ("unit", blank(kpi.unit.as_ref())),
            ("target", blank(kpi.target.as_ref()) && !for_information),
            ("direction", kpi.direction.is_none()),
            ("measured", blank(kpi.measured.as_ref())),
            ("source", blank(kpi.source.as_ref())),
        ];
        let open: Vec<&str> = parts.iter().filter(|(_, open)| *open).map(|(key, _)| *key).collect();
        if !open.is_empty() {
            let message =
                format!("“{}” cannot be measured: it has no {}", kpi.name, open.join(", no "));
            let help = open.iter().map(|key| format!("`{key}: …`")).collect::<Vec<_>>().join(", ");
            found.push(
                RULE.at(document.at(&["kpis", &number, "id"]), message).help(format!("add {help}")),
            );
            continue;
        }
        if let Some(finding) = idle(document, n, kpi) {
            found.push(finding);
            continue;
        }
        let counts = |target: &str| target.chars().any(|c| c.is_ascii_digit());
        if let Some(target) =
            kpi.target.as_ref().filter(|target| !for_information && !counts(target))
        {
            let message = format!("the target `{target}` of “{}” holds no number", kpi.name);
            let at = document.at(&["kpis", &number, "target"]);
            found.push(RULE.at(at, message).help("write it as a comparison: `target: \">= 95\"`"));
        }
    }
}

/// A measure that is measured never, comes from nowhere, or cannot miss its target.
fn idle(document: &Document, n: usize, kpi: &Kpi) -> Option<Diagnostic> {
    let at = |field: &str| document.at(&["kpis", &n.to_string(), field]);
    let said = |text: &Option<Text>| text.as_ref().is_some_and(|text| is_nothing(text));
    if said(&kpi.measured) {
        let message = format!("“{}” is never measured", kpi.name);
        return Some(RULE.at(at("measured"), message).help("say how often: `measured: monthly`"));
    }
    if let Some(measured) = kpi.measured.as_deref().filter(|period| is_loose(period)) {
        let message = format!("“{}” is measured `{measured}`, at no planned interval", kpi.name);
        return Some(RULE.at(at("measured"), message).help("say how often: `measured: monthly`"));
    }
    if said(&kpi.source) {
        let message = format!("“{}” comes from nowhere", kpi.name);
        return Some(
            RULE.at(at("source"), message).help("name the system that the figure is read from"),
        );
    }
    let target = kpi.target.as_deref()?;
    let (what, help) = match reach(target, kpi)? {
        Reach::Always => ("is always met", "write a value that can be missed"),
        Reach::Never => ("can never be met", "write a value that can be met"),
    };
    let message = format!("the target `{target}` of “{}” {what}", kpi.name);
    Some(RULE.at(at("target"), message).help(help))
}

/// Measured less often than so many years, a figure tells nothing of a year.
const MOST_YEARS: u32 = 3;

/// Whether a measure has no period, or one so long that nobody acts on it: `sometimes`,
/// `every 10 years`.
fn is_loose(measured: &str) -> bool {
    let text = measured.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let long = words.windows(2).any(|pair| {
        let years = ["year", "years", "jahre", "ans", "años", "anni"].contains(&pair[1]);
        let named = ["four", "five", "six", "seven", "eight", "nine", "ten", "twenty"];
        let many = pair[0].parse::<u32>().is_ok_and(|count| count > MOST_YEARS);
        years && (many || named.contains(&pair[0]))
    });
    let decade = words.last().is_some_and(|word| matches!(*word, "decade" | "century"));
    long || decade || is_no_period(measured)
}

/// A target that says nothing of what is measured.
enum Reach {
    /// No value could miss it: at least nothing, or at most all of it.
    Always,
    /// No share could reach it: more than all of it.
    Never,
}

/// Whether a target is always met, or never.
fn reach(target: &str, kpi: &Kpi) -> Option<Reach> {
    let Target { at_least, strict, value, percent } = Target::parse(target)?;
    let unit = kpi.unit.as_deref().unwrap_or_default().trim().to_lowercase();
    let units = ["%", "percent", "per cent", "prozent"];
    let is_share = percent || units.iter().any(|word| unit.starts_with(word));
    match (at_least, strict) {
        (true, false) if value <= 0.0 => Some(Reach::Always),
        (true, true) if value < 0.0 => Some(Reach::Always),
        (true, false) if is_share && value > 100.0 => Some(Reach::Never),
        (true, true) if is_share && value >= 100.0 => Some(Reach::Never),
        (false, false) if is_share && value >= 100.0 => Some(Reach::Always),
        (false, true) if is_share && value > 100.0 => Some(Reach::Always),
        (false, false) if is_share && value < 0.0 => Some(Reach::Never),
        (false, true) if is_share && value <= 0.0 => Some(Reach::Never),
        _ => None,
    }
}

fn blank(text: Option<&Text>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}
