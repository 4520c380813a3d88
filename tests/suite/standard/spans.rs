//! Whatever stands in a manual: nothing panics, and every finding lies inside its file.

use std::path::{Path, PathBuf};

use super::all_found;
use clausebook::manual::Manual;
use clausebook::model;
use clausebook::source::{self, Sources};
use clausebook::text::Span;

/// The folders of the cases, in order.
fn cases() -> Vec<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check");
    let entries = std::fs::read_dir(top).expect("the cases can be listed");
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut folders: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn from_disk(folder: &Path) -> Sources {
    let first = source::settings(folder).expect("the settings can be read");
    let mut folders = model::settings(&first).checked.value.content();
    folders.extend(["schema".to_owned(), "themes".to_owned()]);
    source::read(folder, &folders).expect("the files can be read")
}

/// Panics when a finding or a label of it does not lie inside its file, or cuts a character.
fn assert_inside(manual: &Manual, what: &str) {
    let inside = |at: Span| {
        let text = &manual.sources.file(at.file).text;
        at.start <= at.end && text.get(at.range()).is_some()
    };
    for finding in all_found(manual) {
        assert!(inside(finding.at), "{what}: {finding:?}");
        for label in &finding.labels {
            assert!(inside(label.at), "{what}: {finding:?}");
        }
    }
}

/// The same manual with another text in one of its files.
fn with(sources: &Sources, changed: usize, text: &str) -> Sources {
    let files = sources.files.iter().enumerate().map(|(n, file)| {
        let text = if n == changed { text } else { &file.text };
        (file.path.as_str(), text.as_bytes())
    });
    Sources::from_memory(files)
}

#[test]
fn every_finding_of_every_case_lies_inside_its_file() {
    for folder in cases() {
        assert_inside(&super::read(from_disk(&folder)), &folder.display().to_string());
    }
}

#[test]
fn a_file_that_ends_anywhere_is_taken() {
    for folder in cases() {
        let sources = from_disk(&folder);
        for (number, file) in sources.files.iter().enumerate() {
            let ends = file.text.char_indices().filter(|(_, letter)| *letter == '\n');
            for (end, _) in ends {
                let manual = super::read(with(&sources, number, &file.text[..end]));
                assert_inside(&manual, &format!("{} up to {end}", file.path));
            }
        }
    }
}

#[test]
fn a_file_that_lacks_any_one_mark_is_taken() {
    for folder in cases() {
        let sources = from_disk(&folder);
        for (number, file) in sources.files.iter().enumerate() {
            let marks = file.text.char_indices().filter(|(_, letter)| "|-:[#".contains(*letter));
            for (at, mark) in marks.step_by(11) {
                let text = [&file.text[..at], &file.text[at + mark.len_utf8()..]].concat();
                let manual = super::read(with(&sources, number, &text));
                assert_inside(&manual, &format!("{} without {mark} at {at}", file.path));
            }
        }
    }
}
