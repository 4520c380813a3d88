//! What the rules found, for those who mend it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Chip, Link};
use crate::check::{self, Findings};
use crate::diag::{Diagnostic, Severity};
use crate::model::library::DocumentNumber;
use crate::render::edition::Edition;
use crate::render::routes::Root;
use crate::render::words::{capital, count};
use crate::text::FileId;

/// Most findings that the page lists.
const MANY: usize = 500;

/// A finding.
#[derive(Serialize)]
pub(in crate::render) struct Finding {
    /// How much it matters.
    pub(in crate::render) severity: Chip,
    /// The rule.
    pub(in crate::render) code: &'static str,
    /// What is wrong.
    pub(in crate::render) message: String,
    /// What to do about it.
    pub(in crate::render) help: Option<String>,
    /// File, line and column.
    pub(in crate::render) place: String,
    /// The document.
    pub(in crate::render) document: Option<Link>,
    /// Until when it is accepted, and why.
    pub(in crate::render) waived: Option<String>,
}

/// A rule that found something.
#[derive(Serialize)]
pub(in crate::render) struct Rule {
    /// Its name.
    pub(in crate::render) code: &'static str,
    /// What it finds, in a sentence.
    pub(in crate::render) summary: String,
}

/// The page.
#[derive(Serialize)]
pub(in crate::render) struct FindingsPage {
    /// Counts, in words.
    pub(in crate::render) counts: String,
    /// Findings that stand, then those that are accepted for a time.
    pub(in crate::render) rows: Vec<Finding>,
    /// How many there are besides; those who mend them list all with `clausebook check`.
    pub(in crate::render) more: Option<String>,
    /// The rules that found them.
    pub(in crate::render) rules: Vec<Rule>,
    /// Whether the page is left empty because of its readers.
    pub(in crate::render) withheld: bool,
}

/// The findings that an auditor would ask about, on a page that is about something else.
#[derive(Serialize)]
pub(in crate::render) struct Worst {
    /// How many errors and warnings there are, in words; nothing where there is none.
    pub(in crate::render) counts: Option<String>,
    /// The first of them, errors before warnings.
    pub(in crate::render) rows: Vec<Finding>,
    /// How many there are besides, and where.
    pub(in crate::render) more: Option<Link>,
    /// Whether they are left out because of the readers of the edition.
    pub(in crate::render) withheld: bool,
}

/// Errors and warnings, the worst first, and no more than `most` of them.
pub(in crate::render) fn worst(
    edition: &Edition<'_>,
    findings: &Findings,
    root: Root,
    most: usize,
) -> Worst {
    let withheld = !edition.is_whole();
    let grave = |finding: &&Diagnostic| finding.severity > Severity::Note && !withheld;
    let mut found: Vec<&Diagnostic> = findings.standing.iter().filter(grave).collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let of = |severity| found.iter().filter(|finding| finding.severity == severity).count();
    let counts = format!(
        "{} and {}",
        count(of(Severity::Error), "error", "errors"),
        count(of(Severity::Warning), "warning", "warnings")
    );
    let places = Places::new(edition);
    let more = found.len().saturating_sub(most);
    let href = Some(format!("{root}findings/index.html"));
    Worst {
        counts: (!found.is_empty()).then_some(counts),
        rows: found.iter().take(most).map(|one| places.row(one, root, None)).collect(),
        more: (more > 0).then(|| Link { text: format!("{more} more").into(), href }),
        withheld,
    }
}

/// What finds the document and the place of a finding.
struct Places<'a> {
    edition: &'a Edition<'a>,
    by_file: BTreeMap<FileId, DocumentNumber>,
}

impl<'a> Places<'a> {
    fn new(edition: &'a Edition<'a>) -> Self {
        let documents = edition.listed.iter();
        let by_file = documents.map(|number| (edition.document(*number).file, *number)).collect();
        Places { edition, by_file }
    }

    fn row(&self, finding: &Diagnostic, root: Root, waived: Option<String>) -> Finding {
        let place = self.edition.place(finding.at);
        let place = place.map(|(path, line, column)| format!("{path}:{line}:{column}"));
        let number = self.by_file.get(&finding.at.file);
        let link = |n: &DocumentNumber| self.edition.link(root, *n, &self.edition.document(*n).id);
        Finding {
            severity: severity(finding.severity),
            code: finding.code.0,
            message: finding.message.clone(),
            help: finding.help.clone(),
            place: place.unwrap_or_default(),
            document: number.map(link),
            waived,
        }
    }
}

/// The page of findings.
pub(in crate::render) fn page(
    edition: &Edition<'_>,
    findings: &Findings,
    root: Root,
) -> FindingsPage {
    // A finding quotes whatever it concerns, so an edition for some readers alone has none.
    let withheld = !edition.is_whole();
    let standing = findings.standing.iter().filter(|_| !withheld);
    let places = Places::new(edition);
    let waived = findings.waived.iter().filter(|_| !withheld);
    let accepted = waived.clone().map(|waived| {
        let until = format!("accepted until {}: {}", waived.waiver.until, &*waived.waiver.reason);
        (&waived.finding, Some(until))
    });
    let all = standing.clone().map(|finding| (finding, None)).chain(accepted);
    let rows: Vec<Finding> =
        all.take(MANY).map(|(finding, until)| places.row(finding, root, until)).collect();
    let sum = standing.clone().count() + waived.clone().count();
    let mut codes: Vec<&'static str> = standing.clone().map(|finding| finding.code.0).collect();
    codes.extend(waived.map(|waived| waived.finding.code.0));
    codes.sort_unstable();
    codes.dedup();
    let rules = codes.into_iter().filter_map(|code| {
        let rule = check::rule(code)?;
        Some(Rule { code, summary: rule.summary() })
    });
    let of = |severity| standing.clone().filter(|finding| finding.severity == severity).count();
    let counts = format!(
        "{}, {}, {}",
        count(of(Severity::Error), "error", "errors"),
        count(of(Severity::Warning), "warning", "warnings"),
        count(of(Severity::Note), "note", "notes")
    );
    let more = (sum > rows.len()).then(|| format!("{} more", sum - rows.len()));
    FindingsPage { counts, rules: rules.collect(), rows, more, withheld }
}

fn severity(severity: Severity) -> Chip {
    let word = capital(severity.word());
    match severity {
        Severity::Error => Chip::new("bad", "triangle", word),
        Severity::Warning => Chip::new("warn", "half", word),
        Severity::Note => Chip::new("mute", "about", word),
    }
}
