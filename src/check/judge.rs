//! What becomes of findings once they are made: levels from `clausebook.yaml`, waivers from the
//! documents, the order that is the same on every machine.

use std::collections::BTreeMap;

use super::Rule;
use crate::diag::{Code, Diagnostic, Severity};
use crate::manual::Manual;
use crate::model::document::Document;
use crate::model::front::Waiver;
use crate::model::settings::Settings;
use crate::model::value::Date;
use crate::source::Sources;
use crate::text::FileId;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Findings that stand, sorted by file, place and code.
    pub standing: Vec<Diagnostic>,
    /// Findings that a document has waived, with the waiver's last day and reason.
    pub waived: Vec<Waived>,
}

impl Findings {
    /// The same with more that was found, judged as the rest was.
    #[must_use]
    pub(crate) fn and(mut self, more: Vec<Diagnostic>, manual: &Manual) -> Self {
        let more = judge(more, manual);
        self.standing.extend(more.standing);
        self.waived.extend(more.waived);
        self.sorted(&manual.sources)
    }

    /// By file, place and rule. Files count in the order of their paths: their numbers depend on what
    /// was there before.
    fn sorted(mut self, sources: &Sources) -> Self {
        let order = |a: &Diagnostic, b: &Diagnostic| {
            let place = |one: &Diagnostic| sources.place(one.at.file);
            let labels = |one: &Diagnostic| {
                let labels = one.labels.iter();
                labels
                    .map(|label| (sources.place(label.at.file), label.at.start))
                    .collect::<Vec<_>>()
            };
            place(a).cmp(&place(b)).then_with(|| {
                (a.at, a.code, &a.message)
                    .cmp(&(b.at, b.code, &b.message))
                    .then_with(|| labels(a).cmp(&labels(b)))
                    .then_with(|| a.cmp(b))
            })
        };
        self.standing.sort_by(order);
        self.standing.dedup();
        self.waived.sort_by(|a, b| order(&a.finding, &b.finding));
        self
    }
}

/// What makes a run fail besides errors, and keeps a manual from being published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Denied {
    /// Warnings do, too.
    pub warnings: bool,
    /// So does what only the calendar brought: nobody changed anything, and whoever proposes a change
    /// has nothing to do with it.
    pub due: bool,
}

impl Denied {
    /// Whether a finding makes a run fail.
    pub fn fails(self, finding: &Diagnostic) -> bool {
        let least = if self.warnings { Severity::Warning } else { Severity::Error };
        finding.severity >= least && (self.due || !finding.timed)
    }
}

/// A finding that is accepted for a time.
#[derive(Clone, Debug)]
pub struct Waived {
    /// The finding.
    pub finding: Diagnostic,
    /// The waiver.
    pub waiver: Waiver,
}

/// Whether a rule is switched on, be it for some folders alone.
pub(super) fn is_on(rule: &Rule, settings: &Settings) -> bool {
    let everywhere = settings.rules.get(rule.code.0);
    let is_on_for_all = everywhere.map_or(!rule.on_request, |level| level.severity().is_some());
    is_on_for_all || settings.levels(rule.code.0).any(|level| level.severity().is_some())
}

/// Sets levels, names documents, takes waived findings out, sorts, and drops what stands twice.
pub(crate) fn judge(found: Vec<Diagnostic>, manual: &Manual) -> Findings {
    let documents = manual.library.documents.iter();
    let mut by_file: BTreeMap<FileId, &Document> = documents.map(|one| (one.file, one)).collect();
    // A file with entries belongs to the document that names it.
    for source in manual.registers.all.iter().flat_map(|one| &one.sources) {
        by_file.entry(source.at.file).or_insert(&manual.library.documents[source.document]);
    }
    let mut findings = Findings::default();
    for mut finding in found {
        let path = &manual.sources.file(finding.at.file).path;
        match manual.settings().level(path, finding.code.0) {
            Some(level) => {
                let Some(severity) = level.severity() else { continue };
                finding.severity = severity;
            }
            None if is_on_request(finding.code) => continue,
            None => {}
        }
        let document = by_file.get(&finding.at.file).copied();
        if finding.document.is_none() {
            finding.document =
                document.filter(|one| one.is_named()).map(|document| document.id.clone());
        }
        // What was accepted until a day comes back with that day.
        finding.timed |= document.is_some_and(|one| is_named_in_waiver(one, finding.code));
        match document.and_then(|document| waiver(document, finding.code, manual.today)) {
            Some(waiver) => findings.waived.push(Waived { finding, waiver: waiver.clone() }),
            None => findings.standing.push(finding),
        }
    }
    findings.sorted(&manual.sources)
}

/// Whether a rule runs only where it is asked for.
fn is_on_request(code: Code) -> bool {
    super::rule(code.0).is_some_and(|rule| rule.on_request)
}

/// Whether a document has a waiver for a rule, whatever its last day.
fn is_named_in_waiver(document: &Document, code: Code) -> bool {
    document.front.waivers.iter().any(|waiver| &*waiver.rule == code.0)
}

/// Whether a document has waived the findings of a rule.
pub(super) fn is_waived(manual: &Manual, rule: &Rule, document: &Document) -> bool {
    waiver(document, rule.code, manual.today).is_some()
}

/// The waiver of a document for a rule that holds on a day.
fn waiver(document: &Document, code: Code, today: Date) -> Option<&Waiver> {
    let mut waivers = document.front.waivers.iter().filter(|waiver| waiver.until >= today);
    waivers.find(|waiver| &*waiver.rule == code.0)
}
