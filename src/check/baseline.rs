//! Findings that were there when a manual began to be checked, and are accepted until they are mended:
//! whoever adopts a hundred documents begins without failures, and every new mistake is one.
//!
//! A finding is known again by its document, its rule and its words, wherever its lines have moved.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Findings;
use crate::diag::Diagnostic;
use crate::source::Sources;

/// What a finding is known again by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The id of its document; the path of its file where it has none.
    pub place: String,
    /// The rule that found it.
    pub rule: String,
    /// What it says, each number as `#`: how long a review is overdue changes day by day.
    pub message: String,
}

impl Accepted {
    /// What a finding is known again by.
    pub fn of(finding: &Diagnostic, sources: &Sources) -> Self {
        let path = || sources.file(finding.at.file).path.clone();
        Accepted {
            place: finding.document.clone().unwrap_or_else(path),
            rule: finding.code.to_string(),
            message: without_numbers(&finding.message),
        }
    }
}

fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            digit if digit.is_ascii_digit() && out.ends_with('#') => {}
            digit if digit.is_ascii_digit() => out.push('#'),
            other => out.push(other),
        }
    }
    out
}

/// The findings that are accepted, and how many of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Accepted, usize>);

/// A line of the file that holds a baseline.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    accepted: Accepted,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    times: usize,
}

fn once() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the way in which serde asks")]
fn is_once(times: &usize) -> bool {
    *times == 1
}

/// What became of findings beside a baseline.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// The findings that it does not hold.
    pub new: Findings,
    /// How many it accepts.
    pub accepted: usize,
    /// How many it accepts that are there no longer.
    pub gone: usize,
}

impl Baseline {
    /// All findings of a manual.
    pub fn of(findings: &Findings, sources: &Sources) -> Self {
        let mut all = BTreeMap::new();
        for finding in &findings.standing {
            *all.entry(Accepted::of(finding, sources)).or_insert(0) += 1;
        }
        Baseline(all)
    }

    /// Reads the file that [`Baseline::text`] has written.
    ///
    /// # Errors
    /// It is none: what is wrong, and where.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        let lines: Vec<Line> = serde_json::from_str(text)?;
        let mut all = BTreeMap::new();
        for line in lines {
            *all.entry(line.accepted).or_insert(0) += line.times;
        }
        Ok(Baseline(all))
    }

    /// What stands in its file: JSON, a line a finding, in an order that does not change.
    pub fn text(&self) -> String {
        let lines = self.0.iter().map(|(accepted, times)| {
            let line = Line { accepted: accepted.clone(), times: *times };
            serde_json::to_string(&line).unwrap_or_default()
        });
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
    }

    /// How many findings it accepts.
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// Whether it accepts none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What it has in common with another: nothing is accepted that was not before.
    #[must_use]
    pub fn shrunk_to(&self, other: &Baseline) -> Baseline {
        let both = self.0.iter().filter_map(|(accepted, times)| {
            let times = other.0.get(accepted)?.min(times);
            Some((accepted.clone(), *times))
        });
        Baseline(both.collect())
    }

    /// The findings that it does not accept. Of several that are alike, the first are accepted.
    pub fn compare(&self, findings: Findings, sources: &Sources) -> Compared {
        let mut left = self.0.clone();
        let mut compared = Compared::default();
        let Findings { standing, waived } = findings;
        compared.new.waived = waived;
        for finding in standing {
            match left.get_mut(&Accepted::of(&finding, sources)) {
                Some(times) if *times > 0 => {
                    *times -= 1;
                    compared.accepted += 1;
                }
                _ => compared.new.standing.push(finding),
            }
        }
        compared.gone = left.values().sum();
        compared
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Severity};
    use crate::text::{FileId, Span};

    fn sources() -> Sources {
        Sources::from_memory([("policies/p.md", &b"text"[..])])
    }

    fn findings(messages: &[&str]) -> Findings {
        let at = Span::new(FileId(0), 0..1);
        let one = |message: &&str| {
            Diagnostic::new(Code("code"), Severity::Error, at, message.to_string())
        };
        Findings { standing: messages.iter().map(one).collect(), waived: Vec::new() }
    }

    fn messages(findings: &Findings) -> Vec<&str> {
        findings.standing.iter().map(|one| one.message.as_str()).collect()
    }

    #[test]
    fn what_was_there_is_accepted_and_what_is_new_is_not() {
        let sources = sources();
        let baseline = Baseline::of(&findings(&["a", "b", "b", "3 days overdue"]), &sources);
        assert_eq!(baseline.len(), 4);
        let read = Baseline::read(&baseline.text()).unwrap();
        assert_eq!(read, baseline);
        let now = findings(&["b", "b", "b", "c", "104 days overdue"]);
        let compared = baseline.compare(now, &sources);
        assert_eq!(messages(&compared.new), ["b", "c"]);
        assert_eq!((compared.accepted, compared.gone), (3, 1));
    }

    #[test]
    fn it_only_shrinks() {
        let sources = sources();
        let old = Baseline::of(&findings(&["a", "b", "b"]), &sources);
        let now = Baseline::of(&findings(&["b", "c", "c"]), &sources);
        assert_eq!(old.shrunk_to(&now), Baseline::of(&findings(&["b"]), &sources));
        assert_eq!(Baseline::of(&findings(&[]), &sources).text(), "[]\n");
    }

    #[test]
    fn a_file_that_is_none_is_told() {
        for broken in ["", "{}", "[{}]", "[1]", "[{\"place\": \"a\", \"rule\": \"b\"}]"] {
            assert!(Baseline::read(broken).is_err(), "{broken}");
        }
    }
}
