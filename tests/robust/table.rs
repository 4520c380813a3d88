//! The table of faults in `tests/README.md`: each row names tests that exist, that assert something,
//! and of which one looks for what the row says will happen; every test here stands in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clausebook::check;

/// A function of a file of tests, as it is written.
struct Function {
    is_test: bool,
    text: String,
}

/// The functions of a file by their names.
type Functions = BTreeMap<String, Function>;

/// The functions of all files below a folder, by the path of the file.
fn functions(folder: &str) -> BTreeMap<String, Functions> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(top.join(folder)) {
        let entry = entry.expect("the sources can be read");
        if entry.path().extension().is_some_and(|end| end == "rs") {
            let path = entry.path().strip_prefix(top).expect("below the top").to_string_lossy();
            let text = std::fs::read_to_string(entry.path()).expect("a source file");
            found.insert(path.into_owned(), functions_of(&text));
        }
    }
    found
}

fn functions_of(text: &str) -> Functions {
    let mut found = Functions::new();
    let mut is_test = false;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let indent = &line[..line.len() - line.trim_start().len()];
        is_test |= line.trim() == "#[test]";
        let declared = line.trim().trim_start_matches("pub(crate) ").strip_prefix("fn ");
        let Some(name) = declared.and_then(|rest| rest.split(['(', '<']).next()) else { continue };
        let end = format!("{indent}}}");
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
        let (name, text) = (name.to_owned(), body.join("\n"));
        found.insert(name, Function { is_test: std::mem::take(&mut is_test), text });
    }
    found
}

/// What a test is called in the table: the tests of a folder's own file go by the name of the folder.
fn shown(path: &str, name: &str) -> String {
    let path = path.strip_suffix("/mod.rs").unwrap_or(path);
    let file = path.rsplit('/').next().unwrap_or(path);
    format!("{}::{name}", file.trim_end_matches(".rs"))
}

/// A test with the functions of its file that it calls.
fn whole(functions: &Functions, name: &str) -> String {
    let mut texts = BTreeMap::new();
    let mut next = vec![name];
    while let Some(name) = next.pop() {
        let text = functions[name].text.as_str();
        if texts.insert(name, text).is_none() {
            let called = |name: &&String| text.contains(&format!("{name}("));
            next.extend(functions.keys().filter(called).map(String::as_str));
        }
    }
    texts.into_values().collect::<Vec<_>>().join("\n")
}

/// What a row says will happen, as a test would look for it: any of each list.
fn promises(what: &str) -> Vec<Vec<String>> {
    let mut promised = Vec::new();
    if what.contains("exit 2") {
        promised.push(["code(2)", "code 2", "Some(2)"].map(str::to_owned).to_vec());
    }
    let codes: BTreeSet<&str> = check::rules().map(|rule| rule.code.0).collect();
    let quoted = what.split('`').skip(1).step_by(2);
    promised.extend(quoted.filter(|word| codes.contains(word)).map(|code| vec![code.to_owned()]));
    promised
}

/// The test that looks for the finding of every case.
const EVERY_CASE: &str = "check::every_case_finds_what_it_expects_and_nothing_else";

/// The rules that have a case.
fn cases() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/check");
    let entries = std::fs::read_dir(folder).expect("the cases can be listed").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_fault_has_its_test_and_every_test_its_fault() {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut here = BTreeSet::new();
    for (path, functions) in functions("tests").into_iter().chain(functions("src")) {
        for (name, _) in functions.iter().filter(|(_, function)| function.is_test) {
            let shown = shown(&path, name);
            if path.starts_with("tests/robust/") {
                here.insert(shown.clone());
            }
            texts.entry(shown).or_default().push(whole(&functions, name));
        }
    }
    let readme = include_str!("../README.md");
    let (_, table) = readme.split_once("| fault | what happens | test |").expect("a table");
    let mut named = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in table.lines().skip(2).take_while(|row| row.starts_with('|')) {
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, fault, what, tests, _] = columns[..] else { panic!("a row of three: {row}") };
        let tests: Vec<&str> = tests.split(", ").map(|test| test.trim_matches('`')).collect();
        let mut all = String::new();
        for test in tests {
            named.insert(test.to_owned());
            if test == EVERY_CASE {
                all.push_str(&cases());
            }
            match texts.get(test).map(Vec::as_slice) {
                Some([text])
                    if ["assert", ".code(", "panic!"].iter().any(|it| text.contains(it)) =>
                {
                    all.push_str(text);
                }
                Some([_]) => wrong.push(format!("{test} asserts nothing")),
                Some(_) => wrong.push(format!("there are several tests {test}")),
                None => wrong.push(format!("there is no test {test}")),
            }
        }
        for promise in promises(what) {
            if !promise.iter().any(|word| all.contains(word)) {
                wrong.push(format!("no test of “{fault}” looks for {promise:?}"));
            }
        }
    }
    assert!(named.len() > 50, "the table was not read to its end");
    wrong.extend(here.difference(&named).map(|test| format!("the table does not name {test}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
