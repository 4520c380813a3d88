//! The revision history does not run from the newest version down, has two lines of one version, or a
//! line that does not say what changed.
//!
//! # Why it matters
//!
//! The first line of the history is read as the latest change, on the page and by auditors. A line
//! out of order, or a version that is older than the one before it by number and newer by date,
//! makes it impossible to say what held when (clause 7.5.3, control of changes).
//!
//! # Mend it
//!
//! Put the newest line first; dates and versions both go down:
//!
//! ```yaml
//! revisions:
//!   - {version: "2.0", date: 2026-02-20, summary: Rewritten}
//!   - {version: "1.0", date: 2024-02-11, summary: First edition}
//! ```

use crate::check::{Check, Family, Rule, Scene};
use crate::diag::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::nothing::is_nothing;

pub(super) const RULE: Rule = Rule::new(
    "revisions-out-of-order",
    Family::Life,
    Severity::Warning,
    include_str!("revisions_out_of_order.rs"),
    Check::Document(run),
);

/// Only the first line out of order is reported: the others are seen while it is mended.
fn run(document: &Document, _: &Scene<'_>, found: &mut Vec<Diagnostic>) {
    let revisions = &document.front.revisions;
    let pairs = revisions.windows(2).enumerate();
    let mut wrong = pairs.filter_map(|(number, pair)| {
        let [upper, lower] = pair else { return None };
        if upper.date < lower.date {
            let what = format!("{} stands below {}, which is earlier", lower.date, upper.date);
            return Some((number, "date", what));
        }
        let what =
            format!("version `{}` stands below the older `{}`", lower.version, upper.version);
        (upper.version < lower.version).then_some((number, "version", what))
    });
    let Some((number, field, message)) = wrong.next() else {
        found.extend(unclear(document));
        return;
    };
    let at = |number: usize| document.at(&["revisions", &number.to_string(), field]);
    let turned = revisions.is_sorted_by_key(|one| (one.date, one.version.clone()));
    let help = if turned {
        "turn the list round: the newest line comes first"
    } else {
        "put the newest line first; check the dates and the versions"
    };
    found.push(RULE.at(at(number + 1), message).label(at(number), "this stands above").help(help));
}

/// The first line that has the version of another, or says nothing of what changed.
fn unclear(document: &Document) -> Option<Diagnostic> {
    let revisions = &document.front.revisions;
    let at = |number: usize, field: &str| document.at(&["revisions", &number.to_string(), field]);
    let twice = revisions.windows(2).position(|pair| pair[0].version == pair[1].version);
    if let Some(upper) = twice {
        let message = format!("version `{}` has two lines", revisions[upper].version);
        let finding = RULE.at(at(upper, "version"), message);
        let finding = finding.label(at(upper + 1, "version"), "the other");
        return Some(finding.help("give the later change a version of its own, or write one line"));
    }
    let unfinished = |number: usize| document.is_unfinished(&at(number, "summary").range());
    let mut silent = (0..revisions.len()).filter(|n| is_nothing(&revisions[*n].summary));
    let silent = silent.find(|number| !unfinished(*number))?;
    let version = &revisions[silent].version;
    let message = format!("the line of version `{version}` does not say what changed");
    Some(RULE.at(at(silent, "summary"), message).help("write it in a few words: `summary: …`"))
}
