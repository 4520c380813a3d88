//! `explain`: what a finding means, why an auditor cares, how to mend it; and what a clause asks
//! for, what evidences it here, what is missing.

use std::io::Write;

use anyhow::{Result, bail};

use super::{ExitStatus, Session, args, manual};
use crate::check::{self, Family, Rule};
use crate::compile::{self, Inputs};
use crate::coverage::explain::{self, ClauseFacts};
use crate::diag::Severity;
use crate::source::Sources;
use crate::text::nearest;

pub(super) fn run(args: &args::Explain, session: &mut Session) -> Result<ExitStatus> {
    let Some(code) = &args.code else {
        list(session)?;
        return Ok(ExitStatus::Clean);
    };
    let code = code.trim();
    let rule = check::rule(code).or_else(|| check::rule(&code.to_lowercase().replace('_', "-")));
    match rule {
        Some(rule) => page(rule, session)?,
        None if is_clause(code) => clause(code, session)?,
        None => bail!("{}", unknown(code)),
    }
    Ok(ExitStatus::Clean)
}

/// Whether a code is meant as a clause: `8.6.1`, or `made-up-1:4.1`.
fn is_clause(code: &str) -> bool {
    let number = code.rsplit(':').next().unwrap_or_default();
    number.starts_with(|c: char| c.is_ascii_digit())
}

/// What a clause asks for, and how it stands in the manual at hand; outside a manual, what it
/// asks for alone.
fn clause(name: &str, session: &mut Session) -> Result<()> {
    let manual = if manual::is_here(session) {
        manual::compile(session)?
    } else {
        let inputs = Inputs::new(Sources::default(), session.today);
        compile::compile(inputs, &mut compile::Session::default())
    };
    let (standards, library) = (&manual.standards, &manual.library);
    let known = ClauseFacts { standards, coverage: &manual.coverage, library };
    let Some(text) = explain::clause(known, name) else {
        match nearest(name, standards.numbers()) {
            Some(near) => bail!("there is no clause `{name}`: did you mean `{near}`?"),
            None => bail!("there is no clause `{name}`: `clausebook coverage` lists them all"),
        }
    };
    session.out.write_all(crate::text::visible::lines(&text).as_bytes())?;
    Ok(())
}

/// All rules, by family.
fn list(session: &mut Session) -> Result<()> {
    let mut rules: Vec<&Rule> = check::rules().collect();
    rules.sort_by_key(|rule| (rule.family, rule.code));
    let width = rules.iter().map(|rule| rule.code.0.len()).max().unwrap_or(0);
    let mut family: Option<Family> = None;
    for rule in rules {
        if family != Some(rule.family) {
            let gap = if family.is_some() { "\n" } else { "" };
            writeln!(session.out, "{gap}{}", session.bold(&name(rule.family)))?;
            family = Some(rule.family);
        }
        let weight = rule.severity.word();
        writeln!(session.out, "  {:width$}  {weight:7}  {}", rule.code.0, rule.summary())?;
    }
    writeln!(session.out, "\n`clausebook explain CODE` tells more about one of them.")?;
    Ok(())
}

/// The page of a rule, as plain text.
fn page(rule: &Rule, session: &mut Session) -> Result<()> {
    let head = format!("{} ({}, {})", rule.code, weight(rule.severity), name(rule.family));
    writeln!(session.out, "{}\n", session.bold(&head))?;
    let mut code = false;
    for line in rule.page().lines() {
        if line.starts_with("```") {
            code = !code;
            continue;
        }
        match line.strip_prefix('#').filter(|_| !code) {
            Some(heading) => {
                let heading = session.bold(heading.trim_start_matches('#').trim());
                writeln!(session.out, "{heading}")?;
            }
            None if code && !line.is_empty() => writeln!(session.out, "    {line}")?,
            None => writeln!(session.out, "{line}")?,
        }
    }
    let level = format!("rules: {{{}: off}}", rule.code);
    writeln!(
        session.out,
        "\nIts level can be set in clausebook.yaml: {level}, note, warning or error."
    )?;
    Ok(())
}

fn weight(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "an error",
        Severity::Warning => "a warning",
        Severity::Note => "a note",
    }
}

fn name(family: Family) -> String {
    let word = match family {
        Family::Reading => "reading",
        Family::Life => "life of a document",
        Family::Review => "reviews",
        Family::Markdown => "Markdown",
        Family::Links => "links",
        Family::Clause => "clauses",
        Family::Raci => "responsibilities",
        Family::Scope => "scope",
        Family::Process => "processes",
        Family::Register => "registers",
        Family::Text => "text",
        Family::Theme => "theme",
    };
    word.to_owned()
}

fn unknown(code: &str) -> String {
    match nearest(code, check::rules().map(|rule| rule.code.0)) {
        Some(near) => format!("there is no rule `{code}`: did you mean `{near}`?"),
        None => format!("there is no rule `{code}`: `clausebook explain` lists them all"),
    }
}
