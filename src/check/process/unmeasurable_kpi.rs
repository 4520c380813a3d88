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
use crate::model::value::{Direction, Text};

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

fn blank(text: Option<&Text>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}
