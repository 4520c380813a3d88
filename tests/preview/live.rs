//! The two sides of the comparison: a state that has lived through all edits, as the preview's,
//! and one that knows nothing but the disk, as a build's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clausebook::compile::{self, Inputs};
use clausebook::model::{self, value::Date};
use clausebook::render::site::Site;
use clausebook::render::{Options, Press};
use clausebook::source::{self, Sources};

/// What a manual looks like.
pub(crate) struct State {
    pub(crate) pages: BTreeMap<String, Vec<u8>>,
    /// Findings, a line each.
    pub(crate) findings: String,
}

/// The preview's side.
pub(crate) struct Live {
    root: PathBuf,
    today: Date,
}

impl Live {
    pub(crate) fn new(root: &Path, today: Date) -> Self {
        Live { root: root.to_path_buf(), today }
    }

    pub(crate) fn state(&mut self, options: &Options) -> State {
        fresh(&self.root, self.today, options)
    }
}

/// A build's side.
pub(crate) fn fresh(root: &Path, today: Date, options: &Options) -> State {
    let sources = read(root);
    let compiled = compile::compile(Inputs { sources, today });
    let manual = compiled.manual();
    let found = || &compiled.findings;
    let press = Press::new(&manual, &found, options).expect("plain values");
    let (site, faults) = match press {
        Ok(press) => Site::of(&press).expect("the pictures can be read"),
        Err(faults) => (Site::default(), faults),
    };
    let findings = compiled.findings.standing.iter().chain(&faults);
    let waived = compiled.findings.waived.iter();
    State {
        pages: site.pages.into_iter().map(|(route, page)| (route, page.bytes.to_vec())).collect(),
        findings: findings
            .map(|finding| format!("{finding:?}\n"))
            .chain(waived.map(|waived| format!("{waived:?}\n")))
            .collect(),
    }
}

fn read(root: &Path) -> Sources {
    let first = source::settings(root).expect("the settings can be read");
    let mut folders = model::settings(&first).checked.value.content();
    folders.extend(["schema".to_owned(), "themes".to_owned()]);
    source::read(root, &folders).expect("the files can be read")
}
