//! Findings to text, for people and for machines: one file a format.
//!
//! Comes in: findings, and the sources that they point into. Goes out: text. Lines and columns
//! are made here and nowhere before. What is an error and what stops a build is not decided
//! here.

mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod sarif;
mod short;

use std::io::{Result, Write};

use crate::check::Denied;
use crate::diag::{Diagnostic, Severity};
use crate::source::Sources;
use crate::text::{Span, relative};

/// A form in which findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Headline, excerpt, caret, help.
    Human,
    /// One line a finding, as compilers write it.
    Short,
    /// JSON.
    Json,
    /// Annotations of a GitHub workflow.
    Github,
    /// A code quality report of GitLab.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
    /// `JUnit` XML.
    Junit,
}

/// What is to be shown.
pub struct Report<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// The findings, in their order.
    pub findings: &'a [&'a Diagnostic],
    /// Paths of the documents that were looked at.
    pub documents: &'a [&'a str],
    /// Paths of files that are not published, although no finding that is more than a note says so.
    pub unpublished: &'a [&'a str],
    /// Where the user is.
    pub stand: &'a Stand,
    /// Whether colour is wanted.
    pub colour: bool,
    /// What makes the run fail.
    pub denied: Denied,
    /// How much of it people are shown; machines read all.
    pub extent: Extent,
}

/// Where the user is, seen from the manual: paths are shown so that a terminal can open them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// The path from there to the top of the manual; empty inside of it.
    pub prefix: String,
    /// The folder of the manual that the user is in; empty at its top and outside.
    pub inside: String,
}

impl Stand {
    /// A path in the manual as the user can open it.
    pub fn path(&self, path: &str) -> String {
        match (self.prefix.as_str(), self.inside.as_str()) {
            ("", "") => path.to_owned(),
            ("", inside) => relative(&format!("{inside}/."), path),
            (prefix, _) => format!("{}/{path}", prefix.trim_end_matches('/')),
        }
    }
}

/// How much people are shown of what was found. All of it is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Notes, too.
    pub notes: bool,
    /// Of a rule that found a great many things each of them, not only the first.
    pub every: bool,
}

impl Extent {
    /// Everything.
    pub const WHOLE: Extent = Extent { notes: true, every: true };
}

/// How many findings there are of each severity, and in how many documents was looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Documents that were looked at.
    pub documents: usize,
    /// Files that are not published, although no finding that is more than a note says so.
    pub unpublished: usize,
}

impl Report<'_> {
    /// Writes the findings in a format.
    ///
    /// # Errors
    /// `out` cannot be written to.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Result<()> {
        match format {
            Format::Human => human::write(self, out),
            Format::Short => short::write(self, out),
            Format::Json => json::write(self, out),
            Format::Github => github::write(self, out),
            Format::Gitlab => gitlab::write(self, out),
            Format::Sarif => sarif::write(self, out),
            Format::Junit => junit::write(self, out),
        }
    }

    /// Counts.
    pub fn summary(&self) -> Summary {
        let count = |severity| self.findings.iter().filter(|one| one.severity == severity).count();
        Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            documents: self.documents.len(),
            unpublished: self.unpublished.len(),
        }
    }

    /// Whether there is a finding that makes the run fail.
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|finding| self.denied.fails(finding))
    }

    /// The path of a file from where the user is, so that a terminal can open it.
    fn path(&self, at: Span) -> String {
        self.stand.path(&self.sources.file(at.file).path)
    }

    /// The path of a file as code hosts know it: from where the run began, or from the top of the
    /// manual where the run began below it.
    fn hosted_path(&self, at: Span) -> String {
        let top = Stand { prefix: self.stand.prefix.clone(), inside: String::new() };
        top.path(&self.sources.file(at.file).path)
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let parts: Vec<String> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| plural(*n, word)).collect();
        let found = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
        write!(f, "{found} in {}", plural(self.documents, "document"))
    }
}

/// A count with its word: `1 error`, `2 errors`.
pub fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

#[cfg(test)]
mod tests;
