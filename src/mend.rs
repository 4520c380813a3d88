//! Mends a manual in memory: takes the fixes that its findings carry, looks again, and goes on until
//! there is nothing more to take.
//!
//! Comes in: the files, and which fixes may be taken in which of them. Goes out: [`Mended`], the new
//! texts. Whoever called writes them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::Findings;
use crate::compile::{self, Inputs, Session};
use crate::diag::{Code, Diagnostic, Fix};
use crate::edit::Edits;
use crate::source::{SourceFile, Sources};
use crate::text::FileId;

/// Fixes that touch each other are taken one after the other, and one may make room for the next.
/// That more rounds than this bring something new is a mistake of a rule.
const MOST_ROUNDS: usize = 20;

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
    let Inputs { mut sources, today } = inputs;
    let mut session = Session::default();
    let mut before: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut taken = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let inputs = Inputs { sources: sources.clone(), today };
        let compiled = compile::compile(inputs, &mut session);
        let Findings { standing, .. } = compile::check(&compiled, &mut session);
        let mut round = Round::new(&compiled.sources, take, may);
        for finding in &standing {
            round.offer(finding);
        }
        if round.taken.is_empty() {
            break;
        }
        taken.append(&mut round.taken);
        for (id, edits) in round.edits {
            let path = &compiled.sources.file(id).path;
            let Some(file) = sources.at_path(path) else { continue };
            before.entry(path.clone()).or_insert_with(|| Arc::clone(&file.text));
            let id = file.id;
            sources.set_text(id, edits.applied());
        }
    }
    let changes = before.into_iter().filter_map(|(path, before)| {
        let after = Arc::clone(&sources.at_path(&path)?.text);
        (before != after).then_some(Change { path, before, after })
    });
    Mended { changes: changes.collect(), taken }
}

/// Fixes that are taken at once: no two touch the same place.
struct Round<'a> {
    sources: &'a Sources,
    take: Take,
    may: &'a dyn Fn(&SourceFile) -> bool,
    edits: BTreeMap<FileId, Edits<'a>>,
    taken: Vec<Taken>,
}

impl<'a> Round<'a> {
    fn new(sources: &'a Sources, take: Take, may: &'a dyn Fn(&SourceFile) -> bool) -> Self {
        Round { sources, take, may, edits: BTreeMap::new(), taken: Vec::new() }
    }

    /// Takes a fix of a finding, if it has one that may be taken and there is room for all of it.
    fn offer(&mut self, finding: &Diagnostic) {
        let fix = match self.take {
            Take::Safe => finding.fixes.iter().find(|fix| fix.safe),
            Take::First => finding.fixes.first(),
        };
        let Some(fix) = fix.filter(|fix| self.has_room(fix) && self.changes(fix)) else { return };
        for edit in &fix.edits {
            let text = &self.sources.file(edit.at.file).text;
            let edits = self.edits.entry(edit.at.file).or_insert_with(|| Edits::of(text));
            edits.replace(edit.at.range(), edit.text.clone());
        }
        self.taken.push(Taken {
            path: self.sources.file(finding.at.file).path.clone(),
            line: self.sources.positions(finding.at).0.line,
            code: finding.code,
            title: fix.title.clone(),
        });
    }

    fn has_room(&self, fix: &Fix) -> bool {
        fix.edits.iter().all(|edit| {
            let file = self.sources.file(edit.at.file);
            let free =
                self.edits.get(&edit.at.file).is_none_or(|all| all.is_free(&edit.at.range()));
            free && file.fault.is_none()
                && file.text.get(edit.at.range()).is_some()
                && (self.may)(file)
        })
    }

    /// Whether a fix changes anything.
    fn changes(&self, fix: &Fix) -> bool {
        fix.edits.iter().any(|edit| {
            self.sources.file(edit.at.file).text.get(edit.at.range()) != Some(&*edit.text)
        })
    }
}
