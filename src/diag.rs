//! What is wrong: the one type in which a finding travels, from the rule that makes it to the
//! report that shows it.
//!
//! A finding is plain data. It is made by a rule of [`crate::check`], or where a page is made in the
//! words of one, judged and sorted in [`crate::check`], and has lines and columns only where it is
//! shown.

use crate::text::{Near, Span};

/// The name of a rule, in kebab-case: what `explain` takes and what `rules:` sets a level for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// How much a finding matters. An error stops a build, a warning does under `--deny warnings`, and what
/// only the calendar brought under `--deny due` alone.
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

/// Text that takes the place of what stands at a span; an empty span inserts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced.
    pub at: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A way to mend a finding: edits that belong together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// What it does, in a few words: "write `incident-manager`".
    pub title: String,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
    /// Whether the meaning stays what the author plainly intended, so that `check --fix` may take
    /// it without asking. What is not safe is offered, never taken alone.
    pub safe: bool,
}

impl Fix {
    /// A fix that `check --fix` takes without asking.
    pub fn safe(title: impl Into<String>, at: Span, text: impl Into<String>) -> Self {
        Fix { title: title.into(), edits: vec![Edit { at, text: text.into() }], safe: true }
    }

    /// A fix that is offered, and taken only when somebody asks for it.
    pub fn offered(title: impl Into<String>, at: Span, text: impl Into<String>) -> Self {
        Fix { safe: false, ..Fix::safe(title, at, text) }
    }

    /// One more edit that belongs to it.
    #[must_use]
    pub fn and(mut self, at: Span, text: impl Into<String>) -> Self {
        self.edits.push(Edit { at, text: text.into() });
        self
    }
}

/// Most characters of what a finding says: it quotes what authors typed, and a million findings may
/// quote the same megabyte.
const LONGEST: usize = 1_000;

fn shortened(text: impl Into<String>) -> String {
    let text = text.into();
    if text.len() <= LONGEST { text } else { crate::text::shortened(&text, LONGEST).into_owned() }
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
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
    /// Whether the calendar alone brought it: nobody changed anything, a day passed.
    pub timed: bool,
}

impl Diagnostic {
    /// A finding with headline and place; the rest is added by the methods below.
    pub fn new(code: Code, severity: Severity, at: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            at,
            code,
            message: shortened(message),
            severity,
            note: String::new(),
            labels: Vec::new(),
            help: None,
            document: None,
            clause: None,
            fixes: Vec::new(),
            timed: false,
        }
    }

    /// A few words under the caret.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = shortened(text);
        self
    }

    /// A second place.
    #[must_use]
    pub fn label(mut self, at: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { at, text: shortened(text) });
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(shortened(text));
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

    /// "did you mean …?" about a name that stands at `at` in full, and the fix that writes it there:
    /// a safe one where it is plainly what was meant, none where the name would need quotes or
    /// escapes.
    #[must_use]
    pub fn meant(self, near: Option<Near<'_>>, at: Span) -> Self {
        let Some(Near { word, certain }) = near else { return self };
        let finding = self.did_you_mean(Some(word));
        let plain = |c: char| c.is_alphanumeric() || " -_./".contains(c);
        if !word.starts_with(char::is_alphanumeric) || !word.chars().all(plain) {
            return finding;
        }
        let fix = Fix::offered(format!("write `{word}`"), at, word);
        finding.fix(Fix { safe: certain, ..fix })
    }

    /// All that it says, a line each: headline, what stands at the place, help.
    pub fn words(&self) -> String {
        let more = [Some(&self.note), self.help.as_ref()];
        let more = more.into_iter().flatten().filter(|words| !words.is_empty());
        let lines: Vec<&str> =
            std::iter::once(&self.message).chain(more).map(String::as_str).collect();
        lines.join("\n")
    }

    /// A way to mend it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Marks it as brought by the calendar alone.
    #[must_use]
    pub fn timed(mut self) -> Self {
        self.timed = true;
        self
    }

    /// The clause that it concerns.
    #[must_use]
    pub fn clause(mut self, number: impl Into<String>) -> Self {
        self.clause = Some(number.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    #[test]
    fn a_name_is_written_for_the_author_where_it_needs_no_quotes() {
        let at = Span::new(FileId(0), 4..9);
        let meant = |near| {
            let found = Diagnostic::new(Code("code"), Severity::Error, at, "wrong").meant(near, at);
            let fixes: Vec<(String, String, bool)> = found
                .fixes
                .iter()
                .map(|fix| (fix.title.clone(), fix.edits[0].text.clone(), fix.safe))
                .collect();
            assert!(found.fixes.iter().all(|fix| fix.edits.len() == 1 && fix.edits[0].at == at));
            (found.help.unwrap_or_default(), fixes)
        };
        assert_eq!(meant(None), (String::new(), Vec::new()));
        for certain in [true, false] {
            for word in
                ["incident-manager", "PRC-INC-01", "8.6.1", "policies/\u{fc}ber uns.md", "a_b"]
            {
                let (help, fixes) = meant(Some(Near { word, certain }));
                assert_eq!(help, format!("did you mean `{word}`?"));
                assert_eq!(fixes, [(format!("write `{word}`"), word.to_owned(), certain)]);
            }
            // As bare words of YAML these are something else, or end what they stand in.
            for word in [
                "-a", "[a", "a: b", "a, b", "a #b", "\"a\"", "it's", "*a", "&a", "a|b", "a`b", "",
                ".a", "{a}", "a\nb",
            ] {
                let (help, fixes) = meant(Some(Near { word, certain }));
                assert_eq!(help, format!("did you mean `{word}`?"));
                assert_eq!(fixes, [], "{word}");
            }
        }
    }
}
