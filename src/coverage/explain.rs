//! A clause for a reader at the terminal: what it asks for, what evidences it here, what is
//! missing.

use std::fmt::Write as _;

use super::results::{ClauseCoverage, Coverage, Evidence, State};
use crate::model::library::Library;
use crate::standard::format::{Clause, Condition, Information, Role, Strength};
use crate::standard::{ClauseRef, Schema, Standards};

/// Everything that is known of a manual's clauses.
#[derive(Clone, Copy)]
pub struct ClauseFacts<'a> {
    /// The standards.
    pub standards: &'a Standards,
    /// Their coverage.
    pub coverage: &'a Coverage,
    /// The documents.
    pub library: &'a Library,
}

/// What `clausebook explain 8.6.1` prints, in lines of any length; nothing when there is no such
/// clause.
pub fn clause(known: ClauseFacts<'_>, name: &str) -> Option<String> {
    let (at, clause) = known.standards.find(name)?;
    let standard = &known.standards.all[at.standard];
    let mut out = String::new();
    let _ = writeln!(out, "{} {}", clause.number, clause.title);
    let _ = writeln!(out, "{}", standard.about.title);
    let _ = writeln!(out, "\n{}", clause.summary);
    if let Some(wording) = &clause.wording {
        let _ = writeln!(out, "\nFrom your licensed copy: {wording}");
    }
    facts(clause, &mut out);
    if clause.role != Role::Requirement {
        below(known, &at, &mut out);
        return Some(out);
    }
    let (Some(coverage), Some(schema)) = (known.coverage.clause(&at), known.standards.schema(&at))
    else {
        return Some(out);
    };
    asked(coverage, schema, known, &mut out);
    let _ = write!(out, "\nHere: {}", coverage.state.word());
    if coverage.why.is_empty() {
        out.push('\n');
    } else {
        let _ = writeln!(out, ". {}.", coverage.reason());
    }
    Some(out)
}

fn facts(clause: &Clause, out: &mut String) {
    let words = |list: &[crate::model::value::Text]| {
        list.iter().map(|one| one.0.clone()).collect::<Vec<_>>().join(", ")
    };
    let maps = |mapping: &crate::standard::format::Mapping| match mapping.partial.is_empty() {
        true => words(&mapping.direct),
        false if mapping.direct.is_empty() => format!("{} in part", words(&mapping.partial)),
        false => format!("{}; {} in part", words(&mapping.direct), words(&mapping.partial)),
    };
    let information = match clause.information {
        Information::None => String::new(),
        Information::Maintain => "maintain".into(),
        Information::Retain => "retain".into(),
        Information::Both => "maintain and retain".into(),
    };
    let optional = |text: Option<&crate::model::value::Text>| {
        text.map(|text| text.0.clone()).unwrap_or_default()
    };
    let kinds: Vec<&str> = clause.kinds.iter().map(|kind| kind.word()).collect();
    let lines = [
        ("Documented information", information),
        ("Kinds of document", kinds.join(", ")),
        ("Planned intervals", optional(clause.planned_intervals.as_ref())),
        ("Applies", optional(clause.conditional.as_ref().map(Condition::words))),
        ("Changed by", optional(clause.amended_by.as_ref())),
        ("ITIL 4", words(&clause.itil4)),
        ("ISO 9001:2015", maps(&clause.iso9001_2015)),
        ("ISO/IEC 27001:2022", maps(&clause.iso27001_2022)),
        ("Beware", optional(clause.trap.as_ref())),
    ];
    out.push('\n');
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "{name}: {value}");
    }
}

fn below(known: ClauseFacts<'_>, at: &ClauseRef, out: &mut String) {
    for clause in known.standards.all[at.standard].below(&at.number) {
        let below = ClauseRef { standard: at.standard, number: clause.number.0.clone() };
        let state = known.coverage.clause(&below).map_or("", |covered| covered.state.word());
        let _ = writeln!(out, "  {:9} {}  {state}", clause.number.0, clause.title);
    }
}

fn asked(coverage: &ClauseCoverage, schema: &Schema, known: ClauseFacts<'_>, out: &mut String) {
    if !schema.content.items.is_empty() {
        out.push_str("\nDocumented information that it asks for:\n");
    }
    for (covered, item) in coverage.items.iter().zip(&schema.content.items) {
        let _ = writeln!(
            out,
            "  [{}] {} ({}, {})",
            covered.state.word(),
            item.name,
            if item.information == Information::Retain { "retain" } else { "maintain" },
            item.obligation.word()
        );
        let content: Vec<&str> = item.content.iter().map(|one| &**one).collect();
        let _ = writeln!(out, "      holds: {}", content.join("; "));
        for one in &covered.evidence {
            let _ = writeln!(out, "      {}", evidence(one, known.library));
        }
        if covered.state != State::Documented {
            let _ = writeln!(out, "      missing: {}", covered.reason());
        }
    }
    for (title, strength) in [
        ("Topics that it needs", Strength::Required),
        ("Usual, and not asked for", Strength::Customary),
    ] {
        let topics: Vec<_> =
            schema.content.topics.iter().filter(|topic| topic.strength == strength).collect();
        if topics.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{title}:");
        for topic in topics {
            let by = coverage.topics.iter().find(|one| one.topic == *topic.topic);
            let mark = match by {
                Some(one) if one.good => "[covered] ",
                Some(one) if !one.by.is_empty() => "[partial] ",
                Some(_) => "[missing] ",
                None => "",
            };
            let _ = writeln!(out, "  {mark}{}: {}", topic.topic, topic.asks);
            for (document, section) in by.iter().flat_map(|one| &one.by) {
                let _ = writeln!(out, "      {} §{section}", known.library.documents[*document].id);
            }
        }
    }
}

fn evidence(one: &Evidence, library: &Library) -> String {
    let document = &library.documents[one.document];
    let mut out = document.id.clone();
    if let Some(record) = &one.record {
        let _ = write!(out, ", record “{record}”");
    } else if let Some(section) = &one.section {
        let _ = write!(out, " §{section}");
    }
    if let Some(words) = one.standing.in_words() {
        let _ = write!(out, ", which {words}");
    }
    out
}
