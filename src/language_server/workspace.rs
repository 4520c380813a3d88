//! A manual that is open in an editor: what is on the disk, the unsaved texts over it, and what is
//! known of the two together.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use crossbeam_channel::{Receiver, Sender};
use gen_lsp_types::{Diagnostic as LspDiagnostic, Location, TextEdit, Uri};

use super::analyst::{Analyst, News};
use super::position::{Encoding, Lines};
use super::texts::{OpenText, OpenTexts};
use super::uri::Top;
use crate::check::Findings;
use crate::compile::Inputs;
use crate::diag::Edit;
use crate::manual::Manual;
use crate::source::{MAX_BYTES, SETTINGS, is_below, is_markdown};
use crate::text::{FileId, Span};

/// A manual outside the program, as it is read again and again.
pub trait Files {
    /// The paths by which its top is reached; the first is the one that is shown.
    fn tops(&self) -> Vec<PathBuf>;

    /// Reads it as it is now.
    ///
    /// # Errors
    /// The disk cannot be read; the message names the file.
    fn read(&mut self) -> Result<Inputs>;
}

/// Longer than this no answer waits for a manual to be read.
const PATIENCE: Duration = Duration::from_secs(20);

/// A manual that is open in an editor.
pub(super) struct Workspace {
    pub(super) top: Top,
    files: Box<dyn Files>,
    /// What was last read of the disk.
    disk: Option<Inputs>,
    pub(super) texts: OpenTexts,
    encoding: Encoding,
    analyst: Analyst,
    news: Receiver<News>,
    /// The newest state, and the state of which the manual and the findings are.
    newest: u64,
    read: Option<(u64, Arc<Manual>)>,
    checked: Option<(Arc<Manual>, Arc<Findings>)>,
    /// What is shown of each file: how the editor names it, and its findings.
    pub(super) shown: BTreeMap<String, (Uri, Vec<LspDiagnostic>)>,
}

impl Workspace {
    /// Opens a manual; `bell` is rung whenever there is news of it.
    pub(super) fn open(files: Box<dyn Files>, encoding: Encoding, bell: Sender<()>) -> Self {
        let (tell, news) = crossbeam_channel::unbounded();
        let tell = move |one| tell.send(one).is_ok() && bell.send(()).is_ok();
        Workspace {
            top: Top::of(&files.tops()),
            files,
            disk: None,
            texts: OpenTexts::default(),
            encoding,
            analyst: Analyst::start(tell),
            news,
            newest: 0,
            read: None,
            checked: None,
            shown: BTreeMap::new(),
        }
    }

    /// Reads the disk again, and has the manual read and checked.
    ///
    /// # Errors
    /// The disk cannot be read; what was known stays.
    pub(super) fn look(&mut self) -> Result<()> {
        self.disk = Some(self.files.read()?);
        self.renew();
        Ok(())
    }

    /// Has the manual read and checked, with the texts that are open over what is on the disk.
    pub(super) fn renew(&mut self) {
        let Some(mut inputs) = self.disk.clone() else { return };
        let content = crate::model::settings(&inputs.sources).checked.value.content();
        let is_part = |path: &str| {
            let hidden = path.split('/').any(|part| part.starts_with(['.', '_']));
            let is_document = is_markdown(path) && content.iter().any(|one| is_below(path, one));
            path == SETTINGS || is_document && !hidden || inputs.sources.at_path(path).is_some()
        };
        let texts = self.texts.iter().filter(|(path, open)| {
            is_part(path) && u64::try_from(open.text.len()).is_ok_and(|length| length <= MAX_BYTES)
        });
        let texts: Vec<_> =
            texts.map(|(path, open)| (path.to_owned(), open.text.clone())).collect();
        inputs.sources = inputs.sources.with_texts(texts);
        self.newest = self.analyst.give(inputs);
    }

    /// Takes news over; what could not be done, where there was such a thing.
    pub(super) fn hear(&mut self) -> Option<String> {
        let mut failed = None;
        while let Ok(news) = self.news.try_recv() {
            failed = self.take(news).or(failed);
        }
        failed
    }

    fn take(&mut self, news: News) -> Option<String> {
        match news {
            News::Read(number, manual) => self.read = Some((number, manual)),
            News::Checked(number, found) => {
                if let Some((read, manual)) = self.read.as_ref().filter(|(read, _)| *read == number)
                {
                    debug_assert_eq!(*read, number, "news come in order");
                    self.checked = Some((Arc::clone(manual), found));
                }
            }
            News::Failed(number, why) => {
                if number == self.newest {
                    self.newest = self.read.as_ref().map_or(0, |(read, _)| *read);
                }
                return Some(why);
            }
        }
        None
    }

    /// The manual as it stands in the editor now; nothing where it cannot be read.
    pub(super) fn manual(&mut self) -> Option<Arc<Manual>> {
        self.hear();
        while self.read.as_ref().is_none_or(|(read, _)| *read != self.newest) {
            if self.newest == 0 {
                return None;
            }
            let news = self.news.recv_timeout(PATIENCE).ok()?;
            self.take(news);
        }
        self.read.as_ref().map(|(_, manual)| Arc::clone(manual))
    }

    /// The manual as it stood a moment ago: what is in it, not where.
    pub(super) fn lately(&mut self) -> Option<Arc<Manual>> {
        self.hear();
        match &self.read {
            Some((_, manual)) => Some(Arc::clone(manual)),
            None => self.manual(),
        }
    }

    /// What was found in the newest state; nothing while the rules are at work.
    pub(super) fn found(&self) -> Option<(Arc<Manual>, Arc<Findings>)> {
        let (_, read) = self.read.as_ref().filter(|(read, _)| *read == self.newest)?;
        self.checked.clone().filter(|(manual, _)| Arc::ptr_eq(manual, read))
    }

    /// What an editor calls the file at a path.
    pub(super) fn uri(&self, path: &str) -> Uri {
        let open = self.texts.at(path).map(|open| open.uri.clone());
        open.unwrap_or_else(|| Uri::from(self.top.address(path)))
    }

    /// The text at a path as its user sees it.
    pub(super) fn text(&self, path: &str) -> Option<&OpenText> {
        self.texts.at(path)
    }

    /// The lines of a text.
    pub(super) fn lines<'t>(&self, text: &'t str) -> Lines<'t> {
        Lines::of(text, self.encoding)
    }

    /// A place of a manual as an editor knows it.
    pub(super) fn location(&self, manual: &Manual, at: Span) -> Location {
        let file = manual.sources.file(at.file);
        Location { uri: self.uri(&file.path), range: self.lines(&file.text).range(&at.range()) }
    }

    /// Edits of one file as an editor knows them.
    pub(super) fn edits(&self, manual: &Manual, file: FileId, edits: &[&Edit]) -> Vec<TextEdit> {
        let lines = self.lines(&manual.sources.file(file).text);
        let edit = |one: &&Edit| TextEdit {
            range: lines.range(&one.at.range()),
            new_text: one.text.clone(),
        };
        edits.iter().map(edit).collect()
    }
}
