//! Coverage for machines, spreadsheets and terminals. The site's `coverage.json` and
//! `coverage --format json` are the same bytes.

use std::fmt::Write as _;

use serde::Serialize;

use super::results::{ClauseCoverage, Coverage, Evidence, ItemCoverage, State};
use crate::model::library::{DocumentNumber, Library};
use crate::standard::Standards;
use crate::text::{csv_field, visible};

/// Coverage as `coverage.json` holds it.
#[derive(Debug, Serialize)]
pub struct Export {
    /// The classification up to which documents are counted, where that is limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<&'static str>,
    /// Title of the standard; of several, joined with `; `.
    pub standard: String,
    /// One a requirement clause.
    pub clauses: Vec<ClauseExport>,
    /// Documents that trace to no clause: their ids.
    pub untraced: Vec<String>,
}

/// A clause in `coverage.json`.
#[derive(Debug, Serialize)]
pub struct ClauseExport {
    /// Its name, as a document would write it.
    pub clause: String,
    /// Its title.
    pub title: String,
    /// How far it is evidenced.
    pub state: State,
    /// why it is not documented; empty when it is.
    pub reason: String,
    /// What it asks for.
    pub items: Vec<ItemExport>,
}

/// An item in `coverage.json`.
#[derive(Debug, Serialize)]
pub struct ItemExport {
    /// Its id.
    pub item: String,
    /// Its name.
    pub name: String,
    /// How the standard asks for it.
    pub obligation: &'static str,
    /// How far it is evidenced.
    pub state: State,
    /// What evidences it.
    pub evidence: Vec<EvidenceExport>,
}

/// Evidence in `coverage.json`.
#[derive(Debug, Serialize)]
pub struct EvidenceExport {
    /// Id of the document.
    pub document: String,
    /// Slug of the section, or null.
    pub section: Option<String>,
    /// Name of the record, or null.
    pub record: Option<String>,
}

impl Export {
    /// Names the documents of a coverage of a library.
    pub fn new(coverage: &Coverage, library: &Library, standards: &Standards) -> Self {
        let titles = standards.all.iter().map(|standard| standard.about.title.0.clone());
        let id = |number: DocumentNumber| library.documents[number].id.clone();
        let evidence = |one: &Evidence| EvidenceExport {
            document: id(one.document),
            section: one.section.clone(),
            record: one.record.clone(),
        };
        let item = |one: &ItemCoverage| ItemExport {
            item: one.item.clone(),
            name: one.name.clone(),
            obligation: one.obligation.word(),
            state: one.state,
            evidence: one.evidence.iter().map(evidence).collect(),
        };
        let clause = |one: &ClauseCoverage| ClauseExport {
            clause: standards.name(&one.clause),
            title: one.title.clone(),
            state: one.state,
            reason: one.reason(),
            items: one.items.iter().map(item).collect(),
        };
        Export {
            audience: None,
            standard: titles.collect::<Vec<_>>().join("; "),
            clauses: coverage.clauses.iter().map(|one| clause(one)).collect(),
            untraced: coverage.untraced(library).map(id).collect(),
        }
    }

    /// As JSON, with a line feed at the end.
    ///
    /// # Panics
    /// Never: plain data is JSON.
    pub fn json(&self) -> String {
        // Plain data always has a JSON text.
        let mut out = visible::json(&serde_json::to_string_pretty(self).unwrap_or_default());
        out.push('\n');
        out
    }

    /// As CSV (RFC 4180): clause, title, state, reason, evidence.
    pub fn csv(&self) -> String {
        let mut out = String::from("clause,title,state,reason,evidence\r\n");
        for clause in &self.clauses {
            let evidence = clause.items.iter().flat_map(|item| &item.evidence).map(spelled);
            let mut evidence: Vec<String> = evidence.collect();
            evidence.sort();
            evidence.dedup();
            let fields = [
                &clause.clause,
                &clause.title,
                clause.state.word(),
                &clause.reason,
                &evidence.join("; "),
            ];
            let fields: Vec<String> = fields.into_iter().map(csv_field).collect();
            out.push_str(&fields.join(","));
            out.push_str("\r\n");
        }
        out
    }

    /// As a table for a terminal, with the sum of each state below it.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let width = |text: fn(&ClauseExport) -> usize| self.clauses.iter().map(text).max();
        let number = width(|one| one.clause.chars().count()).unwrap_or(0);
        let title = width(|one| one.title.chars().count()).unwrap_or(0).min(48);
        let state = "not-applicable".len();
        for clause in &self.clauses {
            let shown: String = clause.title.chars().take(title).collect();
            let line = format!(
                "{:number$}  {shown:title$}  {:state$}  {}",
                clause.clause,
                clause.state.word(),
                clause.reason
            );
            let _ = writeln!(out, "{}", line.trim_end());
        }
        let count = |state: State| self.clauses.iter().filter(|one| one.state == state).count();
        let _ = write!(
            out,
            "\n{} of {} requirement clauses documented, {} partial, {} gap",
            count(State::Documented),
            self.clauses.len(),
            count(State::Partial),
            count(State::Gap)
        );
        match count(State::NotApplicable) {
            0 => out.push('\n'),
            some => {
                let _ = writeln!(out, ", {some} not applicable");
            }
        }
        if !self.untraced.is_empty() {
            let _ = writeln!(out, "trace to no clause: {}", self.untraced.join(", "));
        }
        out
    }
}

/// Evidence in one line: `PRC-INC-01 §escalation`, `PRC-INC-01: Incident records`.
fn spelled(one: &EvidenceExport) -> String {
    match (&one.record, &one.section) {
        (Some(record), _) => format!("{}: {record}", one.document),
        (None, Some(section)) => format!("{} §{section}", one.document),
        (None, None) => one.document.clone(),
    }
}
