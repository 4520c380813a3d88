//! The two sides of the comparison: a state that has lived through all edits, as the preview's,
//! and one that knows nothing but the disk, as a build's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, OnceLock};

use clausebook::compile::{self, Inputs, Session};
use clausebook::draw::drawings::Drawings;
use clausebook::model::{self, value::Date};
use clausebook::render::site::Site;
use clausebook::render::visibility::VisibleManual;
use clausebook::render::{Options, Printer};
use clausebook::source::{self, Disk, Sources};
use clausebook::text::FileId;

/// What a manual looks like.
pub(crate) struct State {
    pub(crate) pages: BTreeMap<String, Vec<u8>>,
    /// Findings, a line each.
    pub(crate) findings: String,
}

/// The preview's side.
pub(crate) struct Live {
    disk: Disk,
    session: Session,
    root: PathBuf,
    today: Date,
}

impl Live {
    pub(crate) fn new(root: &Path, today: Date) -> Self {
        let (disk, session) = (Disk::new(root), Session::default());
        Live { disk, session, root: root.to_path_buf(), today }
    }

    pub(crate) fn state(&mut self, options: &Options) -> State {
        let sources = self.disk.read(&folders(&self.root)).expect("the files can be read");
        state(Inputs::new(sources, self.today), &mut self.session, options)
    }
}

/// A build's side.
pub(crate) fn fresh(root: &Path, today: Date, options: &Options) -> State {
    let options = Options { drawings: Drawings::default(), ..options.clone() };
    let sources = source::read(root, &folders(root)).expect("the files can be read");
    state(Inputs::new(sources, today), &mut Session::default(), &options)
}

fn folders(root: &Path) -> Vec<String> {
    let first = source::settings(root).expect("the settings can be read");
    let mut folders = model::settings(&first).checked.value.content();
    folders.extend(["schema".to_owned(), "themes".to_owned()]);
    folders
}

fn state(inputs: Inputs, session: &mut Session, options: &Options) -> State {
    let compiled = compile::compile(inputs, session);
    let manual = &compiled;
    let found = OnceLock::new();
    // The rules give way to the next change, and nothing that follows may show it.
    let stopped = compile::check_unless(&compiled, session, &AtomicBool::new(true));
    assert!(stopped.is_none(), "rules that are told to stop find nothing");
    // As in the preview, findings are asked for when they are needed.
    let session = Mutex::new(session);
    let judged =
        || found.get_or_init(|| compile::check(&compiled, &mut session.lock().expect("no panic")));
    let visible = VisibleManual::new(manual, options);
    let printer = Printer::new(&visible, &judged).expect("plain values");
    let (site, faults) = match printer {
        Ok(printer) => Site::of(&printer).expect("the pictures can be read"),
        Err(faults) => (Site::default(), faults),
    };
    let judged = judged();
    let findings = judged.standing.iter().chain(&faults).map(|finding| format!("{finding:?}\n"));
    let waived = judged.waived.iter().map(|waived| format!("{waived:?}\n"));
    State {
        pages: site.pages.into_iter().map(|(route, page)| (route, page.bytes.to_vec())).collect(),
        findings: with_paths(&findings.chain(waived).collect::<String>(), &manual.sources),
    }
}

/// What is told of files, by their paths: their numbers depend on what was there before.
fn with_paths(told: &str, sources: &Sources) -> String {
    let mut parts = told.split("FileId(");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(')').expect("a number in brackets");
        out += &sources.file(FileId(number.parse().expect("a number"))).path;
        out += rest;
    }
    out
}
