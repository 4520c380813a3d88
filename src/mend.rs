//! Mends a manual in memory: takes the fixes that its findings carry, looks again, and goes on until
//! there is nothing more to take. What makes nothing better is taken back: a fix whose finding is still
//! there, and whatever leaves a file with more errors or less of it readable than before.
//!
//! Comes in: the files, and which fixes may be taken in which of them. Goes out: [`Mended`], the new
//! texts. Whoever called writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::check::Findings;
use crate::compile::{self, Inputs, Session};
use crate::diag::{Code, Diagnostic, Edit, Fix, Severity};
use crate::edit::Edits;
use crate::source::{SourceFile, Sources};
use crate::text::{FileId, Span};

/// Fixes that touch each other are taken one after the other, and one may make room for the next.
/// That more rounds than this bring something new is a mistake of a rule.
const MOST_ROUNDS: usize = 40;
/// By so many bytes, and a tenth of it, a file may grow. More is a mistake of a rule.
const MOST_GROWTH: usize = 4096;
/// The rules that tell what cannot be read: what is wrong with it is not known.
const UNREADABLE: [&str; 2] = ["unreadable-yaml", "missing-front-matter"];

/// Which fixes are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// Those that keep the meaning that the author plainly intended.
    Safe,
    /// Of each finding the first that it has.
    First,
}

/// What came of mending.
#[derive(Debug, Default)]
pub struct Mended {
    /// The files that are different now, by path.
    pub changes: Vec<Change>,
    /// The fixes that were taken.
    pub taken: Vec<Taken>,
}

/// A file before and after.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its path from the top of the manual.
    pub path: String,
    /// Its text before.
    pub before: Arc<str>,
    /// Its text after.
    pub after: Arc<str>,
}

/// A fix that was taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    /// The file of the finding.
    pub path: String,
    /// The line in which it was found.
    pub line: usize,
    /// The rule that found it.
    pub code: Code,
    /// What the fix does, in a few words.
    pub title: String,
}

/// Mends a manual as far as fixes of its standing findings reach. Only files for which `may` holds
/// are changed.
pub fn mend(inputs: Inputs, take: Take, may: &dyn Fn(&SourceFile) -> bool) -> Mended {
    let Inputs { mut sources, history, today } = inputs;
    let mut session = Session::default();
    let mut before: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut taken = Vec::new();
    let mut care = Care::default();
    let mut last: Option<Step> = None;
    for number in 0..=MOST_ROUNDS {
        let history = Arc::clone(&history);
        let inputs = Inputs { sources: sources.clone(), history, today };
        let manual = compile::compile(inputs, &mut session);
        let Findings { standing, .. } = compile::check(&manual, &mut session);
        let found = FindingCounts::of(&standing, &manual.sources);
        if let Some(step) = last.take() {
            let worse = step.worse(&found, &sources, &before);
            let as_before = |path: &String| (path.clone(), step.texts[path].to_string());
            sources = sources.with_texts(worse.iter().map(as_before));
            care.learn(&step, &worse);
            let kept = step.taken.into_iter().filter(|one| one.files.is_disjoint(&worse));
            taken.extend(kept.map(|one| one.taken));
            if !worse.is_empty() {
                continue;
            }
        }
        if number == MOST_ROUNDS {
            break;
        }
        let mut round = Round::new(&manual.sources, take, may, &care);
        for finding in &standing {
            round.offer(finding);
        }
        if round.taken.is_empty() {
            break;
        }
        let Round { taken: tried, shifts, edits, .. } = round;
        let mut step = Step { found, taken: tried, shifts, texts: BTreeMap::new() };
        let mut texts = Vec::new();
        for (id, edits) in edits {
            let path = &manual.sources.file(id).path;
            let Some(file) = sources.at_path(path) else { continue };
            before.entry(path.clone()).or_insert_with(|| Arc::clone(&file.text));
            step.texts.insert(path.clone(), Arc::clone(&file.text));
            texts.push((path.clone(), edits.applied()));
        }
        sources = sources.with_texts(texts);
        last = Some(step);
    }
    let changes = before.into_iter().filter_map(|(path, before)| {
        let after = Arc::clone(&sources.at_path(&path)?.text);
        (before != after).then_some(Change { path, before, after })
    });
    Mended { changes: changes.collect(), taken }
}

/// How many findings a file has, how many of them are errors, and how many say that a part of it
/// cannot be read.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    all: usize,
    errors: usize,
    unreadable: usize,
}

/// What is wrong with the files, in numbers.
#[derive(Debug, Default)]
struct FindingCounts {
    /// Findings by file, line and rule.
    at: BTreeMap<(String, usize, Code), usize>,
    /// The same by file alone.
    of: BTreeMap<String, Counts>,
}

impl FindingCounts {
    fn of(standing: &[Diagnostic], sources: &Sources) -> Self {
        let mut found = FindingCounts::default();
        for finding in standing {
            let path = &sources.file(finding.at.file).path;
            let line = sources.positions(finding.at).0.line;
            *found.at.entry((path.clone(), line, finding.code)).or_default() += 1;
            let counts = found.of.entry(path.clone()).or_default();
            counts.all += 1;
            counts.errors += usize::from(finding.severity == Severity::Error);
            counts.unreadable += usize::from(UNREADABLE.contains(&finding.code.0));
        }
        found
    }

    fn counts(&self, path: &str) -> Counts {
        self.of.get(path).copied().unwrap_or_default()
    }

    fn at(&self, path: &str, line: usize, code: Code) -> usize {
        self.at.get(&(path.to_owned(), line, code)).copied().unwrap_or_default()
    }
}

/// A fix of a round, and what is needed to take it back.
#[derive(Debug)]
struct Try {
    taken: Taken,
    /// The file of the finding, and those that the fix changes.
    files: BTreeSet<String>,
    /// The finding and the text of its line: it is known again by them.
    mark: Mark,
    /// Where the finding stands.
    at: Span,
}

/// The file, the rule, the headline and the line of a finding.
type Mark = (String, Code, String, String);

/// A round that was taken, before it is known what came of it.
struct Step {
    /// What was wrong before it.
    found: FindingCounts,
    taken: Vec<Try>,
    /// The lines that come in or go out, each with its place.
    shifts: BTreeMap<FileId, Vec<(usize, isize)>>,
    /// The files that it changed, as they were before it.
    texts: BTreeMap<String, Arc<str>>,
}

impl Step {
    /// The files that are no better for it, with all that changed together with them.
    fn worse(
        &self,
        now: &FindingCounts,
        sources: &Sources,
        first: &BTreeMap<String, Arc<str>>,
    ) -> BTreeSet<String> {
        let mut worse: BTreeSet<String> = BTreeSet::new();
        for path in self.texts.keys() {
            let (now, before) = (now.counts(path), self.found.counts(path));
            // What could not be read before may have mistakes of its own.
            let is_worse = now.unreadable > before.unreadable
                || (now.unreadable == before.unreadable
                    && now.errors > before.errors
                    && now.all > before.all);
            let length = sources.at_path(path).map_or(0, |file| file.text.len());
            let most = first.get(path).map_or(0, |text| text.len() + text.len() / 10 + MOST_GROWTH);
            if is_worse || length > most {
                worse.insert(path.clone());
            }
        }
        for one in &self.taken {
            let Taken { path, line, code, .. } = &one.taken;
            let shifts = self.shifts.get(&one.at.file).into_iter().flatten();
            let above = shifts.filter(|(at, _)| *at <= one.at.range().start);
            let moved = above.map(|(_, lines)| lines).sum();
            if now.at(path, line.saturating_add_signed(moved), *code)
                >= self.found.at(path, *line, *code)
            {
                worse.extend(one.files.iter().cloned());
            }
        }
        loop {
            let reached = worse.len();
            for one in &self.taken {
                if !one.files.is_disjoint(&worse) {
                    worse.extend(one.files.iter().cloned());
                }
            }
            if worse.len() == reached {
                worse.retain(|path| self.texts.contains_key(path));
                return worse;
            }
        }
    }
}

/// What was learnt from fixes that were taken back.
#[derive(Debug, Default)]
struct Care {
    /// They are not tried again.
    refused: BTreeSet<Mark>,
    /// How many fixes of a file are tried at once: one of several was bad.
    at_once: BTreeMap<String, usize>,
}

impl Care {
    fn learn(&mut self, step: &Step, worse: &BTreeSet<String>) {
        for path in step.texts.keys() {
            let of_file: Vec<&Try> =
                step.taken.iter().filter(|one| one.files.contains(path)).collect();
            match (worse.contains(path), &of_file[..]) {
                (true, [one]) => {
                    self.refused.insert(one.mark.clone());
                }
                (true, several) => {
                    self.at_once.insert(path.clone(), (several.len() / 2).max(1));
                }
                (false, _) => {
                    if let Some(most) = self.at_once.get_mut(path) {
                        *most *= 2;
                    }
                }
            }
        }
    }
}

/// Fixes that are taken at once: no two touch the same place.
struct Round<'a> {
    sources: &'a Sources,
    take: Take,
    may: &'a dyn Fn(&SourceFile) -> bool,
    care: &'a Care,
    edits: BTreeMap<FileId, Edits<'a>>,
    taken: Vec<Try>,
    shifts: BTreeMap<FileId, Vec<(usize, isize)>>,
}

impl<'a> Round<'a> {
    fn new(
        sources: &'a Sources,
        take: Take,
        may: &'a dyn Fn(&SourceFile) -> bool,
        care: &'a Care,
    ) -> Self {
        Round {
            sources,
            take,
            may,
            care,
            edits: BTreeMap::new(),
            taken: Vec::new(),
            shifts: BTreeMap::new(),
        }
    }

    /// Takes a fix of a finding, if it has one that may be taken and there is room for all of it.
    fn offer(&mut self, finding: &Diagnostic) {
        let fix = match self.take {
            Take::Safe => finding.fixes.iter().find(|fix| fix.safe),
            Take::First => finding.fixes.first(),
        };
        let Some(fix) = fix.filter(|fix| self.has_room(fix) && self.changes(fix)) else { return };
        let path = |id: FileId| self.sources.file(id).path.clone();
        let file = self.sources.file(finding.at.file);
        let mut files: BTreeSet<String> = fix.edits.iter().map(|edit| path(edit.at.file)).collect();
        files.insert(file.path.clone());
        let line = self.sources.positions(finding.at).0.line;
        let start = file.text[..finding.at.range().start].rfind('\n').map_or(0, |end| end + 1);
        let typed = file.text[start..].lines().next().unwrap_or_default();
        let mark = (file.path.clone(), finding.code, finding.message.clone(), typed.to_owned());
        if self.care.refused.contains(&mark) || files.iter().any(|path| self.is_full(path)) {
            return;
        }
        for edit in &fix.edits {
            let file = self.sources.file(edit.at.file);
            let edits = self.edits.entry(edit.at.file).or_insert_with(|| Edits::of(&file.text));
            let (at, text) = in_lines_of(file, edit);
            let lines = line_ends(&text) - line_ends(&file.text[at.clone()]);
            if lines != 0 {
                self.shifts.entry(edit.at.file).or_default().push((at.end, lines));
            }
            edits.replace(at, text);
        }
        let path = file.path.clone();
        let taken = Taken { path, line, code: finding.code, title: fix.title.clone() };
        self.taken.push(Try { taken, files, mark, at: finding.at });
    }

    /// Whether as many fixes of a file are taken as may be at once.
    fn is_full(&self, path: &str) -> bool {
        let here = || self.taken.iter().filter(|one| one.files.contains(path)).count();
        self.care.at_once.get(path).is_some_and(|most| here() >= *most)
    }

    fn has_room(&self, fix: &Fix) -> bool {
        fix.edits.iter().all(|edit| {
            let file = self.sources.file(edit.at.file);
            let at = in_lines_of(file, edit).0;
            let free = self.edits.get(&edit.at.file).is_none_or(|all| all.is_free(&at));
            free && file.fault.is_none() && file.text.get(at).is_some() && (self.may)(file)
        })
    }

    /// Whether a fix changes anything.
    fn changes(&self, fix: &Fix) -> bool {
        fix.edits.iter().any(|edit| {
            let file = self.sources.file(edit.at.file);
            let (at, text) = in_lines_of(file, edit);
            file.text.get(at) != Some(&*text)
        })
    }
}

/// An edit with the line ends of its file: none comes between the two signs of one.
fn in_lines_of(file: &SourceFile, edit: &Edit) -> (Range<usize>, String) {
    let text = &*file.text;
    let is_windows = text.find('\n').is_some_and(|end| text[..end].ends_with('\r'));
    if !is_windows {
        return (edit.at.range(), edit.text.clone());
    }
    let before = |at: usize| {
        let bytes = text.as_bytes();
        let between = at > 0 && bytes.get(at) == Some(&b'\n') && bytes[at - 1] == b'\r';
        at - usize::from(between)
    };
    let at = edit.at.range();
    let at = before(at.start)..before(at.end);
    (at, edit.text.replace("\r\n", "\n").replace('\n', "\r\n"))
}

fn line_ends(text: &str) -> isize {
    text.bytes().filter(|byte| *byte == b'\n').count().try_into().unwrap_or(isize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::Date;

    /// A policy after mending.
    fn mended(text: &str, take: Take) -> String {
        let path = "policies/policy.md";
        let settings: &[u8] = b"standards: []\nrules: {orphan-document: off}\n";
        let other = policy("", "Text.").replace("POL-01", "POL-02");
        let files = [
            ("clausebook.yaml", settings),
            (path, text.as_bytes()),
            ("policies/second.md", other.as_bytes()),
        ];
        let today = Date::parse("2026-06-15").unwrap();
        let inputs = Inputs::new(Sources::from_memory(files), today);
        let changes = mend(inputs, take, &|_| true).changes;
        let change = changes.into_iter().find(|change| change.path == path);
        change.map_or_else(|| text.to_owned(), |change| change.after.to_string())
    }

    fn policy(fields: &str, body: &str) -> String {
        format!(
            "---\nid: POL-01\ntitle: Access\nkind: policy\nversion: \"0.1\"\nstatus: draft\n\
             owner: director\n{fields}---\n\n# Access\n\n{body}\n"
        )
    }

    #[test]
    fn a_value_is_put_in_quotes_once() {
        for take in [Take::Safe, Take::First] {
            let after =
                mended(&policy("inputs:\n  - {name: &&Plan of it, from: X-1}\n", "x"), take);
            assert!(after.contains("- {name: \"&&Plan of it\", from: X-1}\n"), "{after}");
        }
    }

    #[test]
    fn brackets_are_mended_once_and_prose_is_no_address() {
        for (typed, right) in [
            ("See [POL-02]] for more.", "See [[POL-02]] for more."),
            ("See [[POL-02] for more.", "See [[POL-02]] for more."),
            ("See [POL-02] for more.", "See [[POL-02]] for more."),
            ("Not \\[[POL-02]] here.", "Not \\[[POL-02]] here."),
            ("See [b](b.md]. And (b.md)[b].", "See [b](b.md]. And (b.md)[b]."),
            ("See [b](b.md, or so). And c.md", "See [b](b.md, or so). And c.md"),
            ("#Hash tag", "#Hash tag"),
            ("##Hash tag", "## Hash tag"),
        ] {
            let after = mended(&policy("", typed), Take::Safe);
            assert_eq!(after, policy("", right));
        }
    }

    #[test]
    fn a_file_keeps_its_line_ends() {
        let text = "---\nid: POL-01\ntitle: Access\nkind: policy\n\n# Access\n\nText.\n\n| A | B |\n|---|---|\n| 1 |\n";
        let after = mended(&text.replace('\n', "\r\n"), Take::First);
        assert_ne!(after, text.replace('\n', "\r\n"));
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count(), "{after:?}");
        assert!(!after.contains("\r\r"), "{after:?}");
    }

    #[test]
    fn an_unfinished_merge_stays_as_it_is() {
        for marks in [7, 9] {
            let mark = |sign: &str| sign.repeat(marks);
            let body = format!(
                "Text.\n\n| A | B |\n|---|---|\n{} HEAD\n| 1 |\n{}\n| 2 | 3 | 4 |\n{} other\n| 5 | 6 |",
                mark("<"),
                mark("="),
                mark(">")
            );
            let text = policy("", &body);
            let after = mended(&text, Take::First);
            assert!(after.contains(&body), "{after}");
        }
    }
}
