//! A folder to try things in, and the program to try them with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest as _, Sha256};

use crate::deadline::Finish as _;

/// What a run said and came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Fails the test unless the run came to this exit code.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Run { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

/// The program, standing in a folder.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    command.current_dir(folder).env_remove("CLICOLOR_FORCE");
    command
}

/// A folder that goes away with the test.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Folder(tempfile::tempdir().expect("a folder for the test"))
    }

    /// A manual of a few drafts, without findings that stop a build.
    pub(crate) fn manual(documents: usize) -> Self {
        let folder = Folder::new();
        folder.write("clausebook.yaml", "organization: {name: Example Ltd}\n");
        for number in 0..documents {
            let name = format!("policies/guide-{number}.md");
            folder.write(&name, &document(number, "First words"));
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the program here, with the words of a line as arguments.
    pub(crate) fn run(&self, line: &str) -> Run {
        program(self.path())
            .args(line.split_whitespace())
            .finish()
            .expect("the program runs")
            .into()
    }

    /// All files below a folder, with their checksums.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, String> {
        files(&self.at(folder))
    }
}

/// A draft that has nothing to be ashamed of.
pub(crate) fn document(number: usize, words: &str) -> String {
    format!(
        "---\nid: GDL-TST-{number:03}\ntitle: Guide {number}\nkind: guideline\nversion: \"0.1\"\n\
         status: draft\nclassification: internal\nowner: process-office\n\
         review: {{every: 12 months}}\n---\n\n# Guide {number}\n\n## Purpose\n\n{words}.\n"
    )
}

/// All files below a folder, with their checksums; symbolic links are not followed.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(folder).expect("below the folder");
            let path = path.to_string_lossy().replace('\\', "/");
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            found.insert(path, hex(&Sha256::digest(&bytes)));
        }
    }
    found
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// Fails the test unless the folder is a whole site: every file that its list names with the
/// content that it names, and no other.
#[track_caller]
pub(crate) fn assert_whole(site: &Path) {
    let manifest = std::fs::read(site.join("manifest.json")).expect("a site has a list");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("the list is JSON");
    let mut found = files(site);
    found.remove("manifest.json");
    let listed: BTreeMap<String, String> = manifest["files"]
        .as_array()
        .expect("the list has files")
        .iter()
        .map(|entry| {
            let text = |key: &str| entry[key].as_str().expect("text").to_owned();
            (text("path"), text("sha256"))
        })
        .collect();
    assert_eq!(found, listed, "{}", site.display());
}
