//! Parsed files to controlled documents: every field understood, every list of the manual known.
//!
//! Comes in: [`crate::parse::Parsed`]. Goes out: [`Library`]. Nothing is judged here: a value
//! that its schema does not allow is kept as a [`violation::Violation`] and becomes a finding in
//! `check`.

pub mod addresses;
mod classified;
pub mod controlled;
pub mod document;
pub mod documents;
pub mod fields;
pub mod front;
pub mod generated;
pub mod library;
pub mod meant;
pub mod nothing;
pub mod placeholder;
pub mod raci;
pub mod register;
mod schedule;
pub mod sentences;
pub mod schema;
pub mod settings;
pub mod value;
pub mod variables;
pub mod violation;

use std::sync::Arc;

use rayon::prelude::*;

use crate::crash_context;
use crate::parse::recover::{self, Doubt};
use crate::parse::yaml::{Node, Value};
use crate::parse::{self, Trouble};
use crate::source::{SETTINGS, SourceFile, Sources, is_below, is_markdown};
use crate::text::join_sorted;
use document::Document;
use library::{Library, Unread};
use schema::Checked;
use settings::Settings;
use variables::Variables;

/// `clausebook.yaml`, read: what it says and what was wrong.
pub struct SettingsFile {
    /// The settings and their violations.
    pub checked: Checked<Settings>,
    /// What is wrong with how it is written; what could not be read is as if it were absent.
    pub troubles: Vec<Trouble>,
    /// What is not certain because of that.
    pub doubt: Doubt,
}

impl SettingsFile {
    /// Whether what it says of a key may be another thing than was meant.
    pub fn is_in_doubt(&self, key: &str) -> bool {
        self.doubt.lost || self.doubt.keys.contains(key)
    }
}

/// Reads `clausebook.yaml`; a manual without one has the defaults.
pub fn settings(sources: &Sources) -> SettingsFile {
    let blank = || Node { at: 0..0, value: Value::Map(Vec::new()) };
    let mut doubt = Doubt::default();
    let (node, troubles) = match sources.at_path(SETTINGS) {
        None => (blank(), Vec::new()),
        Some(SourceFile { fault: Some(fault), .. }) => {
            doubt.lost = true;
            (blank(), vec![Trouble::Unreadable(fault.clone())])
        }
        Some(file) => {
            let start = if file.text.starts_with('\u{feff}') { 3 } else { 0 };
            let read = recover::read(&file.text, start..file.text.len());
            doubt = read.doubt;
            (
                read.node,
                read.faults.into_iter().map(|fault| Trouble::Yaml(Box::new(fault))).collect(),
            )
        }
    };
    SettingsFile { checked: Settings::read(node, &doubt), troubles, doubt }
}

/// What was made of files the last time: from the same file and the same settings it is the same
/// document.
#[derive(Default)]
pub struct DocumentMemo {
    settings: Option<Node>,
    /// By path.
    read: Vec<Arc<Made>>,
}

/// What was made of a file.
struct Made {
    file: SourceFile,
    result: Result<Arc<Document>, Trouble>,
}

/// Reads every document of the content folders. What is in the memo is not made again; what is not
/// used any more leaves it.
pub fn library(
    sources: &Sources,
    settings: &Checked<Settings>,
    memo: &mut DocumentMemo,
) -> Library {
    let variables = Variables::new(settings.node.clone(), &settings.value);
    if memo.settings.as_ref() != Some(&settings.node) {
        *memo = DocumentMemo { settings: Some(settings.node.clone()), ..DocumentMemo::default() };
    }
    let folders = settings.value.content();
    let in_content = |file: &&SourceFile| {
        is_markdown(&file.path)
            && !file.is_aside()
            && folders.iter().any(|folder| is_below(&file.path, folder))
    };
    let files: Vec<&SourceFile> = sources.files.iter().filter(in_content).collect();
    let read: Vec<Arc<Made>> =
        join_sorted(&files, &memo.read, |made, file| made.file.path.cmp(&file.path))
            .into_par_iter()
            .map(|(file, known)| match known {
                Some(made) if made.file.is_as(file) => Arc::clone(made),
                _ => {
                    let result = crash_context::with(&file.path, || {
                        let mut parsed = parse::parse(file);
                        if parsed.has_front_matter() {
                            Ok(Arc::new(Document::new(file, parsed, &variables)))
                        } else {
                            Err(parsed.troubles.pop().unwrap_or(Trouble::NoFrontMatter))
                        }
                    });
                    Arc::new(Made { file: (*file).clone(), result })
                }
            })
            .collect();
    let (mut documents, mut unread) = (Vec::new(), Vec::new());
    for made in &read {
        match &made.result {
            Ok(document) => documents.push(Arc::clone(document)),
            Err(trouble) => unread.push(Unread {
                file: made.file.id,
                path: made.file.path.clone(),
                trouble: trouble.clone(),
            }),
        }
    }
    memo.read = read;
    Library::new(documents, unread)
}
