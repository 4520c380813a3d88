//! What is wrong: the one type in which a finding travels, from the rule that makes it to the
//! report that shows it.
//!
//! A finding is plain data. It is made in one place (a rule of [`crate::check`], or the theme
//! loader), returned, sorted once by [`crate::compile`], and turned into lines and columns only
//! by [`crate::report`].

use crate::text::Span;

/// The name of a rule, in kebab-case: what `explain` takes and what `rules:` sets a level for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// How much a finding matters. An error stops a build; a warning does under `--deny warnings`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never stops anything.
    Note,
    /// Should be mended; an auditor would ask.
    Warning,
    /// Must be mended; the manual is not published as it is.
    Error,
}

impl Severity {
    /// The word for it: `error`, `warning`, `note`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A second place that explains a finding, with a few words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub at: Span,
    /// What stands there, in a few words.
    pub text: String,
}

/// A finding: one thing that is wrong, at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The smallest thing that is wrong.
    pub at: Span,
    /// The rule that found it.
    pub code: Code,
    /// One short headline that quotes the author's own text. No full stop.
    pub message: String,
    /// How much it matters.
    pub severity: Severity,
    /// A few words under the caret; empty when the headline says it all.
    pub note: String,
    /// Other places that matter, the place of the conflict first.
    pub labels: Vec<Label>,
    /// What to write instead, or what to do.
    pub help: Option<String>,
    /// The id of the document that has to change, where there is one.
    pub document: Option<String>,
    /// The clause that it concerns, where there is one.
    pub clause: Option<String>,
}

impl Diagnostic {
    /// A finding with headline and place; the rest is added by the methods below.
    pub fn new(code: Code, severity: Severity, at: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            at,
            code,
            message: message.into(),
            severity,
            note: String::new(),
            labels: Vec::new(),
            help: None,
            document: None,
            clause: None,
        }
    }

    /// A few words under the caret.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = text.into();
        self
    }

    /// A second place.
    #[must_use]
    pub fn label(mut self, at: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { at, text: text.into() });
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// "did you mean …?", when there is something near enough to be meant.
    #[must_use]
    pub fn did_you_mean(mut self, near: Option<&str>) -> Self {
        if let Some(near) = near {
            self.help = Some(format!("did you mean `{near}`?"));
        }
        self
    }

    /// The clause that it concerns.
    #[must_use]
    pub fn clause(mut self, number: impl Into<String>) -> Self {
        self.clause = Some(number.into());
        self
    }
}
