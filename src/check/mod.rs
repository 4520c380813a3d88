//! The rules: each looks at the manual and says what is wrong, one file a rule.
//!
//! Comes in: everything that is known ([`Manual`]). Goes out: findings. A rule's file opens with
//! the page that `explain` prints: what it finds, why it matters to an auditor, how to mend it.
//! Every finding of the program is made by a rule: the stations before only keep what they could
//! not understand ([`crate::parse::Trouble`], [`crate::model::violation::Violation`]).
//!
//! [`findings`] runs all of them, then sets levels, applies waivers and sorts: the one place
//! where findings are judged.

pub mod baseline;
mod judge;
mod many;
mod silent;

pub mod clause;
pub mod life;
pub mod links;
pub mod markdown;
pub mod process;
pub mod raci;
pub mod reading;
pub mod register;
pub mod review;
pub mod scope;
pub mod text;
pub mod theme;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::crash_context;
use crate::diag::{Code, Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::settings::Settings;
use crate::model::value::{Date, Status};
use crate::parse::yaml::Node;
use crate::text::Span;

pub(crate) use judge::judge;
pub use judge::{Denied, Findings, Waived};

/// A rule.
pub struct Rule {
    /// Its name.
    pub code: Code,
    /// Its family.
    pub family: Family,
    /// How much its findings matter unless `rules:` says otherwise.
    pub severity: Severity,
    /// Whether it runs only when `rules:` gives it a level.
    pub on_request: bool,
    /// The source of its file, which opens with its page.
    source: &'static str,
    /// How it looks.
    check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// One document at a time, without the others.
    Document(fn(&Document, &Scene<'_>, &mut Vec<Diagnostic>)),
    /// The manual as a whole.
    Manual(fn(&Manual, &mut Vec<Diagnostic>)),
    /// Nothing: the finding is made where its cause is met (the theme, the pictures).
    Elsewhere,
}

/// What a rule may know besides the document that it looks at.
pub struct Scene<'a> {
    /// What `clausebook.yaml` says.
    pub settings: &'a Settings,
    /// The day for which everything is judged.
    pub today: Date,
}

/// Families of rules, in the order in which people read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Files that cannot be read, front matter that its schema does not allow.
    Reading,
    /// Versions, approvals, status.
    Life,
    /// Reviews.
    Review,
    /// Markdown that becomes something else than was meant.
    Markdown,
    /// Links and pictures.
    Links,
    /// Clauses of the standard.
    Clause,
    /// Responsibilities.
    Raci,
    /// The scope statement.
    Scope,
    /// Processes, their hand-overs and measures.
    Process,
    /// Registers and their entries.
    Register,
    /// The words themselves.
    Text,
    /// The theme.
    Theme,
}

impl Rule {
    /// A rule; `source` is its own file, which opens with its page.
    pub const fn new(
        code: &'static str,
        family: Family,
        severity: Severity,
        source: &'static str,
        check: Check,
    ) -> Self {
        Rule { code: Code(code), family, severity, on_request: false, source, check }
    }

    /// The same rule, but off unless `rules:` gives it a level.
    #[must_use]
    pub const fn on_request(mut self) -> Self {
        self.on_request = true;
        self
    }

    /// A finding of this rule.
    pub fn at(&self, at: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.code, self.severity, at, message)
    }

    /// A finding whose weight follows the status of its document: a note in a draft, a warning in
    /// review, an error once approved.
    pub fn by_status(
        &self,
        document: &Document,
        at: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        let severity = match document.status() {
            Status::Approved => Severity::Error,
            Status::InReview => Severity::Warning,
            _ => Severity::Note,
        };
        Diagnostic::new(self.code, severity, at, message)
    }

    /// What it looks at.
    pub fn check(&self) -> Check {
        self.check
    }

    /// Whether it looks at one document at a time, so that no other one changes what it finds.
    pub fn is_of_one(&self) -> bool {
        matches!(self.check, Check::Document(_))
    }

    /// Its page, as Markdown: the comment that its file opens with.
    pub fn page(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        lines.join("\n")
    }

    /// The first sentence of its page.
    pub fn summary(&self) -> String {
        self.page().lines().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// All rules, by family.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let families = [
        reading::RULES,
        life::RULES,
        review::RULES,
        markdown::RULES,
        links::RULES,
        clause::RULES,
        raci::RULES,
        scope::RULES,
        process::RULES,
        register::RULES,
        text::RULES,
        theme::RULES,
    ];
    families.into_iter().flatten().copied()
}

/// The rule of a name.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code.0 == code)
}

/// What the rules that look at one document found in each the last time.
#[derive(Default)]
pub struct CheckMemo {
    scene: Option<(Node, Date)>,
    found: HashMap<String, Looked>,
}

/// A document that was looked at, and what was found.
struct Looked {
    document: Arc<Document>,
    found: Vec<Diagnostic>,
}

/// Runs every rule over the manual and judges what they found. A document that was looked at on the
/// same day under the same settings is not looked at again.
pub fn findings(manual: &Manual, memo: &mut CheckMemo) -> Findings {
    findings_unless(manual, memo, &AtomicBool::new(false)).unwrap_or_default()
}

/// The same, unless it is told to stop: then there are none.
pub fn findings_unless(
    manual: &Manual,
    memo: &mut CheckMemo,
    stop: &AtomicBool,
) -> Option<Findings> {
    let go_on = || (!stop.load(Ordering::Relaxed)).then_some(());
    let scene = Some((manual.settings.checked.node.clone(), manual.today));
    if memo.scene != scene {
        *memo = CheckMemo { scene, ..CheckMemo::default() };
    }
    let on: Vec<&Rule> = rules().filter(|rule| judge::is_on(rule, manual.settings())).collect();
    let looked: Option<Vec<Looked>> = manual
        .library
        .documents
        .shared()
        .par_iter()
        .map(|document| {
            let found = match memo.found.get(&document.path) {
                Some(one) if Arc::ptr_eq(&one.document, document) => one.found.clone(),
                _ => go_on().map(|()| of_document(document, &on, manual))?,
            };
            Some(Looked { document: Arc::clone(document), found })
        })
        .collect();
    let looked = looked?;
    let mut found: Vec<Diagnostic> =
        looked.iter().flat_map(|one| one.found.iter().cloned()).collect();
    memo.found = looked.into_iter().map(|one| (one.document.path.clone(), one)).collect();
    let of_manual: Option<Vec<Vec<Diagnostic>>> = on
        .par_iter()
        .map(|rule| {
            let mut found = Vec::new();
            if let Check::Manual(run) = rule.check {
                go_on()?;
                crash_context::with(rule.code.0, || run(manual, &mut found));
                many::curb(&mut found, 0);
            }
            Some(found)
        })
        .collect();
    found.extend(of_manual?.into_iter().flatten());
    silent::without_consequences(&mut found, manual);
    go_on().map(|()| judge(found, manual))
}

/// Most places that a finding shows beside its own.
const MOST_PLACES: usize = 4;

/// A finding with the places that depend on what it is about: a few of them, and how many more.
fn with_places(mut finding: Diagnostic, name: &str, places: &[Span]) -> Diagnostic {
    for (number, at) in places.iter().take(MOST_PLACES).enumerate() {
        let more = places.len().saturating_sub(MOST_PLACES);
        let text = match (number + 1, more) {
            (MOST_PLACES, 1..) => format!("`{name}` is named here, and in {more} more places"),
            _ => format!("`{name}` is named here"),
        };
        finding = finding.label(*at, text);
    }
    finding
}

fn of_document(document: &Document, on: &[&Rule], manual: &Manual) -> Vec<Diagnostic> {
    let scene = Scene { settings: manual.settings(), today: manual.today };
    let mut found = Vec::new();
    crash_context::with(&document.path, || {
        for rule in on {
            if let Check::Document(run) = rule.check {
                let before = found.len();
                run(document, &scene, &mut found);
                many::curb(&mut found, before);
            }
        }
    });
    found
}
