//! What stands in the terminal while the preview runs: the same findings as in the browser,
//! drawn over the old ones. Where the output is no terminal, lines follow each other instead.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::Result;

use super::notes;
use super::state::PreviewState;
use crate::check::Denied;
use crate::cli::Session;
use crate::diag::{Diagnostic, Severity};
use crate::report::{Extent, Format, Report};
use crate::source::SETTINGS;

/// Size where the terminal does not say it: columns, rows.
const USUAL: (usize, usize) = (80, 24);

/// The screen.
pub(super) struct Screen {
    url: String,
    is_terminal: bool,
    /// What was shown last: to say nothing twice, and to tell what is new.
    last: String,
    known: BTreeSet<(String, String)>,
}

impl Screen {
    pub(super) fn new(url: String, is_terminal: bool) -> Self {
        Screen { url, is_terminal, last: String::new(), known: BTreeSet::new() }
    }

    /// Shows how the manual stands.
    pub(super) fn show(
        &mut self,
        state: &PreviewState<'_>,
        trouble: Option<&str>,
        session: &mut Session,
    ) -> Result<()> {
        let faults = state.faults();
        let mut found: Vec<&Diagnostic> = faults.iter().collect();
        found.extend(notes::standing(state).filter(|one| !faults.contains(one)));
        let text = if self.is_terminal {
            let (columns, rows) = size();
            self.sort(state, &mut found);
            let head = self.head(state, trouble, &found, session);
            let body = self.fitting(
                state,
                &found,
                session,
                (columns, rows.saturating_sub(height(&head, columns))),
            );
            let text = format!("{head}{body}");
            // Drawn over what stood there, so that nothing flickers and nothing scrolls away.
            let drawn = text.trim_end().replace('\n', "\x1b[K\n");
            format!("\x1b[H{drawn}\x1b[K\n\x1b[J")
        } else {
            let head = self.head(state, trouble, &found, session);
            format!("{}{head}", short(state, &found, session)?)
        };
        if text != self.last {
            session.out.write_all(text.as_bytes())?;
            session.out.flush()?;
            self.last = text;
        }
        Ok(())
    }

    /// What cannot be read first, since much may follow from it; then what is new, then by weight.
    fn sort(&mut self, state: &PreviewState<'_>, found: &mut [&Diagnostic]) {
        let name = |one: &Diagnostic| {
            (
                state.sources().file(one.at.file).path.clone(),
                format!("{} {}", one.code, one.message),
            )
        };
        let first = self.last.is_empty();
        let known = &self.known;
        found.sort_by_cached_key(|one| {
            let path = &state.sources().file(one.at.file).path;
            let is_cause = path == SETTINGS || state.manual.library.is_broken(path);
            (!is_cause, first || known.contains(&name(one)), std::cmp::Reverse(one.severity))
        });
        self.known = found.iter().map(|one| name(one)).collect();
    }

    fn head(
        &self,
        state: &PreviewState<'_>,
        trouble: Option<&str>,
        found: &[&Diagnostic],
        session: &Session,
    ) -> String {
        let count = |severity| found.iter().filter(|one| one.severity == severity).count();
        let words = |count: usize, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {one}s")),
        };
        let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .filter_map(|severity| words(count(severity), severity.word()))
            .collect();
        let counts = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
        let documents = words(state.manual.library.documents.len(), "document");
        let documents = documents.unwrap_or("no documents".to_owned());
        let url = session.bold(&self.url);
        let end = if self.is_terminal { "  (Ctrl-C ends it)" } else { "" };
        let mut head = format!("{url}  {documents}, {counts}, as of {}{end}\n", session.today);
        if let Some(trouble) = trouble {
            let _ = writeln!(head, "{trouble}");
        }
        if let Some(failure) = state.failure() {
            let _ = writeln!(head, "{failure}; what is shown is as it was before");
        }
        head
    }

    /// As many findings as there is room for.
    fn fitting(
        &self,
        state: &PreviewState<'_>,
        found: &[&Diagnostic],
        session: &Session,
        (columns, rows): (usize, usize),
    ) -> String {
        let mut out = String::new();
        let mut left = rows.saturating_sub(2);
        for (number, one) in found.iter().enumerate() {
            let text = notes::excerpt(state, one, &session.stand, session.colour);
            let lines = height(&text, columns) + 1;
            if lines > left {
                let rest = found.len() - number;
                let _ = write!(out, "\n… and {rest} more: {}findings/\n", self.url);
                break;
            }
            left -= lines;
            let _ = write!(out, "\n{text}\n");
        }
        out
    }
}

/// Findings, a line each.
fn short(state: &PreviewState<'_>, found: &[&Diagnostic], session: &Session) -> Result<String> {
    let mut out = Vec::new();
    let report = Report {
        sources: state.sources(),
        findings: found,
        documents: &[],
        unpublished: &[],
        stand: &session.stand,
        colour: false,
        denied: Denied::default(),
        extent: Extent::WHOLE,
    };
    report.write(Format::Short, &mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn size() -> (usize, usize) {
    terminal_size::terminal_size().map_or(USUAL, |(columns, rows)| {
        (usize::from(columns.0).max(20), usize::from(rows.0).max(5))
    })
}

/// Rows that a text takes; what sets colours takes no room.
fn height(text: &str, columns: usize) -> usize {
    let row = |line: &str| {
        let mut colour = false;
        let shown = line.chars().filter(|letter| {
            let hidden = colour || *letter == '\x1b';
            colour = hidden && *letter != 'm';
            !hidden
        });
        shown.count().div_ceil(columns).max(1)
    };
    text.lines().map(row).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_take_no_room() {
        assert_eq!(height("\x1b[1;31merror\x1b[0m: 1234\n\n", 11), 2);
        assert_eq!(height("123456789012", 11), 2);
    }
}
