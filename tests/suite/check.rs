//! The rules, each on its own small manual: everything that a case expects is found, and nothing
//! else is. `tests/README.md` tells how a case is written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clausebook::check;

use crate::support::Case;

fn cases(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder)
}

#[test]
fn every_case_finds_what_it_expects_and_nothing_else() {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(cases("check"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let differences = folders.iter().flat_map(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let case = Case::from_dir(folder);
        let mut differences = case.differences();
        differences.extend(case.fixed_differences());
        differences.into_iter().map(move |difference| format!("{name}: {difference}"))
    });
    let report: Vec<String> = differences.collect();
    assert!(report.is_empty(), "\n{}", report.join("\n"));
}

#[test]
fn every_rule_has_a_page() {
    for rule in check::rules() {
        let page = rule.page();
        let code = rule.code;
        assert!(page.contains("\n# Why it matters\n\n"), "{code}: why does it matter?");
        assert!(page.contains("\n# Mend it\n\n"), "{code}: how is it mended?");
        assert!(rule.summary().ends_with('.'), "{code}: the first paragraph is a sentence");
        let mend = page.split("\n# Mend it\n").nth(1).unwrap_or_default();
        assert!(mend.contains("```") || mend.contains('`'), "{code}: mending has an example");
    }
}

/// The rule whose case could not be checked out everywhere; `files` makes it in memory.
const IN_MEMORY: &str = "unportable-name";

#[test]
fn every_rule_has_a_case() {
    for rule in check::rules().filter(|rule| rule.code.0 != IN_MEMORY) {
        let code = rule.code;
        let folder = cases("check").join(code.0);
        assert!(folder.is_dir(), "{code}: tests/cases/check/{code} is missing");
        let expected = Case::from_dir(&folder).expected();
        assert!(expected.iter().any(|one| one.code == code.0), "{code}: its case expects others");
    }
}

#[test]
fn every_code_stands_once() {
    let mut codes: Vec<&str> = check::rules().map(|rule| rule.code.0).collect();
    codes.sort_unstable();
    assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
}

#[test]
fn settings_that_cannot_be_read_are_reported() {
    let settings = "organization: {name: Example\nsite: {title: Manual}\n";
    let case = Case::from_memory([("clausebook.yaml", settings)]);
    let found = case.found();
    let unread: Vec<_> = found.iter().filter(|one| one.code == "unreadable-yaml").collect();
    assert_eq!(unread.len(), 1, "{found:#?}");
    assert_eq!((unread[0].line, unread[0].column), (1, 15), "where the bracket was opened");
}

#[test]
fn twenty_mistakes_are_twenty_findings() {
    let case = Case::from_dir(&cases("twenty"));
    assert_eq!(case.differences(), [""; 0]);
    let codes: BTreeSet<String> = case.found().into_iter().map(|one| one.code).collect();
    assert_eq!((case.findings.standing.len(), codes.len()), (20, 20), "{codes:#?}");
    assert!(case.expected().iter().all(|one| one.end.is_some()), "each says where it ends");
}
