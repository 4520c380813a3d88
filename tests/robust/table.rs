//! The table of faults in `tests/README.md` names the test that proves each row, and every test
//! here stands in it.

use std::collections::BTreeSet;
use std::path::Path;

/// `file::name` of all tests below a folder of `tests/`, or in `src/`.
fn tests(folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
        let entry = entry.expect("the sources can be read");
        // The tests of a folder's own file go by the name of the folder.
        let path = match entry.path() {
            path if path.ends_with("mod.rs") => path.parent().unwrap_or(path),
            path => path,
        };
        let Some(file) = path.file_stem().filter(|_| entry.file_type().is_file()) else {
            continue;
        };
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            if let Some((name, _)) = line.strip_prefix("fn ").and_then(|rest| rest.split_once('('))
            {
                if is_test {
                    found.insert(format!("{}::{name}", file.to_string_lossy()));
                }
                is_test = false;
            }
            is_test |= line == "#[test]";
        }
    }
    found
}

#[test]
fn every_fault_has_its_test_and_every_test_its_fault() {
    let readme = include_str!("../README.md");
    let (_, table) = readme.split_once("| fault | what happens | test |").expect("a table");
    let named: BTreeSet<String> = table
        .lines()
        .skip(2)
        .take_while(|row| row.starts_with('|'))
        .flat_map(|row| row.rsplit('|').nth(1).unwrap_or_default().split(','))
        .map(|test| test.trim().trim_matches('`').to_owned())
        .collect();
    let (here, all) = (tests("tests/robust"), &tests("tests") | &tests("src"));
    let missing: Vec<&String> = named.difference(&all).collect();
    assert!(missing.is_empty(), "there are no tests {missing:?}");
    let untold: Vec<&String> = here.difference(&named).collect();
    assert!(untold.is_empty(), "the table does not name {untold:?}");
}
