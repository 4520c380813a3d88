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
use crate::model::value::{Direction, Text, is_nothing};

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
    if said(&kpi.source) {
        let message = format!("“{}” comes from nowhere", kpi.name);
        return Some(
            RULE.at(at("source"), message).help("name the system that the figure is read from"),
        );
    }
    let target = kpi.target.as_deref().filter(|target| always_met(target, kpi))?;
    let message = format!("the target `{target}` of “{}” is always met", kpi.name);
    Some(RULE.at(at("target"), message).help("write a value that can be missed"))
}

/// Whether no value could miss a target: at least nothing, or at most all of it.
fn always_met(target: &str, kpi: &Kpi) -> bool {
    let text: String = target.chars().filter(|sign| !sign.is_whitespace()).collect();
    let (at_least, rest) = match text.strip_prefix(">=").or(text.strip_prefix('≥')) {
        Some(rest) => (true, rest),
        None => match text.strip_prefix("<=").or(text.strip_prefix('≤')) {
            Some(rest) => (false, rest),
            None => return false,
        },
    };
    let digits = rest.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let Ok(value) = digits.replace(',', ".").parse::<f64>() else { return false };
    let unit = kpi.unit.as_deref().unwrap_or_default();
    let is_share = rest.contains('%') || matches!(unit, "%" | "percent");
    if at_least { value <= 0.0 } else { is_share && value >= 100.0 }
}

fn blank(text: Option<&Text>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}
